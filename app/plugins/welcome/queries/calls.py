"""Calls after a visit: those to be made, by whom, which are overdue; and what was noted of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import CallNoteRow, CallRow

_CALL = table_of(CallRow)
_NOTE = table_of(CallNoteRow)
_VISITOR = table_of(VisitorRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A call after a visit; `owner_name` is empty where nobody has it."""

    visitor_id: int
    public_id: str
    name: str
    owner: MemberId | None
    owner_name: str
    due_at_utc: datetime
    called_at_utc: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been made by now."""
        return self.called_at_utc is None and self.due_at_utc < now


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """A note of a call."""

    author_name: str
    words: str
    written_at_utc: datetime


def open_calls(session: Session, group_id: GroupId) -> Sequence[CallLine]:
    """Return the calls still to be made, the most urgent first."""
    return _calls(session, group_id, open_only=True)


def call_of(session: Session, group_id: GroupId, visitor_id: int) -> CallLine | None:
    """Return the call after this visit, made or not, if there is one."""
    found = _calls(session, group_id, visitor_id=visitor_id)
    return found[0] if found else None


def calls_by_owner(session: Session, group_id: GroupId) -> Mapping[MemberId, int]:
    """Return how many calls each member has to make."""
    query = (
        select(_CALL.c.owner_member_id, func.count().label("calls"))
        .where(
            _CALL.c.group_id == group_id,
            _CALL.c.called_at_utc.is_(None),
            _CALL.c.owner_member_id.is_not(None),
        )
        .group_by(_CALL.c.owner_member_id)
    )
    return {MemberId(row.owner_member_id): row.calls for row in session.execute(query)}


def called_about(session: Session, group_id: GroupId, visitor_ids: Sequence[int]) -> set[int]:
    """Return those of the visitors who have a call on somebody's list, made or not."""
    query = select(_CALL.c.visitor_id).where(
        _CALL.c.group_id == group_id, _CALL.c.visitor_id.in_(visitor_ids)
    )
    return set(session.scalars(query))


def notes_of(session: Session, group_id: GroupId, visitor_id: int) -> list[CallNote]:
    """Return what was noted of the calls with a visitor, oldest first."""
    query = (
        select(_NOTE.c.words, _NOTE.c.written_at_utc, _PERSON.c.name)
        .join(
            _MEMBER,
            and_(_MEMBER.c.group_id == _NOTE.c.group_id, _MEMBER.c.id == _NOTE.c.author_member_id),
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.visitor_id == visitor_id)
        .order_by(_NOTE.c.id)
    )
    return [
        CallNote(author_name=row.name, words=row.words, written_at_utc=row.written_at_utc)
        for row in session.execute(query)
    ]


def _calls(
    session: Session, group_id: GroupId, *, visitor_id: int | None = None, open_only: bool = False
) -> list[CallLine]:
    owner = aliased(_MEMBER)
    query = (
        select(
            _CALL.c.visitor_id,
            _CALL.c.owner_member_id,
            _CALL.c.due_at_utc,
            _CALL.c.called_at_utc,
            _VISITOR.c.public_id,
            _VISITOR.c.name,
            _PERSON.c.name.label("owner_name"),
        )
        .join(_VISITOR, and_(_VISITOR.c.group_id == _CALL.c.group_id, _VISITOR.c.id == _CALL.c.visitor_id))
        .outerjoin(owner, and_(owner.c.group_id == _CALL.c.group_id, owner.c.id == _CALL.c.owner_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == owner.c.person_id)
        .where(_CALL.c.group_id == group_id, _VISITOR.c.forgotten_at_utc.is_(None))
        .order_by(_CALL.c.due_at_utc, _CALL.c.visitor_id)
    )
    if open_only:
        query = query.where(_CALL.c.called_at_utc.is_(None))
    if visitor_id is not None:
        query = query.where(_CALL.c.visitor_id == visitor_id)
    return [
        CallLine(
            visitor_id=row.visitor_id,
            public_id=row.public_id,
            name=row.name,
            owner=MemberId(row.owner_member_id) if row.owner_member_id is not None else None,
            owner_name=row.owner_name or "",
            due_at_utc=row.due_at_utc,
            called_at_utc=row.called_at_utc,
        )
        for row in session.execute(query)
    ]
