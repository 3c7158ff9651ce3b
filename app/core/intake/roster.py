"""Who is in this roster? Reads a chapter's export or a plain list into people, and says what is doubtful in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.header_words import Heading
from app.core.intake.reading_notes import encoding_notes, repeated_names
from app.core.intake.remarks import DayOrderAsked, Note, Problem, Remark
from app.core.intake.roster_header import RosterHeader, find_roster_header
from app.core.intake.roster_line import RosterLine, RosterReader
from app.core.sheets.dates import DayOrder, orders_shown
from app.core.sheets.sheet import Row, Sheet, column_letter
from app.core.sheets.spelling import folded, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What a roster says. Only one without `problems` and without `day_order_asked` may be taken in.

    `group_name` is the one group that the rows name, or empty. `header_row` is where the table's header stands.
    """

    group_name: str
    header_row: int
    lines: tuple[RosterLine, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    day_order_asked: DayOrderAsked | None


def parse_roster(sheet: Sheet, today: dt.date, *, day_order: DayOrder | None = None) -> Roster:
    """Return the people of a roster with everything that is to be said about its rows.

    `day_order` answers an earlier `day_order_asked`; without it the order is taken from dates that prove it, or
    from the known format of chapter exports (the day first). Raises Refused where a required column is missing or
    no person is listed.
    """
    header = find_roster_header(sheet)
    rows = [row for row in sheet.rows if row.number > header.row]
    order = day_order or _order_of(rows, header)
    reader = RosterReader(header=header, today=today, day_order=order)
    lines = tuple(line for row in rows if (line := reader.line(row)))
    if not lines and not reader.problems:
        raise Refused([Refusal(code="intake.no_people", facts={"row": header.row})])
    return Roster(
        group_name=_only_group(lines),
        header_row=header.row,
        lines=lines,
        notes=_in_file_order([*encoding_notes(sheet), *_notes(header, lines), *reader.notes]),
        problems=tuple(
            sorted([*reader.problems, *_repeated_addresses(header, lines)], key=lambda one: one.row)
        ),
        day_order_asked=_order_question(reader.dates_unclear),
    )


def _order_of(rows: Sequence[Row], header: RosterHeader) -> DayOrder | None:
    columns = [
        header.columns[heading] for heading in (Heading.JOINED, Heading.RENEWS) if heading in header.columns
    ]
    shown = orders_shown(row.cell(column) for row in rows for column in columns)
    if len(shown) == 1:
        return next(iter(shown))
    return DayOrder.DAY_FIRST if not shown and Heading.GROUP in header.columns else None


def _order_question(unclear: Sequence[Remark]) -> DayOrderAsked | None:
    return DayOrderAsked(question=unclear[0]) if unclear else None


def _only_group(lines: Sequence[RosterLine]) -> str:
    names = {folded(line.group_name): line.group_name for line in lines if line.group_name}
    return next(iter(names.values())) if len(names) == 1 else ""


def _notes(header: RosterHeader, lines: Sequence[RosterLine]) -> Iterator[Note]:
    groups = {folded(line.group_name): line.group_name for line in lines if line.group_name}
    if len(groups) > 1:
        yield Note(code="intake.several_groups", row=header.row, facts={"found": ", ".join(groups.values())})
    if header.extras:
        extras = ", ".join(tidy(heading) for heading in header.extras.values())
        yield Note(code="intake.extra_columns", row=header.row, facts={"found": extras})
    yield from repeated_names(((line.row, line.name) for line in lines), column=header.names.first)


def _repeated_addresses(header: RosterHeader, lines: Sequence[RosterLine]) -> Iterator[Problem]:
    first_rows: dict[str, int] = {}
    for line in lines:
        if not line.email:
            continue
        first = first_rows.setdefault(line.email.casefold(), line.row)
        if first != line.row:
            facts = {"found": line.email, "first_row": first}
            column = column_letter(header.email)
            yield Problem(code="intake.email_listed_twice", row=line.row, column=column, facts=facts)


def _in_file_order(notes: Sequence[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=lambda note: note.row))
