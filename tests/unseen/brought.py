"""What does somebody bring, and what must the house say of it afterwards? Tables written by hand, as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Totals = Mapping[str, Mapping[str, Decimal]]
"""What PALMS must say: for each name, for each column that is sure, the number; money in whole units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file under the name its owner gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    """The group the file is brought to: who is in it already (given name first), and on which weekday it meets."""

    slug: str
    zone: str
    currency: str
    weekday: str
    members: Sequence[str]
    joined: Mapping[str, str] = field(default_factory=dict)
    """First days of those who did not join long ago, as ISO days."""


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a table drawn with `|`; a line that is only `|` is an empty row."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip(" ") for cell in line.split("|")] if line != "|" else [] for line in lines]


def totals_of(text: str) -> Totals:
    """Return the numbers of a table whose first row has the columns and whose first column has the names."""
    head, *rows = rows_of(text)
    return {row[0]: dict(zip(head[1:], map(Decimal, row[1:]), strict=True)) for row in rows}
