"""Which column of somebody's own sheet holds what? A guess for each, which a person may correct."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal, Refused
from app.core.intake.handkept_days import HeadedDays, headed_days
from app.core.intake.handkept_marks import guessed_letter, may_be_a_mark
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, NameColumns, headings_in, name_columns
from app.core.intake.remarks import shown, words_of
from app.core.intake.report_head import tells_period
from app.core.intake.tail_rows import tail_kind
from app.core.intake.weekly_header import is_summary_header
from app.core.intake.weekly_line import letter_in
from app.core.sheets.dates import DayOrder, MonthDay
from app.core.sheets.sheet import Row, Sheet
from app.core.sheets.spelling import tidy

_HEADER_ROWS = 3
_SAMPLES = 3
_MARKS_NEEDED = 2
DAY_CODE = "day:"
"""Begins the code of a column that somebody gave a day: `day:2025-09-02`."""


class ColumnUse(StrEnum):
    """What a column is taken for; UNSAID where it holds marks and nobody can tell of which day."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    DAY = "day"
    NOTE = "note"
    IGNORE = "ignore"
    UNSAID = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptColumn:
    """One column: where it is, what stands above it and in it, and what it is taken for.

    `day` is the day of a meeting, as told above the column or by a person; None where neither did.
    """

    column: int
    heading: str
    samples: tuple[str, ...]
    use: ColumnUse
    day: dt.date | MonthDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """The table within the sheet: the row of its days, its columns, and the rows below."""

    days: HeadedDays
    above: tuple[Row, ...]
    rows: tuple[Row, ...]
    columns: tuple[KeptColumn, ...]

    def used_as(self, use: ColumnUse) -> tuple[KeptColumn, ...]:
        """Return the columns taken for something, from left to right."""
        return tuple(column for column in self.columns if column.use is use)

    @property
    def names(self) -> NameColumns | None:
        """The columns of names; nothing where none is left."""
        full, given, family = (
            next((column.column for column in self.used_as(use)), None)
            for use in (ColumnUse.NAME, ColumnUse.GIVEN, ColumnUse.FAMILY)
        )
        if full is not None:
            return NameColumns(full=full)
        if given is not None and family is not None:
            return NameColumns(given=given, family=family)
        single = given if given is not None else family
        return NameColumns(full=single) if single is not None else None


def looks_kept_by_hand(sheet: Sheet) -> bool:
    """Is there a row of days with marks below it, of which at least two are usual ones?"""
    found = _row_of_days(sheet.rows[:HEADER_WITHIN_ROWS], sheet.rows, None)
    if found is None or any(is_summary_header(row) for row in sheet.rows[:HEADER_WITHIN_ROWS]):
        return False
    below = [row for row in sheet.rows if row.number > found.row.number]
    texts = [text for row in below for column in found.columns if (text := row.text(column))]
    known = sum(guessed_letter(text) is not None for text in texts)
    return known >= _MARKS_NEEDED


def has_own_marks(sheet: Sheet) -> bool:
    """Is this a sheet kept by hand in which most marks are none of the letters P A L M S?"""
    if not looks_kept_by_hand(sheet):
        return False
    table = read_table(sheet, None, {})
    days = [column.column for column in table.used_as(ColumnUse.DAY)]
    people = [row for row in table.rows if table.names and not tail_kind(table.names.name_in(row).full)]
    marks = [cell for row in people for column in days if (cell := row.cell(column))]
    return sum(letter_in(cell) is None for cell in marks) * 2 > len(marks)


def read_table(sheet: Sheet, order: DayOrder | None, answers: Mapping[int, str]) -> KeptTable:
    """Return the table with what each column is taken for; `answers` are codes by column, counted from 1.

    Raises Refused where no column of the sheet holds marks.
    """
    head = sheet.rows[:HEADER_WITHIN_ROWS]
    found = _row_of_days(head, sheet.rows, order) or _row_above_the_marks(sheet)
    above = tuple(row for row in sheet.rows if row.number < found.row.number)
    rows = tuple(row for row in sheet.rows if row.number > found.row.number)
    columns = []
    for column, guess in _guesses(found, above, rows):
        use, day = _answered(answers.get(column, ""), guess, found.days.get(column))
        heading, samples = _heading(column, found, above), _samples(column, rows)
        columns.append(KeptColumn(column=column, heading=heading, samples=samples, use=use, day=day))
    return KeptTable(days=found, above=above, rows=rows, columns=tuple(columns))


def _row_of_days(head: Sequence[Row], rows: Sequence[Row], order: DayOrder | None) -> HeadedDays | None:
    """Return the row below whose days most columns of marks stand.

    Of equals it is the first: others repeat it further down; but of equals close together (months above days) the lower.
    """
    best: HeadedDays | None = None
    most = 0
    for at, row in enumerate(head):
        if tells_period(row):
            continue
        found = headed_days(head, at, order)
        below = [other for other in rows if other.number > row.number]
        marked = sum(_holds_marks(column, below) for column in found.columns)
        is_near = best is not None and row.number - best.row.number < _HEADER_ROWS
        if marked > most or (marked and marked == most and is_near):
            best, most = found, marked
    return best


def _holds_marks(column: int, rows: Sequence[Row]) -> bool:
    texts = [text for row in rows if (text := row.text(column))]
    return bool(texts) and sum(may_be_a_mark(text) for text in texts) * 2 > len(texts)


