"""What is a table, before it becomes a file? Headings with the kind of each column, rows one by one, and its foot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

Cell = str | int | Decimal | date | None
"""Text in a TEXT column, a whole number in a NUMBER column and so on; None is blank, a blank text is `""`."""
Row = Sequence[Cell]

ROWS_AT_A_TIME: Final = 1000
"""How many rows of a file are in memory at once."""


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `currency` (ISO 4217) goes with MONEY; `width` is in characters, for formats that have widths.

    `short` is the heading where paper is narrow; `repeats` says that the column stands again on each sheet of paper
    where a table is too wide for one.
    """

    heading: str
    kind: Kind = Kind.TEXT
    currency: str = ""
    width: int = 10
    short: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is read once. `rows` may be longer than memory; `foot` holds its totals.

    `about` says in lines what it is of (group, period), `notes` what a reader must know of it; both stand only in
    formats that are read by people and not by programs.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    foot: Sequence[Row] = ()
    about: Sequence[str] = ()
    notes: Sequence[str] = ()


def decimals_of(currency: str) -> int:
    """Return how many decimals a currency has: none for JPY, two for EUR, three for KWD."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415  # 15 MB that most tables do without

    return get_currency_precision(currency)


def amount(minor: int, currency: str) -> Decimal:
    """Return integer minor units as an amount, with the decimals of its currency."""
    return Decimal(minor).scaleb(-decimals_of(currency))
