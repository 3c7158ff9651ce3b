"""Where does a roster's table begin, and what does each of its columns hold?"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.header_words import Heading
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, NameColumns, headings_in, name_columns
from app.core.intake.remarks import shown, words_of
from app.core.sheets.sheet import Row, Sheet
from app.core.sheets.spelling import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterHeader:
    """The header row of a roster: the known columns, where the names stand, and what nobody asked for.

    `written` are the headings of the known columns as the file writes them.
    """

    row: int
    columns: Mapping[Heading, int]
    names: NameColumns
    email: int
    written: Mapping[Heading, str]
    extras: Mapping[int, str]


def find_roster_header(sheet: Sheet) -> RosterHeader:
    """Return the header of a roster, wherever it stands below titles.

    Raises Refused that names every required column that is missing and lists the words that were found instead.
    """
    candidates = [(row, headings_in(row)) for row in sheet.rows[:HEADER_WITHIN_ROWS]]
    row, headings = max(candidates, key=lambda candidate: _likeness(*candidate))
    names = name_columns(row, headings)
    email = headings.get(Heading.EMAIL)
    if names is None or email is None:
        raise Refused(_missing(row, headings, names=names, email=email))
    used = {*headings.values()}
    extras = {cell.column: tidy(cell.text) for cell in row if cell.column not in used}
    written = {heading: shown(row.text(column)) for heading, column in headings.items()}
    return RosterHeader(
        row=row.number, columns=headings, names=names, email=email, written=written, extras=extras
    )


def is_roster_header(row: Row) -> bool:
    """Does this row head a roster: a name and an address for mail?"""
    headings = headings_in(row)
    return name_columns(row, headings) is not None and Heading.EMAIL in headings


def _likeness(row: Row, headings: Mapping[Heading, int]) -> tuple[bool, int, int]:
    """Rank rows: the most known words, then the most words at all; with a name and an address before all others."""
    return is_roster_header(row), len(headings), len(row.cells)


def _missing(
    row: Row, headings: Mapping[Heading, int], *, names: NameColumns | None, email: int | None
) -> list[Refusal]:
    facts = {"row": row.number, "found": words_of(row)}
    if not headings:
        return [Refusal(code="intake.no_roster_header", facts=facts)]
    missing = []
    if names is None:
        missing.append(Refusal(code="intake.missing_name_column", facts=facts, field="name"))
    if email is None:
        missing.append(Refusal(code="intake.missing_email_column", facts=facts, field="email"))
    return missing
