"""Which day does a cell name? ISO, a spreadsheet's serial number, day and month in figures or in words.

Whether 03/04 is in March or in April is never guessed: without an order that is known it is `ORDER_UNCLEAR`.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.sheets.month_names import MONTHS
from app.core.sheets.sheet import Cell, CellKind
from app.core.sheets.spelling import letters_only, tidy

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS_IN_A_YEAR = 12
# Day 0 of Excel's calendar as it counts from March 1900 on (it believes in a 29 February 1900).
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIAL_FIRST, _SERIAL_LAST = 14_611, 73_415  # 1940 to 2100: smaller and larger numbers are something else
_LEAP_YEAR = 2000

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})([/.])(\d{1,2})\.?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_CHINESE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?")
_KOREAN = re.compile(r"(?:(\d{4})\s*년\s*)?(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_WORD_FIRST = re.compile(r"([^\W\d_]+)[.\s-]*(\d{1,2})(?:st|nd|rd|th|,)*(?:[\s-]+(\d{4}))?")
_DAY_THEN_WORD = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|o(?=[\s.]))?[.\s-]*(?:de\s+)?([^\W\d_]+)[.,\s-]*(?:de\s+)?(\d{4})?"
)


class DayOrder(StrEnum):
    """Which comes first in 03/04: the day, or the month."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class NoDate(StrEnum):
    """Why a cell gives no date."""

    BLANK = "blank"
    ORDER_UNCLEAR = "order_unclear"
    YEAR_FAR_OFF = "year_far_off"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day whose year the cell does not tell, as over the columns of a week-by-week report."""

    month: int
    day: int

    def in_year(self, year: int) -> dt.date | None:
        """Return the date in a year, or nothing for 29 February in a common one."""
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None


def read_date(cell: Cell | None, order: DayOrder | None = None) -> dt.date | NoDate:
    """Return the date in a cell, or why there is none; a day without its year is unreadable here."""
    day = read_day(cell, order)
    return NoDate.UNREADABLE if isinstance(day, MonthDay) else day


def read_day(cell: Cell | None, order: DayOrder | None = None) -> dt.date | MonthDay | NoDate:
    """Return the date in a cell, or month and day where it tells no year, or why there is neither."""
    text = _plain(cell)
    if not text:
        return NoDate.BLANK
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _SERIAL.fullmatch(text):
        return _date_of_serial(int(match[1]))
    if cell and cell.kind is CellKind.NUMBER:
        return NoDate.UNREADABLE
    if match := _YEAR_LAST.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text):
        year = match[4] if match.re is _YEAR_LAST else ""
        return _by_order(match[1], match[3], order=_order_for(match[2], order), year=year)
    return _in_words(text)


def orders_shown(cells: Iterable[Cell | None]) -> frozenset[DayOrder]:
    """Return which orders of day and month the cells prove: 25/03 shows the day first, 03/25 the month."""
    shown: set[DayOrder] = set()
    for cell in cells:
        text = _plain(cell)
        match = _YEAR_LAST.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text)
        if match and match[2] != "." and not (cell and cell.kind is CellKind.NUMBER):
            if int(match[1]) > _MONTHS_IN_A_YEAR >= int(match[3]):
                shown.add(DayOrder.DAY_FIRST)
            if int(match[3]) > _MONTHS_IN_A_YEAR >= int(match[1]):
                shown.add(DayOrder.MONTH_FIRST)
    return frozenset(shown)


def _plain(cell: Cell | None) -> str:
    return unicodedata.normalize("NFKC", tidy(cell.text)) if cell else ""


def _order_for(separator: str, order: DayOrder | None) -> DayOrder | None:
    """Points stand in countries that put the day first; strokes and hyphens tell nothing."""
    return DayOrder.DAY_FIRST if separator == "." else order


def _by_order(
    first: str, second: str, *, order: DayOrder | None, year: str = ""
) -> dt.date | MonthDay | NoDate:
    if order is None and first != second:
        both = [_day(year, first, second), _day(year, second, first)]
        possible = [day for day in both if not isinstance(day, NoDate)]
        if len(possible) > 1:
            return possible[0] if possible[0] == possible[1] else NoDate.ORDER_UNCLEAR
        return possible[0] if possible else both[0]
    if order is DayOrder.MONTH_FIRST:
        return _day(year, first, second)
    return _day(year, second, first)


def _day(year: str, month: str, day: str) -> dt.date | MonthDay | NoDate:
    if year:
        return _date(year, month, day)
    known = MonthDay(int(month), int(day))
    return known if known.in_year(_LEAP_YEAR) else NoDate.UNREADABLE


def _date(year: str, month: str, day: str) -> dt.date | NoDate:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return NoDate.YEAR_FAR_OFF
    return MonthDay(int(month), int(day)).in_year(int(year)) or NoDate.UNREADABLE


def _date_of_serial(serial: int) -> dt.date | NoDate:
    if not _SERIAL_FIRST <= serial <= _SERIAL_LAST:
        return NoDate.UNREADABLE
    return _SERIAL_ZERO + dt.timedelta(days=serial)


def _in_words(text: str) -> dt.date | MonthDay | NoDate:
    if match := _CHINESE.fullmatch(text) or _KOREAN.fullmatch(text):
        return _day(match[1] or "", match[2], match[3])
    if match := _WORD_FIRST.fullmatch(text):
        return _named(match[1], match[2], match[3])
    if match := _DAY_THEN_WORD.fullmatch(text):
        return _named(match[2], match[1], match[3])
    return NoDate.UNREADABLE


def _named(word: str, day: str, year: str | None) -> dt.date | MonthDay | NoDate:
    month = MONTHS.get(letters_only(word))
    return _day(year or "", str(month), day) if month else NoDate.UNREADABLE
