"""A sealed report from a mail, without an account: the link opens a page, one press gives the answer and uses the link up."""

from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.http.page import Answer, PublicPage
from app.http.sentences import sentence
from app.plugins.referrals.domain.reports import Report, Spoken
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.queries.reports import own_report
from app.plugins.referrals.services.reporting import GiveReport, give_report, report_of
from app.plugins.referrals.web.report_forms import ReportForm
from app.plugins.referrals.web.report_links import LINK_LIVES, read_token
from app.plugins.referrals.web.report_words import asked_on_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    """What a good link leads to: whose report on which slip, and what they have said, if anything."""

    member: MemberId
    view: SlipView
    report: Report
    own: Spoken | None


def report_from_mail(page: PublicPage, token: str) -> Answer:
    """Show the question with its three buttons: whatever merely opens links answers nothing."""
    found = _found(page, token)
    if isinstance(found, Refusal):
        return _shut(page, found)
    return _question(page, found, ReportForm())


def give_report_from_mail(page: PublicPage, token: str) -> Answer:
    """Keep the answer. The first one uses the link up; corrections are made signed in."""
    found = _found(page, token)
    if isinstance(found, Refusal):
        return _shut(page, found)
    form = ReportForm()
    if not form.validate_on_submit():
        return _question(page, found, form), 422
    command = GiveReport(
        group_id=page.group.id,
        slip=found.view.public_id,
        member=found.member,
        answer=form.answer.data,
        may_correct=False,
    )
    try:
        give_report(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _question(page, found, form), 422
    return page.go("referrals.report_from_mail", token=token)


def _found(page: PublicPage, token: str) -> _Linked | Refusal:
    linked = read_token(page.group, token)
    if linked is None:
        return Refusal(code="referrals.report_link_unknown")
    if page.work.now - linked.written_at > LINK_LIVES:
        return Refusal(code="referrals.report_link_over")
    member = candidate(page.work.session, page.group.id, linked.member_public_id)
    if member is None or not member.is_member_on(page.today):
        return Refusal(code="referrals.report_not_a_member")
    view = slip_for(page.work.session, page.group.id, linked.slip, member.member_id, now=page.work.now)
    if view is None or report_of(view, member.member_id) is not linked.report:
        return Refusal(code="referrals.report_link_unknown")
    own = own_report(page.work.session, page.group.id, view.id, member.member_id, linked.report)
    return _Linked(member=member.member_id, view=view, report=linked.report, own=own)


def _question(page: PublicPage, found: _Linked, form: ReportForm) -> str:
    """Draw the page. What was answered does not stand on it: the link may lie in a mailbox that others read."""
    view = found.view
    return page.render(
        "referrals/report_from_mail.html",
        form=form,
        asked=asked_on_slip(page, view, found.report, None),
        day=view.historic_on or local_day(view.slip.passed_at, page.group.zone),
        is_given=found.own is not None,
        slip_url=page.url_in("group", "referrals.slip", slip=view.public_id),
    )


def _shut(page: PublicPage, refusal: Refusal) -> Answer:
    code = 404 if refusal.code == "referrals.report_link_unknown" else 410
    return page.render("referrals/report_shut.html", reason=sentence(refusal)), code
