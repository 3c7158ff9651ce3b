"""Which slips a member gave and received: the boxes, what waits for their word, and what lies between two members."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.slip import OPEN, Side, SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow
from app.plugins.referrals.queries.told import has_reached_receiver, is_known_to

BOX_PAGE = 50
"""How many slips one page of a box shows."""

_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__

_IS_OPEN = _SLIP.c.state.in_(sorted(OPEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """A slip as lists show it, seen from one side: `other_name` is who stands on the other.

    `historic_on` is the day of an imported slip; `prospect_name` is empty where there is none (any more).
    """

    public_id: str
    is_given: bool
    other_name: str
    prospect_name: str
    about: str
    state: SlipState
    tier: str
    passed_at_utc: datetime
    news_at_utc: datetime
    acknowledged_at_utc: datetime | None
    historic_on: date | None
    is_told_by_giver: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the receiver's last word is still to come."""
        return self.state in OPEN

    @property
    def waits_for_viewer(self) -> bool:
        """Whether the next word is the viewer's, as the receiver's always is."""
        return self.is_open and not self.is_given and self.historic_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One page of a member's slips on one side; `has_more` where another page follows."""

    lines: tuple[SlipLine, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealings:
    """How many slips went between two members, seen from the viewer, and the latest of them."""

    given: int
    received: int
    lines: tuple[SlipLine, ...]


def box_of(
    session: Session, group_id: GroupId, member_id: MemberId, side: Side, page_number: int, *, now: datetime
) -> Box:
    """Return one page of the slips that the member gave or received: what is open first, then the newest.

    Slips that a file brought wait for nobody's word and stand among the others.
    """
    query = (
        _lines(group_id, member_id)
        .where(_column_of(side) == member_id, is_known_to(member_id, now))
        .order_by(
            and_(_IS_OPEN, _SLIP.c.is_historic.is_(False)).desc(),
            _SLIP.c.passed_at_utc.desc(),
            _SLIP.c.id.desc(),
        )
        .limit(BOX_PAGE + 1)
        .offset((page_number - 1) * BOX_PAGE)
    )
    rows = session.execute(query).all()
    return Box(lines=tuple(_line(row) for row in rows[:BOX_PAGE]), has_more=len(rows) > BOX_PAGE)


def open_slips_of(
    session: Session, group_id: GroupId, member_id: MemberId, most: int, *, now: datetime
) -> list[SlipLine]:
    """Return the member's open slips of both sides, at most `most`: those that wait for their own word first."""
    query = (
        _lines(group_id, member_id)
        .where(is_known_to(member_id, now), _IS_OPEN, _SLIP.c.is_historic.is_(False))
        .order_by(
            case((_SLIP.c.receiver_member_id == member_id, 0), else_=1),
            case((_SLIP.c.state == SlipState.PASSED, 0), else_=1),
            _SLIP.c.news_at_utc,
        )
        .limit(most)
    )
    return [_line(row) for row in session.execute(query)]


def dealings_between(
    session: Session, group_id: GroupId, member_id: MemberId, other: MemberId, most: int, *, now: datetime
) -> Dealings:
    """Return what went between the viewer and another member, both ways, with the latest `most` slips."""
    given = and_(_SLIP.c.giver_member_id == member_id, _SLIP.c.receiver_member_id == other)
    received = and_(
        _SLIP.c.receiver_member_id == member_id, _SLIP.c.giver_member_id == other, has_reached_receiver(now)
    )
    query = (
        _lines(group_id, member_id)
        .add_columns(
            func.count().filter(given).over().label("given_count"),
            func.count().filter(received).over().label("received_count"),
        )
        .where(or_(given, received))
        .order_by(_SLIP.c.passed_at_utc.desc())
        .limit(most)
    )
    rows = session.execute(query).all()
    return Dealings(
        given=rows[0].given_count if rows else 0,
        received=rows[0].received_count if rows else 0,
        lines=tuple(_line(row) for row in rows),
    )


def _column_of(side: Side) -> ColumnElement[int | None]:
    column: ColumnElement[int | None] = (
        _SLIP.c.giver_member_id if side is Side.GIVER else _SLIP.c.receiver_member_id
    )
    return column


def _lines(group_id: GroupId, member_id: MemberId) -> Select[Any]:
    """Return the query of slip lines of a group, with the other side's name as `member_id` sees it."""
    is_given = _SLIP.c.giver_member_id == member_id
    other = case((is_given, _SLIP.c.receiver_member_id), else_=_SLIP.c.giver_member_id)
    outside = case((is_given, _SLIP.c.receiver_outside), else_=_SLIP.c.giver_outside)
    return (
        select(
            _SLIP.c.public_id,
            case((is_given, 1), else_=0).label("is_given"),
            func.coalesce(_PERSON.c.name, outside).label("other_name"),
            func.coalesce(_PROSPECT.c.name, "").label("prospect_name"),
            _SLIP.c.about,
            _SLIP.c.state,
            _SLIP.c.tier,
            _SLIP.c.passed_at_utc,
            _SLIP.c.news_at_utc,
            _SLIP.c.acknowledged_at_utc,
            _SLIP.c.historic_on,
            _SLIP.c.receiver_member_id,
            _SLIP.c.exchange_id,
        )
        .select_from(_SLIP)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == other))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            _PROSPECT, and_(_PROSPECT.c.group_id == _SLIP.c.group_id, _PROSPECT.c.id == _SLIP.c.prospect_id)
        )
        .where(_SLIP.c.group_id == group_id)
    )


def _line(row: Any) -> SlipLine:
    return SlipLine(
        public_id=row.public_id,
        is_given=bool(row.is_given),
        other_name=row.other_name,
        prospect_name=row.prospect_name,
        about=row.about,
        state=SlipState(row.state),
        tier=row.tier,
        passed_at_utc=row.passed_at_utc,
        news_at_utc=row.news_at_utc,
        acknowledged_at_utc=row.acknowledged_at_utc,
        historic_on=row.historic_on,
        is_told_by_giver=row.receiver_member_id is None and row.exchange_id is None,
    )
