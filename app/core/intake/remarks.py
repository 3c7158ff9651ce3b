"""What is said about a file while it is understood: problems, notes, and questions that only a person can answer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.sheets.sheet import Row
from app.core.sheets.spelling import tidy

_SHOWN_CHARACTERS = 80
_CELLS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a place in a file: a code, where it is, and the facts of its sentence.

    `row` is 0 and `column` empty where it concerns the file as a whole or a row as a whole. The sentences stand in
    `app.core.intake.sentences`.
    """

    code: str
    row: int = 0
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence_facts(self) -> Mapping[str, Any]:
        """The facts by their names in the sentence, with `row` and `column` among them."""
        return {"row": self.row, "column": self.column, **self.facts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Remark):
    """Something that cannot be taken as it stands: while there is one, nothing of the file is taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Remark):
    """Something that the person should know and that hinders nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a report covers, both ends included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"A period ends on or after its first day; {self.last} is before {self.first}.")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodAsked:
    """The columns tell days without a year, and the file no period: from when to when does it reach?

    `suggested` fills the form in advance; it comes from the file's name, else from today, and is never taken unasked.
    """

    question: Remark
    group_name: str
    suggested: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOrderAsked:
    """Every date in figures could be read both ways: does the day come first, or the month?

    Answered by reading the sheet again with `day_order`.
    """

    question: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What stands in a column that nobody asked for: kept as a note about the person."""

    heading: str
    text: str


def words_of(row: Row) -> str:
    """Return what stands in a row, as a sentence lists it: the first cells, each cut where it is long."""
    return ", ".join(shown(cell.text) for cell in row.cells[:_CELLS_SHOWN])


def shown(text: str) -> str:
    """Return a cell's text as a sentence quotes it: tidy, and cut where it is long."""
    tidied = tidy(text)
    return tidied if len(tidied) <= _SHOWN_CHARACTERS else tidied[: _SHOWN_CHARACTERS - 1] + "…"
