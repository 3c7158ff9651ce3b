"""Who may be chosen as the receiver of a slip, and how a slip reaches each: a colleague, or somebody who is not of this group."""

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core.groups.queries import MemberLine, members_on
from app.core.ids import MemberId
from app.http.page import GroupPage
from app.plugins.referrals.domain.elsewhere import named_elsewhere, with_group
from app.plugins.referrals.domain.newcomer import settles_in
from app.plugins.referrals.domain.rules import OUTSIDE
from app.plugins.referrals.domain.slip import TOLD_AFTER
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.queries.twins import Twin, twins_of
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from app.plugins.referrals.services.passing_elsewhere import PassElsewhere, pass_elsewhere
from app.plugins.referrals.services.passing_outside import PassOutside, pass_outside
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.elsewhere import chosen_elsewhere
from app.plugins.referrals.web.forms import PassSlipForm


def receiver_choices(page: GroupPage, chosen: str) -> list[SelectChoice]:
    """Return today's members but the viewer, with name and trade, and somebody in no group, after an empty choice.

    A member of another group is among them where they are the one that was `chosen`.
    """
    lines = members_on(page.work.session, page.group.id, page.today)
    return [
        SelectChoice(value="", label=_("Choose a member")),
        *(_choice(page, line) for line in lines if line.id != page.viewer.member_id),
        *_choice_elsewhere(page, chosen),
        SelectChoice(value=OUTSIDE, label=_("Somebody outside, in no group"), render_kw={"data-outside": ""}),
    ]


def pass_on_to(page: GroupPage, form: PassSlipForm, slip: str) -> str:
    """Pass the slip to whom the form names, and return what the giver is told; refused with every reason at once."""
    if named := named_elsewhere(form.receiver.data or ""):
        pass_elsewhere(page.work, _to_member_elsewhere(page, form, slip, named))
        return str(_("The slip is passed to their group."))
    if form.receiver.data != OUTSIDE:
        pass_slip(page.work, _to_colleague(page, form, slip))
        return str(_("The slip is passed."))
    outside = form.receiver_outside.data or ""
    pass_outside(
        page.work,
        PassOutside(
            group=page.group,
            today=page.today,
            giver=page.viewer.member_id,
            receiver_outside=outside,
            offer=form.offer(),
            public_id=slip,
        ),
    )
    return str(_("The slip is kept. Let %(name)s know: the house writes to nobody outside.", name=outside))


def twins_for(page: GroupPage, form: PassSlipForm) -> list[Twin]:
    """Return the giver's slips of late that may be this very referral."""
    receiver = _receiver_meant(page, form)
    if not receiver:
        return []
    return twins_of(
        page.work.session,
        page.group.id,
        giver=page.viewer.member_id,
        receiver=receiver,
        prospect=(form.prospect_name.data or "", form.prospect_contact.data or ""),
        now=page.work.now,
    )


def _to_colleague(page: GroupPage, form: PassSlipForm, slip: str) -> PassSlip:
    return PassSlip(
        group=page.group,
        today=page.today,
        giver=page.viewer.member_id,
        giver_name=page.viewer.name,
        receiver=form.receiver.data or "",
        offer=form.offer(),
        public_id=slip,
        addresses=addresses.of_slip(page, slip),
        told_after=TOLD_AFTER,
    )


def _to_member_elsewhere(
    page: GroupPage, form: PassSlipForm, slip: str, named: tuple[str, str]
) -> PassElsewhere:
    return PassElsewhere(
        group=page.group,
        today=page.today,
        giver=page.viewer.member_id,
        giver_person=page.viewer.person_id,
        giver_name=page.viewer.name,
        named=named,
        offer=form.offer(),
        public_id=slip,
        addresses=addresses.of_slip(page, slip),
        told_after=TOLD_AFTER,
    )


def _receiver_meant(page: GroupPage, form: PassSlipForm) -> MemberId | str | None:
    """Return whom the form names: a member by key, somebody who is not of this group by how they stand on slips."""
    receiver = form.receiver.data or ""
    if receiver == OUTSIDE:
        return str(form.receiver_outside.data or "")
    if elsewhere := chosen_elsewhere(page, receiver):
        return with_group(elsewhere.name, elsewhere.group.name)
    found = candidate(page.work.session, page.group.id, receiver)
    return found.member_id if found else None


def _choice_elsewhere(page: GroupPage, chosen: str) -> list[SelectChoice]:
    found = chosen_elsewhere(page, chosen)
    if found is None:
        return []
    label = " · ".join(part for part in (found.name, found.trade, found.group.name) if part)
    return [SelectChoice(value=chosen, label=label)]


def _choice(page: GroupPage, line: MemberLine) -> SelectChoice:
    is_new = settles_in(line.joined_on, page.today, page.group.settling_in_days)
    label = f"{line.name} · {line.trade}" if line.trade else line.name
    return SelectChoice(value=line.public_id, label=label, render_kw={"data-newcomer": ""} if is_new else {})
