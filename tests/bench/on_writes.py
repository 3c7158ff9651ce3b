"""Row 14: what credibility costs where something is written: a slip passed, a report given, with the plugin on and off."""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app import create_app
from config import from_environment
from tests.bench import targets
from tests.bench.preparation import Seat, seats_of
from tests.bench.product import Browsers
from tests.bench.programs import Program, free_port, served
from tests.bench.rounds import Load, Pair, warm
from tests.bench.seed import database_in, environment_of, put_seeded_database
from tests.bench.statements import statements_for

REPORTED: Final = 200
"""Slips whose reports are corrected again and again, each time to another answer."""
_ENDED: Final = """
    SELECT member.person_id, slip.public_id FROM referrals_slip AS slip
    JOIN member ON member.group_id = slip.group_id AND member.id = slip.giver_member_id
    WHERE slip.state IN ('won', 'lost') AND slip.receiver_member_id IS NOT NULL ORDER BY slip.id DESC
"""


class House:
    """The product on a database of its own in which credibility is on in every group, or off."""

    def __init__(self, run: Path, *, is_on: bool) -> None:
        self.run = run / ("with" if is_on else "without")
        self.run.mkdir()
        put_seeded_database(self.run, datetime.now(UTC).date())
        with sqlite3.connect(database_in(self.run)) as connection:
            switch = "UPDATE plugin_switch SET is_on = ? WHERE plugin = 'credibility'"
            groups = connection.execute(switch, (is_on,)).rowcount
        connection.close()
        if not groups:
            raise LookupError("Credibility is in no group of the bench's database.")
        self.port = free_port()
        self.environment = environment_of(self.run, port=self.port)
        own = {name: value for name, value in self.environment.items() if name.startswith("GIVEFIRST_")}
        self.app = create_app(from_environment(own))
        self._seats = seats_of(self.app)
        self.browsers = Browsers(self.app, self._seats, host=f"127.0.0.1:{self.port}")

    def writes(self) -> Iterator[bytes]:
        """Yield slips and reports by turns, without end."""
        for slip, report in zip(self.browsers.slips(), self.reports(), strict=True):
            yield slip
            yield report

    def reports(self) -> Iterator[bytes]:
        """Yield reports on slips that have ended, each time another answer than before."""
        ended = self._ended()
        for answer in itertools.cycle(("no", "yes")):
            for seat, slip in ended:
                yield self.browsers.report(seat, slip, answer)

    def statements(self) -> dict[str, int]:
        """Return the statements of one slip and of one report."""
        sent = {"passing a slip": next(self.browsers.slips()), "giving a report": next(self.reports())}
        return {name: statements_for(self.app, request) for name, request in sent.items()}

    def _ended(self) -> list[tuple[Seat, str]]:
        by_person = {seat.member.person_id: seat for seat in self._seats}
        with sqlite3.connect(database_in(self.run)) as connection:
            rows = connection.execute(_ENDED).fetchall()
        connection.close()
        found = [(by_person[person], slip) for person, slip in rows if person in by_person]
        if not found:
            raise LookupError("No slip of the bench's database has ended.")
        return found[:REPORTED]


class OnWrites:
    """The two houses of one run, served until `programs` end."""

    def __init__(self, run: Path, programs: ExitStack) -> None:
        self._run = run
        self._programs = programs
        self._statements: dict[str, int] = {}

    def pairs(self, rows: Sequence[int]) -> list[Pair]:
        """Return the row's pair, if it is asked for."""
        if targets.CREDIBILITY_WRITE.number not in rows:
            return []
        on, off = (House(self._run, is_on=is_on) for is_on in (True, False))
        before = off.statements()
        self._statements = {name: count - before[name] for name, count in on.statements().items()}
        return [warm(targets.CREDIBILITY_WRITE, self._load(on), self._load(off))]

    def counted(self) -> list[targets.Counted]:
        """Return how many statements more are sent for each write where credibility is on."""
        return [
            targets.Counted(
                row=targets.CREDIBILITY_WRITE.number,
                name=f"SQL statements more: {name}",
                unit="",
                figure=more,
                target=targets.CREDIBILITY_STATEMENTS,
            )
            for name, more in self._statements.items()
        ]

    def _load(self, house: House) -> Load:
        program = Program(
            name=f"the product {house.run.name} credibility",
            target="wsgi:application",
            port=house.port,
            environment=house.environment,
        )
        running = self._programs.enter_context(served(program, self._run / f"{house.run.name}.log"))
        return Load(running=running, requests=house.writes(), expected_status=303)
