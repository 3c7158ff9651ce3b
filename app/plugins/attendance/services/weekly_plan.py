"""What would a week-by-week file change? Names to members, days to meetings, letters to blanks; the rest is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.intake.desk import settle
from app.core.intake.importer import ImportAnswers, ImportContext, UnmatchedName
from app.core.intake.kept_cells import KeptCell, cells_beside
from app.core.intake.weekly import WeeklyAttendance
from app.core.intake.weekly_line import Mark
from app.core.meetings.domain.schedule import days_between
from app.core.meetings.models import MeetingRow, ScheduleRow
from app.core.sentences import N_
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.marks import MARK

TWO_LETTERS = N_(
    "Row %(row)s, column %(column)s: %(name)s already has %(stands)s on %(day)s from another row, here %(found)s. "
    "Say which of the rows is theirs."
)
DAY_TO_COME = N_(
    "%(day)s is still to come, so nobody can have attended. Correct the day, or say another period."
)
OFF_CALENDAR = N_("%(day)s is not a day on which the group meets. It is kept, as a meeting of its own.")
DOES_NOT_TAKE_PLACE = N_(
    "%(day)s is cancelled or a holiday in the calendar. Its letters are kept, as a meeting of its own."
)
MARK_KEPT = N_(
    "Row %(row)s, column %(column)s: the record of %(day)s says %(stands)s for %(name)s, the file %(found)s. "
    "The record stays as it is."
)

_USUAL_START, _USUAL_MINUTES = time(7), 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence about the file, marked for translation, with its facts."""

    sentence: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLetter:
    """One letter to be written."""

    member_id: MemberId
    day: date
    status: Status


@dataclass(kw_only=True)
class WeeklyPlan:
    """What would be written, what stands already, and everything there is to say about it.

    `kept_cells` are the further columns of members' rows, kept as notes with the file.
    """

    letters: list[PlannedLetter] = field(default_factory=list)
    meeting_of_day: Mapping[date, MeetingId]
    wall_time: time = _USUAL_START
    minutes: int = _USUAL_MINUTES
    already_there: int = 0
    left_out: int = 0
    unmatched: tuple[UnmatchedName, ...] = ()
    member_of_row: dict[int, MemberLine] = field(default_factory=dict)
    new_in_row: dict[int, int] = field(default_factory=dict)
    kept_cells: list[KeptCell] = field(default_factory=list)
    problems: list[Said] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)

    @property
    def new_days(self) -> list[date]:
        """The days with letters for which the calendar has no meeting."""
        return sorted({letter.day for letter in self.letters} - self.meeting_of_day.keys())


def plan_weeks(
    session: Session,
    group: Group,
    report: WeeklyAttendance,
    members: Sequence[MemberLine],
    *,
    context: ImportContext,
    answers: ImportAnswers,
    today: date,
) -> WeeklyPlan:
    """Return what the report would change in the group; three statements."""
    lettered = {mark.on for line in report.lines for mark in line.marks}
    calendar = _calendar(session, group.id, report)
    plan = WeeklyPlan(meeting_of_day=calendar.taking_place)
    schedule = calendar.schedule
    if schedule is not None:
        plan.wall_time, plan.minutes = schedule.wall_time, schedule.minutes
    _match_people(plan, report, members, context=context, answers=answers)
    _say_about_days(plan, lettered, calendar, today)
    _plan_letters(plan, report, _standing(session, group.id, calendar.taking_place))
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    taking_place: Mapping[date, MeetingId]
    not_taking_place: frozenset[date]
    schedule: Any
    usual_days: frozenset[date]


