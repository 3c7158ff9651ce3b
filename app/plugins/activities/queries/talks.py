"""Which one-to-ones a member had, with whom; which one stands between two already; one of them in full."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.core.people.former import name_or_nobody
from app.core.people.models import PersonRow
from app.plugins.activities.domain.keys import OneToOneId
from app.plugins.activities.domain.rules import NEIGHBOUR_DAYS
from app.plugins.activities.models import OneToOneRow

_TALK: Any = OneToOneRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_ONE: Any = aliased(_MEMBER)
_ONE_PERSON: Any = aliased(_PERSON)
_OTHER: Any = aliased(_MEMBER)
_OTHER_PERSON: Any = aliased(_PERSON)
_RECORDER: Any = aliased(_MEMBER)
_RECORDER_PERSON: Any = aliased(_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """A one-to-one as one of the two sees it; `other_public_id` is empty where the other is of another group."""

    public_id: str
    other_name: str
    other_public_id: str
    held_on: date
    place: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One one-to-one with everything that its two may know of it. `recorded_by` is empty where a file brought it."""

    id: OneToOneId
    public_id: str
    member_id: MemberId
    with_member_id: MemberId | None
    name: str
    with_name: str
    held_on: date
    place: str
    note: str
    recorded_by_id: MemberId | None
    recorded_by: str
    recorded_at: datetime
    version: int

    def other_than(self, member_id: MemberId) -> MemberId | None:
        """Return the key of the other of the two, or None where they are of another group."""
        return self.with_member_id if member_id == self.member_id else self.member_id

    def name_of_other(self, member_id: MemberId) -> str:
        """Return the name of the other of the two."""
        return self.with_name if member_id == self.member_id else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The one-to-ones of the viewer with one member: how many there are, and the latest."""

    count: int
    lines: tuple[TalkLine, ...]


def talks_of(session: Session, group_id: GroupId, member_id: MemberId, period: Period) -> list[TalkLine]:
    """Return the member's one-to-ones in those days, the newest first."""
    query = _lines(group_id, member_id).where(
        _is_of(member_id), _TALK.c.held_on.between(period.first, period.last)
    )
    return [_line(row) for row in session.execute(query)]


def talks_between(
    session: Session, group_id: GroupId, member_id: MemberId, other: MemberId, most: int
) -> Together:
    """Return what the viewer and that member talked: the count, and the latest `most`."""
    query = (
        _lines(group_id, member_id)
        .add_columns(func.count().over().label("together"))
        .where(is_pair(member_id, other))
        .limit(most)
    )
    rows = session.execute(query).all()
    return Together(count=rows[0].together if rows else 0, lines=tuple(_line(row) for row in rows))


def talk_for(session: Session, group_id: GroupId, public_id: str, member_id: MemberId) -> Talk | None:
    """Return the one-to-one, for one of its two; to everybody else there is none."""
    row = session.execute(_whole(group_id).where(_TALK.c.public_id == public_id, _is_of(member_id))).first()
    return _talk(row) if row else None


def talk_recorded_by(session: Session, group_id: GroupId, public_id: str, member_id: MemberId) -> Talk | None:
    """Return the one-to-one of others that this member recorded for them, or nothing."""
    own = _TALK.c.recorded_by_member_id == member_id
    row = session.execute(_whole(group_id).where(_TALK.c.public_id == public_id, own)).first()
    return _talk(row) if row else None


def talks_entered_by(
    session: Session, group_id: GroupId, member_id: MemberId, *, since: datetime
) -> list[Talk]:
    """Return the one-to-ones of others that this member recorded since then, the newest first."""
    query = _whole(group_id).where(
        _TALK.c.recorded_by_member_id == member_id,
        _TALK.c.member_id != member_id,
        or_(_TALK.c.with_member_id.is_(None), _TALK.c.with_member_id != member_id),
        _TALK.c.created_at_utc >= since,
    )
    return [_talk(row) for row in session.execute(query.order_by(_TALK.c.created_at_utc.desc(), _TALK.c.id))]


