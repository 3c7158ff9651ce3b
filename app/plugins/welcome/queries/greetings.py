"""Greetings with their guest, greeter and meeting: one, of a meeting, of a greeter; who has greeted lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.models import MeetingRow
from app.core.people.models import PersonRow
from app.plugins.welcome.domain.greeting import Greeting, GreetingState, Step
from app.plugins.welcome.domain.visitor import THERE
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_greeting import GreetingRow, GreetingStepRow, SaidNoRow

_GREETING = table_of(GreetingRow)
_NO = table_of(SaidNoRow)
_STEP = table_of(GreetingStepRow)
_VISITOR = table_of(VisitorRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
_MEETING = table_of(MeetingRow)

SHOWN_AFTER_END = timedelta(hours=12)
"""So long after the meeting a greeter still sees their guest at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingLine:
    """A greeting as its greeter and the hosts see it: what helps to receive the guest, never how to reach them."""

    id: int
    public_id: str
    meeting_id: MeetingId
    meeting_public_id: str
    meeting_day: date
    starts_at_utc: datetime
    ends_at_utc: datetime
    takes_place: bool
    visitor_id: int | None
    newcomer_id: MemberId | None
    guest_public_id: str
    guest_name: str
    firm: str
    trade: str
    wants_greeter: bool
    listens_only: bool
    introduction: str
    access_needs: str
    is_there: bool
    invited_by: MemberId | None
    greeting: Greeting
    greeter_name: str
    greeter_public_id: str
    asked_times: int
    version: int

    @property
    def greeter(self) -> MemberId | None:
        """Who is asked or has accepted."""
        return self.greeting.greeter

    @property
    def is_accepted(self) -> bool:
        """Whether somebody has promised to be there."""
        return self.greeting.state is GreetingState.ACCEPTED

    def is_open_at(self, now: datetime) -> bool:
        """Return whether anything is left to do for the guest: they come, and the meeting is not long over."""
        return self.takes_place and self.is_there and now <= self.ends_at_utc + SHOWN_AFTER_END


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """What was done for a guest, when, and with whom."""

    step: Step
    done_at_utc: datetime
    with_member: MemberId | None


def greeting_by_public_id(session: Session, group_id: GroupId, public_id: str) -> GreetingLine | None:
    """Return the greeting of this group with that public id, while its guest is known."""
    return _one(session, group_id, _GREETING.c.public_id == public_id)


def greeting_by_key(session: Session, group_id: GroupId, greeting_id: int) -> GreetingLine | None:
    """Return the greeting with that key, while its guest is known."""
    return _one(session, group_id, _GREETING.c.id == greeting_id)


