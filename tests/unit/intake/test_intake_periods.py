"""Is the year of a day taken from the period, asked where it is not told, and never invented?"""

import datetime as dt

import pytest

from app.core.intake import DayOrderAsked, Period, PeriodAsked, WeeklyAttendance, parse_weekly
from app.core.intake.period_hint import suggested_period
from app.core.intake.years import placed_in
from app.core.sheets import DayOrder, MonthDay, read_sheets
from tests.support.planned_attendance import WEEKS, planned_attendance, table, yearless
from tests.support.said import said
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
HALF_YEAR = Period(first=dt.date(2025, 9, 2), last=dt.date(2026, 2, 24))
WITHOUT_HEAD = table(planned_attendance(), [yearless(week) for week in WEEKS])
TWO_WEEKS: Grid = [["Name", "Dec 30", "Jan 06"], ["Ana", "P", "L"]]


def _parse(
    grid: Grid,
    *,
    file_name: str = "report.xls",
    period: Period | None = None,
    day_order: DayOrder | None = None,
) -> WeeklyAttendance | PeriodAsked | DayOrderAsked:
    (sheet,) = read_sheets(spreadsheetml_bytes(grid))
    return parse_weekly(sheet, TODAY, file_name, period, day_order=day_order)


def _dates(
    grid: Grid, *, period: Period | None = None, day_order: DayOrder | None = None
) -> tuple[dt.date, ...]:
    weekly = _parse(grid, period=period, day_order=day_order)
    assert isinstance(weekly, WeeklyAttendance)
    assert weekly.problems == ()
    return weekly.dates


def test_a_report_without_headers_asks_for_its_period() -> None:
    asked = _parse(WITHOUT_HEAD, file_name="attendance.xls")
    assert isinstance(asked, PeriodAsked)
    assert asked.group_name == ""
    assert said(asked.question) == (
        "The 26 columns from “Sep 02” to “Feb 24” tell no year. From when to when does this report reach?"
    )
    assert asked.suggested == HALF_YEAR


def test_the_period_that_was_answered_is_kept() -> None:
    weekly = _parse(WITHOUT_HEAD, period=HALF_YEAR)
    assert isinstance(weekly, WeeklyAttendance)
    assert weekly.dates == WEEKS
    assert weekly.period == HALF_YEAR


@pytest.mark.parametrize(
    ("file_name", "first", "last"),
    [
        ("attendance 2025-09-01 to 2026-02-28.xls", "2025-09-01", "2026-02-28"),
        ("palms_20250901_20260228 (1).xls", "2025-09-01", "2026-02-28"),
        ("01-09-2025 - 28-02-2026.xls", "2025-09-01", "2026-02-28"),
        ("09.01.2025_02.28.2026.xls", "2025-01-09", "2026-02-28"),
        ("Sep 2025 - Feb 2026.xls", "2025-09-01", "2026-02-28"),
        ("Anwesenheit September2025 bis Februar 2026.xlsx", "2025-09-01", "2026-02-28"),
        ("export 2025-03-05.xls", "2024-09-02", "2025-02-24"),
        ("attendance 2024.xls", "2023-09-02", "2024-02-24"),
        ("attendance.xls", "2025-09-02", "2026-02-24"),
        ("report 99-99-2025.xls", "2024-09-02", "2025-02-24"),
        ("", "2025-09-02", "2026-02-24"),
    ],
)
def test_the_file_name_fills_the_question_in_advance(file_name: str, first: str, last: str) -> None:
    days = [MonthDay(week.month, week.day) for week in WEEKS]
    suggested = suggested_period(file_name, days, TODAY)
    assert suggested == Period(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))


def test_a_suggestion_understands_columns_that_begin_with_the_newest_week() -> None:
    days = [MonthDay(week.month, week.day) for week in reversed(WEEKS)]
    assert suggested_period("attendance.xls", days, TODAY) == HALF_YEAR


@pytest.mark.parametrize("label", ["From:", "From", "Von", "Du:", "Desde", "从"])
@pytest.mark.parametrize("gap", [0, 1, 2])
def test_from_and_to_stand_one_to_three_cells_to_the_right(label: str, gap: int) -> None:
    to = {"From:": "To:", "From": "To", "Von": "Bis", "Du:": "Au:", "Desde": "Hasta", "从": "至"}[label]
    head = [label, *[None] * gap, "2025-12-01", to, *[None] * gap, "2026-01-31"]
    assert _dates([head, *TWO_WEEKS]) == (dt.date(2025, 12, 30), dt.date(2026, 1, 6))


def test_from_and_to_may_be_serial_numbers_real_dates_or_stand_behind_a_colon() -> None:
    expected = (dt.date(2025, 12, 30), dt.date(2026, 1, 6))
    assert _dates([["From", 45992, "To", 46053], *TWO_WEEKS]) == expected
    assert _dates([["From", dt.date(2025, 12, 1)], ["To", dt.date(2026, 1, 31)], *TWO_WEEKS]) == expected
    assert _dates([["From: 2025-12-01", "To: 2026-01-31"], *TWO_WEEKS]) == expected
    assert _dates([["From", "01/12/2025", "To", "31/01/2026"], *TWO_WEEKS]) == expected