def _calendar(session: Session, group_id: GroupId, report: WeeklyAttendance) -> _Calendar:
    first, last = report.dates[0], report.dates[-1]
    query = (
        select(MeetingRow.id, MeetingRow.local_date, MeetingRow.state)
        .where(MeetingRow.group_id == group_id, MeetingRow.local_date >= first, MeetingRow.local_date <= last)
        .order_by(MeetingRow.starts_at_utc.desc())
    )
    rows = session.execute(query).all()
    schedule = session.execute(
        select(ScheduleRow.rule, ScheduleRow.wall_time, ScheduleRow.minutes)
        .where(ScheduleRow.group_id == group_id)
        .order_by(ScheduleRow.starts_on.desc())
        .limit(1)
    ).one_or_none()
    usual = frozenset(days_between(schedule.rule, first, first, last)) if schedule else frozenset()
    taking_place = {row.local_date: MeetingId(row.id) for row in rows if row.state == "planned"}
    return _Calendar(
        taking_place=taking_place,
        not_taking_place=frozenset(row.local_date for row in rows) - taking_place.keys(),
        schedule=schedule,
        usual_days=usual,
    )


def _match_people(
    plan: WeeklyPlan,
    report: WeeklyAttendance,
    members: Sequence[MemberLine],
    *,
    context: ImportContext,
    answers: ImportAnswers,
) -> None:
    by_id = {line.id: line for line in members}
    settled = settle([(line.row, line.name.full) for line in report.lines], members, context, answers)
    plan.unmatched = settled.unmatched
    for row, member_id in settled.member_of_row.items():
        if member_id is None:
            plan.left_out += 1
        else:
            plan.member_of_row[row] = by_id[member_id]
    for line in report.lines:
        if member := plan.member_of_row.get(line.row):
            plan.kept_cells += cells_beside(line.row, line.name.full, member.id, line.extras)


def _say_about_days(plan: WeeklyPlan, lettered: set[date], calendar: _Calendar, today: date) -> None:
    for day in sorted(lettered):
        if day > today:
            plan.problems.append(Said(sentence=DAY_TO_COME, facts={"day": day}))
        elif day in calendar.not_taking_place:
            plan.remarks.append(Said(sentence=DOES_NOT_TAKE_PLACE, facts={"day": day}))
        elif calendar.schedule and day not in calendar.usual_days and day not in calendar.taking_place:
            plan.remarks.append(Said(sentence=OFF_CALENDAR, facts={"day": day}))


def _standing(
    session: Session, group_id: GroupId, meetings: Mapping[date, MeetingId]
) -> Mapping[tuple[MemberId, MeetingId], str]:
    """Return the letters that stand at those meetings."""
    rows = session.execute(
        select(MARK.c.member_id, MARK.c.meeting_id, MARK.c.status).where(
            MARK.c.group_id == group_id, MARK.c.meeting_id.in_(meetings.values()), MARK.c.status.is_not(None)
        )
    )
    return {(MemberId(row.member_id), MeetingId(row.meeting_id)): row.status for row in rows}


def _plan_letters(
    plan: WeeklyPlan, report: WeeklyAttendance, standing: Mapping[tuple[MemberId, MeetingId], str]
) -> None:
    planned: dict[tuple[MemberId, date], str] = {}
    for line in report.lines:
        member = plan.member_of_row.get(line.row)
        if member is None:
            continue
        for mark in line.marks:
            meeting = plan.meeting_of_day.get(mark.on)
            stands = standing.get((member.id, meeting)) if meeting is not None else None
            earlier = planned.get((member.id, mark.on))
            if stands is None and earlier is None:
                planned[member.id, mark.on] = mark.letter.value
                letter = PlannedLetter(member_id=member.id, day=mark.on, status=Status(mark.letter.value))
                plan.letters.append(letter)
                plan.new_in_row[line.row] = plan.new_in_row.get(line.row, 0) + 1
            elif mark.letter.value in {stands, earlier}:
                plan.already_there += 1
            elif stands is not None:
                plan.remarks.append(_differs(MARK_KEPT, line.row, member, mark, stands))
            else:
                plan.problems.append(_differs(TWO_LETTERS, line.row, member, mark, earlier))


def _differs(sentence: str, row: int, member: MemberLine, mark: Mark, stands: str | None) -> Said:
    facts = {
        "row": row,
        "column": mark.column,
        "day": mark.on,
        "stands": stands,
        "name": member.name,
        "found": mark.letter.value,
    }
    return Said(sentence=sentence, facts=facts)
