"""Does a sheet that a leader kept by hand become letters by date, as they were planned before any file was written?

Each trap of such sheets, and the test that springs it:

| trap | test |
|---|---|
| merged cells, two rows of headings (month above, day below), title rows, a legend below | `test_each_sheet_says_what_was_planned` (two_rows) |
| a name in two columns without headings, beside a column of numbers | the same (two_rows) |
| a Total row, and sums and shares with decimal commas at the right | the same (two_rows), `test_rows_of_sums_are_no_people` |
| a name in one column as `Silva, Ana`; Windows-1252; `1,0` for 1 | the same (family_first) |
| double spaces, an empty row and a title between the rows; UTF-8 with a mark | the same (buddhist_era) |
| years of the Buddhist era | the same (buddhist_era), `test_years_of_the_buddhist_era_are_told` |
| days without years, across New Year, the newest first | the same (without_years), `test_days_without_years_…` |
| `dd/mm` against `mm/dd` | `test_the_order_of_day_and_month_is_asked_only_where_nothing_shows_it` |
| `x` `✓` `1` `P` `Y` for present, `0` `-` `abs` for absent | `test_usual_marks_are_guessed_and_others_are_not` |
| an unknown mark | `test_an_unknown_mark_must_be_said` |
| several meetings as columns, one headed by no day | `test_a_column_without_a_day_must_be_said` |
| hidden rows | `test_hidden_rows_are_read_and_told` |
| the same name twice | `test_a_name_that_stands_twice_is_told` |
| sheets of other kinds | `test_sheets_of_other_kinds_are_not_taken_for_this_one` |
"""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from app.core.errors import Refused
from app.core.intake import DayOrderAsked, Period, PeriodAsked
from app.core.intake.handkept import SaidOfSheet, parse_handkept
from app.core.intake.handkept_columns import ColumnUse, has_own_marks, looks_kept_by_hand
from app.core.intake.handkept_marks import guessed_letter
from app.core.sheets import DayOrder, read_sheets
from tests.support.fixtures_handkept import VARIANTS, WEEKS, write_kept_sheets
from tests.support.fixtures_summary import SHAPES, summary_grid
from tests.support.kept_sheets import (
    NOVEMBER,
    TODAY,
    kept_of,
    letters_of,
    notes_of,
    sheet_of,
    uses_of,
    weeks_of,
)
from tests.support.planned_attendance import export_grid, planned_attendance
from tests.support.planned_roster import chapter_grid
from tests.support.said import said
from tests.support.sheets import Grid, Merged

