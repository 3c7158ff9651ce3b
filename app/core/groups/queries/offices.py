"""Who holds which office on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.office import Office, Term
from app.core.groups.models import MemberRow, OfficeTermRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow

_MEMBER = table_of(MemberRow)
_OFFICE = table_of(OfficeTermRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTermLine:
    """A term of an office, with who holds it."""

    office: Office
    member_id: MemberId
    member_public_id: str
    member_name: str
    starts_on: date
    ends_on: date | None

    @property
    def term(self) -> Term:
        """The days of the term."""
        return Term(first=self.starts_on, last=self.ends_on)


def offices_of_members(session: Session, group_id: GroupId, day: date) -> dict[MemberId, tuple[Office, ...]]:
    """Return the offices held on `day`, by member, in the order in which offices are listed."""
    rows = session.execute(
        select(_OFFICE.c.member_id, _OFFICE.c.office).where(_OFFICE.c.group_id == group_id, *_running(day))
    ).all()
    held: dict[MemberId, set[Office]] = {}
    for row in rows:
        held.setdefault(MemberId(row.member_id), set()).add(Office(row.office))
    return {
        member_id: tuple(office for office in Office if office in offices)
        for member_id, offices in held.items()
    }


def office_terms(session: Session, group_id: GroupId, day: date) -> list[OfficeTermLine]:
    """Return the terms that run on `day` or begin later, by office and beginning; not those that were never held."""
    rows = session.execute(
        select(
            _OFFICE.c.office,
            _OFFICE.c.member_id,
            _OFFICE.c.starts_on,
            _OFFICE.c.ends_on,
            _MEMBER.c.public_id,
            _PERSON.c.name,
        )
        .join(_MEMBER, and_(_MEMBER.c.group_id == _OFFICE.c.group_id, _MEMBER.c.id == _OFFICE.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_OFFICE.c.group_id == group_id, or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= day))
    )
    lines = [
        OfficeTermLine(
            office=Office(row.office),
            member_id=MemberId(row.member_id),
            member_public_id=row.public_id,
            member_name=row.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
        if row.ends_on is None or row.ends_on >= row.starts_on
    ]
    order = list(Office)
    return sorted(lines, key=lambda line: (order.index(line.office), line.starts_on, line.member_name))


def office_holders(
    session: Session, group_id: GroupId, offices: frozenset[Office], day: date
) -> list[MemberId]:
    """Return the members who hold any of `offices` on `day`."""
    query = select(_OFFICE.c.member_id).where(
        _OFFICE.c.group_id == group_id,
        _OFFICE.c.office.in_(sorted(offices)),
        *_running(day),
    )
    return [MemberId(member_id) for member_id in session.scalars(query.distinct())]


def _running(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OFFICE.c.starts_on <= day, or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= day)
