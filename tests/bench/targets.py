"""What is measured, beside what, and how far may it be off? The numbers are those of the performance targets."""

from dataclasses import dataclass
from typing import Final

from tests.bench.figures import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One row of the targets: work of the product, measured as CPU time beside a reference doing the same."""

    number: int
    name: str
    beside: str
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One figure without a reference, as found: statements, megabytes, kilobytes."""

    row: int
    name: str
    unit: str
    figure: float
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that a figure of a row may be."""

    row: int
    name: str
    unit: str
    target: Target

    def counted(self, figure: float) -> Counted:
        """Return what was found beside it."""
        return Counted(row=self.row, name=self.name, unit=self.unit, figure=figure, target=self.target)


SIGN_IN: Final = Work(
    number=1,
    name="sign-in POST on SQLite, durable",
    beside="raw, synchronous FULL",
    target=Target(floor=2.0, stretch=1.45),
)
SIGN_IN_POSTGRESQL: Final = Work(
    number=2,
    name="sign-in POST on PostgreSQL, durable",
    beside="raw on PostgreSQL",
    target=Target(floor=2.0, stretch=1.35),
)
SLIP: Final = Work(
    number=3,
    name="slip POST with its form",
    beside="full, synchronous FULL",
    target=Target(floor=0.8, stretch=0.5),
)
GRID: Final = Work(
    number=4,
    name="attendance grid, 30 × 26",
    beside="grid by driver SQL",
    target=Target(floor=1.0, stretch=0.6),
)
MEMBERS: Final = Work(
    number=5,
    name="member list of 30",
    beside="list by driver SQL",
    target=Target(floor=2.0, stretch=1.5),
)
CREDIBILITY_WRITE: Final = Work(
    number=14,
    name="slip and report POST with credibility on",
    beside="the same with credibility off",
    target=Target(floor=1.25, stretch=1.15),
)
CREDIBILITY_STATEMENTS: Final = Target(floor=3, stretch=2)
CREDIBILITY_REBUILD: Final = Work(
    number=15,
    name="rebuild of a group's records, all lost",
    beside="sqlite3, one fold, one hold",
    target=Target(floor=3.0, stretch=1.5),
)
COLD_START: Final = Work(
    number=18,
    name="cold start to the first page",
    beside="bare Flask, one route",
    target=Target(floor=5.0, stretch=4.0),
)
CSV: Final = Work(
    number=16,
    name="CSV file of many rows, no live formula",
    beside="sqlite → csv chunks, no guard",
    target=Target(floor=1 / 0.6, stretch=1 / 0.8),
)
"""Of the rows a CPU second at least 0.6 and at best 0.8 of the reference's: the same as this much CPU time."""
XLSX: Final = Work(
    number=17,
    name="XLSX file of many rows, no live formula",
    beside="xlsxwriter constant_memory",
    target=Target(floor=1.0, stretch=1 / 4),
)
CSV_MEMORY: Final = Limit(
    row=16, name="CSV: memory over that of 10 k rows", unit="MB", target=Target(floor=15, stretch=5)
)
XLSX_MEMORY: Final = Limit(
    row=17, name="XLSX: memory of the process", unit="MB", target=Target(floor=60, stretch=60)
)

LIGHTEST_CHECK_IN_MS: Final = 12.8
"""CPU of the lightest check-in by somebody signed in among the peers (Tendenci), measured where a bare Flask route took 0.22 ms."""
PING_MS: Final = 3.1
"""CPU of healthchecks' ping, without login and CSRF, measured there too."""
BARE_THERE_MS: Final = 0.22
PEERS: Final = Work(
    number=7,
    name="sign-in POST, in bare Flask routes, against peers",
    beside="bare Flask, one route",
    target=Target(
        floor=min(LIGHTEST_CHECK_IN_MS / 6, PING_MS / 2) / BARE_THERE_MS,
        stretch=min(LIGHTEST_CHECK_IN_MS / 12, PING_MS / 3) / BARE_THERE_MS,
    ),
)
"""At most a sixth of the lightest check-in and half of the ping; peers are not installed here, so bare Flask is the measure."""

LIGHTEST_LIST_MS: Final = 16.0
"""CPU of the lightest list page among the peers (FlaskBB), measured where a bare Flask route took 0.22 ms."""
LIGHTEST_EVENT_LIST_MS: Final = 48.0
"""CPU of the lightest list page of pretix, Indico and Tendenci (pretix), measured there too."""
LIST_OF_PEERS: Final = Work(
    number=6,
    name="member list of 30, in bare Flask routes, against peers",
    beside="bare Flask, one route",
    target=Target(
        floor=min(LIGHTEST_LIST_MS / 5, LIGHTEST_EVENT_LIST_MS / 15) / BARE_THERE_MS,
        stretch=min(LIGHTEST_LIST_MS / 8, LIGHTEST_EVENT_LIST_MS / 20) / BARE_THERE_MS,
    ),
)
"""At most a fifth of the lightest list and a fifteenth of the three; as in row 7, bare Flask is the measure."""

BURST_ROW: Final = 12
BURST_ERRORS: Final = Limit(
    row=BURST_ROW,
    name="550 sign-ins/s, 2 processes: wrong answers",
    unit="",
    target=Target(floor=0, stretch=0),
)
BURST_P99: Final = Limit(
    row=BURST_ROW,
    name="550 sign-ins/s: p99 over the tuned reference's",
    unit="×",
    target=Target(floor=2, stretch=2),
)
BURST_HELD: Final = Limit(
    row=BURST_ROW,
    name="highest rate held: the tuned reference's over ours",
    unit="×",
    target=Target(floor=1 / 0.85, stretch=1 / 0.85),
)
PASSWORDS_ROW: Final = 13
PASSWORDS_P99: Final = Limit(
    row=PASSWORDS_ROW,
    name="200 sign-ins/s, 5 % with a password: p99 over none",
    unit="×",
    target=Target(floor=4, stretch=2),
)

PAGE_WEIGHT_ROW: Final = 20
SIGN_IN_FIRST: Final = Limit(
    row=20, name="sign-in page, first visit, gzip", unit="kB", target=Target(floor=60, stretch=35)
)
SIGN_IN_NEXT: Final = Limit(
    row=20, name="sign-in page, next visit, gzip", unit="kB", target=Target(floor=6, stretch=4)
)
CONSOLE_FIRST: Final = Limit(
    row=20, name="console, first visit, gzip", unit="kB", target=Target(floor=120, stretch=120)
)

STATEMENTS_ROW: Final = 8
STATEMENTS: Final = {
    "gate": Target(floor=3, stretch=3),
    "sign-in": Target(floor=5, stretch=3),
    "list": Target(floor=3, stretch=2),
    "grid": Target(floor=4, stretch=3),
    "console": Target(floor=8, stretch=5),
}
"""The most SQL statements of the gate, and of each page behind it. The console's is for one a panel: with every plugin on it
has more panels than that, and tests/web/test_core_home_statements.py holds what they cost together."""

ROWS: Final = (
    *(1, 2, 3, 4, 5, 6, 7, STATEMENTS_ROW, BURST_ROW, PASSWORDS_ROW),
    *(14, 15, 16, 17, 18, PAGE_WEIGHT_ROW),
)
