"""Who is expected at a meeting and what the record says of each: the leader's page and the live panel, one statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.meetings.domain.meeting import MeetingState
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.models import AnswerRow
from app.plugins.attendance.models_care import ExcuseRow, LeaveRow
from app.plugins.attendance.queries.claims import CLAIM, CLAIM_COLUMNS, IS_ITS_CLAIM, ClaimLine, claim_line
from app.plugins.attendance.queries.marks import (
    IS_ITS_SUBSTITUTE,
    MARK,
    MARK_COLUMNS,
    SUBSTITUTE,
    MarkLine,
    mark_line,
)
from app.plugins.attendance.queries.meetings import (
    MEETING,
    MEETING_COLUMNS,
    MEETING_WITH_RECORD,
    MeetingLine,
    meeting_line,
)

_MEMBER: Any = MemberRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_PERSON: Any = PersonRow.__table__
_ANSWER: Any = AnswerRow.__table__
_EXCUSE: Any = ExcuseRow.__table__
_LEAVE: Any = LeaveRow.__table__

_WAS_MEMBER = exists().where(
    _MEMBERSHIP.c.group_id == _MEMBER.c.group_id,
    _MEMBERSHIP.c.member_id == _MEMBER.c.id,
    _MEMBERSHIP.c.started_on <= MEETING.c.local_date,
    or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= MEETING.c.local_date),
)
_IS_ON_LEAVE = exists().where(
    _LEAVE.c.group_id == _MEMBER.c.group_id,
    _LEAVE.c.member_id == _MEMBER.c.id,
    _LEAVE.c.state == Asked.APPROVED.value,
    _LEAVE.c.first_day <= MEETING.c.local_date,
    _LEAVE.c.last_day >= MEETING.c.local_date,
)
_EXCUSED_AS = (
    select(_EXCUSE.c.kind)
    .where(
        _EXCUSE.c.group_id == _MEMBER.c.group_id,
        _EXCUSE.c.meeting_id == MEETING.c.id,
        _EXCUSE.c.member_id == _MEMBER.c.id,
        _EXCUSE.c.state == Asked.APPROVED.value,
    )
    .order_by(_EXCUSE.c.number.desc())
    .limit(1)
    .correlate(_MEMBER, MEETING)
    .scalar_subquery()
)
_ROSTER: Select[Any] = (
    select(
        *MEETING_COLUMNS,
        _MEMBER.c.id.label("member_id"),
        _MEMBER.c.public_id.label("member_public_id"),
        _PERSON.c.name,
        _PERSON.c.given_name,
        _PERSON.c.sort_name,
        _WAS_MEMBER.label("was_member"),
        *MARK_COLUMNS,
        *CLAIM_COLUMNS,
        _ANSWER.c.answer.label("said"),
        _ANSWER.c.substitute_name.label("said_substitute_name"),
        _IS_ON_LEAVE.label("is_on_leave"),
        _EXCUSED_AS.label("excused_as"),
    )
    .select_from(
        MEETING_WITH_RECORD.join(_MEMBER, _MEMBER.c.group_id == MEETING.c.group_id)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            MARK,
            and_(
                MARK.c.group_id == MEETING.c.group_id,
                MARK.c.meeting_id == MEETING.c.id,
                MARK.c.member_id == _MEMBER.c.id,
            ),
        )
        .outerjoin(SUBSTITUTE, IS_ITS_SUBSTITUTE)
        .outerjoin(CLAIM, IS_ITS_CLAIM)
        .outerjoin(
            _ANSWER,
            and_(
                _ANSWER.c.group_id == MEETING.c.group_id,
                _ANSWER.c.meeting_id == MEETING.c.id,
                _ANSWER.c.member_id == _MEMBER.c.id,
                # What was said for an old time is no word for the new one.
                _ANSWER.c.for_starts_at_utc == MEETING.c.starts_at_utc,
            ),
        )
    )
    # An imported letter of somebody whose membership began later is on record all the same, and is shown.
    .where(MEETING.c.group_id == bindparam("group_id"), or_(_WAS_MEMBER, MARK.c.status.is_not(None)))
    .order_by(_PERSON.c.sort_name, _MEMBER.c.id)
)
_AT_HAND = (
    select(MEETING.c.id)
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.ends_at_utc > bindparam("now"),
        MEETING.c.state == MeetingState.PLANNED.value,
    )
    .order_by(MEETING.c.starts_at_utc)
    .limit(1)
    .scalar_subquery()
)
_ROSTER_BY_PUBLIC_ID = _ROSTER.where(MEETING.c.public_id == bindparam("public_id"))
_ROSTER_BY_KEY = _ROSTER.where(MEETING.c.id == bindparam("meeting_id"))
_ROSTER_AT_HAND = _ROSTER.where(MEETING.c.id == _AT_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One member of the day, their mark, and what they `said` beforehand of the meeting as it stands.

    `is_on_leave` on a day of an approved leave; `excused_as` is the kind of an approved excuse.
    """

    member_id: MemberId
    public_id: str
    name: str
    first_name: str
    was_member: bool
    mark: MarkLine
    claim: ClaimLine | None = None
    said: Intent | None = None
    said_substitute_name: str = ""
    is_on_leave: bool = False
    excused_as: str = ""

    @property
    def waits(self) -> bool:
        """Whether they were counted by a claim that nobody has decided yet."""
        return self.claim is not None and self.claim.waits

    @property
    def said_away(self) -> bool:
        """Whether they are on leave or said that they do not come in person, and the record says nothing else yet."""
        is_away = self.is_on_leave or self.said in {Intent.SUBSTITUTE, Intent.APOLOGIES}
        return self.mark.status is None and is_away