FILES = [
    pytest.param(variant.name, container, id=f"{variant.name} {container}")
    for variant in VARIANTS
    for container in variant.containers
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with every planned sheet and its expectation beside it."""
    folder = tmp_path_factory.mktemp("kept")
    write_kept_sheets(folder)
    return folder


@pytest.mark.parametrize(("variant", "container"), FILES)
def test_each_sheet_says_what_was_planned(written: Path, variant: str, container: str) -> None:
    file = written / f"{variant}.{container}"
    planned = json.loads((written / f"{file.name}.json").read_text(encoding="utf-8"))
    (sheet,) = read_sheets(file.read_bytes())
    assert looks_kept_by_hand(sheet)
    period = [dt.date.fromisoformat(day) for day in planned["period"] or []]
    answers = SaidOfSheet(
        letters=planned["answers"], period=Period(first=period[0], last=period[1]) if period else None
    )
    weekly = parse_handkept(sheet, TODAY, file.name, answers).weekly
    assert weekly is not None
    assert weekly.problems == ()
    assert [day.isoformat() for day in weekly.dates] == planned["days"]
    assert letters_of(weekly) == planned["people"]
    counted = Counter(letter for marks in letters_of(weekly).values() for letter in marks.values())
    assert counted == planned["letters"]
    assert not any(residue.people for residue in weekly.residues)


@pytest.mark.parametrize(
    ("letter", "marks"),
    [
        ("P", ["x", "X", "✓", "✔", "1", "1,0", "1.0", "P", "p", "Y", "yes", "TRUE", "Ja"]),
        ("A", ["0", "-", "–", "A", "a", "abs", "Absent", "N", "no", "FALSE"]),
        ("L", ["L", "late"]),
        ("M", ["M", "sick"]),
        ("S", ["S", "sub"]),
        (None, ["?", "2", "0,5", "✗", "E", "P?", "holiday"]),
    ],
)
def test_usual_marks_are_guessed_and_others_are_not(letter: str | None, marks: list[str]) -> None:
    assert {guessed_letter(mark) for mark in marks} == {letter}


def test_an_unknown_mark_must_be_said() -> None:
    grid = [*NOVEMBER, ["Mei Lin", "?", "?"], ["Sam Lee", "x", "?"]]
    (problem,) = weeks_of(grid).problems
    assert (problem.code, problem.row, problem.column) == ("intake.mark_unsaid", 4, "B")
    assert "times used: 3" in said(problem)
    absent = weeks_of(grid, SaidOfSheet(letters={"?": "A"}))
    assert absent.problems == ()
    assert letters_of(absent)["Mei Lin"] == {"2025-11-18": "A", "2025-11-25": "A"}
    nothing = weeks_of(grid, SaidOfSheet(letters={"?": ""}))
    assert nothing.problems == ()
    assert letters_of(nothing)["Sam Lee"] == {"2025-11-18": "P"}
    assert weeks_of(grid, SaidOfSheet(letters={"?": "Q"})).problems == (problem,)


def test_a_guess_for_a_mark_may_be_corrected() -> None:
    corrected = weeks_of(NOVEMBER, SaidOfSheet(letters={"-": "M", "x": "L"}))
    assert letters_of(corrected)["Ana Silva"] == {"2025-11-18": "L", "2025-11-25": "M"}


def test_all_marks_are_told_with_how_often_they_stand() -> None:
    found = {mark.written: (mark.count, mark.row, mark.column) for mark in kept_of(NOVEMBER).marks}
    assert found == {"x": (3, 2, "B"), "-": (1, 2, "C")}


def test_a_column_without_a_day_must_be_said() -> None:
    grid = [
        ["Name", "2025-11-18", "party", "2025-12-02"],
        ["Ana Silva", "x", "x", "-"],
        ["Raj Patel", "x", "-", "x"],
    ]
    (problem,) = weeks_of(grid).problems
    assert (problem.code, problem.row, problem.column) == ("intake.kept_column_unsaid", 1, "C")
    assert "party" in said(problem)
    dated = weeks_of(grid, SaidOfSheet(columns={3: "day:2025-11-25"}))
    assert dated.problems == ()
    assert letters_of(dated)["Ana Silva"] == {"2025-11-18": "P", "2025-11-25": "P", "2025-12-02": "A"}
    without = weeks_of(grid, SaidOfSheet(columns={3: "ignore"}))
    assert without.problems == ()
    assert letters_of(without)["Ana Silva"] == {"2025-11-18": "P", "2025-12-02": "A"}


def test_two_columns_of_one_day_are_told() -> None:
    grid = [["Name", "2025-11-18", "party"], ["Ana Silva", "x", "x"], ["Raj Patel", "x", "x"]]
    (problem,) = weeks_of(grid, SaidOfSheet(columns={3: "day:2025-11-18"})).problems
    assert (problem.code, problem.column) == ("intake.day_listed_twice", "C")


def test_a_sheet_without_any_day_is_understood_once_the_days_are_said() -> None:
    grid = [["Name", "first", "second"], ["Ana Silva", "x", "-"], ["Raj Patel", "x", "x"]]
    kept = kept_of(grid)
    assert kept.weekly is None
    assert [problem.column for problem in kept.problems] == ["B", "C"]
    days = {2: "day:2025-11-18", 3: "day:2025-11-25"}
    assert letters_of(weeks_of(grid, SaidOfSheet(columns=days))) == letters_of(weeks_of(NOVEMBER))
    nonsense = kept_of(grid, SaidOfSheet(columns={2: "day:2025-13-45", 3: "meeting"}))
    assert nonsense.problems == kept.problems


def test_a_guess_for_a_column_may_be_corrected() -> None:
    grid = [["A", "B", "2025-11-18"], ["Silva", "Ana", "x"], ["Patel", "Raj", "x"]]
    assert uses_of(kept_of(grid)) == {1: "given", 2: "family", 3: "day"}
    turned = weeks_of(grid, SaidOfSheet(columns={1: "family", 2: "given"}))
    assert list(letters_of(turned)) == ["Ana Silva", "Raj Patel"]
    single = weeks_of(grid, SaidOfSheet(columns={1: "name", 2: "note"}))
    assert list(letters_of(single)) == ["Silva", "Patel"]
    assert single.lines[0].extras[0].text == "Ana"
    nameless = weeks_of(grid, SaidOfSheet(columns={1: "ignore", 2: "ignore"}))
    assert "intake.kept_without_names" in {problem.code for problem in nameless.problems}


def test_the_order_of_day_and_month_is_asked_only_where_nothing_shows_it() -> None:
    people = [["Ana Silva", "x", "x"], ["Raj Patel", "-", "x"]]
    unclear: Grid = [["Name", "02/12/2025", "09/12/2025"], *people]
    question = kept_of(unclear).question
    assert isinstance(question, DayOrderAsked)
    assert said(question.question)
    told = weeks_of(unclear, SaidOfSheet(day_order=DayOrder.DAY_FIRST))
    assert told.dates == (dt.date(2025, 12, 2), dt.date(2025, 12, 9))
    american = weeks_of(unclear, SaidOfSheet(day_order=DayOrder.MONTH_FIRST))
    assert american.dates == (dt.date(2025, 2, 12), dt.date(2025, 9, 12))
    shown = weeks_of([["Name", "11/25/2025", "12/02/2025"], *people])
    assert shown.dates == (dt.date(2025, 11, 25), dt.date(2025, 12, 2))


def test_days_without_years_ask_for_the_period_filled_in_from_the_sheet() -> None:
    grid: Grid = [
        ["Attendance 2568/2569"],
        ["Name", "Dec 30", "Jan 6"],
        ["Ana Silva", "x", "x"],
        ["Raj", "x", "-"],
    ]
    question = kept_of(grid).question
    assert isinstance(question, PeriodAsked)
    assert said(question.question)
    assert question.suggested == Period(first=dt.date(2025, 12, 30), last=dt.date(2026, 1, 6))
    known = weeks_of(grid, SaidOfSheet(period=Period(first=dt.date(2024, 12, 1), last=dt.date(2025, 1, 31))))
    assert known.dates == (dt.date(2024, 12, 30), dt.date(2025, 1, 6))


def test_a_day_outside_the_period_is_told() -> None:
    period = Period(first=dt.date(2025, 11, 1), last=dt.date(2025, 11, 20))
    (problem,) = weeks_of(NOVEMBER, SaidOfSheet(period=period)).problems
    assert (problem.code, problem.column) == ("intake.day_outside_period", "C")
    assert said(problem)


@pytest.mark.parametrize(
    ("headings", "days"),
    [
        (["18 Nov 2025", "25. November 2025"], ["2025-11-18", "2025-11-25"]),
        (["18.11.25", "25.11.25"], ["2025-11-18", "2025-11-25"]),
        (["18.11.2568", "25.11.2568"], ["2025-11-18", "2025-11-25"]),
        (["2568-11-18", "2568-11-25"], ["2025-11-18", "2025-11-25"]),
        (["45979", "45986"], ["2025-11-18", "2025-11-25"]),
        (["2025年11月18日", "2025年11月25日"], ["2025-11-18", "2025-11-25"]),
    ],
)
def test_days_are_read_in_each_spelling(headings: list[str], days: list[str]) -> None:
    grid = [["Name", *headings], ["Ana Silva", "x", "-"], ["Raj Patel", "x", "x"]]
    assert [day.isoformat() for day in weeks_of(grid).dates] == days


@pytest.mark.parametrize(
    "month", ["November 2025", "Nov 25", "nov. 2568", "11/2025", "2025-11", "2025年11月"]
)
def test_a_month_above_gives_its_days_their_month(month: str) -> None:
    grid: Grid = [["", Merged(text=month, across=1), None], ["Name", "18", "25th"], *NOVEMBER[1:]]
    assert letters_of(weeks_of(grid)) == letters_of(weeks_of(NOVEMBER))


def test_a_month_above_without_its_year_asks_for_the_period() -> None:
    grid: Grid = [["", "Nov", None, "Dec"], ["Name", "18", "25", "2"], ["Ana Silva", "x", "-", "x"]]
    assert isinstance(kept_of(grid).question, PeriodAsked)


def test_a_row_of_ones_below_a_month_is_no_row_of_days() -> None:
    grid: Grid = [["", "Nov 2025", None], ["Name", 18, 25], ["Ana Silva", 1, 0], ["Raj Patel", 1, 1]]
    assert letters_of(weeks_of(grid)) == letters_of(weeks_of(NOVEMBER))


def test_a_one_below_a_single_day_is_a_mark_and_no_day() -> None:
    grid: Grid = [["", "Nov 2025"], ["Name", 18], ["Ana Silva", 1], ["Raj Patel", 1], ["Mei Lin", 0]]
    assert [line.name.full for line in weeks_of(grid).lines] == ["Ana Silva", "Raj Patel", "Mei Lin"]


def test_of_months_that_could_be_days_and_days_below_them_the_days_are_meant() -> None:
    grid: Grid = [
        ["", "Nov-25", "Dec-25"],
        ["Name", "18", "2"],
        ["Ana Silva", "x", "-"],
        ["Raj Patel", "x", "x"],
    ]
    assert weeks_of(grid).dates == (dt.date(2025, 11, 18), dt.date(2025, 12, 2))


def test_the_period_above_a_table_is_no_row_of_days() -> None:
    head: Grid = [["From:", "2025-11-01", "To:", "2025-11-30"], [], [], []]
    grid: Grid = [
        *head,
        ["姓氏", "名字", "2025-11-18", "2025-11-25"],
        ["王", "小明", "x", "-"],
        ["李", "美玲", "x", "x"],
    ]
    weekly = weeks_of(grid)
    assert weekly.dates == (dt.date(2025, 11, 18), dt.date(2025, 11, 25))
    assert weekly.period == Period(first=dt.date(2025, 11, 1), last=dt.date(2025, 11, 30))


def test_a_column_of_unknown_marks_between_meetings_is_not_passed_over() -> None:
    grid: Grid = [
        ["Name", "2025-11-18", "party", "2025-12-02"],
        ["Ana Silva", "x", "#", "-"],
        ["Raj Patel", "x", "?", "x"],
    ]
    assert uses_of(kept_of(grid))[3] == ""
    assert {problem.column for problem in weeks_of(grid).problems} == {"C"}


def test_years_of_the_buddhist_era_are_told() -> None:
    weekly = weeks_of([["Name", "18.11.2568", "25.11.2568"], *NOVEMBER[1:]])
    assert "“18.11.2568” was read as 18.11.2025" in notes_of(weekly)["intake.buddhist_years"]
    assert "intake.buddhist_years" not in notes_of(weeks_of(NOVEMBER))


def test_rows_of_sums_are_no_people() -> None:
    foot: Grid = [["Total", 2, 2], ["came", 2, 1], [None, 2, 0], ["x = here"]]
    weekly = weeks_of([*NOVEMBER, *foot])
    assert list(letters_of(weekly)) == ["Ana Silva", "Raj Patel"]
    assert [line.label for line in weekly.tail] == ["Total"]
    assert weekly.problems == ()
    assert "x = here" in notes_of(weekly)["intake.row_without_marks"]
    skipped = [said(note) for note in weekly.notes if note.code == "intake.row_skipped"]
    assert len(skipped) == 2


def test_a_total_above_the_list_counts_people_no_longer_listed() -> None:
    weekly = weeks_of([*NOVEMBER, ["Total", 3, 2]])
    assert "at most 1 a day" in notes_of(weekly)["intake.people_no_longer_listed"]


def test_marks_without_a_name_are_told() -> None:
    (problem,) = weeks_of([*NOVEMBER, [None, "x", "-"]]).problems
    assert (problem.code, problem.row) == ("intake.name_missing", 4)


def test_a_name_that_stands_twice_is_told() -> None:
    assert (
        "Are these two people"
        in notes_of(weeks_of([*NOVEMBER, ["ana  silva", "x"]]))["intake.name_listed_twice"]
    )


def test_headings_that_stand_again_further_down_are_no_person() -> None:
    assert len(weeks_of([*NOVEMBER, NOVEMBER[0], ["Mei Lin", "x", "x"]]).lines) == 3


def test_weeks_to_come_without_marks_are_worth_no_word() -> None:
    grid = [[*NOVEMBER[0], "2026-12-01"], *NOVEMBER[1:]]
    assert notes_of(weeks_of(grid)) == {}
    marked = [[*NOVEMBER[0], "2026-12-01"], *([*row, "x"] for row in NOVEMBER[1:])]
    assert "intake.day_in_future" in notes_of(weeks_of(marked))


def test_a_week_without_marks_is_told() -> None:
    grid = [[*NOVEMBER[0], "2025-12-02"], *NOVEMBER[1:]]
    assert "2025-12-02" in notes_of(weeks_of(grid))["intake.day_without_records"]


def test_columns_are_told_with_samples_and_headings() -> None:
    grid = [["", "Nov 2025"], ["Name", "18"], ["Ana Silva", "x"], ["Raj Patel", "x"], ["Mei Lin", "-"]]
    name, day = kept_of(grid).columns
    assert (name.heading, name.samples, name.use) == (
        "Name",
        ("Ana Silva", "Raj Patel", "Mei Lin"),
        ColumnUse.NAME,
    )
    assert (day.heading, day.samples, day.day) == ("18", ("x", "-"), dt.date(2025, 11, 18))


def test_a_sheet_without_marks_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        kept_of([["Colour", "Size"], ["red", "small"]])
    (refusal,) = caught.value.refusals
    assert refusal.code == "intake.no_marks"
    assert "Colour, Size" in said(refusal)


def test_sheets_of_other_kinds_are_not_taken_for_this_one() -> None:
    others = [
        chapter_grid(),
        *(summary_grid(shape) for shape in SHAPES),
        [["Colour", "Size"], ["red", "small"]],
    ]
    assert [looks_kept_by_hand(sheet_of(grid)) for grid in others] == [False] * len(others)


def test_a_report_of_letters_is_left_to_its_own_reader() -> None:
    assert not has_own_marks(sheet_of(export_grid(planned_attendance())))
    assert has_own_marks(sheet_of(NOVEMBER))
    mistyped: Grid = [["Name", *WEEKS[:3]], ["Ana Silva", "P", "A", "x"]]
    assert not has_own_marks(sheet_of(mistyped))
