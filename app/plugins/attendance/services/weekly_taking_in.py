"""Writes the letters of a week-by-week file: missing meetings, marks without arrival or evidence, records submitted."""

import json
from collections.abc import Sequence

from app.core.groups.domain.standing import Group
from app.core.ids import MeetingId, MemberId
from app.core.intake.effects import Effect, note_effects
from app.core.intake.kept_cells import keep_cells
from app.core.meetings.services import add_meeting
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.interface import AttendanceMarked, RecordSubmitted
from app.plugins.attendance.queries.records import touched_meetings
from app.plugins.attendance.services.weekly_plan import WeeklyPlan
from app.plugins.attendance.store import NewMark, fill_blanks, save_record
from app.plugins.attendance.store_asking import put_excuses_beside_marks

MADE_MEETING, SUBMITTED_RECORD, WROTE_LETTERS = (
    "attendance.made_meeting",
    "attendance.submitted_record",
    "attendance.wrote_letters",
)
"""The kinds of effect that a week-by-week file notes, each about a meeting."""


def take_in_weeks(work: UnitOfWork, group: Group, plan: WeeklyPlan, batch_id: int) -> int:
    """Write the planned letters, with the notes beside them, and return how many were written; the caller commits.

    A meeting that nobody has recorded before counts as submitted, so that it feeds PALMS; a record that is
    under way stays in the hands of its leader.
    """
    meetings = dict(plan.meeting_of_day)
    begun = touched_meetings(work.session, group.id, list(meetings.values()))
    effects = []
    for day in plan.new_days:
        meetings[day] = add_meeting(work, group, day=day, wall_time=plan.wall_time, minutes=plan.minutes)
        effects.append(Effect(kind=MADE_MEETING, subject=f"meeting:{meetings[day]}"))
    marks = [
        NewMark(
            group_id=group.id,
            meeting_id=meetings[letter.day],
            member_id=letter.member_id,
            status=letter.status,
            origin=Origin.IMPORT,
            updated_at_utc=work.now,
            batch_id=batch_id,
        )
        for letter in plan.letters
    ]
    written = fill_blanks(work.session, marks)
    put_excuses_beside_marks(work.session, group.id, sorted({meeting_id for meeting_id, _member in written}))
    for mark in marks:
        if (mark.meeting_id, mark.member_id) in written:
            _record_mark(work, mark)
    for meeting_id in sorted({meeting_id for meeting_id, _member in written} - begun):
        version = _submit(work, group, meeting_id)
        effects.append(
            Effect(kind=SUBMITTED_RECORD, subject=f"meeting:{meeting_id}", after=json.dumps(version))
        )
    note_effects(work, group.id, batch_id, [*effects, *_letters(marks, written)])
    keep_cells(work, group.id, batch_id, plan.kept_cells)
    return len(written)


def _letters(marks: Sequence[NewMark], written: set[tuple[MeetingId, MemberId]]) -> list[Effect]:
    """Return the letters written at each meeting, by member, so that those changed later are known when it is undone."""
    by_meeting: dict[MeetingId, dict[str, str]] = {}
    for mark in marks:
        if (mark.meeting_id, mark.member_id) in written and mark.status is not None:
            by_meeting.setdefault(mark.meeting_id, {})[str(mark.member_id)] = mark.status.value
    return [
        Effect(kind=WROTE_LETTERS, subject=f"meeting:{meeting_id}", after=json.dumps(letters))
        for meeting_id, letters in by_meeting.items()
    ]


def _record_mark(work: UnitOfWork, mark: NewMark) -> None:
    work.record(
        AttendanceMarked(
            group_id=mark.group_id,
            meeting_id=mark.meeting_id,
            member_id=mark.member_id,
            status=mark.status.value if mark.status else "",
            old_status=None,
            arrived_at_utc=None,
            origin=mark.origin.value,
            grade=None,
            batch_id=mark.batch_id,
        )
    )


def _submit(work: UnitOfWork, group: Group, meeting_id: MeetingId) -> int:
    draft = Record()
    submitted = draft.submitted()
    save_record(
        work.session,
        group_id=group.id,
        meeting_id=meeting_id,
        seen=draft,
        record=submitted,
        submitted_at=work.now,
        submitted_by=None,
    )
    work.record(
        RecordSubmitted(
            group_id=group.id, meeting_id=meeting_id, record_version=submitted.version, is_by_hand=False
        )
    )
    return submitted.version
