"""Everything that is set up for one run: the product and its references, each served, with the requests for each."""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from app import create_app
from config import from_environment
from tests.bench import cold_start, targets
from tests.bench.http_load import Visitor
from tests.bench.preparation import seats_of
from tests.bench.product import GRID, MEMBERS, Browsers
from tests.bench.programs import Program, Running, free_port, served
from tests.bench.references import store
from tests.bench.rounds import WARM_UP_SECONDS, Load, Pair
from tests.bench.seed import database_in, environment_of

MOST_SIGN_INS_A_SECOND: Final = 900
"""More than one process answers, so that no round runs out of the sign-ins that were prepared."""


class Setting:
    """The product on a database of its own in the folder `run`; programs are stopped with `programs`."""

    def __init__(self, run: Path, programs: ExitStack) -> None:
        self._run = run
        self._programs = programs
        self._port = free_port()
        self._environment = environment_of(run, port=self._port)
        own_settings = {
            name: value for name, value in self._environment.items() if name.startswith("GIVEFIRST_")
        }
        self.app = create_app(from_environment(own_settings))
        self.browsers = Browsers(self.app, seats_of(self.app), host=f"127.0.0.1:{self._port}")
        self._cookies = list(store.cookies())
        self._written: list[tuple[str, int, Load]] = []

    def pairs(self, rows: Sequence[int], *, busy_seconds: float) -> list[Pair]:
        """Start what the rows need, warm it up and return the rows' pairs; each is kept busy for `busy_seconds` in all."""
        pairs = []
        if targets.COLD_START.number in rows:
            pairs.append(self._cold_start())
        served_rows = {targets.SIGN_IN, targets.SLIP, targets.GRID, targets.MEMBERS}
        if not any(work.number in rows for work in served_rows):
            return pairs
        product = self._serve("the product", "wsgi:application", self._port)
        if targets.SIGN_IN.number in rows:
            pairs.append(self._sign_in(product, busy_seconds))
        if targets.SLIP.number in rows:
            pairs.append(self._slip(product))
        for work, ours, theirs in ((targets.GRID, GRID, "/grid"), (targets.MEMBERS, MEMBERS, "/members")):
            if work.number in rows:
                pairs.append(self._page(work, product, ours, theirs))
        return pairs

    def insist_that_all_was_written(self) -> None:
        """Raise unless every accepted POST has left its row in the product's database."""
        for table, before, load in self._written:
            written = self._count(table) - before
            if written != load.answered:
                raise RuntimeError(
                    f"{load.answered} POSTs were accepted, and {table} has {written} rows more."
                )

    def _sign_in(self, product: Running, busy_seconds: float) -> Pair:
        wanted = int(MOST_SIGN_INS_A_SECOND * (busy_seconds + WARM_UP_SECONDS))
        ours = Load(running=product, requests=iter(self.browsers.sign_ins(wanted)), expected_status=303)
        raw = self._reference("raw")
        theirs = Load(running=raw, requests=self._reference_sign_ins(raw), expected_status=303)
        self._written.append(("attendance_mark", self._count("attendance_mark"), ours))
        return _warm(targets.SIGN_IN, ours, theirs)

    def _slip(self, product: Running) -> Pair:
        ours = Load(running=product, requests=self.browsers.slips(), expected_status=303)
        full = self._reference("full")
        theirs = Load(running=full, requests=self._reference_sign_ins(full), expected_status=200)
        self._written.append(("referrals_slip", self._count("referrals_slip"), ours))
        return _warm(targets.SLIP, ours, theirs)

    def _page(self, work: targets.Work, product: Running, ours: str, theirs: str) -> Pair:
        pages = self._reference("pages")
        asked = itertools.cycle([self._visitor(pages, cookie).get(theirs) for cookie in self._cookies])
        return _warm(
            work,
            Load(running=product, requests=self.browsers.pages(ours), expected_status=200),
            Load(running=pages, requests=asked, expected_status=200),
        )

    def _cold_start(self) -> Pair:
        product, bare = cold_start.product(self._environment), cold_start.bare_flask(self._environment)
        for program in (product, bare):
            program.cpu_seconds()  # compiles the bytecode
        return Pair(
            work=targets.COLD_START,
            product=lambda _seconds: 1000 * product.cpu_seconds(),
            reference=lambda _seconds: 1000 * bare.cpu_seconds(),
        )

    def _reference(self, name: str) -> Running:
        database = self._run / f"{name}-{free_port()}.db"
        store.fill(database)
        return self._serve(
            name, f"tests.bench.references.{name}:app", free_port(), {store.DATABASE: str(database)}
        )

    def _serve(self, name: str, target: str, port: int, more: dict[str, str] | None = None) -> Running:
        program = Program(name=name, target=target, port=port, environment=self._environment | (more or {}))
        return self._programs.enter_context(served(program, self._run / f"{name.replace(' ', '-')}.log"))

    def _reference_sign_ins(self, running: Running) -> Iterator[bytes]:
        for meeting, cookie in enumerate(itertools.cycle(self._cookies), store.MEETINGS + 1):
            fields = {"meeting_id": str(meeting), "status": "P", "csrf_token": cookie.csrf_token}
            yield self._visitor(running, cookie).post("/sign-in", fields)

    def _visitor(self, running: Running, cookie: store.Cookie) -> Visitor:
        return Visitor(host=f"127.0.0.1:{running.program.port}", cookie=cookie.header)

    def _count(self, table: str) -> int:
        with sqlite3.connect(database_in(self._run)) as connection:
            count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.close()
        return count


def _warm(work: targets.Work, ours: Load, theirs: Load) -> Pair:
    """Return the pair of two loads, both answered from warm caches."""
    for load in (ours, theirs):
        load.cost_ms(WARM_UP_SECONDS)
    return Pair(work=work, product=ours.cost_ms, reference=theirs.cost_ms)
