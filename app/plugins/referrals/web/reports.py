"""Sealed reports on pages: on the slip, all that are open in one list, before a new slip, and after an import."""

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.reports import Report, may_be_told
from app.plugins.referrals.queries.one_slip import SlipView
from app.plugins.referrals.queries.reports import (
    SlipToTell,
    own_report,
    slips_to_look_back_on,
    slips_to_tell,
)
from app.plugins.referrals.services.reporting import GiveReport, give_report, look_back, report_of
from app.plugins.referrals.web.report_forms import LookBackForm, ReportForm
from app.plugins.referrals.web.report_words import Asked, asked_about, asked_on_slip

ASKED_FIRST = 3
"""So many unanswered slips come before a new one."""


def reports(page: GroupPage) -> Answer:
    """Show every slip on which the viewer's own word is still missing, with its three buttons."""
    slips = slips_to_tell(page.work.session, page.group.id, page.viewer.member_id, now=page.work.now)
    return page.render(
        "referrals/reports.html",
        form=ReportForm(back="reports"),
        given=_asked(page, slips, Report.HANDLING),
        received=_asked(page, slips, Report.LEAD),
    )


def report(page: GroupPage, slip: str) -> Answer:
    """Keep the viewer's report on the slip, and go back to where the button stood; `?to=` is for whom a slip was to be passed."""
    form = ReportForm()
    if not form.validate_on_submit():
        raise BadRequest
    command = GiveReport(
        group_id=page.group.id, slip=slip, member=page.viewer.member_id, answer=form.answer.data
    )
    give_report(page.work, command)
    flash(_("Noted, and sealed. You can correct it on the page of the slip."), "success")
    if form.back.data == "reports":
        return page.go("referrals.reports")
    if form.back.data == "pass":
        return page.go("referrals.pass_on", to=request.args.get("to") or None)
    return page.go("referrals.slip", slip=slip)


def looking_back(page: GroupPage) -> Answer:
    """Ask once, after an import, what came of the slips that the viewer gave in the last 26 weeks."""
    form = LookBackForm()
    if form.validate_on_submit():
        answers = {name: request.form.get(name, "") for name in request.form}
        given = look_back(page.work, page.group.id, page.viewer.member_id, answers, today=page.today)
        said = ngettext(
            "%(num)d answer is noted, and sealed.", "%(num)d answers are noted, and sealed.", given
        )
        flash(said if given else _("Left as it is. You are not asked again."), "success")
        return page.go("referrals.outbox")
    slips = slips_to_look_back_on(page.work.session, page.group.id, page.viewer.member_id, today=page.today)
    return page.render(
        "referrals/looking_back.html", form=form, asked=[asked_about(page, slip) for slip in slips]
    )


def told_first(page: GroupPage) -> Answer | None:
    """Return the page that asks for the viewer's three oldest missing reports before a new slip; None to go on.

    Only asked where the form is opened, never where it is sent, and skipped by `?later=1` for this one slip.
    """
    if request.method != "GET" or request.args.get("later"):
        return None
    slips = slips_to_tell(
        page.work.session,
        page.group.id,
        page.viewer.member_id,
        now=page.work.now,
        only=Report.HANDLING,
        most=ASKED_FIRST,
    )
    if not slips:
        return None
    to = request.args.get("to", "")
    return page.render(
        "referrals/told_first.html",
        form=ReportForm(back="pass"),
        to=to,
        asked=[asked_about(page, slip) for slip in slips],
        later_url=page.url("referrals.pass_on", later="1", to=to or None),
    )


def on_slip(page: GroupPage, view: SlipView) -> Asked | None:
    """Return the viewer's own report for the page of the slip; None while there is nothing to say."""
    member_id = page.viewer.member_id
    report = report_of(view, member_id)
    if report is None or view.slip.giver is None or view.slip.receiver is None:
        return None
    may_tell = may_be_told(view.slip, page.work.now)
    if view.slip.is_open and not may_tell:
        return None
    own = own_report(page.work.session, page.group.id, view.id, member_id, report)
    if own is None and not may_tell:
        return None
    return asked_on_slip(page, view, report, own)


def _asked(page: GroupPage, slips: list[SlipToTell], report: Report) -> list[Asked]:
    return [asked_about(page, slip) for slip in slips if slip.report is report]
