"""Which one-to-ones a member arranges, how each stands, with the times that wait; for its two alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import GroupRow, MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.activities.domain.arranging import OPEN, Arranged, TalkState
from app.plugins.activities.domain.keys import ArrangementId, OneToOneId
from app.plugins.activities.models import OneToOneRow
from app.plugins.activities.models_arranging import ArrangementRow, TalkTimeRow

_ARRANGEMENT: Any = ArrangementRow.__table__
_TIME: Any = TalkTimeRow.__table__
_TALK: Any = OneToOneRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_SIDES = ("one", "other")
_MEMBERS: Any = {side: aliased(MemberRow.__table__) for side in _SIDES}
_PEOPLE: Any = {side: aliased(PersonRow.__table__) for side in _SIDES}
_OPEN = [state.value for state in OPEN]
_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the two."""

    id: MemberId
    public_id: str
    name: str
    first_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """A proposed time with its number, from 0."""

    number: int
    starts_at_utc: datetime
    minutes: int
    is_online: bool
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """An arrangement in full. `talk_public_id` is empty while there is no record of it, or where it was taken back."""

    id: ArrangementId
    public_id: str
    one: Party
    other: Party
    asker_id: MemberId
    standing: Arranged
    minutes: int
    is_online: bool
    place: str
    words: str
    words_by_id: MemberId | None
    times: tuple[TimeLine, ...]
    talk_id: OneToOneId | None
    talk_public_id: str
    asked_at_utc: datetime
    changed_at_utc: datetime
    reminded_sequence: int | None
    version: int

    def party(self, member_id: MemberId) -> Party:
        """Return that one of the two."""
        return self.one if member_id == self.one.id else self.other

    def other_than(self, member_id: MemberId) -> Party:
        """Return the other of the two."""
        return self.other if member_id == self.one.id else self.one


def arrangement_for(
    session: Session, group_id: GroupId, public_id: str, member_id: MemberId
) -> Arrangement | None:
    """Return the arrangement, for one of its two; to everybody else there is none."""
    query = _arrangements(group_id).where(_ARRANGEMENT.c.public_id == public_id, _is_of(member_id))
    return next(iter(_whole(session, group_id, query)), None)


def arrangements_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[Arrangement]:
    """Return the member's arrangements, the open ones first, then the newest first."""
    query = _arrangements(group_id).where(_is_of(member_id)).order_by(_ARRANGEMENT.c.id.desc()).limit(_MOST)
    found = _whole(session, group_id, query)
    return sorted(found, key=lambda one: not one.standing.is_open)


def open_between(
    session: Session, group_id: GroupId, member_id: MemberId, other: MemberId
) -> Arrangement | None:
    """Return the one arrangement of the two that goes on, if any."""
    query = _arrangements(group_id).where(
        _ARRANGEMENT.c.one_member_id == min(member_id, other),
        _ARRANGEMENT.c.other_member_id == max(member_id, other),
        _ARRANGEMENT.c.state.in_(_OPEN),
    )
    return next(iter(_whole(session, group_id, query)), None)


def talks_to_come(session: Session, group_id: GroupId, first: datetime, last: datetime) -> list[Arrangement]:
    """Return the agreed talks that begin from `first` to `last`."""
    query = _arrangements(group_id).where(
        _ARRANGEMENT.c.state == TalkState.AGREED.value, _ARRANGEMENT.c.starts_at_utc.between(first, last)
    )
    return _whole(session, group_id, query.order_by(_ARRANGEMENT.c.starts_at_utc))


def waiting_too_long(session: Session, group_id: GroupId, before: datetime) -> list[Arrangement]:
    """Return asks that nobody answered since then, and agreed talks that were to be before and stand nowhere."""
    query = _arrangements(group_id).where(
        or_(
            and_(_ARRANGEMENT.c.state == TalkState.ASKED.value, _ARRANGEMENT.c.changed_at_utc < before),
            and_(
                _ARRANGEMENT.c.state == TalkState.AGREED.value,
                _ARRANGEMENT.c.starts_at_utc < before,
                _ARRANGEMENT.c.changed_at_utc < before,
            ),
        )
    )
    return _whole(session, group_id, query.order_by(_ARRANGEMENT.c.id))


def with_former_members(session: Session, group_id: GroupId, today: date) -> list[Arrangement]:
    """Return the open arrangements of which one of the two is no member today."""
    is_member = [
        exists().where(
            _MEMBERSHIP.c.group_id == group_id,
            _MEMBERSHIP.c.member_id == _ARRANGEMENT.c[f"{side}_member_id"],
            _MEMBERSHIP.c.started_on <= today,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
        )
        for side in _SIDES
    ]
    query = _arrangements(group_id).where(_ARRANGEMENT.c.state.in_(_OPEN), or_(*(~one for one in is_member)))
    return _whole(session, group_id, query.order_by(_ARRANGEMENT.c.id))


