"""What should the person know who takes in a week-by-week report, although nothing of it hinders?"""

import datetime as dt
from collections.abc import Iterator, Sequence

from app.core.intake.reading_notes import encoding_notes, repeated_names
from app.core.intake.remarks import Note
from app.core.intake.tail_rows import TailKind
from app.core.intake.weekly_columns import WeeklyColumns
from app.core.intake.weekly_header import WeeklyHeader
from app.core.intake.weekly_line import WeeklyReader
from app.core.intake.weekly_totals import Residue
from app.core.sheets.sheet import Sheet, column_letter


def weekly_notes(
    sheet: Sheet,
    header: WeeklyHeader,
    columns: WeeklyColumns,
    reader: WeeklyReader,
    *,
    residues: Sequence[Residue],
    today: dt.date,
) -> Iterator[Note]:
    """Yield what concerns the whole file, its columns, repeated names and its totals."""
    yield from encoding_notes(sheet)
    if columns.extras:
        facts = {"found": ", ".join(columns.extras.values())}
        yield Note(code="intake.extra_columns", row=header.row.number, facts=facts)
    yield from _day_notes(header, columns, reader, today)
    yield from repeated_names(((line.row, line.name) for line in reader.lines), column=header.names.first)
    yield from _total_notes(reader, residues)


def _day_notes(
    header: WeeklyHeader, columns: WeeklyColumns, reader: WeeklyReader, today: dt.date
) -> Iterator[Note]:
    recorded = {mark.on for line in reader.lines for mark in line.marks}
    for column, day in columns.dates.items():
        place = column_letter(column)
        if day not in recorded:
            yield Note(
                code="intake.day_without_records", row=header.row.number, column=place, facts={"date": day}
            )
        elif day > today:
            yield Note(code="intake.day_in_future", row=header.row.number, column=place, facts={"date": day})


def _total_notes(reader: WeeklyReader, residues: Sequence[Residue]) -> Iterator[Note]:
    row = next((line.row for line in reader.tail if line.kind is TailKind.TOTAL and line.counts), 0)
    beyond = [residue.people for residue in residues if residue.people > 0]
    if beyond:
        facts = {"people": max(beyond), "days": len(beyond)}
        yield Note(code="intake.people_no_longer_listed", row=row, facts=facts)
    missing = [residue.people for residue in residues if residue.people < 0]
    if missing:
        facts = {"people": -min(missing), "days": len(missing)}
        yield Note(code="intake.total_below_listed", row=row, facts=facts)
