"""The pages on which a record is submitted, with who becomes absent, and reopened, with the reason."""

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refused
from app.http.forms import version_typed
from app.http.once import answered_before
from app.http.page import Answer, DoorPage, GroupPage
from app.plugins.attendance.services.recording import (
    ReopenRecord,
    SubmitRecord,
    Submitted,
    reopen_record,
    submit_record,
)
from app.plugins.attendance.web.desk import Desk, door_desk, office_desk
from app.plugins.attendance.web.forms import ReopenForm, SubmitForm
from app.plugins.attendance.web.found import is_over, meeting_of
from app.plugins.attendance.web.tapping import names_in


def submit(page: GroupPage, meeting: str) -> Answer:
    """Show who becomes absent and whom nobody has confirmed, and close the record once that is said."""
    return _submit_at(office_desk(page, meeting))


def steward_submit(page: DoorPage) -> Answer:
    """Close the record from a steward's phone, with the number of people counted in the room."""
    return _submit_at(door_desk(page))


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
                seen_version=version_typed(form.seen_version.data),
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


def _submit_at(desk: Desk) -> Answer:
    form = SubmitForm()
    if not form.validate_on_submit():
        return _submit_page(desk, form), 422 if form.is_submitted() else 200
    try:
        if isinstance(desk.page, GroupPage) and answered_before(
            desk.page, form, location=desk.url("meeting")
        ):
            return desk.go("meeting")
        submitted = submit_record(desk.page.work, _submission(desk, form))
    except Refused as refused:
        desk.page.work.rollback()
        form.take(refused)
        return _submit_page(desk, form, sent=_sent(form)), 422
    flash(_said(submitted), "success")
    if submitted.on_leave and not desk.is_at_the_door:
        flash(
            ngettext("%(num)d member on leave has M.", "%(num)d members on leave have M.", submitted.on_leave)
        )
    if counted := _said_of_the_count(form.head_count.data, submitted):
        flash(counted, "warning")
    return desk.go("meeting")


def _submission(desk: Desk, form: SubmitForm) -> SubmitRecord:
    return SubmitRecord(
        group_id=desk.page.group.id,
        meeting_public_id=desk.meeting,
        recorder=desk.recorder,
        seen_version=version_typed(form.seen_version.data),
        shown_blank=names_in(form.shown.data),
        shown_claims=names_in(form.shown_claims.data),
        claims_here=frozenset(request.form.getlist("here")),
        head_count=form.head_count.data,
    )


def _sent(form: SubmitForm) -> frozenset[str]:
    """Return whom the sender saw as becoming absent."""
    return names_in(form.shown.data)


def _submit_page(desk: Desk, form: SubmitForm, *, sent: frozenset[str] | None = None) -> str:
    roster = desk.roster
    seen_blank = sent or frozenset()
    form.seen_version.data = str(roster.meeting.record.version)
    form.shown.data = ",".join(line.public_id for line in roster.blank)
    form.shown_claims.data = ",".join(line.public_id for line in roster.waiting)
    return desk.render(
        "attendance/submit.html",
        form=form,
        roster=roster,
        meeting=roster.meeting,
        has_begun=desk.page.work.now >= roster.meeting.starts_at_utc,
        is_over=is_over(desk.page, roster.meeting),
        # What others wrote since this page was shown, beside what it was about to write.
        written_since=[line for line in roster.lines if line.public_id in seen_blank and line.mark.status],
        blank_since=[line for line in roster.blank if sent is not None and line.public_id not in seen_blank],
        submitted_by=roster.name_of(roster.meeting.submitted_by),
    )


def _said(submitted: Submitted) -> str:
    if not submitted.became_absent:
        # A steward's phone is told of no leave.
        return str(_("The record is submitted and counts in PALMS."))
    said: str = ngettext(
        "The record is submitted and counts in PALMS. %(num)d member was marked absent.",
        "The record is submitted and counts in PALMS. %(num)d members were marked absent.",
        submitted.became_absent,
    )
    return said


def _said_of_the_count(counted: int | None, submitted: Submitted) -> str:
    """Return what to say where heads and names differ: it blocks nothing, since guests count too."""
    if counted is None or counted == submitted.in_the_room:
        return ""
    return str(
        ngettext(
            "You counted %(counted)s in the room, and the record has %(num)d member or substitute there. "
            "Guests make the difference, or a name is missing.",
            "You counted %(counted)s in the room, and the record has %(num)d members and substitutes there. "
            "Guests make the difference, or a name is missing.",
            submitted.in_the_room,
            counted=counted,
        )
    )