def test_a_period_told_backwards_is_asked_about() -> None:
    assert isinstance(_parse([["From", "2026-01-31", "To", "2025-12-01"], *TWO_WEEKS]), PeriodAsked)


def test_what_the_person_says_goes_before_what_the_file_says() -> None:
    said_period = Period(first=dt.date(2024, 12, 1), last=dt.date(2025, 1, 31))
    grid = [["From", "2025-12-01", "To", "2026-01-31"], *TWO_WEEKS]
    assert _dates(grid, period=said_period) == (dt.date(2024, 12, 30), dt.date(2025, 1, 6))


def test_a_day_outside_the_period_is_told_with_its_column() -> None:
    weekly = _parse(TWO_WEEKS, period=Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 31)))
    assert isinstance(weekly, WeeklyAttendance)
    (problem,) = weekly.problems
    assert (problem.row, problem.column, problem.code) == (1, "B", "intake.day_outside_period")
    assert "“Dec 30” is not within 2026-01-01 to 2026-01-31" in said(problem)


def test_a_period_in_which_the_weeks_fit_twice_is_asked_about() -> None:
    asked = _parse(WITHOUT_HEAD, period=Period(first=dt.date(2024, 9, 1), last=dt.date(2026, 2, 28)))
    assert isinstance(asked, PeriodAsked)
    assert asked.question.code == "intake.period_fits_twice"


def test_a_period_of_more_than_a_year_is_settled_by_the_order_of_the_weeks() -> None:
    weeks = [dt.date(2024, 9, 3) + dt.timedelta(weeks=week) for week in range(60)]
    days = [MonthDay(week.month, week.day) for week in weeks]
    period = Period(first=weeks[0], last=weeks[-1])
    assert placed_in(period, days) == tuple(weeks)
    assert placed_in(period, days[::-1]) == tuple(weeks[::-1])


def test_29_february_falls_into_leap_years_only() -> None:
    days = [MonthDay(2, 22), MonthDay(2, 29)]
    assert placed_in(Period(first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31)), days) == (
        dt.date(2024, 2, 22), dt.date(2024, 2, 29),
    )  # fmt: skip
    assert placed_in(Period(first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31)), days) == (
        dt.date(2025, 2, 22), None,
    )  # fmt: skip


def test_days_that_could_be_read_both_ways_are_asked_about_and_then_read() -> None:
    grid: Grid = [["Name", "03/02/2026", "10/02/2026"], ["Ana", "P", "L"]]
    asked = _parse(grid)
    assert isinstance(asked, DayOrderAsked)
    assert (asked.question.row, asked.question.column) == (1, "B")
    assert said(asked.question)
    assert _dates(grid, day_order=DayOrder.DAY_FIRST) == (dt.date(2026, 2, 3), dt.date(2026, 2, 10))


def test_one_day_above_twelve_settles_the_order_of_all() -> None:
    assert _dates([["Name", "06/01/2026", "13/01/2026"], ["Ana", "P", "L"]]) == (
        dt.date(2026, 1, 6), dt.date(2026, 1, 13),
    )  # fmt: skip
    grid: Grid = [["From", "01/01/2026", "To", "02/02/2026"], ["Name", "06/01", "13/01"], ["Ana", "P", "L"]]
    assert _dates(grid) == (dt.date(2026, 1, 6), dt.date(2026, 1, 13))


@pytest.mark.parametrize("first_heading", ["", "Name", "Mitglied", "姓名"])
def test_a_leaders_own_sheet_with_real_dates_needs_no_question(first_heading: str) -> None:
    grid: Grid = [["Our year"], [first_heading, *WEEKS[:4]], ["Ana Silva", *"PLAM"]]
    for data in (xlsx_bytes({"own": grid}), csv_bytes(grid)):
        weekly = parse_weekly(read_sheets(data)[0], TODAY, "own.xlsx")
        assert isinstance(weekly, WeeklyAttendance)
        assert weekly.dates == WEEKS[:4]
        assert weekly.period == Period(first=WEEKS[0], last=WEEKS[3])
        assert [mark.letter for mark in weekly.lines[0].marks] == list("PLAM")


def test_a_leaders_own_sheet_may_have_two_columns_of_names_without_headings() -> None:
    weekly = _parse([["", "", *WEEKS[:2]], ["Ana", "Silva", "P", "L"], ["Bo", "", "A", "P"]])
    assert isinstance(weekly, WeeklyAttendance)
    assert [line.name.full for line in weekly.lines] == ["Ana Silva", "Bo"]


def test_the_groups_name_stands_beside_or_below_its_label() -> None:
    period = HALF_YEAR
    for head in (
        [["Chapter", "Old Harbour"]],
        [["Chapter: Old Harbour"]],
        [["Chapter"], ["Old Harbour"]],
        [["Running User", "Chapter", "Area Director"], ["Somebody", "Old Harbour", "Else"]],
    ):
        weekly = _parse([*head, *TWO_WEEKS], period=period)
        assert isinstance(weekly, WeeklyAttendance)
        assert weekly.group_name == "Old Harbour"


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period(first=dt.date(2026, 1, 2), last=dt.date(2026, 1, 1))
