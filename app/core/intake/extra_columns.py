"""What stands in the columns that nobody asked for? Each cell with its heading, as long as a note may be."""

from collections.abc import Mapping

from app.core.intake.remarks import Extra, Note, shown
from app.core.sheets.sheet import Row
from app.core.sheets.spelling import tidy

LONGEST_EXTRA = 2_000
"""How many characters of a cell are kept."""


def extras_in(row: Row, headings: Mapping[int, str], notes: list[Note]) -> tuple[Extra, ...]:
    """Return what a row holds in those columns, without blanks; what is too long is cut, which `notes` then tell."""
    extras = []
    for column, heading in headings.items():
        cell = row.cell(column)
        text = tidy(cell.text) if cell else ""
        if cell and len(text) > LONGEST_EXTRA:
            facts = {"longest": LONGEST_EXTRA}
            notes.append(Note(code="intake.text_cut", row=row.number, column=cell.letter, facts=facts))
        if text:
            extras.append(Extra(heading=shown(heading), text=text[:LONGEST_EXTRA]))
    return tuple(extras)
