"""What do the rows above a report's table say: its title, its group, and the days it covers?"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.intake.remarks import Period
from app.core.sheets.dates import DayOrder, orders_shown, read_date
from app.core.sheets.sheet import Cell, Row
from app.core.sheets.spelling import letters_only, tidy

_CELLS_TO_THE_RIGHT = 3


class _Label(StrEnum):
    FROM = "from"
    TO = "to"
    GROUP = "group"
    OTHER = "other"


_WORDS = {
    _Label.FROM: "From, Von, De, Du, Desde, A partir de, Start, 从, 從, 自, 起始日期, 開始日期, 开始日期",
    _Label.TO: "To, Bis, Au, Hasta, Até, End, 到, 至, 结束日期, 結束日期",
    _Label.GROUP: "Chapter, Chapter Name, Group, Gruppe, Groupe, Grupo, 分会, 分會",
    _Label.OTHER: "Running User, Run At, Country, Region, Land, Pays, País, Région, Región, Região, 国家, 國家, 地区, 地區",
}
_ENDS: frozenset[_Label | None] = frozenset((_Label.FROM, _Label.TO))
_LABELS = {letters_only(word): label for label, words in _WORDS.items() for word in words.split(", ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """What stands above a table; texts are empty and the period absent where nothing is said.

    The title is what stands first of all, unless that is a label.
    A period that ends before it begins is no period.
    """

    title: str
    group_name: str
    period: Period | None


def read_head(rows: Sequence[Row], order: DayOrder | None = None) -> ReportHead:
    """Return what the rows above a table say; `order` is that of day and month where the table shows it."""
    labels = [(row, cell, _label_of(cell)) for row in rows for cell in row]
    labelled = [(row, cell, label) for row, cell, label in labels if label]
    ends: dict[_Label, list[Cell]] = {
        label: list(_values_to_the_right(row, cell)) for row, cell, label in labelled if label in _ENDS
    }
    title = tidy(labels[0][1].text) if labels and not labels[0][2] else ""
    return ReportHead(title=title, group_name=_group_name(rows, labelled), period=_period(ends, order))


def tells_period(row: Row) -> bool:
    """Does this row tell from when or to when a report reaches?"""
    return any(_label_of(cell) in _ENDS for cell in row)


def _label_of(cell: Cell) -> _Label | None:
    return _LABELS.get(letters_only(cell.text.partition(":")[0]))


def _values_to_the_right(row: Row, label: Cell) -> Iterator[Cell]:
    """Yield what follows a label: in its own cell after a colon, or in the next cells up to another label."""
    rest = tidy(label.text.partition(":")[2])
    if rest:
        yield Cell(column=label.column, text=rest)
        return
    for column in range(label.column + 1, label.column + 1 + _CELLS_TO_THE_RIGHT):
        cell = row.cell(column)
        if cell and _label_of(cell):
            return
        if cell:
            yield cell


def _period(ends: dict[_Label, list[Cell]], order: DayOrder | None) -> Period | None:
    shown = orders_shown(cell for cells in ends.values() for cell in cells)
    known = order or (next(iter(shown)) if len(shown) == 1 else None)
    first = _first_date(ends.get(_Label.FROM, []), known)
    last = _first_date(ends.get(_Label.TO, []), known)
    return Period(first=first, last=last) if first and last and first <= last else None


def _first_date(cells: Sequence[Cell], order: DayOrder | None) -> dt.date | None:
    days = (read_date(cell, order) for cell in cells)
    return next((day for day in days if isinstance(day, dt.date)), None)


def _group_name(rows: Sequence[Row], labelled: Sequence[tuple[Row, Cell, _Label]]) -> str:
    for row, cell, label in labelled:
        if label is _Label.GROUP:
            in_a_row_of_labels = any(other is row and kind is _Label.OTHER for other, _, kind in labelled)
            beside = "" if in_a_row_of_labels else _text_beside(row, cell)
            if name := beside or _text_below(rows, row, cell):
                return name
    return ""


def _text_beside(row: Row, label: Cell) -> str:
    return next((tidy(cell.text) for cell in _values_to_the_right(row, label)), "")


def _text_below(rows: Sequence[Row], row: Row, label: Cell) -> str:
    below = next((other for other in rows if other.number == row.number + 1), None)
    return tidy(below.text(label.column)) if below else ""
