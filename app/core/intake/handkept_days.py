"""Which day stands above a column of somebody's own sheet? Also the month above and the day below, and other eras."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.sheets.dates import DayOrder, MonthDay, NoDate, orders_shown, read_day
from app.core.sheets.month_names import MONTHS
from app.core.sheets.sheet import Cell, CellKind, Row
from app.core.sheets.spelling import letters_only, tidy

BUDDHIST_ERA_YEARS = 543
_ROWS_ABOVE = 3
_DAYS_IN_A_MONTH = 31
_MONTHS_IN_A_YEAR = 12
_BUDDHIST_YEAR = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
_LAST_TWO = re.compile(r"(\d{2})$")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?", re.IGNORECASE)
_MONTH_IN_WORDS = re.compile(r"([^\W\d_]+)\.?[\s\-/'’]*(\d{4}|\d{2})?")
_MONTH_IN_FIGURES = re.compile(r"(\d{4})[-/.年]\s*(\d{1,2})月?|(\d{1,2})[-/.](\d{4})|(\d{1,2})月")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedDays:
    """The days that a row of headings tells, by column. `unclear` are cells that could be two dates.

    `converted` is a cell of the Buddhist era, where years were taken back by 543.
    """

    row: Row
    days: Mapping[int, dt.date | MonthDay] = field(default_factory=dict)
    unclear: tuple[Cell, ...] = ()
    converted: Cell | None = None

    @property
    def columns(self) -> frozenset[int]:
        """The columns that stand for a meeting, whichever day that is."""
        return frozenset(self.days) | {cell.column for cell in self.unclear}


def headed_days(rows: Sequence[Row], at: int, order: DayOrder | None) -> HeadedDays:
    """Return the days that the row at that place tells, by itself or with the months in the rows above it."""
    row = rows[at]
    plain = [_plain_cell(cell) for cell in row]
    shown = orders_shown(plain)
    order = order or (next(iter(shown)) if len(shown) == 1 else None)
    read = {cell.column: read_day(cell, order) for cell in plain}
    days = {column: day for column, day in read.items() if not isinstance(day, NoDate)}
    unclear = tuple(cell for cell in row if read[cell.column] is NoDate.ORDER_UNCLEAR)
    if not days and not unclear:
        return HeadedDays(row=row, days=_days_below_months(row, rows[max(0, at - _ROWS_ABOVE) : at]))
    converted = next((cell for cell in row if cell.column in days and is_buddhist(cell.text)), None)
    return HeadedDays(row=row, days=days, unclear=unclear, converted=converted)


def is_buddhist(text: str) -> bool:
    """Does a year of the Buddhist era stand in the text?"""
    return _BUDDHIST_YEAR.search(unicodedata.normalize("NFKC", text)) is not None


def in_common_era(text: str) -> str:
    """Return the text with the years of the Buddhist era taken back to the common one: 2568 is 2025."""
    plain = unicodedata.normalize("NFKC", tidy(text))
    return _BUDDHIST_YEAR.sub(lambda found: str(int(found[1]) - BUDDHIST_ERA_YEARS), plain)


def _plain_cell(cell: Cell) -> Cell:
    """Return the cell with a full year of the common era; a number stays what it is, a count of days for instance."""
    if cell.kind is CellKind.NUMBER:
        return cell
    text = in_common_era(cell.text)
    if _SHORT_YEAR.fullmatch(text):
        text = _LAST_TWO.sub(r"20\1", text)
    return Cell(column=cell.column, text=text, kind=cell.kind)


def _days_below_months(row: Row, above: Sequence[Row]) -> Mapping[int, dt.date | MonthDay]:
    """Return the days whose numbers stand in the row and whose months above; a month reaches up to the next one.

    A row of marks (1 and 0) below a month is none of days: those are different within a month, and more than 1.
    """
    months = next((found for line in reversed(above) if (found := _months_in(line))), {})
    days: dict[int, dt.date | MonthDay] = {}
    for cell in row:
        number = _day_number(cell)
        column = max((column for column in months if column <= cell.column), default=None)
        if number is None or column is None:
            continue
        year, month = months[column]
        day = MonthDay(month, number)
        known = day.in_year(year) if year else day
        if known:
            days[cell.column] = known
    numbers = [number for cell in row if cell.column in days and (number := _day_number(cell))]
    is_row_of_days = len(set(days.values())) == len(days) and max(numbers, default=0) > 1
    return days if is_row_of_days else {}


def _day_number(cell: Cell) -> int | None:
    found = _DAY_NUMBER.fullmatch(unicodedata.normalize("NFKC", tidy(cell.text)))
    number = int(found[1]) if found else 0
    return number if 1 <= number <= _DAYS_IN_A_MONTH else None


def _months_in(row: Row) -> Mapping[int, tuple[int | None, int]]:
    """Return the year, where one stands there, and the month that each column of a row heads."""
    return {cell.column: found for cell in row if (found := _month_of(cell))}


def _month_of(cell: Cell) -> tuple[int | None, int] | None:
    text = in_common_era(cell.text)
    if cell.kind is CellKind.DATE:
        day = read_day(cell)
        return (day.year, day.month) if isinstance(day, dt.date) else None
    if words := _MONTH_IN_WORDS.fullmatch(text):
        month = MONTHS.get(letters_only(words[1]))
        return (_full_year(words[2]), month) if month else None
    if figures := _MONTH_IN_FIGURES.fullmatch(text):
        year, number = figures[1] or figures[4], int(figures[2] or figures[3] or figures[5])
        return (_full_year(year), number) if 1 <= number <= _MONTHS_IN_A_YEAR else None
    return None


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) > len("25") else 2000 + int(text)


def years_told(texts: Iterable[str]) -> str:
    """Return titles with their years in the common era, as a hint for the years of the columns."""
    return " ".join(in_common_era(text) for text in texts)
