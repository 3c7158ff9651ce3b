"""Who joined lately, who is there for them, and what has been done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.domain.office import Office
from app.core.groups.models import GroupRow, MemberRow, MembershipRow, OfficeTermRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork
from app.plugins.welcome.models import NewcomerRow, WordsRow

_NEWCOMER = table_of(NewcomerRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_OFFICE = table_of(OfficeTermRow)
_GROUP = table_of(GroupRow)
_WORDS = table_of(WordsRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerLine:
    """A newcomer with their contact; empty texts where there is none."""

    member_id: MemberId
    public_id: str
    name: str
    first_name: str
    started_on: date
    contact_id: MemberId | None
    contact_name: str
    contact_public_id: str
    contact_phone: str
    contact_email: str
    written_at_utc: datetime | None
    called_at_utc: datetime | None
    version: int
    ended_on: date | None

    def is_one_of(self, since: date, day: date) -> bool:
        """Return whether they joined on `since` or later and are members on `day`."""
        return self.started_on >= since and (self.ended_on is None or self.ended_on >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsLine:
    """The group's own first message; `version` 0 where it uses the usual one."""

    subject: str
    body: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """What a handler without a page must know of its group."""

    name: str
    zone: str
    locale: str


def newcomers_since(session: Session, group_id: GroupId, since: date, today: date) -> list[NewcomerLine]:
    """Return the members who joined as newcomers on `since` or later and still are members, latest first."""
    query = _lines(group_id, today).where(_NEWCOMER.c.started_on >= since)
    return [_line(row) for row in session.execute(query.order_by(_NEWCOMER.c.started_on.desc()))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The answer to a question, and how far it reaches."""

    since: date
    day: date
    lines: Sequence[NewcomerLine]


def newcomers_read(work: UnitOfWork, group_id: GroupId, since: date, day: date) -> Sequence[NewcomerLine]:
    """Return the same as `newcomers_since`; while a page is read, out of the first answer where that reaches far enough."""

    def ask() -> _Asked:
        return _Asked(since=since, day=day, lines=newcomers_since(work.session, group_id, since, day))

    first = work.asked_once(("welcome.newcomers", group_id), ask)
    reaches = first.since <= since and first.day <= day
    return [one for one in (first if reaches else ask()).lines if one.is_one_of(since, day)]


def newcomer(session: Session, group_id: GroupId, public_id: str, today: date) -> NewcomerLine | None:
    """Return the newcomer with that member's public id, while they are a member."""
    row = session.execute(_lines(group_id, today).where(_MEMBER.c.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def was_newcomer(session: Session, group_id: GroupId, member_id: MemberId) -> bool:
    """Return whether the member was welcomed before."""
    query = select(_NEWCOMER.c.member_id).where(
        _NEWCOMER.c.group_id == group_id, _NEWCOMER.c.member_id == member_id
    )
    return session.scalar(query) is not None


class NamedContacts:
    """Answers who is there for a newcomer."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of_newcomer(self, group_id: GroupId, member_id: MemberId, since: date) -> MemberId | None:
        """Return the contact of a member who joined on `since` or later; None where nobody is named."""
        query = select(_NEWCOMER.c.contact_member_id).where(
            _NEWCOMER.c.group_id == group_id,
            _NEWCOMER.c.member_id == member_id,
            _NEWCOMER.c.started_on >= since,
        )
        found = self._work.session.scalar(query.order_by(_NEWCOMER.c.started_on.desc()).limit(1))
        return None if found is None else MemberId(found)


def holders_on(session: Session, group_id: GroupId, day: date) -> list[tuple[MemberId, frozenset[Office]]]:
    """Return every member who holds an office on `day`, with their offices."""
    rows = session.execute(
        select(_OFFICE.c.member_id, _OFFICE.c.office).where(
            _OFFICE.c.group_id == group_id,
            _OFFICE.c.starts_on <= day,
            or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= day),
        )
    )
    held: dict[MemberId, set[Office]] = {}
    for row in rows:
        held.setdefault(MemberId(row.member_id), set()).add(Office(row.office))
    return [(member, frozenset(offices)) for member, offices in held.items()]


def looked_after(session: Session, group_id: GroupId, since: date) -> Mapping[MemberId, int]:
    """Return how many newcomers who joined on `since` or later each contact is there for."""
    query = (
        select(_NEWCOMER.c.contact_member_id, func.count().label("newcomers"))
        .where(
            _NEWCOMER.c.group_id == group_id,
            _NEWCOMER.c.started_on >= since,
            _NEWCOMER.c.contact_member_id.is_not(None),
        )
        .group_by(_NEWCOMER.c.contact_member_id)
    )
    return {MemberId(row.contact_member_id): row.newcomers for row in session.execute(query)}


def words_of(session: Session, group_id: GroupId) -> WordsLine:
    """Return the group's own words, empty where it has none."""
    row = session.execute(select(_WORDS).where(_WORDS.c.group_id == group_id)).one_or_none()
    if row is None:
        return WordsLine(subject="", body="", version=0)
    return WordsLine(subject=row.subject, body=row.body, version=row.version)


def group_facts(session: Session, group_id: GroupId) -> GroupFacts:
    """Return the group with that key, which exists."""
    row = session.execute(
        select(_GROUP.c.name, _GROUP.c.zone, _GROUP.c.locale).where(_GROUP.c.id == group_id)
    ).one()
    return GroupFacts(name=row.name, zone=row.zone, locale=row.locale)


def _lines(group_id: GroupId, today: date) -> Any:
    contact, contact_person = aliased(_MEMBER), aliased(_PERSON)
    return (
        select(
            _NEWCOMER,
            _MEMBER.c.public_id,
            _PERSON.c.name,
            _PERSON.c.given_name,
            contact.c.public_id.label("contact_public_id"),
            contact.c.phone.label("contact_phone"),
            contact.c.email.label("contact_email"),
            contact_person.c.name.label("contact_name"),
            _MEMBERSHIP.c.ended_on,
        )
        .join(
            _MEMBER, and_(_MEMBER.c.group_id == _NEWCOMER.c.group_id, _MEMBER.c.id == _NEWCOMER.c.member_id)
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .join(
            _MEMBERSHIP,
            and_(
                _MEMBERSHIP.c.group_id == _NEWCOMER.c.group_id,
                _MEMBERSHIP.c.member_id == _NEWCOMER.c.member_id,
                _MEMBERSHIP.c.started_on == _NEWCOMER.c.started_on,
                or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
            ),
        )
        .outerjoin(
            contact,
            and_(contact.c.group_id == _NEWCOMER.c.group_id, contact.c.id == _NEWCOMER.c.contact_member_id),
        )
        .outerjoin(contact_person, contact_person.c.id == contact.c.person_id)
        .where(_NEWCOMER.c.group_id == group_id)
    )


def _line(row: Any) -> NewcomerLine:
    return NewcomerLine(
        member_id=MemberId(row.member_id),
        public_id=row.public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        started_on=row.started_on,
        contact_id=MemberId(row.contact_member_id) if row.contact_member_id else None,
        contact_name=row.contact_name or "",
        contact_public_id=row.contact_public_id or "",
        contact_phone=row.contact_phone or "",
        contact_email=row.contact_email or "",
        written_at_utc=row.written_at_utc,
        called_at_utc=row.called_at_utc,
        version=row.version,
        ended_on=row.ended_on,
    )
