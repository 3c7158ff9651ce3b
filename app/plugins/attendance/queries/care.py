"""What submitted records say of each member, which trends were noticed, and what was done about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.domain.meeting import MeetingState
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.care_patterns import MeetingFact, Pattern
from app.plugins.attendance.domain.care_trail import USUAL_WORDS, CareState, Step, Words
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.models_care import CareRow, CareStepRow, CareWordsRow
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD

CARE: Any = CareRow.__table__
STEP: Any = CareStepRow.__table__
WORDS: Any = CareWordsRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLine:
    """A trend of one member and where it stands. `noticed_at_utc` is when the member was told."""

    id: int
    public_id: str
    member_id: MemberId
    member_public_id: str
    name: str
    first_name: str
    pattern: Pattern
    count: int
    weeks: int
    newest_on: date
    state: CareState
    noticed_at_utc: datetime
    seen_at_utc: datetime | None
    opened_at_utc: datetime | None
    gone_at_utc: datetime | None
    closed_at_utc: datetime | None
    close_reason: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """What an office did. `note` is for the office alone; `subject` and `body` went to the member."""

    step: Step
    done_on: date
    by: str
    note: str
    subject: str
    body: str


def facts_by_member(session: Session, group_id: GroupId, first: date) -> dict[MemberId, list[MeetingFact]]:
    """Return the letters of submitted records since `first`, by member."""
    query = (
        select(MARK.c.member_id, MEETING.c.local_date, MARK.c.status, MARK.c.excuse)
        .join(MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id))
        .join(RECORD, and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id))
        .where(
            MARK.c.group_id == group_id,
            MARK.c.status.is_not(None),
            MEETING.c.local_date >= first,
            MEETING.c.state == MeetingState.PLANNED.value,
            RECORD.c.state == RecordState.SUBMITTED.value,
        )
    )
    found: dict[MemberId, list[MeetingFact]] = {}
    for member_id, day, status, excuse in session.execute(query):
        fact = MeetingFact(day=day, status=Status(status), is_excused=excuse is not None)
        found.setdefault(MemberId(member_id), []).append(fact)
    return found


def ended_at(session: Session, group_id: GroupId, meeting_id: MeetingId) -> datetime | None:
    """Return when a meeting ended."""
    found: datetime | None = session.scalar(
        select(MEETING.c.ends_at_utc).where(MEETING.c.group_id == group_id, MEETING.c.id == meeting_id)
    )
    return found


def cares_in(session: Session, group_id: GroupId, states: Collection[CareState] = ()) -> list[CareLine]:
    """Return the trends in these states, or all, the latest first."""
    query = _cares(group_id)
    if states:
        query = query.where(CARE.c.state.in_([state.value for state in states]))
    return [_care(row) for row in session.execute(query)]


def cares_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[CareLine]:
    """Return the trends of one member, the latest first."""
    return [_care(row) for row in session.execute(_cares(group_id).where(CARE.c.member_id == member_id))]


def steps_of(session: Session, group_id: GroupId, care_ids: Sequence[int]) -> dict[int, list[StepLine]]:
    """Return what was done, in its order, by trend."""
    query = (
        select(STEP, _PERSON.c.name)
        .join(_MEMBER, and_(_MEMBER.c.group_id == STEP.c.group_id, _MEMBER.c.id == STEP.c.by_member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(STEP.c.group_id == group_id, STEP.c.care_id.in_(list(care_ids)))
        .order_by(STEP.c.at_utc, STEP.c.id)
    )
    found: dict[int, list[StepLine]] = {}
    for row in session.execute(query):
        line = StepLine(
            step=Step(row.kind),
            done_on=row.done_on,
            by=row.name,
            note=row.note,
            subject=row.subject,
            body=row.body,
        )
        found.setdefault(row.care_id, []).append(line)
    return found


def own_words(session: Session, group_id: GroupId, step: Step) -> Words | None:
    """Return the group's own words for a step."""
    query = select(WORDS).where(WORDS.c.group_id == group_id, WORDS.c.kind == step.value)
    row = session.execute(query).one_or_none()
    return Words(subject=row.subject, body=row.body, version=row.version) if row else None


def usual_words(step: Step) -> Words:
    """Return the words of a group that chose none, untranslated."""
    return USUAL_WORDS[step]


def _cares(group_id: GroupId) -> Select[Any]:
    return (
        select(CARE, _MEMBER.c.public_id.label("member_public_id"), _PERSON.c.name, _PERSON.c.given_name)
        .join(_MEMBER, and_(_MEMBER.c.group_id == CARE.c.group_id, _MEMBER.c.id == CARE.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(CARE.c.group_id == group_id)
        .order_by(CARE.c.noticed_at_utc.desc(), CARE.c.id.desc())
    )


def _care(row: Any) -> CareLine:
    return CareLine(
        id=row.id,
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        member_public_id=row.member_public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        pattern=Pattern(row.pattern),
        count=row.count,
        weeks=row.weeks,
        newest_on=row.newest_on,
        state=CareState(row.state),
        noticed_at_utc=row.noticed_at_utc,
        seen_at_utc=row.seen_at_utc,
        opened_at_utc=row.opened_at_utc,
        gone_at_utc=row.gone_at_utc,
        closed_at_utc=row.closed_at_utc,
        close_reason=row.close_reason,
        version=row.version,
    )