def talk_near(session: Session, group_id: GroupId, one: MemberId, other: MemberId, day: date) -> Talk | None:
    """Return a one-to-one of the two on that day or one next to it, the nearest day first; or nothing."""
    near = _TALK.c.held_on.between(day - NEIGHBOUR_DAYS, day + NEIGHBOUR_DAYS)
    query = (
        _whole(group_id)
        .where(is_pair(one, other), near)
        .order_by(case((_TALK.c.held_on == day, 0), else_=1), _TALK.c.id)
    )
    row = session.execute(query.limit(1)).first()
    return _talk(row) if row else None


def hold_pair(session: Session, group_id: GroupId, one: MemberId, other: MemberId) -> None:
    """Let only one at a time record for these two: whoever is second waits, and then sees the first's record."""
    session.execute(
        select(_MEMBER.c.id)
        .where(_MEMBER.c.group_id == group_id, _MEMBER.c.id.in_([one, other]))
        .order_by(_MEMBER.c.id)
        .with_for_update()
    ).all()


def _is_of(member_id: MemberId) -> ColumnElement[bool]:
    return or_(_TALK.c.member_id == member_id, _TALK.c.with_member_id == member_id)


def is_pair(one: MemberId, other: MemberId) -> ColumnElement[bool]:
    """Return the condition that a one-to-one is of these two."""
    return or_(
        and_(_TALK.c.member_id == one, _TALK.c.with_member_id == other),
        and_(_TALK.c.member_id == other, _TALK.c.with_member_id == one),
    )


def _lines(group_id: GroupId, member_id: MemberId) -> Select[Any]:
    """Return the query of one-to-ones with the other's name as `member_id` sees it, the newest first."""
    other = case((_TALK.c.member_id == member_id, _TALK.c.with_member_id), else_=_TALK.c.member_id)
    return (
        select(
            _TALK.c.public_id,
            func.coalesce(_PERSON.c.name, _TALK.c.with_outside).label("other_name"),
            func.coalesce(_MEMBER.c.public_id, "").label("other_public_id"),
            _TALK.c.held_on,
            _TALK.c.place,
            _TALK.c.note,
        )
        .select_from(_TALK)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _TALK.c.group_id, _MEMBER.c.id == other))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_TALK.c.group_id == group_id)
        .order_by(_TALK.c.held_on.desc(), _TALK.c.id.desc())
    )


def _whole(group_id: GroupId) -> Select[Any]:
    of_group = _TALK.c.group_id
    return (
        select(
            _TALK,
            _ONE_PERSON.c.name,
            func.coalesce(_OTHER_PERSON.c.name, _TALK.c.with_outside).label("with_name"),
            name_or_nobody(_RECORDER_PERSON.c.name).label("recorded_by"),
        )
        .select_from(_TALK)
        .join(_ONE, and_(_ONE.c.group_id == of_group, _ONE.c.id == _TALK.c.member_id))
        .join(_ONE_PERSON, _ONE_PERSON.c.id == _ONE.c.person_id)
        .outerjoin(_OTHER, and_(_OTHER.c.group_id == of_group, _OTHER.c.id == _TALK.c.with_member_id))
        .outerjoin(_OTHER_PERSON, _OTHER_PERSON.c.id == _OTHER.c.person_id)
        .outerjoin(
            _RECORDER,
            and_(_RECORDER.c.group_id == of_group, _RECORDER.c.id == _TALK.c.recorded_by_member_id),
        )
        .outerjoin(_RECORDER_PERSON, _RECORDER_PERSON.c.id == _RECORDER.c.person_id)
        .where(of_group == group_id)
    )


def _line(row: Any) -> TalkLine:
    return TalkLine(
        public_id=row.public_id,
        other_name=row.other_name,
        other_public_id=row.other_public_id,
        held_on=row.held_on,
        place=row.place,
        note=row.note,
    )


def _talk(row: Any) -> Talk:
    return Talk(
        id=OneToOneId(row.id),
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        with_member_id=None if row.with_member_id is None else MemberId(row.with_member_id),
        name=row.name,
        with_name=row.with_name,
        held_on=row.held_on,
        place=row.place,
        note=row.note,
        recorded_by_id=None if row.recorded_by_member_id is None else MemberId(row.recorded_by_member_id),
        recorded_by=row.recorded_by,
        recorded_at=row.created_at_utc,
        version=row.version,
    )
