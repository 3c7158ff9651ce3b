"""The pages on which a record is submitted, with who becomes absent, and reopened, with the reason."""

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance.services.recording import ReopenRecord, SubmitRecord, reopen_record, submit_record
from app.plugins.attendance.web.forms import ReopenForm, SubmitForm
from app.plugins.attendance.web.found import is_over, meeting_of, roster_of, version_in


def submit(page: GroupPage, meeting: str) -> Answer:
    """Show who becomes absent, and close the record once that is confirmed."""
    form = SubmitForm()
    if not form.validate_on_submit():
        return _submit_page(page, meeting, form), 422 if form.is_submitted() else 200
    location = page.url("attendance.meeting", meeting=meeting)
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        became_absent = submit_record(
            page.work,
            SubmitRecord(
                group_id=page.group.id,
                meeting_public_id=meeting,
                leader_id=page.viewer.member_id,
                seen_version=version_in(form.seen_version.data),
                shown_blank=frozenset((form.shown.data or "").split(",")),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _submit_page(page, meeting, form), 422
    flash(_submitted(became_absent), "success")
    return redirect(location, 303)


def reopen(page: GroupPage, meeting: str) -> Answer:
    """Ask for the reason and open a submitted record again."""
    form = ReopenForm()
    found = meeting_of(page, meeting)
    if not form.validate_on_submit():
        form.seen_version.data = form.seen_version.data if form.is_submitted() else str(found.record.version)
        status = 422 if form.is_submitted() else 200
        return page.render("attendance/reopen.html", form=form, meeting=found), status
    location = page.url("attendance.meeting", meeting=meeting)
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        reopen_record(
            page.work,
            ReopenRecord(
                group_id=page.group.id,
                meeting_public_id=meeting,
                leader_id=page.viewer.member_id,
                seen_version=version_in(form.seen_version.data),
                reason=form.reason.data,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        now_stands = meeting_of(page, meeting)
        form.seen_version.data = str(now_stands.record.version)
        return page.render("attendance/reopen.html", form=form, meeting=now_stands), 422
    flash(_("The record is open again."), "success")
    return redirect(location, 303)


def _submit_page(page: GroupPage, meeting: str, form: SubmitForm) -> str:
    roster = roster_of(page, meeting)
    form.seen_version.data = str(roster.meeting.record.version)
    form.shown.data = ",".join(line.public_id for line in roster.blank)
    return page.render(
        "attendance/submit.html",
        form=form,
        roster=roster,
        meeting=roster.meeting,
        has_begun=page.work.now >= roster.meeting.starts_at_utc,
        is_over=is_over(page, roster.meeting),
    )


def _submitted(became_absent: int) -> str:
    if not became_absent:
        return str(_("The record is submitted and counts in PALMS."))
    said: str = ngettext(
        "The record is submitted and counts in PALMS. %(num)d member was marked absent.",
        "The record is submitted and counts in PALMS. %(num)d members were marked absent.",
        became_absent,
    )
    return said
