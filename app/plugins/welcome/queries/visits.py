"""Registered visits: by a link, of a meeting, alike ones, who asked for what; and what others may know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.people.models import PersonRow
from app.plugins.welcome.domain.visit import are_alike
from app.plugins.welcome.domain.visitor import THERE, VisitorKind, VisitState
from app.plugins.welcome.interface import ExpectedVisitor, KnownVisitor
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import CoInviterRow, VisitAnswerRow, VisitLinkRow

_VISITOR = table_of(VisitorRow)
_LINK = table_of(VisitLinkRow)
_CO_INVITER = table_of(CoInviterRow)
_ANSWER = table_of(VisitAnswerRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit with all that its visitor wrote: for the visitor's own page and for services."""

    id: int
    public_id: str
    meeting_id: MeetingId | None
    came_on: date
    name: str
    firm: str
    trade: str
    email: str
    phone: str
    kind: str
    state: str
    invited_by: MemberId | None
    inviter_words: str
    wants_greeter: bool
    listens_only: bool
    introduction: str
    access_needs: str
    registered_at_utc: datetime | None
    arrived_at_utc: datetime | None
    consented_at_utc: datetime | None
    mail_key: str
    language: str
    same_as_id: int | None
    expires_on: date
    version: int

    @property
    def is_expected(self) -> bool:
        """Whether the visitor is still to come."""
        return self.state == VisitState.EXPECTED

    @property
    def may_be_written_to(self) -> bool:
        """Whether the house may write to the visitor: they gave the address themselves, and agreed."""
        return bool(self.email) and self.consented_at_utc is not None

    @property
    def is_waiting(self) -> bool:
        """Whether this is a further registration that its own address has not confirmed."""
        return self.state == VisitState.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a visitor answered to the one question."""

    answer: str
    words: str
    answered_at_utc: datetime


def visit_by_link(session: Session, group_id: GroupId, link_hash: str) -> Visit | None:
    """Return the visit whose own page that link opens, unless it is forgotten."""
    query = (
        _visits(group_id)
        .join(_LINK, and_(_LINK.c.group_id == _VISITOR.c.group_id, _LINK.c.visitor_id == _VISITOR.c.id))
        .where(_LINK.c.link_hash == link_hash, _LINK.c.group_id == group_id)
    )
    row = session.execute(query).one_or_none()
    return _visit(row) if row else None


def visit_by_key(session: Session, group_id: GroupId, visitor_id: int) -> Visit | None:
    """Return the visit with that key, unless it is forgotten."""
    row = session.execute(_visits(group_id).where(_VISITOR.c.id == visitor_id)).one_or_none()
    return _visit(row) if row else None


def visit_by_public_id(session: Session, group_id: GroupId, public_id: str) -> Visit | None:
    """Return the visit with that public id, unless it is forgotten or still waits to be confirmed."""
    query = _visits(group_id).where(
        _VISITOR.c.public_id == public_id, _VISITOR.c.state != VisitState.WAITING.value
    )
    row = session.execute(query).one_or_none()
    return _visit(row) if row else None


def visits_of_meeting(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[Visit]:
    """Return who is expected at the meeting or came, in the order of their names."""
    query = (
        _visits(group_id)
        .where(_VISITOR.c.meeting_id == meeting_id, _VISITOR.c.state.in_(THERE))
        .order_by(func.lower(_VISITOR.c.name), _VISITOR.c.id)
    )
    return [_visit(row) for row in session.execute(query)]


def visits_for_meeting(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[Visit]:
    """Return everybody who ever was to come to the meeting, those who called off or were missed included."""
    query = _visits(group_id).where(
        _VISITOR.c.meeting_id == meeting_id,
        _VISITOR.c.state != VisitState.WAITING.value,
        _VISITOR.c.origin != "import",
    )
    return [_visit(row) for row in session.execute(query.order_by(_VISITOR.c.id))]


def expected_on(session: Session, group_id: GroupId, first: date, last: date) -> list[Visit]:
    """Return the visits of these days that are still expected."""
    query = _visits(group_id).where(
        _VISITOR.c.came_on.between(first, last), _VISITOR.c.state == VisitState.EXPECTED.value
    )
    return [_visit(row) for row in session.execute(query.order_by(_VISITOR.c.came_on, _VISITOR.c.id))]


def came_on(session: Session, group_id: GroupId, first: date, last: date) -> list[Visit]:
    """Return the visits of these days that took place, imported ones left out."""
    query = _visits(group_id).where(
        _VISITOR.c.came_on.between(first, last),
        _VISITOR.c.state == VisitState.CAME.value,
        _VISITOR.c.origin != "import",
    )
    return [_visit(row) for row in session.execute(query.order_by(_VISITOR.c.came_on, _VISITOR.c.id))]


def overdue_expected(session: Session, group_id: GroupId, today: date) -> list[tuple[int, str]]:
    """Return keys and origins of those who were expected on an earlier day and were never seen."""
    query = select(_VISITOR.c.id, _VISITOR.c.origin).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.came_on < today,
        _VISITOR.c.state == VisitState.EXPECTED.value,
    )
    return [(row.id, row.origin) for row in session.execute(query)]


def same_registered(
    session: Session, group_id: GroupId, meeting_id: MeetingId, *, name: str, mail_key: str
) -> Visit | None:
    """Return who is on the list of the meeting already and is likely the same: by mail address, else by a name much alike."""
    standing = visits_of_meeting(session, group_id, meeting_id)
    by_mail = next((one for one in standing if one.mail_key == mail_key), None)
    return by_mail or next((one for one in standing if are_alike(one.name, name)), None)


def waiting_beside(session: Session, group_id: GroupId, visitor_id: int, mail_key: str) -> Visit | None:
    """Return the further registration by that address that waits beside a visit, if there is one."""
    query = _visits(group_id).where(
        _VISITOR.c.same_as_id == visitor_id,
        _VISITOR.c.mail_key == mail_key,
        _VISITOR.c.state == VisitState.WAITING.value,
    )
    row = session.execute(query.limit(1)).one_or_none()
    return _visit(row) if row else None


def earlier_visits(session: Session, group_id: GroupId, *, name: str, mail_key: str, before: date) -> int:
    """Return how often somebody with that address, or that very name, came on earlier days."""
    is_same = func.lower(_VISITOR.c.name) == name.lower()
    query = select(func.count(_VISITOR.c.came_on.distinct())).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.came_on < before,
        _VISITOR.c.state == VisitState.CAME.value,
        _VISITOR.c.forgotten_at_utc.is_(None),
        or_(_VISITOR.c.mail_key == mail_key, is_same) if mail_key else is_same,
    )
    return session.scalar(query) or 0


def co_inviters(session: Session, group_id: GroupId, visitor_id: int) -> list[tuple[MemberId | None, str]]:
    """Return whom further registrations named, as members where clear and as it was written."""
    query = (
        select(_CO_INVITER.c.member_id, _CO_INVITER.c.words)
        .where(_CO_INVITER.c.group_id == group_id, _CO_INVITER.c.visitor_id == visitor_id)
        .order_by(_CO_INVITER.c.id)
    )
    return [
        (MemberId(row.member_id) if row.member_id is not None else None, row.words)
        for row in session.execute(query)
    ]


def language_of(session: Session, group_id: GroupId, member_id: MemberId) -> str:
    """Return the language in which the member reads."""
    query = (
        select(_PERSON.c.language)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.group_id == group_id, _MEMBER.c.id == member_id)
    )
    return session.scalar(query) or ""


def answer_of(session: Session, group_id: GroupId, visitor_id: int) -> Answer | None:
    """Return what the visitor answered, if they did."""
    query = select(_ANSWER).where(_ANSWER.c.group_id == group_id, _ANSWER.c.visitor_id == visitor_id)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return Answer(answer=row.answer, words=row.words, answered_at_utc=row.answered_at_utc)


class RegisteredVisitors:
    """Answers who is expected, and what a visitor wrote of themselves."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> Sequence[ExpectedVisitor]:
        """Return those who are expected or here, in the order of their names; one statement."""
        return [
            ExpectedVisitor(
                visitor_id=one.id,
                public_id=one.public_id,
                name=one.name,
                firm=one.firm,
                trade=one.trade,
                invited_by_member_id=one.invited_by,
                wants_greeter=one.wants_greeter,
                listens_only=one.listens_only,
                arrived_at_utc=one.arrived_at_utc,
            )
            for one in visits_of_meeting(self._session, group_id, meeting_id)
            if one.kind != VisitorKind.SUBSTITUTE
        ]

    def visitor(self, group_id: GroupId, public_id: str) -> KnownVisitor | None:
        """Return the visitor, or None where there is none or they are forgotten."""
        found = visit_by_public_id(self._session, group_id, public_id)
        if found is None:
            return None
        return KnownVisitor(
            visitor_id=found.id,
            public_id=found.public_id,
            name=found.name,
            firm=found.firm,
            trade=found.trade,
            email=found.email,
            phone=found.phone,
            invited_by_member_id=found.invited_by,
            came_on=found.came_on,
        )


def _visits(group_id: GroupId) -> Select[Any]:
    return select(_VISITOR).where(_VISITOR.c.group_id == group_id, _VISITOR.c.forgotten_at_utc.is_(None))


def _visit(row: Any) -> Visit:
    return Visit(
        id=row.id,
        public_id=row.public_id,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id is not None else None,
        came_on=row.came_on,
        name=row.name,
        firm=row.firm,
        trade=row.trade,
        email=row.email,
        phone=row.phone,
        kind=row.kind,
        state=row.state,
        invited_by=MemberId(row.invited_by_member_id) if row.invited_by_member_id is not None else None,
        inviter_words=row.inviter_words,
        wants_greeter=row.wants_greeter,
        listens_only=row.listens_only,
        introduction=row.introduction,
        access_needs=row.access_needs,
        registered_at_utc=row.registered_at_utc,
        arrived_at_utc=row.arrived_at_utc,
        consented_at_utc=row.consented_at_utc,
        mail_key=row.mail_key,
        language=row.language,
        same_as_id=row.same_as_id,
        expires_on=row.expires_on,
        version=row.version,
    )
