"""Seats: held by the members of today and of the days to come, wanted, near each other, kept for an applicant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import GroupRow
from app.core.groups.queries import members_between
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.plugins.joining.domain.seats import HeldSeat, holders_of, seat_of
from app.plugins.joining.models import ApplicationRow, NeighbourRow, WantedRow
from app.plugins.welcome.interface import SeatLine

_WANTED = table_of(WantedRow)
_NEIGHBOUR = table_of(NeighbourRow)
_APPLICATION = table_of(ApplicationRow)
_GROUP = table_of(GroupRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """A trade that the group looks for."""

    public_id: str
    trade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourLine:
    """Two trades that the group holds for neighbours."""

    public_id: str
    one: str
    other: str


def held_seats(session: Session, group_id: GroupId, day: date) -> list[HeldSeat]:
    """Return the seats of everybody who is a member on `day` or later, in the order of their trades."""
    lines = members_between(session, group_id, day, date.max)
    held = [
        HeldSeat(trade=line.trade, member_id=line.id, name=line.name, until=line.ended_on)
        for line in lines
        if seat_of(line.trade)
    ]
    return sorted(held, key=lambda one: (one.trade.casefold(), one.name))


def wanted_seats(session: Session, group_id: GroupId) -> list[WantedLine]:
    """Return the trades that the group looks for, in alphabetical order."""
    rows = session.execute(select(_WANTED.c.public_id, _WANTED.c.trade).where(_WANTED.c.group_id == group_id))
    lines = [WantedLine(public_id=row.public_id, trade=row.trade) for row in rows]
    return sorted(lines, key=lambda line: line.trade.casefold())


def neighbours(session: Session, group_id: GroupId) -> list[NeighbourLine]:
    """Return the pairs of trades that the group holds for neighbours, in alphabetical order."""
    rows = session.execute(
        select(_NEIGHBOUR.c.public_id, _NEIGHBOUR.c.one, _NEIGHBOUR.c.other).where(
            _NEIGHBOUR.c.group_id == group_id
        )
    )
    lines = [NeighbourLine(public_id=row.public_id, one=row.one, other=row.other) for row in rows]
    return sorted(lines, key=lambda line: (line.one.casefold(), line.other.casefold()))


def pairs_of(lines: Sequence[NeighbourLine]) -> list[tuple[str, str]]:
    """Return the pairs as the rules take them."""
    return [(line.one, line.other) for line in lines]


def is_kept_for_another(session: Session, group_id: GroupId, seat: str, application_id: int) -> bool:
    """Return whether an approval keeps this seat for somebody else."""
    query = select(func.count()).where(
        _APPLICATION.c.group_id == group_id,
        _APPLICATION.c.held_seat == seat,
        _APPLICATION.c.id != application_id,
    )
    return bool(session.scalar(query))


class StoredSeats:
    """Answers the seats of a group, as of its day."""

    def __init__(self, session: Session, now: datetime) -> None:
        """Answer from this session, as of `now`."""
        self._session = session
        self._now = now

    def of_group(self, group_id: GroupId) -> Sequence[SeatLine]:
        """Return held and wanted seats, in the order of their trades."""
        zone = self._session.scalar(select(_GROUP.c.zone).where(_GROUP.c.id == group_id))
        today = local_day(self._now, str(zone))
        held = held_seats(self._session, group_id, today)
        wanted = wanted_seats(self._session, group_id)
        keys = {seat_of(one.trade) for one in wanted}
        lines = [
            SeatLine(trade=one.trade, held_by_member_id=one.member_id, is_wanted=seat_of(one.trade) in keys)
            for one in held
        ]
        lines += [
            SeatLine(trade=one.trade, held_by_member_id=None, is_wanted=True)
            for one in wanted
            if not holders_of(one.trade, held, today)
        ]
        return sorted(lines, key=lambda line: line.trade.casefold())
