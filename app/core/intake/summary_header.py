"""Which column of a PALMS summary counts what, and where do the names stand?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal, Refused
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, NameColumns, headings_in, name_columns
from app.core.intake.remarks import shown, words_of
from app.core.intake.weekly_header import is_summary_header, is_weekly_header
from app.core.sheets.sheet import Row, Sheet
from app.core.sheets.spelling import letters_only


class Measure(StrEnum):
    """What a column counts for each person over the whole period."""

    PRESENT = "P"
    ABSENT = "A"
    LATE = "L"
    MEDICAL = "M"
    SUBSTITUTE = "S"
    GIVEN_INSIDE = "RGI"
    GIVEN_OUTSIDE = "RGO"
    RECEIVED_INSIDE = "RRI"
    RECEIVED_OUTSIDE = "RRO"
    VISITORS = "V"
    ONE_TO_ONES = "1-2-1"
    THANK_YOU = "TYFCB"
    LEARNING_UNITS = "CEU"
    TESTIMONIALS = "T"


LETTERS = (Measure.PRESENT, Measure.ABSENT, Measure.LATE, Measure.MEDICAL, Measure.SUBSTITUTE)
"""The five letters of a meeting; each meeting counts in one of them."""

_WORDS: Mapping[Measure, str] = {
    Measure.PRESENT: "P, Present, 出席",
    Measure.ABSENT: "A, Absent, 缺席",
    Measure.LATE: "L, Late, 遲到, 迟到",
    Measure.MEDICAL: "M, Medical, 病假",
    Measure.SUBSTITUTE: "S, Substitute, Sub, 替代人, 代理人",
    Measure.GIVEN_INSIDE: "RGI, Referrals Given Inside, 提供內部引薦, 提供内部引荐",
    Measure.GIVEN_OUTSIDE: "RGO, Referrals Given Outside, 提供外部引薦, 提供外部引荐",
    Measure.RECEIVED_INSIDE: "RRI, Referrals Received Inside, 收到內部引薦, 收到内部引荐",
    Measure.RECEIVED_OUTSIDE: "RRO, Referrals Received Outside, 收到外部引薦, 收到外部引荐",
    Measure.VISITORS: "V, Visitors, 來賓, 来宾",
    Measure.ONE_TO_ONES: "1-2-1, 1-to-1, 121s, One to One, One-to-Ones, 一對一會面, 一对一会面",
    Measure.THANK_YOU: "TYFCB, TYFCB Amount, Thank You for Closed Business, 交易價值, 交易价值",
    Measure.LEARNING_UNITS: "CEU, CEUs, 分會教育單位, 分会教育单位",
    Measure.TESTIMONIALS: "T, Testimonials, 見證, 见证",
}
_MEASURES = {letters_only(word): measure for measure, words in _WORDS.items() for word in words.split(", ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryHeader:
    """The header row: where the names stand, which column counts what, and the columns that nobody asked for."""

    row: Row
    names: NameColumns
    columns: Mapping[Measure, int]
    extras: Mapping[int, str]

    @property
    def missing(self) -> tuple[Measure, ...]:
        """What this file does not count."""
        return tuple(measure for measure in Measure if measure not in self.columns)


def looks_like_summary(sheet: Sheet) -> bool:
    """Is this a summary, and not the week-by-week report, which may have the same counts at its right?"""
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    return any(is_summary_header(row) for row in rows) and not any(is_weekly_header(row) for row in rows)


def find_summary_header(sheet: Sheet) -> SummaryHeader:
    """Return the header row with what its columns hold, wherever it stands below titles.

    Raises Refused where the sheet has no such row, or no column for names.
    """
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    row = next((row for row in rows if is_summary_header(row)), None)
    if row is None:
        first = rows[0]
        facts = {"row": first.number, "found": words_of(first)}
        raise Refused([Refusal(code="intake.no_summary_header", facts=facts)])
    columns = _columns(row)
    names = name_columns(row, headings_in(row)) or _names_before(min(columns.values()), row)
    if names is None:
        facts = {"row": row.number, "found": words_of(row)}
        raise Refused([Refusal(code="intake.missing_name_column", facts=facts, field="name")])
    return SummaryHeader(row=row, names=names, columns=columns, extras=dict(_extras(row, names, columns)))


def _columns(row: Row) -> Mapping[Measure, int]:
    found: dict[Measure, int] = {}
    for cell in row:
        if measure := _MEASURES.get(letters_only(cell.text)):
            found.setdefault(measure, cell.column)
    return found


def _names_before(first_count: int, row: Row) -> NameColumns | None:
    """Return column A, or A and B, where nothing stands above them; otherwise they hold something else."""
    if first_count == 1 or row.cells[0].column < first_count:
        return None
    return NameColumns(full=1) if first_count == 2 else NameColumns(given=1, family=2)


def _extras(row: Row, names: NameColumns, columns: Mapping[Measure, int]) -> Iterator[tuple[int, str]]:
    known = {*names.all, *columns.values()}
    for cell in row:
        if cell.column not in known:
            yield cell.column, shown(cell.text)