def greetings_of_meeting(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[GreetingLine]:
    """Return the greetings of a meeting, as they were begun."""
    return _some(session, group_id, _GREETING.c.meeting_id == meeting_id)


def greetings_of_visitor(session: Session, group_id: GroupId, visitor_id: int) -> list[GreetingLine]:
    """Return the greetings of a visitor at whatever meeting, whether they still come or not."""
    return _some(session, group_id, _GREETING.c.visitor_id == visitor_id)


def greetings_in_view(
    session: Session, group_id: GroupId, member_id: MemberId, meeting_id: MeetingId | None, now: datetime
) -> list[GreetingLine]:
    """Return the greetings of a meeting, and those that the member does or is asked to do; one statement for both."""
    is_own = and_(_GREETING.c.greeter_member_id == member_id, _MEETING.c.ends_at_utc >= now - SHOWN_AFTER_END)
    return _some(session, group_id, or_(_GREETING.c.meeting_id == meeting_id, is_own))


def greetings_to_come(session: Session, group_id: GroupId, now: datetime) -> list[GreetingLine]:
    """Return the greetings of meetings that are not over, which somebody is asked to do or has accepted."""
    return _some(
        session,
        group_id,
        _MEETING.c.ends_at_utc >= now,
        _GREETING.c.greeter_member_id.is_not(None),
    )


def here_and_not_met(session: Session, group_id: GroupId, now: datetime) -> list[GreetingLine]:
    """Return the greetings of guests who are here while the meeting lasts, whom nobody said to be with."""
    return _some(
        session,
        group_id,
        _MEETING.c.ends_at_utc >= now,
        _VISITOR.c.arrived_at_utc.is_not(None),
        _GREETING.c.met_at_utc.is_(None),
        _GREETING.c.host_told_at_utc.is_(None),
    )


def said_no(session: Session, group_id: GroupId, greeting_id: int) -> frozenset[MemberId]:
    """Return who cannot greet this guest."""
    query = select(_NO.c.member_id).where(_NO.c.group_id == group_id, _NO.c.greeting_id == greeting_id)
    return frozenset(MemberId(one) for one in session.scalars(query))


def said_no_at_meeting(
    session: Session, group_id: GroupId, meeting_id: MeetingId
) -> Mapping[int, frozenset[MemberId]]:
    """Return who said no to each greeting of a meeting."""
    query = (
        select(_NO.c.greeting_id, _NO.c.member_id)
        .join(_GREETING, and_(_GREETING.c.group_id == _NO.c.group_id, _GREETING.c.id == _NO.c.greeting_id))
        .where(_NO.c.group_id == group_id, _GREETING.c.meeting_id == meeting_id)
    )
    found: dict[int, frozenset[MemberId]] = {}
    for row in session.execute(query):
        found[row.greeting_id] = found.get(row.greeting_id, frozenset()) | {MemberId(row.member_id)}
    return found


def steps_done(session: Session, group_id: GroupId, greeting_id: int) -> dict[Step, StepDone]:
    """Return what was done for a guest."""
    query = select(_STEP).where(_STEP.c.group_id == group_id, _STEP.c.greeting_id == greeting_id)
    return {
        Step(row.step): StepDone(
            step=Step(row.step),
            done_at_utc=row.done_at_utc,
            with_member=MemberId(row.with_member_id) if row.with_member_id else None,
        )
        for row in session.execute(query)
    }


def greeted_since(session: Session, group_id: GroupId, since: date) -> Mapping[MemberId, tuple[int, date]]:
    """Return how often each member greeted, or promised to, at meetings since that day, and the latest day."""
    query = (
        select(
            _GREETING.c.greeter_member_id,
            func.count().label("times"),
            func.max(_MEETING.c.local_date).label("last_on"),
        )
        .join(
            _MEETING,
            and_(_MEETING.c.group_id == _GREETING.c.group_id, _MEETING.c.id == _GREETING.c.meeting_id),
        )
        .where(
            _GREETING.c.group_id == group_id,
            _GREETING.c.state == GreetingState.ACCEPTED.value,
            _MEETING.c.local_date >= since,
        )
        .group_by(_GREETING.c.greeter_member_id)
    )
    return {MemberId(row.greeter_member_id): (row.times, row.last_on) for row in session.execute(query)}


def _one(session: Session, group_id: GroupId, *conditions: ColumnElement[bool]) -> GreetingLine | None:
    row = session.execute(_lines(group_id).where(*conditions)).one_or_none()
    return _line(row) if row else None


def _some(session: Session, group_id: GroupId, *conditions: ColumnElement[bool]) -> list[GreetingLine]:
    query = _lines(group_id).where(*conditions).order_by(_MEETING.c.starts_at_utc, _GREETING.c.id)
    return [_line(row) for row in session.execute(query)]


def _lines(group_id: GroupId) -> Select[Any]:
    greeter, greeter_person = aliased(_MEMBER), aliased(_PERSON)
    return (
        select(
            _GREETING,
            _VISITOR.c.public_id.label("visitor_public_id"),
            _VISITOR.c.name.label("visitor_name"),
            _VISITOR.c.firm.label("visitor_firm"),
            _VISITOR.c.trade.label("visitor_trade"),
            _VISITOR.c.state.label("visitor_state"),
            _VISITOR.c.meeting_id.label("visitor_meeting_id"),
            *(_VISITOR.c[name] for name in _OF_VISITORS),
            _MEMBER.c.public_id.label("member_public_id"),
            _MEMBER.c.firm,
            _MEMBER.c.trade,
            _PERSON.c.name.label("member_name"),
            _MEETING.c.public_id.label("meeting_public_id"),
            _MEETING.c.local_date,
            _MEETING.c.starts_at_utc,
            _MEETING.c.ends_at_utc,
            _MEETING.c.state.label("meeting_state"),
            greeter.c.public_id.label("greeter_public_id"),
            greeter_person.c.name.label("greeter_name"),
        )
        .select_from(_GREETING)
        .join(_MEETING, _joined(_MEETING, _GREETING.c.meeting_id))
        .outerjoin(_VISITOR, _joined(_VISITOR, _GREETING.c.visitor_id))
        .outerjoin(_MEMBER, _joined(_MEMBER, _GREETING.c.newcomer_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(greeter, _joined(greeter, _GREETING.c.greeter_member_id))
        .outerjoin(greeter_person, greeter_person.c.id == greeter.c.person_id)
        .where(
            _GREETING.c.group_id == group_id,
            or_(_GREETING.c.visitor_id.is_(None), _VISITOR.c.forgotten_at_utc.is_(None)),
        )
    )


_OF_VISITORS = (
    "wants_greeter",
    "listens_only",
    "introduction",
    "access_needs",
    "arrived_at_utc",
    "invited_by_member_id",
)


def _joined(table: Any, key: Any) -> ColumnElement[bool]:
    return and_(table.c.group_id == _GREETING.c.group_id, table.c.id == key)


def _line(row: Any) -> GreetingLine:
    is_visitor = row.visitor_id is not None
    return GreetingLine(
        id=row.id,
        public_id=row.public_id,
        meeting_id=MeetingId(row.meeting_id),
        meeting_public_id=row.meeting_public_id,
        meeting_day=row.local_date,
        starts_at_utc=row.starts_at_utc,
        ends_at_utc=row.ends_at_utc,
        takes_place=row.meeting_state == MeetingState.PLANNED.value,
        visitor_id=row.visitor_id,
        newcomer_id=_member(row.newcomer_member_id),
        guest_public_id=row.visitor_public_id if is_visitor else row.member_public_id,
        guest_name=row.visitor_name if is_visitor else row.member_name,
        firm=(row.visitor_firm if is_visitor else row.firm) or "",
        trade=(row.visitor_trade if is_visitor else row.trade) or "",
        wants_greeter=bool(row.wants_greeter),
        listens_only=bool(row.listens_only),
        introduction=row.introduction or "",
        access_needs=row.access_needs or "",
        is_there=not is_visitor or (row.visitor_state in THERE and row.visitor_meeting_id == row.meeting_id),
        invited_by=_member(row.invited_by_member_id),
        greeting=Greeting(
            state=GreetingState(row.state),
            greeter=_member(row.greeter_member_id),
            arrived_at_utc=row.arrived_at_utc,
            met_at_utc=row.met_at_utc,
            host_told_at_utc=row.host_told_at_utc,
        ),
        greeter_name=row.greeter_name or "",
        greeter_public_id=row.greeter_public_id or "",
        asked_times=row.asked_times,
        version=row.version,
    )


def _member(key: int | None) -> MemberId | None:
    return MemberId(key) if key is not None else None