def forgettable(session: Session, group_id: GroupId, before: datetime) -> list[tuple[ArrangementId, str]]:
    """Return key and public id of what did not come about and was settled before then."""
    query = select(_ARRANGEMENT.c.id, _ARRANGEMENT.c.public_id).where(
        _ARRANGEMENT.c.group_id == group_id,
        _ARRANGEMENT.c.state.not_in([*_OPEN, TalkState.HELD.value]),
        _ARRANGEMENT.c.changed_at_utc < before,
    )
    return [(ArrangementId(row.id), row.public_id) for row in session.execute(query)]


def is_linked(session: Session, group_id: GroupId, talk_id: OneToOneId) -> bool:
    """Return whether an arrangement led to this one-to-one already."""
    query = select(_ARRANGEMENT.c.id).where(
        _ARRANGEMENT.c.group_id == group_id, _ARRANGEMENT.c.one_to_one_id == talk_id
    )
    return session.scalar(query.limit(1)) is not None


def zone_of(session: Session, group_id: GroupId) -> str:
    """Return the group's zone, for a handler that is told of a fact and no page."""
    return session.execute(select(GroupRow.zone).where(GroupRow.id == group_id)).scalar_one()


def _is_of(member_id: MemberId) -> ColumnElement[bool]:
    return or_(*(_ARRANGEMENT.c[f"{side}_member_id"] == member_id for side in _SIDES))


def _arrangements(group_id: GroupId) -> Select[Any]:
    columns = [
        column.label(f"{side}_{name}")
        for side in _SIDES
        for name, column in {
            "public_id": _MEMBERS[side].c.public_id,
            "name": _PEOPLE[side].c.name,
            "given_name": _PEOPLE[side].c.given_name,
        }.items()
    ]
    talk = and_(_TALK.c.group_id == _ARRANGEMENT.c.group_id, _TALK.c.id == _ARRANGEMENT.c.one_to_one_id)
    query = (
        select(_ARRANGEMENT, _TALK.c.public_id.label("talk_public_id"), *columns)
        .select_from(_ARRANGEMENT)
        .outerjoin(_TALK, talk)
    )
    for side in _SIDES:
        member, person = _MEMBERS[side], _PEOPLE[side]
        named = _ARRANGEMENT.c[f"{side}_member_id"]
        query = query.join(member, and_(member.c.group_id == _ARRANGEMENT.c.group_id, member.c.id == named))
        query = query.join(person, person.c.id == member.c.person_id)
    return query.where(_ARRANGEMENT.c.group_id == group_id)


def _whole(session: Session, group_id: GroupId, query: Select[Any]) -> list[Arrangement]:
    """Return what the query finds, with the times that wait. Two statements, one where none is found."""
    rows = session.execute(query).mappings().all()
    times = _times(session, group_id, [row["id"] for row in rows if row["waits_for_member_id"] is not None])
    return [_arrangement(row, times.get(row["id"], ())) for row in rows]


def _times(session: Session, group_id: GroupId, keys: Iterable[int]) -> dict[int, Sequence[TimeLine]]:
    wanted = list(keys)
    found: defaultdict[int, list[TimeLine]] = defaultdict(list)
    if wanted:
        query = select(_TIME).where(_TIME.c.group_id == group_id, _TIME.c.arrangement_id.in_(wanted))
        for row in session.execute(query.order_by(_TIME.c.arrangement_id, _TIME.c.number)):
            line = TimeLine(
                number=row.number,
                starts_at_utc=row.starts_at_utc,
                minutes=row.minutes,
                is_online=row.is_online,
                place=row.place,
            )
            found[row.arrangement_id].append(line)
    return dict(found)


def _arrangement(row: Any, times: Sequence[TimeLine]) -> Arrangement:
    waits_for = row["waits_for_member_id"]
    standing = Arranged(
        state=TalkState(row["state"]),
        one=MemberId(row["one_member_id"]),
        other=MemberId(row["other_member_id"]),
        waits_for=None if waits_for is None else MemberId(waits_for),
        times=tuple(one.starts_at_utc for one in times),
        starts_at=row["starts_at_utc"],
        sequence=row["sequence"],
    )
    words_by, talk = row["words_by_member_id"], row["one_to_one_id"]
    return Arrangement(
        id=ArrangementId(row["id"]),
        public_id=row["public_id"],
        one=_party(row, "one"),
        other=_party(row, "other"),
        asker_id=MemberId(row["asker_member_id"]),
        standing=standing,
        minutes=row["minutes"],
        is_online=row["is_online"],
        place=row["place"],
        words=row["words"],
        words_by_id=None if words_by is None else MemberId(words_by),
        times=tuple(times),
        talk_id=None if talk is None else OneToOneId(talk),
        talk_public_id=row["talk_public_id"] or "",
        asked_at_utc=row["asked_at_utc"],
        changed_at_utc=row["changed_at_utc"],
        reminded_sequence=row["reminded_sequence"],
        version=row["version"],
    )


def _party(row: Any, side: str) -> Party:
    return Party(
        id=MemberId(row[f"{side}_member_id"]),
        public_id=row[f"{side}_public_id"],
        name=row[f"{side}_name"],
        first_name=row[f"{side}_given_name"] or row[f"{side}_name"],
    )