def _row_above_the_marks(sheet: Sheet) -> HeadedDays:
    """Return the row above the first usual mark, where no row tells days: a person then says which they are."""
    columns = {cell.column for row in sheet.rows for cell in row}
    marked = [column for column in columns if _known_marks(column, sheet.rows) >= _MARKS_NEEDED]
    for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
        if any(guessed_letter(row.text(column)) for column in marked):
            return HeadedDays(row=above)
    first = sheet.rows[0]
    facts = {"row": first.number, "found": words_of(first)}
    raise Refused([Refusal(code="intake.no_marks", facts=facts)])


def _known_marks(column: int, rows: Sequence[Row]) -> int:
    texts = [text for row in rows if (text := row.text(column))]
    known = sum(guessed_letter(text) is not None for text in texts)
    return known if known * 2 > len(texts) else 0


def _guesses(found: HeadedDays, above: Sequence[Row], rows: Sequence[Row]) -> Iterator[tuple[int, ColumnUse]]:
    """Yield each column that holds anything from the header down, with what it is taken for unasked."""
    filled = sorted({cell.column for row in (found.row, *rows) for cell in row})
    marks = found.columns or {column for column in filled if _known_marks(column, rows)}
    first_mark = min(marks, default=max(filled) + 1)
    names = _named(found, above, marks) or _unheaded_names(
        [column for column in filled if column < first_mark], rows
    )
    for column in filled:
        if column in names:
            yield column, names[column]
        elif column in found.columns:
            yield column, ColumnUse.DAY
        elif column in marks or _is_undated(column, marks, found, above, rows):
            yield column, ColumnUse.UNSAID
        else:
            yield column, _other_use(column, rows)


def _named(found: HeadedDays, above: Sequence[Row], marks: Collection[int]) -> Mapping[int, ColumnUse]:
    """Return the columns of names that a heading names, in the row of days or in one of the rows above it."""
    for row in (found.row, *reversed(above[-_HEADER_ROWS + 1 :])):
        if columns := name_columns(row, headings_in(row)):
            return {column: use for column, use in _uses(columns) if column not in marks}
    return {}


def _uses(names: NameColumns) -> Iterator[tuple[int, ColumnUse]]:
    for column, use in (
        (names.full, ColumnUse.NAME),
        (names.given, ColumnUse.GIVEN),
        (names.family, ColumnUse.FAMILY),
    ):
        if column is not None:
            yield column, use


def _unheaded_names(columns: Sequence[int], rows: Sequence[Row]) -> Mapping[int, ColumnUse]:
    """Return the first column of words as names, or the first two where the first holds single words."""
    wordy = [column for column in columns if _share(column, rows, _is_wordy) * 2 > 1]
    if not wordy:
        return {}
    if len(wordy) > 1 and _share(wordy[0], rows, _has_two_words) * 2 <= 1:
        return {wordy[0]: ColumnUse.GIVEN, wordy[1]: ColumnUse.FAMILY}
    return {wordy[0]: ColumnUse.NAME}


def _share(column: int, rows: Sequence[Row], holds: Callable[[str], bool]) -> float:
    """Return which part of a column's filled cells is so."""
    texts = [text for row in rows if (text := tidy(row.text(column)))]
    return sum(holds(text) for text in texts) / len(texts) if texts else 0


def _is_wordy(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _has_two_words(text: str) -> bool:
    return " " in text or "," in text


def _is_undated(
    column: int, marks: Collection[int], found: HeadedDays, above: Sequence[Row], rows: Sequence[Row]
) -> bool:
    """Do marks stand in the column, of any kind between meetings, usual ones beside them, and is it headed as no sum?"""
    heading = _heading(column, found, above)
    if tail_kind(heading) or "%" in heading or column < min(marks, default=column):
        return False
    if column < max(marks, default=column):
        return _holds_marks(column, rows)
    return _known_marks(column, rows) > 0


def _other_use(column: int, rows: Sequence[Row]) -> ColumnUse:
    """Return a note for a column of words; numbers beside a list are its numbering or its sums."""
    return ColumnUse.NOTE if _share(column, rows, _is_wordy) * 2 > 1 else ColumnUse.IGNORE


def _heading(column: int, found: HeadedDays, above: Sequence[Row]) -> str:
    """Return what stands above a column: in the row of days, else in one of the rows right above it."""
    near = (found.row, *reversed(above[-_HEADER_ROWS + 1 :]))
    return next((shown(text) for row in near if (text := row.text(column))), "")


def _samples(column: int, rows: Sequence[Row]) -> tuple[str, ...]:
    texts = dict.fromkeys(shown(text) for row in rows if (text := row.text(column)))
    return tuple(texts)[:_SAMPLES]


def _answered(
    answer: str, guess: ColumnUse, day: dt.date | MonthDay | None
) -> tuple[ColumnUse, dt.date | MonthDay | None]:
    """Return what was said of a column, else the guess; a code that means nothing here says nothing."""
    if answer.startswith(DAY_CODE):
        try:
            return ColumnUse.DAY, dt.date.fromisoformat(answer.removeprefix(DAY_CODE))
        except ValueError:
            return guess, day
    said = ColumnUse(answer) if answer in set(ColumnUse) else guess
    return (said or guess), day
