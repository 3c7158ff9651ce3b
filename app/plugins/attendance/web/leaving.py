"""One tap says that somebody leaves early, one takes it back; the mark's page gives a time, and a reason where it needs one."""

from datetime import datetime

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.local_time import instant_of
from app.http.forms import version_typed
from app.http.page import Answer
from app.plugins.attendance.services.leaving import NoteLeftEarly, note_left_early
from app.plugins.attendance.web.desk import Desk
from app.plugins.attendance.web.forms import LeftForm, time_of_day
from app.plugins.attendance.web.tapping import mark_page_with

NOW, NOT = "now", "not"
"""What the taps send: they leave now; they did not leave."""


def left_early_at(desk: Desk, member: str) -> Answer:
    """Note when a member left, or that they did not."""
    form = LeftForm()
    if not form.validate_on_submit():
        return mark_page_with(desk, member, form), 422
    try:
        left = _left(desk, form)
        line = note_left_early(
            desk.page.work,
            NoteLeftEarly(
                group_id=desk.page.group.id,
                meeting_public_id=desk.meeting,
                member_public_id=member,
                left=left,
                seen_version=version_typed(form.seen_version.data),
                reason=form.reason.data or "",
            ),
        )
    except Refused as refused:
        desk.page.work.rollback()
        form.take(refused)
        return mark_page_with(desk, member, form), 422
    if left is None:
        flash(_("%(name)s stayed to the end.", name=line.name), "success")
    else:
        flash(_("%(name)s left early. The letter stays.", name=line.name), "success")
    return desk.go("meeting", f"#m-{member}")


def _left(desk: Desk, form: LeftForm) -> datetime | None:
    if form.when.data == NOW:
        return desk.page.work.now
    given = time_of_day(form.left.data or "")
    if form.when.data == NOT or given is None:
        return None
    meeting = desk.roster.meeting
    return instant_of(meeting.local_date, given, meeting.zone)
