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
from tests.bench.rounds import WARM_UP_SECONDS, Load, Pair, warm
from tests.bench.seed import database_in, environment_of

MOST_SIGN_INS_A_SECOND: Final = 900
"""More than one process answers, so that no round runs out of the sign-ins that were prepared."""


_MARKS: Final = "attendance_mark"
_SLIPS: Final = "referrals_slip"


class Setting:
    """The product on a database of its own in the folder `run`; programs are stopped with `programs`."""

    def __init__(self, run: Path, programs: ExitStack) -> None:
        self.run = run
        self._programs = programs
        self._port = free_port()
        self._environment = environment_of(run, port=self._port)
        own_settings = {
            name: value for name, value in self._environment.items() if name.startswith("GIVEFIRST_")
        }
        self.app = create_app(from_environment(own_settings))
        self.browsers = Browsers(self.app, seats_of(self.app), host=f"127.0.0.1:{self._port}")
        self._written: list[Load] = []
        self._slips: list[Load] = []
        self._before: dict[str, int] = {}

    def pairs(self, rows: Sequence[int], *, busy_seconds: float) -> list[Pair]:
        """Start what the rows need, warm it up and return the rows' pairs; each is kept busy for `busy_seconds` in all."""
        self._before = {table: self._count(table) for table in (_MARKS, _SLIPS)}
        pairs = []
        if targets.COLD_START.number in rows:
            pairs.append(self._cold_start())
        served_rows = {
            *(targets.SIGN_IN, targets.SLIP, targets.GRID, targets.MEMBERS),
            *(targets.PEERS, targets.LIST_OF_PEERS),
        }
        if not any(work.number in rows for work in served_rows):
            return pairs
        product = self._serve("the product", "wsgi:application", self._port)
        if targets.SIGN_IN.number in rows:
            pairs.append(self._sign_in(product, busy_seconds))
        if targets.PEERS.number in rows:
            pairs.append(warm(targets.PEERS, self._sign_ins(product, busy_seconds), self._bare()))
        if targets.LIST_OF_PEERS.number in rows:
            lists = Load(running=product, requests=self.browsers.pages(MEMBERS), expected_status=200)
            pairs.append(warm(targets.LIST_OF_PEERS, lists, self._bare()))
        if targets.SLIP.number in rows:
            pairs.append(self._slip(product))
        for work, ours, theirs in ((targets.GRID, GRID, "/grid"), (targets.MEMBERS, MEMBERS, "/members")):
            if work.number in rows:
                pairs.append(self._page(work, product, ours, theirs))
        return pairs

    def serve_several(self, target: str, workers: int, more: dict[str, str] | None = None) -> int:
        """Serve a program with several processes until the bench is over, and return its port."""
        program = Program(
            name=f"{target} with {workers} processes",
            target=target,
            port=free_port(),
            environment=self._environment | (more or {}),
            workers=workers,
        )
        log = self.run / f"several-{program.port}.log"
        return self._programs.enter_context(served(program, log)).program.port

    def insist_that_all_was_written(self) -> None:
        """Raise unless every accepted POST has left its row in the product's database."""
        for table, loads in ((_MARKS, self._written), (_SLIPS, self._slips)):
            accepted = sum(load.answered for load in loads)
            written = self._count(table) - self._before[table]
            if written != accepted:
                raise RuntimeError(f"{accepted} POSTs were accepted, and {table} has {written} rows more.")

    def _sign_in(self, product: Running, busy_seconds: float) -> Pair:
        raw = self._reference("raw")
        theirs = Load(running=raw, requests=reference_sign_ins(raw.program.port), expected_status=303)
        return warm(targets.SIGN_IN, self._sign_ins(product, busy_seconds), theirs)

    def _bare(self) -> Load:
        """Return the one route of bare Flask, by which figures that peers reached elsewhere are measured here."""
        bare = self._serve("bare", "tests.bench.references.bare:app", free_port())
        first_page = Visitor(host=f"127.0.0.1:{bare.program.port}", cookie="").get("/")
        return Load(running=bare, requests=itertools.repeat(first_page), expected_status=200)

    def _sign_ins(self, product: Running, busy_seconds: float) -> Load:
        """Return sign-ins for as long as the bench keeps the product busy with them; each has to leave its row."""
        wanted = int(MOST_SIGN_INS_A_SECOND * (busy_seconds + WARM_UP_SECONDS))
        ours = Load(running=product, requests=iter(self.browsers.sign_ins(wanted)), expected_status=303)
        self._written.append(ours)
        return ours

    def _slip(self, product: Running) -> Pair:
        ours = Load(running=product, requests=self.browsers.slips(), expected_status=303)
        full = self._reference("full")
        theirs = Load(running=full, requests=reference_sign_ins(full.program.port), expected_status=200)
        self._slips.append(ours)
        return warm(targets.SLIP, ours, theirs)

    def _page(self, work: targets.Work, product: Running, ours: str, theirs: str) -> Pair:
        pages = self._reference("pages")
        asked = itertools.cycle([self._visitor(pages, cookie).get(theirs) for cookie in store.cookies_once()])
        return warm(
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
        database = self.run / f"{name}-{free_port()}.db"
        store.fill(database)
        return self._serve(
            name, f"tests.bench.references.{name}:app", free_port(), {store.DATABASE: str(database)}
        )

    def _serve(self, name: str, target: str, port: int, more: dict[str, str] | None = None) -> Running:
        program = Program(name=name, target=target, port=port, environment=self._environment | (more or {}))
        return self._programs.enter_context(served(program, self.run / f"{name.replace(' ', '-')}.log"))

    def _visitor(self, running: Running, cookie: store.Cookie) -> Visitor:
        return Visitor(host=f"127.0.0.1:{running.program.port}", cookie=cookie.header)

    def _count(self, table: str) -> int:
        with sqlite3.connect(database_in(self.run)) as connection:
            count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.close()
        return count


def reference_sign_ins(port: int) -> Iterator[bytes]:
    """Yield sign-ins for a reference without end, no two of the same member and meeting."""
    for meeting, cookie in enumerate(itertools.cycle(store.cookies_once()), store.MEETINGS + 1):
        fields = {"meeting_id": str(meeting), "status": "P", "csrf_token": cookie.csrf_token}
        yield Visitor(host=f"127.0.0.1:{port}", cookie=cookie.header).post("/sign-in", fields)
