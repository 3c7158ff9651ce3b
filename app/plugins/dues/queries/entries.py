"""Which dues stand: of the group by how they stand, of one member, one line, how many are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, true
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.dues.domain.entry import DueKind, DueState, Standing, standing_on
from app.plugins.dues.models import EntryRow

_ENTRY = table_of(EntryRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An amount with whom it concerns, as lists show it. `name` is the member's, else as a file had it."""

    id: int
    public_id: str
    member_id: MemberId | None
    name: str
    kind: DueKind
    amount_minor: int
    currency: str
    due_on: date
    state: DueState
    paid_on: date | None
    note: str
    version: int

    def standing(self, today: date) -> Standing:
        """Return how it stands today."""
        return standing_on(self.state, self.due_on, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many dues stand how."""

    open: int
    overdue: int
    paid: int
    dropped: int


def entries_standing(
    session: Session, group_id: GroupId, standing: Standing | None, today: date
) -> list[EntryLine]:
    """Return the dues of the group that stand so (None: all), what is due first on top; at most `MOST`."""
    is_owed = standing in {Standing.OPEN, Standing.OVERDUE}
    order = _ENTRY.c.due_on if is_owed else _ENTRY.c.due_on.desc()
    query = _lines(group_id).where(_stands(standing, today)).order_by(order, _ENTRY.c.id).limit(MOST)
    return [_line(row) for row in session.execute(query)]


def counts_of(session: Session, group_id: GroupId, today: date) -> Counts:
    """Return how many dues of the group stand how."""
    is_past = (_ENTRY.c.due_on < today).label("is_past")
    query = (
        select(_ENTRY.c.state, is_past, func.count().label("number"))
        .where(_ENTRY.c.group_id == group_id)
        # By its name: PostgreSQL takes the same comparison with another parameter for another expression.
        .group_by(_ENTRY.c.state, literal_column("is_past"))
    )
    found = {(row.state, bool(row.is_past)): row.number for row in session.execute(query)}
    return Counts(
        open=found.get((DueState.OWED, False), 0),
        overdue=found.get((DueState.OWED, True), 0),
        paid=sum(number for (state, _past), number in found.items() if state == DueState.PAID),
        dropped=sum(number for (state, _past), number in found.items() if state == DueState.DROPPED),
    )


def overdue_count(session: Session, group_id: GroupId, today: date) -> int:
    """Return how many dues of the group are overdue."""
    query = select(func.count()).where(_ENTRY.c.group_id == group_id, _stands(Standing.OVERDUE, today))
    return session.scalar(query) or 0


def entries_of_member(session: Session, group_id: GroupId, member_id: MemberId) -> list[EntryLine]:
    """Return one member's dues, the latest day first."""
    query = (
        _lines(group_id).where(_ENTRY.c.member_id == member_id).order_by(_ENTRY.c.due_on.desc(), _ENTRY.c.id)
    )
    return [_line(row) for row in session.execute(query.limit(MOST))]


def owed_by_member(session: Session, group_id: GroupId, member_id: MemberId) -> list[EntryLine]:
    """Return what one member has still to pay, what is due first on top."""
    query = (
        _lines(group_id)
        .where(_ENTRY.c.member_id == member_id, _ENTRY.c.state == DueState.OWED.value)
        .order_by(_ENTRY.c.due_on, _ENTRY.c.id)
    )
    return [_line(row) for row in session.execute(query.limit(MOST))]


def entry_by_public_id(session: Session, group_id: GroupId, public_id: str) -> EntryLine | None:
    """Return the line of this group with that public id."""
    row = session.execute(_lines(group_id).where(_ENTRY.c.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def entries_of_batch(session: Session, group_id: GroupId, batch_id: int) -> Sequence[EntryLine]:
    """Return what a file brought, in its order."""
    query = _lines(group_id).where(_ENTRY.c.batch_id == batch_id).order_by(_ENTRY.c.id)
    return [_line(row) for row in session.execute(query)]


def entries_due_between(session: Session, group_id: GroupId, first: date, last: date) -> list[EntryLine]:
    """Return the dues whose day lies from `first` to `last`, however they stand."""
    query = _lines(group_id).where(_ENTRY.c.due_on >= first, _ENTRY.c.due_on <= last).order_by(_ENTRY.c.id)
    return [_line(row) for row in session.execute(query)]


def _stands(standing: Standing | None, today: date) -> ColumnElement[bool]:
    owed = _ENTRY.c.state == DueState.OWED.value
    match standing:
        case Standing.OPEN:
            return and_(owed, _ENTRY.c.due_on >= today)
        case Standing.OVERDUE:
            return and_(owed, _ENTRY.c.due_on < today)
        case Standing.PAID:
            return _ENTRY.c.state == DueState.PAID.value
        case Standing.DROPPED:
            return _ENTRY.c.state == DueState.DROPPED.value
        case None:
            return true()


def _lines(group_id: GroupId) -> Select[Any]:
    return (
        select(_ENTRY, _PERSON.c.name)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _ENTRY.c.group_id, _MEMBER.c.id == _ENTRY.c.member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_ENTRY.c.group_id == group_id)
    )


def _line(row: Any) -> EntryLine:
    return EntryLine(
        id=row.id,
        public_id=row.public_id,
        member_id=None if row.member_id is None else MemberId(row.member_id),
        name=row.name or row.listed_name,
        kind=DueKind(row.kind),
        amount_minor=row.amount_minor,
        currency=row.currency,
        due_on=row.due_on,
        state=DueState(row.state),
        paid_on=row.paid_on,
        note=row.note,
        version=row.version,
    )
