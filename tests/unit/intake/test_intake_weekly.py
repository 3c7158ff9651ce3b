"""Do week-by-week reports become letters by date, with totals that were counted before any file was written?"""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.intake import Counting, Period, TailKind, WeeklyAttendance, parse_weekly
from app.core.sheets import read_sheets
from tests.support.planned_attendance import (
    HOLIDAY,
    JOINED_MIDWAY,
    LEFT,
    NAMES,
    WEEKS,
    export_grid,
    planned_attendance,
    table,
)
from tests.support.said import said
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
PLAN = planned_attendance()
SMALL: dict[str, Any] = json.loads(
    (Path(__file__).parent / "expected" / "weekly_small.json").read_text(encoding="utf-8")
)
SMALL_GRID: Grid = [
    ["From", "2025-12-16", None, "To", "2026-01-06"],
    ["First Name", "Last Name", "", "Dec 16", "Dec 23", "Dec 30", "Jan 06"],
    ["Ana", "Silva", None, "P", None, "L", "P"],
    ["Raj", "Patel", None, "A", None, "S", "M"],
    ["Sam", "Lee", None, None, None, None, "P"],
    ["Visitors", None, None, 1, None, 3, None],
    ["Total", None, None, 2, None, 2, 2],
]


def _weekly(grid: Grid, *, file_name: str = "report.csv", period: Period | None = None) -> WeeklyAttendance:
    (sheet,) = read_sheets(csv_bytes(grid))
    weekly = parse_weekly(sheet, TODAY, file_name, period)
    assert isinstance(weekly, WeeklyAttendance)
    return weekly


def _refusal(grid: Grid) -> str:
    (sheet,) = read_sheets(csv_bytes(grid))
    with pytest.raises(Refused) as caught:
        parse_weekly(sheet, TODAY, "report.csv")
    (refusal,) = caught.value.refusals
    assert said(refusal)
    return refusal.code


@pytest.fixture(
    params=[
        "xls",
        "xlsx",
        "csv",
        "csv with semicolons",
        "unicode text",
        "dates with years",
        "one column of names",
    ]
)
def half_a_year(request: pytest.FixtureRequest) -> WeeklyAttendance:
    """The planned half year, brought in each shape."""
    grid = export_grid(PLAN)
    with_years = table(PLAN, list(WEEKS))
    single = [
        ["" if row[0] == "First Name" else " ".join(str(part) for part in row[:2] if part), *row[3:]]
        for row in with_years
    ]
    data = {
        "xls": spreadsheetml_bytes(grid),
        "xlsx": xlsx_bytes({"Report": grid}),
        "csv": csv_bytes(grid),
        "csv with semicolons": csv_bytes(grid, delimiter=";", encoding="utf-8-sig", line_end="\r"),
        "unicode text": csv_bytes(grid, delimiter="\t", encoding="utf-16"),
        "dates with years": xlsx_bytes({"2025-26": with_years}),
        "one column of names": csv_bytes(single),
    }[request.param]
    (sheet,) = read_sheets(data)
    weekly = parse_weekly(sheet, TODAY, "attendance.xls")
    assert isinstance(weekly, WeeklyAttendance)
    return weekly


def test_half_a_year_across_new_year_has_its_26_dates(half_a_year: WeeklyAttendance) -> None:
    assert half_a_year.dates == WEEKS
    assert half_a_year.problems == ()


def test_each_member_has_the_letters_that_were_planned(half_a_year: WeeklyAttendance) -> None:
    assert len(half_a_year.lines) == 30
    for place, line in enumerate(half_a_year.lines):
        assert {mark.on: mark.letter for mark in line.marks} == PLAN.listed[place].letters
        assert Counter(mark.letter for mark in line.marks) == PLAN.letters_of(place)


def test_each_week_has_the_letters_that_were_planned(half_a_year: WeeklyAttendance) -> None:
    for tally in half_a_year.tallies:
        planned = PLAN.letters_on(tally.on)
        counted = (tally.present, tally.absent, tally.late, tally.medical, tally.substitute)
        assert counted == tuple(planned[letter] for letter in "PALMS")


def test_who_joined_midway_has_no_record_before(half_a_year: WeeklyAttendance) -> None:
    for place, since in JOINED_MIDWAY.items():
        assert min(mark.on for mark in half_a_year.lines[place].marks) == since


def test_names_lose_their_double_spaces_and_nothing_else(half_a_year: WeeklyAttendance) -> None:
    latin = [place for place, (_, family) in enumerate(NAMES) if family != "王"]
    assert [half_a_year.lines[place].name.full.split(" ") for place in latin] == [
        [*NAMES[place][0].split(), *NAMES[place][1].split()] for place in latin
    ]


def test_the_holiday_is_a_day_without_records(half_a_year: WeeklyAttendance) -> None:
    notes = [note for note in half_a_year.notes if note.code == "intake.day_without_records"]
    assert [note.facts["date"] for note in notes] == [HOLIDAY]


