"""What should the person know who takes in a sheet kept by hand, although nothing of it hinders?"""

import datetime as dt
from collections.abc import Iterator, Sequence

from app.core.intake.handkept_columns import ColumnUse, KeptTable
from app.core.intake.handkept_days import in_common_era
from app.core.intake.handkept_line import KeptReader
from app.core.intake.reading_notes import encoding_notes, repeated_names
from app.core.intake.remarks import Note, shown
from app.core.intake.tail_rows import TailKind
from app.core.intake.weekly_totals import Residue
from app.core.sheets.sheet import Sheet, column_letter


def kept_notes(
    sheet: Sheet, table: KeptTable, reader: KeptReader, *, residues: Sequence[Residue], today: dt.date
) -> Iterator[Note]:
    """Yield what concerns the whole file, its columns, repeated names and its totals."""
    yield from encoding_notes(sheet)
    row = table.days.row.number
    if cell := table.days.converted:
        facts = {"found": shown(cell.text), "read": in_common_era(cell.text)}
        yield Note(code="intake.buddhist_years", row=row, column=cell.letter, facts=facts)
    if hidden := [line.number for line in table.rows if line.is_hidden]:
        facts = {"rows": ", ".join(map(str, hidden))}
        yield Note(code="intake.hidden_rows", row=hidden[0], facts=facts)
    if notes := table.used_as(ColumnUse.NOTE):
        facts = {"found": ", ".join(one.heading or column_letter(one.column) for one in notes)}
        yield Note(code="intake.extra_columns", row=row, facts=facts)
    if unused := [one for one in table.used_as(ColumnUse.IGNORE) if one.heading]:
        facts = {"found": ", ".join(one.heading for one in unused)}
        yield Note(code="intake.columns_left_out", row=row, facts=facts)
    yield from _day_notes(table, reader, today)
    yield from repeated_names(((line.row, line.name) for line in reader.lines), column=reader.names.first)
    yield from _total_notes(reader, residues)


def _day_notes(table: KeptTable, reader: KeptReader, today: dt.date) -> Iterator[Note]:
    recorded = {mark.on for line in reader.lines for mark in line.marks}
    for column, day in reader.dates.items():
        place, row = column_letter(column), table.days.row.number
        # A sheet for the whole year has empty columns for the weeks to come; those are worth no word.
        if day not in recorded and day <= today:
            yield Note(code="intake.day_without_records", row=row, column=place, facts={"date": day})
        elif day in recorded and day > today:
            yield Note(code="intake.day_in_future", row=row, column=place, facts={"date": day})


def _total_notes(reader: KeptReader, residues: Sequence[Residue]) -> Iterator[Note]:
    row = next((line.row for line in reader.tail if line.kind is TailKind.TOTAL and line.counts), 0)
    beyond = [residue.people for residue in residues if residue.people > 0]
    if beyond:
        facts = {"people": max(beyond), "days": len(beyond)}
        yield Note(code="intake.people_no_longer_listed", row=row, facts=facts)
    missing = [residue.people for residue in residues if residue.people < 0]
    if missing:
        facts = {"people": -min(missing), "days": len(missing)}
        yield Note(code="intake.total_below_listed", row=row, facts=facts)
