"""Everything that has to stand in the product's database before it is measured: sessions, full grids, open meetings."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from app.core.access.queries import account_by_key
from app.core.access.services.accounts import open_account
from app.core.access.services.sessions import start_session
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_groups, members_on, office_holders
from app.core.local_time import Period, local_datetime, local_day
from app.core.meetings.queries import meeting_by_key
from app.core.meetings.services import add_meeting
from app.core.work import HOUSE, UnitOfWork
from app.plugin_runtime.runtime import runtime
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.grid import Grid, grid_of
from app.plugins.attendance.store import NewMark, fill_blanks

MEMBERS, COLUMNS = 30, 26
OPENS_AT_ONCE = timedelta(minutes=110)
"""How far ahead a meeting begins that can be signed in to already, and is not in the grid before the bench is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member who is signed in on one browser, and the address of their account. `leads` for who presides over the group."""

    group: Group
    member: MemberLine
    members: Sequence[MemberLine]
    token: str
    email: str
    leads: bool


@contextmanager
def preparing(app: Flask) -> Iterator[UnitOfWork]:
    """Yield a unit of work of the house; what it holds at the end is committed."""
    held = runtime(app)
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        yield work
        work.commit()


def seats_of(app: Flask) -> list[Seat]:
    """Sign every member in, in each group of the measured shape; its grid has a letter in every cell from now on."""
    seats: list[Seat] = []
    with preparing(app) as work:
        for group in all_groups(work.session):
            grid = _grid(work, group)
            if len(grid.columns) == COLUMNS and len(grid.members) == MEMBERS:
                fill_blanks(work.session, list(_absences(work, group, grid)))
                seats += _seats(work, group)
    if not seats:
        raise LookupError(f"No group of the bench's database has {MEMBERS} members and {COLUMNS} meetings.")
    return seats


def open_meetings(app: Flask, group: Group, count: int) -> list[str]:
    """Put meetings on the calendar that can be signed in to now, and return their public ids."""
    with preparing(app) as work:
        start = local_datetime(work.now + OPENS_AT_ONCE, group.zone)
        keys = [
            add_meeting(
                work,
                group,
                day=start.date(),
                wall_time=start.time().replace(second=0, microsecond=0),
                minutes=90,
            )
            for _ in range(count)
        ]
        found = [meeting_by_key(work.session, group.id, key) for key in keys]
    return [meeting.public_id for meeting in found if meeting is not None]


def _grid(work: UnitOfWork, group: Group) -> Grid:
    today = local_day(work.now, group.zone)
    period = Period(first=today - timedelta(weeks=COLUMNS, days=-1), last=today)
    return grid_of(work.session, group.id, period, work.now)


def _absences(work: UnitOfWork, group: Group, grid: Grid) -> Iterator[NewMark]:
    for column in grid.columns:
        for member in grid.members:
            yield NewMark(
                group_id=group.id,
                meeting_id=column.id,
                member_id=member.id,
                status=Status.ABSENT,
                origin=Origin.SUBMISSION,
                updated_at_utc=work.now,
            )


def _seats(work: UnitOfWork, group: Group) -> Iterator[Seat]:
    today: datetime = work.now
    day = local_day(today, group.zone)
    members = members_on(work.session, group.id, day)
    presidents = office_holders(work.session, group.id, frozenset({Office.PRESIDENT}), day)
    for member in members:
        address = f"{member.public_id}@{group.slug}.bench.example"
        account = open_account(work, person_id=member.person_id, email=address)
        token = start_session(work, account, device_name="Bench")
        yield Seat(
            group=group,
            member=member,
            members=members,
            token=token,
            email=account_by_key(work.session, account).email,
            leads=member.id in presidents,
        )