@dataclass(frozen=True, kw_only=True)
class Roster:
    """A meeting with everyone expected, in alphabetical order, and those who have a mark without being members then."""

    meeting: MeetingLine
    lines: Sequence[RosterLine]

    @cached_property
    def counts(self) -> Counter[Status | None]:
        """How often each letter stands; None counts the blanks."""
        return Counter(line.mark.status for line in self.lines)

    @cached_property
    def here(self) -> list[RosterLine]:
        """Those who came in person."""
        return [line for line in self.lines if line.mark.status in CAME]

    @cached_property
    def on_time(self) -> list[RosterLine]:
        """Those who came on time."""
        return self.with_status(Status.PRESENT)

    @cached_property
    def late(self) -> list[RosterLine]:
        """Those who came late."""
        return self.with_status(Status.LATE)

    @cached_property
    def blank(self) -> list[RosterLine]:
        """Members of that day of whom the record says nothing yet."""
        return self.with_status(None)

    @cached_property
    def to_be_absent(self) -> list[RosterLine]:
        """Those of whom a submission writes that they were absent."""
        return [line for line in self.blank if not line.is_on_leave]

    @cached_property
    def to_be_on_leave(self) -> list[RosterLine]:
        """Those of whom a submission writes that they were on leave."""
        return [line for line in self.blank if line.is_on_leave]

    @cached_property
    def on_leave(self) -> list[RosterLine]:
        """Those whose letter says leave, or will say so."""
        return [line for line in self.lines if line.mark.status is Status.MEDICAL] + self.to_be_on_leave

    @cached_property
    def excused_or_away(self) -> list[RosterLine]:
        """Those who are known not to come in person: absent, medical, substitute, or they said so beforehand."""
        away = {Status.ABSENT, Status.MEDICAL, Status.SUBSTITUTE}
        return [line for line in self.lines if line.mark.status in away or line.said_away]

    @cached_property
    def missing(self) -> list[RosterLine]:
        """Those of whom neither the record nor their own word says anything yet."""
        return [line for line in self.blank if not line.said_away]

    @cached_property
    def substitutes_to_come(self) -> list[RosterLine]:
        """Those who said that somebody comes for them, while the record says nothing of it."""
        return [line for line in self.blank if line.said is Intent.SUBSTITUTE]

    def is_after_cut_off(self, line: RosterLine) -> bool:
        """Return whether the arrival beside the mark, a substitute's too, is known to be after the cut-off."""
        arrived = line.mark.arrived_at_utc
        return arrived is not None and arrived > self.meeting.cut_off

    @cached_property
    def waiting(self) -> list[RosterLine]:
        """Those whose claim waits for a leader's word."""
        return [line for line in self.lines if line.waits]

    @cached_property
    def announced_substitutes(self) -> dict[str, str]:
        """By the public id of a member, who they said would come for them."""
        return {line.public_id: line.said_substitute_name for line in self.lines if line.said_substitute_name}

    def with_status(self, status: Status | None) -> list[RosterLine]:
        """Return the lines with that letter."""
        return [line for line in self.lines if line.mark.status is status]

    def line_of(self, public_id: str) -> RosterLine | None:
        """Return the line of the member with that public id."""
        return next((line for line in self.lines if line.public_id == public_id), None)

    def name_of(self, member_id: MemberId | None) -> str:
        """Return the name of a member of the roster by their key; empty where they are not on it."""
        return next((line.name for line in self.lines if line.member_id == member_id), "")

    @cached_property
    def shared_devices(self) -> list[list[RosterLine]]:
        """Members who were signed in by one and the same browser, together."""
        by_device: dict[str, list[RosterLine]] = {}
        for line in self.lines:
            if line.mark.device_key and line.mark.status is not None:
                by_device.setdefault(line.mark.device_key, []).append(line)
        return [lines for lines in by_device.values() if len(lines) > 1]


def roster_in_address(session: Session, group_id: GroupId, public_id: str) -> Roster | None:
    """Return the roster of the meeting with that public id; None also where nobody was a member on its day."""
    return _roster(
        session.execute(_ROSTER_BY_PUBLIC_ID, {"group_id": group_id, "public_id": public_id}).all()
    )


def roster_of_key(session: Session, group_id: GroupId, meeting_id: int) -> Roster | None:
    """Return the roster of the meeting with that key."""
    return _roster(session.execute(_ROSTER_BY_KEY, {"group_id": group_id, "meeting_id": meeting_id}).all())


def roster_at_hand(session: Session, group_id: GroupId, now: datetime) -> Roster | None:
    """Return the roster of the meeting that is on or comes next."""
    return _roster(session.execute(_ROSTER_AT_HAND, {"group_id": group_id, "now": now}).all())


def _roster(rows: Sequence[Any]) -> Roster | None:
    if not rows:
        return None
    return Roster(meeting=meeting_line(rows[0]), lines=[_line(row) for row in rows])


def _line(row: Any) -> RosterLine:
    return RosterLine(
        member_id=MemberId(row.member_id),
        public_id=row.member_public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        was_member=bool(row.was_member),
        mark=mark_line(row),
        claim=claim_line(row),
        said=Intent(row.said) if row.said else None,
        said_substitute_name=row.said_substitute_name or "",
        is_on_leave=bool(row.is_on_leave),
        excused_as=row.excused_as or "",
    )
