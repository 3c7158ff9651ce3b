"""A small world for tests: valid groups, members and meetings; the test states only what it is about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.access.queries import account_of_person
from app.core.access.services.accounts import open_account
from app.core.access.services.sessions import start_session
from app.core.clock import FixedClock
from app.core.database import Base
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import FoundGroup, end_membership, found_group, take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.ledger.queries import weak_links
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_key
from app.core.meetings.services import add_meeting
from app.core.people.domain.name import Name
from app.core.sealing import is_sealed
from app.core.work import Actor, UnitOfWork
from app.extensions import db
from app.plugin_runtime.runtime import Runtime, runtime
from app.plugin_runtime.switching import switch_on
from tests.support.owner import as_owner

LONG_AGO = date(2025, 1, 7)


class World:
    """Makes what a test needs, on a real database, through the services of the house."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.held: Runtime = runtime(app)
        self._sessions: list[Session] = []
        self._made = 0

    @property
    def clock(self) -> FixedClock:
        """The clock of the application; it stands still until the test moves it."""
        clock = self.held.clock
        if not isinstance(clock, FixedClock):
            raise TypeError("The test application must run on a FixedClock.")
        return clock

    @property
    def now(self) -> datetime:
        """The present of the test."""
        return self.clock.now()

    def group(
        self,
        slug: str = "harbour",
        *,
        zone: str = "Europe/Lisbon",
        currency: str = "EUR",
        plugins: Sequence[str] = ("attendance", "referrals"),
    ) -> Group:
        """Found a group with `plugins` switched on."""
        work = self.work()
        group = found_group(
            work, FoundGroup(slug=slug, name=f"{slug.title()} Referrals", zone=zone, currency=currency)
        )
        for name in plugins:
            switch_on(work, self.held.registry, group_id=group.id, name=name)
        work.commit()
        return group

    def member(
        self,
        group: Group,
        name: str = "",
        *,
        offices: Sequence[Office] = (),
        joined: date = LONG_AGO,
        ended: date | None = None,
        email: str = "",
        trade: str = "Baker",
    ) -> MemberLine:
        """Take somebody into the group; with `ended` a former member. Each has an account without a password."""
        self._made += 1
        given, _space, family = (name or f"Given{self._made} Family{self._made}").partition(" ")
        address = email or f"person{self._made}@{group.slug}.example"
        work = self.work()
        line = take_in(
            work,
            group,
            NewMember(
                name=Name(given=given, family=family),
                email=address,
                trade=trade,
                firm=f"{family} Ltd",
                joined_on=joined,
            ),
        )
        open_account(work, person_id=line.person_id, email=address)
        for office in offices:
            take_office(work, group_id=group.id, member_id=line.id, office=office, starts_on=joined)
        if ended is not None:
            end_membership(work, group_id=group.id, member_id=line.id, last_day=ended, reason="left")
        work.commit()
        return line

    def meeting(
        self, group: Group, day: date = date(2026, 11, 24), wall: time = time(7), *, minutes: int = 90
    ) -> Meeting:
        """Put a meeting on the group's calendar."""
        work = self.work()
        key = add_meeting(work, group, day=day, wall_time=wall, minutes=minutes)
        work.commit()
        found = meeting_by_key(work.session, group.id, key)
        work.rollback()
        if found is None:
            raise LookupError(f"The meeting {key} was not kept.")
        return found

    def work(self, member: MemberLine | None = None) -> UnitOfWork:
        """Return a unit of work, acted by `member` or by the house."""
        session = self.held.new_session()
        self._sessions.append(session)
        return self.held.work(session, Actor(person_id=member.person_id) if member else Actor())

    def client(self, member: MemberLine | None = None, *, csrf: bool = False) -> FlaskClient:
        """Return a browser of its own, signed in as `member` or a stranger's; with `csrf` forms need their token."""
        self.app.config["WTF_CSRF_ENABLED"] = csrf
        client = self.app.test_client()
        if member is None:
            return client
        work = self.work()
        account = account_of_person(work.session, member.person_id)
        work.rollback()
        if account is None:
            raise LookupError(f"{member.name} has no account.")
        token = start_session(self.work(), account.id, device_name="Test")
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    def rows(self, table: str) -> int:
        """Return how many rows `table` has, a name or a name and a condition; of a sealed one its owner tells."""
        if is_sealed(Base.metadata.tables[table.partition(" ")[0]]):
            with as_owner(self.app) as connection:
                found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            return found
        session = self.work().session
        count: int = session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
        session.rollback()
        return count

    def assert_ledger_whole(self, group: Group) -> None:
        """Fail where the group's chain has a weak link."""
        work = self.work()
        weak = weak_links(work.session, group.id)
        work.rollback()
        assert weak == []

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SQL statements of the block, without BEGIN, COMMIT and settings."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    def pass_time(self, **duration: float) -> None:
        """Let time pass: `world.pass_time(minutes=3)`."""
        self.clock.advance(timedelta(**duration))

    def close(self) -> None:
        """Give every connection back."""
        for session in self._sessions:
            session.close()
