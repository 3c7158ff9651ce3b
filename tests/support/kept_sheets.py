"""A hand-kept sheet for tests, and what was understood of it."""

import datetime as dt
from collections.abc import Mapping

from app.core.intake import WeeklyAttendance
from app.core.intake.handkept import HandKept, SaidOfSheet, parse_handkept
from app.core.sheets import Sheet, read_sheets
from tests.support.said import said
from tests.support.sheets import Grid, csv_bytes

TODAY = dt.date(2026, 3, 2)
NOVEMBER: Grid = [
    ["Name", "2025-11-18", "2025-11-25"],
    ["Ana Silva", "x", "-"],
    ["Raj Patel", "x", "x"],
]


def sheet_of(grid: Grid) -> Sheet:
    (sheet,) = read_sheets(csv_bytes(grid))
    return sheet


def kept_of(grid: Grid, said_of_it: SaidOfSheet | None = None, *, file_name: str = "ours.csv") -> HandKept:
    return parse_handkept(sheet_of(grid), TODAY, file_name, said_of_it)


def weeks_of(grid: Grid, said_of_it: SaidOfSheet | None = None) -> WeeklyAttendance:
    weekly = kept_of(grid, said_of_it).weekly
    assert weekly is not None
    return weekly


def letters_of(weekly: WeeklyAttendance) -> dict[str, dict[str, str]]:
    return {
        line.name.full: {mark.on.isoformat(): mark.letter.value for mark in line.marks}
        for line in weekly.lines
    }


def notes_of(weekly: WeeklyAttendance) -> dict[str, str]:
    return {note.code: said(note) for note in weekly.notes}


def uses_of(kept: HandKept) -> Mapping[int, str]:
    return {column.column: column.use.value for column in kept.columns}