def test_a_total_that_does_not_reconcile_tells_the_people_no_longer_listed(
    half_a_year: WeeklyAttendance,
) -> None:
    assert {residue.on: residue.people for residue in half_a_year.residues} == {
        week: PLAN.left_and_attended(week) for week in WEEKS if week != HOLIDAY
    }
    assert {residue.counting for residue in half_a_year.residues} == {Counting.ATTENDED}
    (note,) = [note for note in half_a_year.notes if note.code == "intake.people_no_longer_listed"]
    assert note.facts["people"] == len(LEFT)
    assert "people no longer listed" in said(note)


def test_rows_at_the_foot_are_no_people(half_a_year: WeeklyAttendance) -> None:
    assert [line.kind for line in half_a_year.tail] == [TailKind.VISITORS, TailKind.OUTSIDE, TailKind.TOTAL]
    assert {line.name.full for line in half_a_year.lines}.isdisjoint({"Visitors", "BNI", "Total"})
    assert {count.count for count in half_a_year.tail[0].counts} == {2}


def test_the_head_of_an_export_tells_group_title_and_period() -> None:
    for data in (spreadsheetml_bytes(export_grid(PLAN)), xlsx_bytes({"R": export_grid(PLAN)})):
        weekly = parse_weekly(read_sheets(data)[0], TODAY, "x.xls")
        assert isinstance(weekly, WeeklyAttendance)
        assert weekly.group_name == "Old Harbour"
        assert weekly.title == "PALMS Attendance Report"
        assert weekly.period == Period(first=dt.date(2025, 9, 1), last=dt.date(2026, 2, 28))


def test_a_small_report_agrees_with_what_was_written_by_hand() -> None:
    weekly = _weekly(SMALL_GRID)
    assert [weekly.period.first.isoformat(), weekly.period.last.isoformat()] == SMALL["period"]
    assert [day.isoformat() for day in weekly.dates] == SMALL["dates"]
    people = {
        line.name.full: {mark.on.isoformat(): mark.letter for mark in line.marks} for line in weekly.lines
    }
    assert people == SMALL["people"]
    for tally in weekly.tallies:
        counted = {
            "present": tally.present,
            "absent": tally.absent,
            "late": tally.late,
            "medical": tally.medical,
            "substitute": tally.substitute,
        }
        assert counted == SMALL["tallies"][tally.on.isoformat()]
    assert {residue.on.isoformat(): residue.people for residue in weekly.residues} == SMALL[
        "no_longer_listed"
    ]


def test_a_late_member_is_not_counted_as_present_too() -> None:
    tally = _weekly(SMALL_GRID).tallies[2]
    assert (tally.present, tally.late, tally.attended, tally.recorded) == (0, 1, 2, 2)


def test_a_total_may_count_everyone_with_a_letter() -> None:
    grid = [["Name", "2026-01-06"], ["Ana", "P"], ["Bo", "A"], ["Cy", "M"], ["Total", "4"]]
    (residue,) = _weekly(grid).residues
    assert (residue.counting, residue.listed, residue.people) == (Counting.RECORDED, 3, 1)


def test_a_total_below_what_is_listed_is_told_and_hinders_nothing() -> None:
    weekly = _weekly([["Name", "2026-01-06"], ["Ana", "P"], ["Bo", "L"], ["Total", "0"]])
    assert weekly.problems == ()
    (note,) = weekly.notes
    assert note.code == "intake.total_below_listed"
    assert note.facts == {"people": 2, "days": 1}


def test_totals_written_as_decimals_or_not_at_all_are_taken_as_they_are() -> None:
    weekly = _weekly([["Name", "2026-01-06", "2026-01-13"], ["Ana", "P", "P"], ["Total", "53.0", "-"]])
    assert [(residue.total, residue.people) for residue in weekly.residues] == [(53, 52)]


def test_letters_may_be_small_or_wide_and_blank_is_no_record() -> None:
    days: list[Any] = [f"2026-01-{day:02}" for day in (6, 13, 20, 27)]
    (line,) = _weekly([["Name", *days], ["Ana", "p", "Ｌ", " \u00a0", " s "]]).lines
    assert [(mark.on.day, mark.letter) for mark in line.marks] == [(6, "P"), (13, "L"), (27, "S")]


def test_unknown_letters_are_told_with_row_column_and_name_and_never_guessed() -> None:
    weekly = _weekly([
        ["Name", "2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27"],
        ["Ana", "P", "x", "1", "P"],
        ["Bo", "PL", "-", "✓", "A"],
    ])  # fmt: skip
    assert [(problem.row, problem.column, problem.facts["found"]) for problem in weekly.problems] == [
        (2, "C", "x"), (2, "D", "1"), (3, "B", "PL"), (3, "C", "-"), (3, "D", "✓"),
    ]  # fmt: skip
    assert said(weekly.problems[0]) == (
        "Row 2, column C: “x” for Ana is none of P, A, L, M and S. Correct or clear it."
    )


