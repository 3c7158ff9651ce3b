"""What do the rules know of members' meetings? Submitted records only, as PALMS has them; one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_between
from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.punctuality import cut_off_in_fact, cut_off_of, minutes_late
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.rule_facts import MeetingFact, MonthOfLetters, months_of
from app.plugins.attendance.domain.rule_set import CutOffKind, RuleBook
from app.plugins.attendance.domain.rule_standing import MemberStanding, standing, where_stands
from app.plugins.attendance.domain.rule_trial import Life
from app.plugins.attendance.domain.rule_windows import looks_back_to
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD
from app.plugins.attendance.queries.rule_sets import BEGINNING

TREND = timedelta(weeks=26)
"""How far back a member's own trend goes."""

_FACTS: Select[Any] = (
    select(
        MARK.c.member_id,
        MARK.c.status,
        MARK.c.arrived_at_utc,
        MARK.c.left_early_at_utc,
        MARK.c.excuse,
        MARK.c.rules_version,
        MEETING.c.public_id,
        MEETING.c.local_date,
        MEETING.c.starts_at_utc,
        RECORD.c.presentations_began_at_utc,
    )
    .select_from(
        MARK.join(
            MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id)
        ).join(RECORD, and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id))
    )
    .where(
        MARK.c.group_id == bindparam("of_group"),
        MEETING.c.group_id == bindparam("of_group"),
        MEETING.c.local_date >= bindparam("first"),
        MEETING.c.state == MeetingState.PLANNED.value,
        RECORD.c.state == RecordState.SUBMITTED.value,
        MARK.c.status.is_not(None),
    )
)
_FACTS_OF_MEMBER = _FACTS.where(MARK.c.member_id == bindparam("of_member"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """Where one member stands, and until when they are settling in (None: they are not)."""

    member: MemberLine
    stands: MemberStanding
    settling_until: date | None
    months: Sequence[MonthOfLetters] = ()

    @property
    def is_settling(self) -> bool:
        """Whether they are still within the settling-in period, in which nobody counts against them."""
        return self.settling_until is not None


def standing_of_member(
    session: Session, group: Group, book: RuleBook, member: MemberLine, today: date
) -> StandingLine:
    """Return where the member stands today, with what would change it; one statement."""
    facts = _facts(session, group.id, book, today, member_id=member.id).get(member.id, [])
    return StandingLine(
        member=member,
        stands=standing(book, facts, today, member_since=member.joined_on),
        settling_until=_settling_until(member, today, group.settling_in_days),
        months=months_of(fact for fact in facts if today - TREND < fact.day <= today),
    )


def standings_of(session: Session, group: Group, book: RuleBook, today: date) -> list[StandingLine]:
    """Return where each member of today stands, in alphabetical order; two statements."""
    facts = _facts(session, group.id, book, today)
    return [
        StandingLine(
            member=member,
            stands=where_stands(book, facts.get(member.id, []), today, member_since=member.joined_on),
            settling_until=_settling_until(member, today, group.settling_in_days),
        )
        for member in members_between(session, group.id, today, today)
    ]


def lives_between(
    session: Session, group_id: GroupId, book: RuleBook, days: Period
) -> list[Life[MemberLine]]:
    """Return everyone who was a member on any of the days, with all their meetings; two statements."""
    facts = _facts(session, group_id, book, None)
    return [
        Life(who=member, facts=facts.get(member.id, []), since=member.joined_on, until=member.ended_on)
        for member in members_between(session, group_id, days.first, days.last)
    ]


def _settling_until(member: MemberLine, today: date, settling_days: int) -> date | None:
    until = member.joined_on + timedelta(days=settling_days)
    return until if today < until else None


def _facts(
    session: Session,
    group_id: GroupId,
    book: RuleBook,
    as_of: date | None,
    *,
    member_id: MemberId | None = None,
) -> dict[MemberId, Sequence[MeetingFact]]:
    """Return the meetings of one member or of all, as far back as the rules in force on `as_of` look (None: all)."""
    version = book.in_force(as_of) if as_of else None
    first = looks_back_to(version.rules, as_of) if version and as_of else None
    if first and as_of and member_id is not None:
        first = min(first, as_of - TREND)
    bound: dict[str, Any] = {"of_group": group_id, "first": first or BEGINNING}
    query = _FACTS
    if member_id is not None:
        query, bound["of_member"] = _FACTS_OF_MEMBER, member_id
    found: dict[MemberId, list[MeetingFact]] = {}
    for row in session.execute(query, bound):
        found.setdefault(MemberId(row.member_id), []).append(_fact(row, book))
    return dict(found)


def _fact(row: Any, book: RuleBook) -> MeetingFact:
    status = Status(row.status)
    late = _minutes_late(row, book)
    return MeetingFact(
        meeting=row.public_id,
        day=row.local_date,
        starts_at_utc=row.starts_at_utc,
        letter=status,
        minutes_late=late if status in CAME else 0,
        left_early=row.left_early_at_utc is not None,
        substitute_late=status is Status.SUBSTITUTE and late > 0,
        excuse=row.excuse,
    )


def _minutes_late(row: Any, book: RuleBook) -> int:
    """Return the minutes after the cut-off by which the mark was judged, or by which its meeting is."""
    version = book.version(row.rules_version) or book.in_force(row.local_date)
    if row.arrived_at_utc is None or version is None:
        return 0
    cut_off = version.rules.cut_off
    return minutes_late(
        row.arrived_at_utc,
        cut_off_in_fact(
            cut_off_of(row.starts_at_utc, cut_off.minutes),
            by_agenda=cut_off.kind is CutOffKind.AGENDA,
            began=row.presentations_began_at_utc,
        ),
    )
