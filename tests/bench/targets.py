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


SIGN_IN: Final = Work(
    number=1,
    name="sign-in POST on SQLite, durable",
    beside="raw, synchronous FULL",
    target=Target(floor=2.0, stretch=1.45),
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
COLD_START: Final = Work(
    number=18,
    name="cold start to the first page",
    beside="bare Flask, one route",
    target=Target(floor=5.0, stretch=4.0),
)

STATEMENTS_ROW: Final = 8
STATEMENTS: Final = {
    "gate": Target(floor=3, stretch=3),
    "sign-in": Target(floor=5, stretch=3),
    "list": Target(floor=3, stretch=2),
    "grid": Target(floor=4, stretch=3),
    "console": Target(floor=8, stretch=5),
}
"""The most SQL statements of the gate, and of each page behind it."""

ROWS: Final = (1, 3, 4, 5, STATEMENTS_ROW, 18)