def test_a_row_with_letters_and_no_name_is_told() -> None:
    weekly = _weekly([["First Name", "Last Name", "2026-01-06"], ["Ana", "Silva", "P"], ["", "", "P"]])
    assert [(problem.row, problem.column, problem.code) for problem in weekly.problems] == [
        (3, "A", "intake.name_missing")
    ]


def test_the_same_name_twice_is_kept_and_told() -> None:
    weekly = _weekly([["Name", "2026-01-06"], ["Sam Lee", "P"], ["sam  lee", "A"]])
    assert len(weekly.lines) == 2
    assert [(note.row, note.code) for note in weekly.notes] == [(3, "intake.name_listed_twice")]


def test_a_family_name_stands_first_below_chinese_headings() -> None:
    weekly = _weekly([["姓氏", "名字", "9月2日", "9月9日"], ["王", "小明", "P", "L"]], period=_autumn())
    (line,) = weekly.lines
    assert (line.name.full, line.name.given, line.name.family) == ("王小明", "小明", "王")
    assert [mark.on for mark in line.marks] == [dt.date(2025, 9, 2), dt.date(2025, 9, 9)]


def test_further_columns_are_kept_as_notes_about_the_person() -> None:
    weekly = _weekly([["Name", "Office", "2026-01-06", "P", "Total"], ["Ana", "President", "P", "1", "1"]])
    assert [(extra.heading, extra.text) for extra in weekly.lines[0].extras] == [
        ("Office", "President"), ("P", "1"), ("Total", "1"),
    ]  # fmt: skip
    assert weekly.problems == ()
    assert "Office, P, Total" in said(weekly.notes[0])


def test_letters_below_no_day_are_told_instead_of_lost() -> None:
    weekly = _weekly([["Name", "2026-01-06", "", "2026-01-32"], ["Ana", "P", "A", "L"]])
    assert [(problem.row, problem.column, problem.code) for problem in weekly.problems] == [
        (1, "C", "intake.column_without_heading"),
        (1, "D", "intake.column_without_day"),
    ]


def test_one_day_in_two_columns_is_told() -> None:
    weekly = _weekly([["Name", "2026-01-06", "2026-01-06"], ["Ana", "P", "A"]])
    assert [(problem.column, problem.code) for problem in weekly.problems] == [
        ("C", "intake.day_listed_twice")
    ]


def test_letters_on_a_day_still_to_come_are_told_and_kept() -> None:
    weekly = _weekly([["Name", "2026-03-02", "2026-03-03"], ["Ana", "P", "M"]])
    assert [(note.column, note.code) for note in weekly.notes] == [("C", "intake.day_in_future")]
    assert len(weekly.lines[0].marks) == 2


def test_people_without_any_letter_and_remarks_below_the_foot_are_told() -> None:
    weekly = _weekly([["Name", "2026-01-06"], ["Ana", "P"], ["Bo", ""], ["Total", "1"], ["P = present", ""]])
    assert [line.name.full for line in weekly.lines] == ["Ana", "Bo"]
    assert [(note.row, note.code) for note in weekly.notes] == [
        (3, "intake.line_without_records"),
        (5, "intake.row_skipped"),
    ]


def test_dates_come_in_order_even_when_the_newest_week_stands_first() -> None:
    weekly = _weekly([["Name", "2026-01-13", "2026-01-06"], ["Ana", "L", "P"]])
    assert [day.day for day in weekly.dates] == [6, 13]
    assert [mark.letter for mark in weekly.lines[0].marks] == ["P", "L"]


def test_a_summary_is_recognised_and_refused() -> None:
    header = ["First Name", "Last Name", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V"]
    assert _refusal([header, ["Ana", "Silva", *"1234567890"]]) == "intake.summary_not_weeks"
    spaced = ["First Name", "Last Name", "P", "A", "", "L", "M", "S", "", "RGI"]
    assert _refusal([["Title"], [], spaced, ["Ana", "Silva", "1"]]) == "intake.summary_not_weeks"
    assert (
        _refusal([["姓氏", "名字", "出席", "缺席", "遲到", "病假", "替代人"]]) == "intake.summary_not_weeks"
    )


def test_a_sheet_without_days_names_or_people_is_refused_with_what_was_found() -> None:
    assert _refusal([["Name", "Week 1", "Week 2"], ["Ana", "P", "P"]]) == "intake.no_days"
    assert _refusal([["Chap", "2026-01-06", "2026-01-13"], ["Ana", "P", "P"]]) == "intake.missing_name_column"
    assert _refusal([["alpha", "beta"], ["1", "2"]]) == "intake.no_weekly_header"
    assert _refusal([["Name", "2026-01-06"], ["Total", "0"]]) == "intake.no_people"


def _autumn() -> Period:
    return Period(first=dt.date(2025, 9, 1), last=dt.date(2025, 12, 31))
