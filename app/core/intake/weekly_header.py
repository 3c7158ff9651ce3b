"""Where does a week-by-week table begin, which column is which day, and where do the names stand?"""

import datetime as dt
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, NameColumns, headings_in, name_columns
from app.core.intake.remarks import words_of
from app.core.intake.report_head import tells_period
from app.core.sheets.dates import DayOrder, MonthDay, NoDate, orders_shown, read_day
from app.core.sheets.sheet import Cell, Row, Sheet
from app.core.sheets.spelling import letters_only

_DAYS_IN_A_NAMELESS_HEADER = 2
_SUMMARY_HEADINGS = "P, A, L, M, S, RGI, RGO, RRI, RRO, TYFCB, CEU, 出席, 缺席, 遲到, 迟到, 病假, 替代人"
_SUMMARY_WORDS = frozenset(map(letters_only, _SUMMARY_HEADINGS.split(", ")))
_SUMMARY_WORDS_NEEDED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """A column that stands for one meeting day; `cell` is what the file writes above it."""

    cell: Cell
    day: dt.date | MonthDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHeader:
    """The header row of a week-by-week table. `unclear` are days that could be read as two dates."""

    row: Row
    names: NameColumns
    days: tuple[DayColumn, ...]
    unclear: tuple[Cell, ...]

    @property
    def day_order(self) -> DayOrder | None:
        """The order of day and month that the days prove, if they prove one."""
        return _order_shown(self.row)


def find_weekly_header(sheet: Sheet, day_order: DayOrder | None) -> WeeklyHeader:
    """Return the header row with its days and its columns of names, wherever it stands below titles.

    Raises Refused where the sheet has no such row, and tells what it looks like instead.
    """
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    row = max(rows, key=_likeness)
    names = _names_in(row)
    if not _likeness(row)[0] or names is None:
        raise Refused([_what_is_missing(rows)])
    order = day_order or _order_shown(row)
    read = [(cell, read_day(cell, order)) for cell in row if cell.column not in names.all]
    days = tuple(DayColumn(cell=cell, day=day) for cell, day in read if not isinstance(day, NoDate))
    unclear = tuple(cell for cell, day in read if day is NoDate.ORDER_UNCLEAR)
    return WeeklyHeader(row=row, names=names, days=days, unclear=unclear)


def is_weekly_header(row: Row) -> bool:
    """Does this row head a week-by-week table: a place for names, and days?"""
    return _likeness(row)[0]


def is_summary_header(row: Row) -> bool:
    """Does this row head a summary: counts of a whole period instead of weeks?"""
    words = {letters_only(cell.text) for cell in row}
    return len(words & _SUMMARY_WORDS) >= _SUMMARY_WORDS_NEEDED


def _likeness(row: Row) -> tuple[bool, int, bool]:
    """Rank rows as headers: only those with days and names at all, then by days; headed names decide a draw."""
    days = _days_told(row)
    headed = name_columns(row, headings_in(row)) is not None
    needed = 1 if headed else _DAYS_IN_A_NAMELESS_HEADER
    return days >= needed and _names_in(row) is not None, days, headed


def _days_told(row: Row) -> int:
    read = (read_day(cell) for cell in row)
    return sum(not isinstance(day, NoDate) or day is NoDate.ORDER_UNCLEAR for day in read)


def _names_in(row: Row) -> NameColumns | None:
    """Return the headed columns of names; else column A, or A and B, where nothing stands above: a leader's own sheet."""
    headed = name_columns(row, headings_in(row))
    first_column = row.cells[0].column
    if headed or first_column == 1 or tells_period(row):
        return headed
    # Whichever of the two comes first, the name is said in the order of the columns.
    return NameColumns(full=1) if first_column == 2 else NameColumns(given=1, family=2)


def _order_shown(row: Row) -> DayOrder | None:
    shown = orders_shown(row)
    return next(iter(shown)) if len(shown) == 1 else None


def _what_is_missing(rows: tuple[Row, ...]) -> Refusal:
    summary = next((row for row in rows if is_summary_header(row)), None)
    if summary:
        return Refusal(code="intake.summary_not_weeks", facts={"row": summary.number})
    headed = next((row for row in rows if name_columns(row, headings_in(row))), None)
    if headed:
        return Refusal(code="intake.no_days", facts={"row": headed.number, "found": words_of(headed)})
    nameless = max(rows, key=_days_told)
    if _days_told(nameless) >= _DAYS_IN_A_NAMELESS_HEADER and not tells_period(nameless):
        return Refusal(
            code="intake.missing_name_column",
            facts={"row": nameless.number, "found": words_of(nameless)},
            field="name",
        )
    return Refusal(code="intake.no_weekly_header", facts={"row": rows[0].number, "found": words_of(rows[0])})
