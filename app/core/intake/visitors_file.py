"""Who visited, on what day, at whose invitation? Reads a visitors file, and says what is doubtful in it."""

from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.reading_notes import encoding_notes
from app.core.intake.remarks import DayOrderAsked, Note, Problem
from app.core.intake.visitors_file_header import (
    VisitColumn,
    VisitorsHeader,
    find_visitors_header,
    looks_like_visitors,
)
from app.core.intake.visitors_file_line import CameAs, VisitLine, VisitorsReader
from app.core.sheets.dates import DayOrder, orders_shown
from app.core.sheets.sheet import Sheet

__all__ = ["CameAs", "VisitLine", "VisitorsFile", "looks_like_visitors", "parse_visitors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorsFile:
    """What a visitors file says. Only one without `problems` and without `day_order_asked` may be taken in."""

    lines: tuple[VisitLine, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    day_order_asked: DayOrderAsked | None


def parse_visitors(sheet: Sheet, *, day_order: DayOrder | None = None) -> VisitorsFile:
    """Return the visits of the file with everything that is to be said about its rows.

    `day_order` answers an earlier `day_order_asked`; without it the order is taken from days that prove it. Raises
    Refused where the sheet is no visitors file, or lists nobody.
    """
    header = find_visitors_header(sheet)
    rows = [row for row in sheet.rows if row.number > header.row.number]
    days = orders_shown(row.cell(header.visit[VisitColumn.DAY]) for row in rows)
    order = day_order or (next(iter(days)) if len(days) == 1 else None)
    reader = VisitorsReader(header=header, day_order=order)
    reader.read(rows)
    if not reader.lines and not reader.problems and not reader.days_unclear:
        raise Refused([Refusal(code="intake.no_people", facts={"row": header.row.number})])
    return VisitorsFile(
        lines=tuple(reader.lines),
        notes=(*encoding_notes(sheet), *_about_columns(header), *reader.notes),
        problems=tuple(reader.problems),
        day_order_asked=DayOrderAsked(question=reader.days_unclear[0]) if reader.days_unclear else None,
    )


def _about_columns(header: VisitorsHeader) -> list[Note]:
    if not header.extras:
        return []
    facts = {"found": ", ".join(header.extras.values())}
    return [Note(code="intake.extra_columns", row=header.row.number, facts=facts)]
