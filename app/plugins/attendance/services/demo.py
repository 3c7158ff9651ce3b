"""Believable attendance for the demo network: habits, latecomers, substitutes, sick leave, and times around the cut-off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief
from app.plugins.attendance.domain.evidence import GRADE_OF_ORIGIN, Origin
from app.plugins.attendance.domain.punctuality import arrival_at, cut_off_of, judged, status_by
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.rule_presets import SEVENTY_PERCENT
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import ArrivalRecorded, AttendanceMarked, RecordSubmitted
from app.plugins.attendance.services.rule_sets import begin_with_rules, ensure_rule_set
from app.plugins.attendance.store import NewMark, NewSubstitute, add_substitute, fill_blanks, save_record

CUT_OFF_MINUTES = 0
FIRST_RULES = 1
NOT_YET_SUBMITTED = timedelta(days=2)
"""The record of a meeting that ended less than two days ago still waits for its leader."""
KEPT = timedelta(days=365)

_HELD_UP = 0.03
"""How often even the punctual are held up on their way."""
_ON_LEAVE_ONCE = 0.25
_WEEKS_WITH_LEAVE = 9
"""A shorter history has no spell of leave in it."""

_SENDS_ANOTHER = 24
"""Who has time for every other meeting only and sends a substitute to the rest: the member who came in as this one, from 0."""

_SUBSTITUTES = (
    ("Clara Fontes", "Fontes & Filhos"),
    ("Peter Maddox", "Maddox Print"),
    ("Lin Zhao", ""),
    ("Hugo Sampaio", "Sampaio Lda"),
    ("Rosa Iglesias", "Iglesias Foto"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody usually comes: minutes before the start and their spread, and how often they do not come."""

    minutes_early: float
    spread: float
    absent: float
    substitute: float
    uses_phone: float
    leave_from: date | None
    leave_until: date | None

    def is_on_leave(self, day: date) -> bool:
        """Return whether `day` falls into the spell of leave."""
        return (
            self.leave_from is not None
            and self.leave_until is not None
            and self.leave_from <= day < self.leave_until
        )


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Fill the past meetings of a demo group; the one that is on, if any, is left to whoever looks around."""
    group_id = GroupId(group.group_id)
    ensure_rule_set(work, group_id, cut_off_minutes=CUT_OFF_MINUTES)
    past = [one for one in group.meetings if one.ends_at_utc <= work.now and one.state == "planned"]
    arrivals = sorted(member.id for member in group.members)
    sends_another = arrivals[_SENDS_ANOTHER] if len(arrivals) > _SENDS_ANOTHER else None
    if past:
        first_day = min(one.local_date for one in past)
        begin_with_rules(work, group_id, SEVENTY_PERCENT, effective_on=first_day)
    habits = {
        member.id: _habit(group.chance(f"attendance/habit/{number}"), [one.local_date for one in past])
        for number, member in enumerate(group.members)
    }
    for number, meeting in enumerate(past):
        chance = group.chance(f"attendance/meeting/{number}")
        marks = [
            _substituted(work, meeting, blank, chance)
            if member.id == sends_another and number % 2
            else _mark(work, meeting, blank, habits[member.id], chance)
            for member in group.members_on(meeting.local_date)
            for blank in [_absence(group_id, meeting, member)]
        ]
        fill_blanks(work.session, marks)
        _record(work, marks)
        if meeting.ends_at_utc <= work.now - NOT_YET_SUBMITTED:
            _submit(work, group_id, meeting)


def _habit(chance: Random, days: Sequence[date]) -> Habit:
    kind = chance.choices(("early", "usual", "late"), weights=(5, 8, 3))[0]
    minutes_early = {"early": 14.0, "usual": 8.0, "late": 1.5}[kind]
    leave_begins, leave_weeks = chance.random(), chance.randrange(2, 5)
    goes_on_leave = chance.random() < _ON_LEAVE_ONCE and len(days) >= _WEEKS_WITH_LEAVE
    begins = days[int(leave_begins * (len(days) - leave_weeks))] if goes_on_leave else None
    return Habit(
        minutes_early=minutes_early,
        spread={"early": 4.0, "usual": 4.5, "late": 5.0}[kind],
        absent=chance.choice((0.02, 0.04, 0.06, 0.12)),
        substitute=chance.choice((0.0, 0.02, 0.03, 0.06)),
        uses_phone=chance.choice((0.4, 0.85, 0.9, 0.95)),
        leave_from=begins,
        leave_until=begins + timedelta(weeks=leave_weeks) if begins else None,
    )


def _mark(work: UnitOfWork, meeting: MeetingBrief, blank: NewMark, habit: Habit, chance: Random) -> NewMark:
    drawn = chance.random()
    if habit.is_on_leave(meeting.local_date):
        return replace(blank, status=Status.MEDICAL)
    if drawn < habit.absent:
        return replace(blank, origin=Origin.SUBMISSION)
    if drawn < habit.absent + habit.substitute:
        return _substituted(work, meeting, blank, chance)
    return _came(blank, meeting, habit, chance)


def _substituted(work: UnitOfWork, meeting: MeetingBrief, blank: NewMark, chance: Random) -> NewMark:
    return replace(blank, status=Status.SUBSTITUTE, substitute_id=_substitute(work, blank, meeting, chance))


def _absence(group_id: GroupId, meeting: MeetingBrief, member: MemberBrief) -> NewMark:
    return NewMark(
        group_id=group_id,
        meeting_id=meeting.id,
        member_id=member.id,
        status=Status.ABSENT,
        origin=Origin.LEADER,
        grade=GRADE_OF_ORIGIN[Origin.LEADER],
        updated_at_utc=meeting.ends_at_utc,
    )


def _came(blank: NewMark, meeting: MeetingBrief, habit: Habit, chance: Random) -> NewMark:
    held_up = 12.0 if chance.random() < _HELD_UP else 0.0
    early = min(max(chance.gauss(habit.minutes_early, habit.spread) - held_up, -25.0), 40.0)
    arrived = meeting.starts_at_utc - timedelta(seconds=round(early * 60))
    status = status_by(judged(arrival_at(arrived), cut_off_of(meeting.starts_at_utc, CUT_OFF_MINUTES)))
    if chance.random() >= habit.uses_phone:
        return replace(blank, status=status, rules_version=FIRST_RULES)
    return replace(
        blank,
        status=status,
        origin=Origin.ROOM_CODE,
        grade=GRADE_OF_ORIGIN[Origin.ROOM_CODE],
        arrived_at_utc=arrived,
        rules_version=FIRST_RULES,
        updated_at_utc=arrived,
    )


def _substitute(work: UnitOfWork, blank: NewMark, meeting: MeetingBrief, chance: Random) -> int:
    name, firm = chance.choice(_SUBSTITUTES)
    return add_substitute(
        work.session,
        NewSubstitute(
            key=work.ids.key(),
            group_id=blank.group_id,
            meeting_id=meeting.id,
            member_id=blank.member_id,
            name=name,
            firm=firm,
            created_at_utc=meeting.ends_at_utc,
            expires_on=meeting.local_date + KEPT,
        ),
    )


def _record(work: UnitOfWork, marks: Sequence[NewMark]) -> None:
    for mark in marks:
        status = mark.status.value if mark.status else ""
        if mark.origin is Origin.ROOM_CODE and mark.arrived_at_utc is not None:
            work.record(_arrival(mark, mark.arrived_at_utc, status))
            continue
        work.record(
            AttendanceMarked(
                group_id=mark.group_id,
                meeting_id=mark.meeting_id,
                member_id=mark.member_id,
                status=status,
                old_status=None,
                arrived_at_utc=None,
                origin=mark.origin.value,
                grade=mark.grade.value if mark.grade else None,
            )
        )


def _arrival(mark: NewMark, arrived: datetime, status: str) -> ArrivalRecorded:
    return ArrivalRecorded(
        group_id=mark.group_id,
        meeting_id=mark.meeting_id,
        member_id=mark.member_id,
        status=status,
        arrived_at_utc=arrived,
        earliest_utc=arrived,
        latest_utc=arrived,
        grade=mark.grade.value if mark.grade else "",
        rules_version=mark.rules_version,
    )


def _submit(work: UnitOfWork, group_id: GroupId, meeting: MeetingBrief) -> None:
    draft = Record()
    submitted = draft.submitted()
    save_record(
        work.session,
        group_id=group_id,
        meeting_id=meeting.id,
        seen=draft,
        record=submitted,
        submitted_at=meeting.ends_at_utc,
        submitted_by=None,
    )
    work.record(
        RecordSubmitted(
            group_id=group_id, meeting_id=meeting.id, record_version=submitted.version, is_by_hand=False
        )
    )
