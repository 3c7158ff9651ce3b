"""Is it told what a sheet is meant to be, so that a file with a mistake is told the mistake and not turned away?"""

import pytest

from app.core.intake import looks_like_roster, looks_like_weekly
from app.core.sheets import Sheet, read_sheets
from tests.support.planned_attendance import WEEKS, export_grid, planned_attendance, table
from tests.support.planned_roster import chapter_grid
from tests.support.sheets import Grid, csv_bytes

PLAN = planned_attendance()


def _sheet(grid: Grid) -> Sheet:
    (sheet,) = read_sheets(csv_bytes(grid))
    return sheet


@pytest.mark.parametrize(
    "grid",
    [
        chapter_grid(),
        [["name", "email"], ["Ana", "a@b.example"]],
        [
            ["Members of May"],
            [],
            ["First Name", "Last Name", "Profession", "Company"],
            ["Ana", "Silva", "x", "y"],
        ],
        [["email", "firm", "joined"], ["a@b.example", "Luz", "2024-05-01"]],
    ],
)
def test_a_roster_is_recognised_even_with_a_column_missing(grid: Grid) -> None:
    assert looks_like_roster(_sheet(grid))
    assert not looks_like_weekly(_sheet(grid))


@pytest.mark.parametrize(
    "grid",
    [
        export_grid(PLAN),
        table(PLAN, list(WEEKS)),
        [["", *WEEKS[:2]], ["Ana", "P", "A"]],
        [["First Name", "Last Name", "P", "A", "L", "M", "S"], ["Ana", "Silva", 1, 2, 3, 4, 5]],
    ],
)
def test_attendance_and_the_summary_brought_in_its_place_are_recognised(grid: Grid) -> None:
    assert looks_like_weekly(_sheet(grid))
    assert not looks_like_roster(_sheet(grid))


def test_any_other_table_is_neither() -> None:
    other = _sheet([["alpha", "beta", "2025-01-01"], ["1", "2", "3"]])
    assert not looks_like_roster(other)
    assert not looks_like_weekly(other)
