"""The public page behind each tap of a mail: it shows one button, and only the press of it says anything."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_public_id
from app.core.work import UnitOfWork
from app.http.forms import HouseForm
from app.http.outside import absolute, path_of
from app.http.page import Answer, PublicPage
from app.http.sentences import sentence
from app.plugins.referrals.domain.slip import Side, acts_of
from app.plugins.referrals.domain.taps import ACT_OF_TAP, LinkedTap, Tap
from app.plugins.referrals.queries.clock import help_asked, last_act_since
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.services.clock import Links, speak_of_waiting_slips
from app.plugins.referrals.services.office_help import AnswerHelp, answer_help
from app.plugins.referrals.services.steps import TARGETS, TakeStep, take_step
from app.plugins.referrals.services.telling import Addresses
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.tap_links import read_token, token_of


class Standing(StrEnum):
    """How the link of a mail stands when it is opened: to be pressed, said by it already, or over."""

    READY = "ready"
    SAID = "said"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """What a link means in this group: who taps what on which slip."""

    linked: LinkedTap
    member: MemberLine
    view: SlipView


def run_clock(work: UnitOfWork, group: Group) -> int:
    """Write what is due about the waiting slips of the group, with links to this house; a job, so it must not commit."""
    return speak_of_waiting_slips(work, group, _links(group))


def tap(page: PublicPage, token: str) -> Answer:
    """Show the one button of this link: whatever merely opens links says nothing."""
    found = _found(page, token)
    if found is None:
        return _shut(page, Refusal(code="referrals.tap_unknown")), 404
    return _shown(page, found, HouseForm())


def press(page: PublicPage, token: str) -> Answer:
    """Say what this link says, once."""
    found = _found(page, token)
    if found is None:
        return _shut(page, Refusal(code="referrals.tap_unknown")), 404
    form = HouseForm()
    if _standing(page, found) is Standing.READY and form.validate_on_submit():
        try:
            _say(page, found)
        except Refused:
            page.work.rollback()  # somebody was faster: the page says how it stands now
        return page.go("referrals.tap", token=token)
    return _shown(page, found, form)


def _found(page: PublicPage, token: str) -> Tapped | None:
    """Return what the link means, where its slip and its member are of this group and belong together."""
    linked = read_token(page.group, token)
    member = member_by_public_id(page.work.session, page.group.id, linked.member) if linked else None
    if linked is None or member is None:
        return None
    view = slip_for(page.work.session, page.group.id, linked.slip, member.id, now=page.work.now)
    wanted = Side.RECEIVER if linked.tap in ACT_OF_TAP else Side.GIVER
    if view is None or view.slip.side_of(member.id) is not wanted:
        return None
    return Tapped(linked=linked, member=member, view=view)


def _standing(page: PublicPage, found: Tapped) -> Standing:
    has_left = found.member.ended_on is not None and found.member.ended_on < page.today
    said = _of_receiver(page, found) if found.linked.tap in ACT_OF_TAP else _of_giver(page, found)
    is_past = has_left or page.work.now > found.linked.expires_at
    return Standing.OVER if said is Standing.READY and is_past else said


def _of_receiver(page: PublicPage, found: Tapped) -> Standing:
    act, slip = ACT_OF_TAP[found.linked.tap], found.view.slip
    last = last_act_since(page.work.session, page.group.id, found.view.id, found.member.id, found.linked.seen)
    if last is not None:
        return Standing.SAID if last is act else Standing.ANSWERED
    return Standing.READY if act in acts_of(slip, Side.RECEIVER, page.work.now) else Standing.OVER


def _of_giver(page: PublicPage, found: Tapped) -> Standing:
    asked = help_asked(page.work.session, page.group.id, found.linked.slip, found.member.id)
    if asked is None:
        return Standing.OVER
    if asked.wants_help is None:
        return Standing.READY
    return Standing.SAID if asked.wants_help is (found.linked.tap is Tap.HELP) else Standing.ANSWERED


def _say(page: PublicPage, found: Tapped) -> None:
    if found.linked.tap not in ACT_OF_TAP:
        answer_help(page.work, _help_command(page, found))
        return
    act = ACT_OF_TAP[found.linked.tap]
    take_step(
        page.work,
        TakeStep(
            group=page.group,
            today=page.today,
            slip=found.linked.slip,
            member=found.member.id,
            member_name=found.member.name,
            act=act,
            target=TARGETS[act],
            seen_version=found.view.slip.version,
            addresses=addresses.of_slip(page, found.linked.slip),
        ),
    )


def _help_command(page: PublicPage, found: Tapped) -> AnswerHelp:
    return AnswerHelp(
        group=page.group,
        slip=found.linked.slip,
        giver=found.member.id,
        giver_name=found.member.name,
        wants_help=found.linked.tap is Tap.HELP,
        slip_path=page.url_in("group", "referrals.slip", slip=found.linked.slip),
        office_path=page.url_in("group", "referrals.help_page"),
    )


def _shown(page: PublicPage, found: Tapped, form: HouseForm) -> Answer:
    standing = _standing(page, found)
    is_receiver = found.linked.tap in ACT_OF_TAP
    other = found.view.giver_name if is_receiver else found.view.receiver_name
    shown = page.render(
        "referrals/tap.html",
        form=form,
        standing=standing.value,
        is_receiver=is_receiver,
        first_name=found.member.first_name,
        other_name=other,
        wanted=_words()[found.linked.tap],
        slip_url=page.url_in("group", "referrals.slip", slip=found.linked.slip),
    )
    return shown, 200 if standing in {Standing.READY, Standing.SAID} else 410


def _words() -> dict[Tap, str]:
    return {
        Tap.CALLED: _("I called"),
        Tap.TRIED: _("I tried, but did not reach them yet"),
        Tap.NOT_FOR_ME: _("This is not for me"),
        Tap.HELP: _("Yes, the office shall help"),
        Tap.NO_HELP: _("No, thank you"),
    }


def _shut(page: PublicPage, refusal: Refusal) -> str:
    return page.render("referrals/tap_unknown.html", reason=sentence(refusal))


def _links(group: Group) -> Links:
    """Return the makers of addresses; the job that writes these mails runs outside any request."""

    def tap_link(linked: LinkedTap) -> str:
        return absolute(path_of("visit.referrals.tap", group, token=token_of(group, linked)))

    def slip_link(slip: str) -> Addresses:
        path = path_of("group.referrals.slip", group, slip=slip)
        return Addresses(path=path, link=absolute(path))

    return Links(tap=tap_link, slip=slip_link)
