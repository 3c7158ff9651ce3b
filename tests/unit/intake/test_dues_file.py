"""Do dues files say what was planned before any file was written?

| trap | test |
|---|---|
| four tables stacked in one sheet; merged titles; CR alone | `test_each_container_says_what_was_planned` |
| `ss:Index` skips: ignoring it reads the due date as the industry | `test_a_skipped_cell_is_no_industry` |
| a total that does not add up | `test_a_total_that_differs_is_told_and_hinders_nothing` |
| decimal commas, `1,234`, Indian grouping, `#####`, no currency | `test_amounts_…` |
| `dd/mm` against `mm/dd` | `test_the_order_of_day_and_month_is_asked_where_no_day_shows_it` |
"""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.intake.dues_file import DuesFile, DuesTable, looks_like_dues, parse_dues
from app.core.intake.recognise import looks_like_roster
from app.core.sheets import Sheet, read_sheets
from tests.support.fixtures_dues import (
    CONTAINERS,
    HEAD,
    expected,
    expected_beside,
    file_of,
    grid,
    planned_dues,
)
from tests.support.said import said
from tests.support.sheets import Value, csv_bytes, spreadsheetml_bytes

PLAN = planned_dues()


def sheet_of(*rows: list[Value]) -> Sheet:
    (sheet,) = read_sheets(csv_bytes(rows))
    return sheet


def read(*rows: list[Value], places: int = 2) -> DuesFile:
    return parse_dues(sheet_of(["Name", "Due Date", "Amount", "Paid"], *rows), places=places)


def test_the_expectation_beside_the_tests_is_the_plans() -> None:
    assert expected(PLAN) == expected_beside()


@pytest.mark.parametrize("container", CONTAINERS)
def test_each_container_says_what_was_planned(container: str) -> None:
    (sheet,) = read_sheets(file_of(grid(PLAN), container))
    file = parse_dues(sheet, places=2)
    beside = expected_beside()
    assert (file.problems, file.day_order_asked, file.notes) == ((), None, ())
    assert [(line.table.value, line.name.full, line.amount_minor) for line in file.lines] == [
        (due.table, due.name, due.minor) for due in PLAN
    ]
    assert [line.due_on.isoformat() for line in file.lines] == beside["due_days"]
    assert [line.trade for line in file.lines] == beside["trades"]


def test_a_skipped_cell_is_no_industry() -> None:
    data = spreadsheetml_bytes([list(HEAD), ["Bruno", "Costa", None, "2026-04-15", 450]])
    assert b'ss:Index="4"' in data
    (sheet,) = read_sheets(data)
    (line,) = parse_dues(sheet, places=2).lines
    assert (line.trade, line.due_on) == ("", dt.date(2026, 4, 15))


def test_a_total_that_differs_is_told_and_hinders_nothing() -> None:
    (sheet,) = read_sheets(file_of(grid(PLAN, totals={"paid": 1000.0}), "xls"))
    file = parse_dues(sheet, places=2)
    assert len(file.lines) == len(PLAN)
    assert [said(note) for note in file.notes] == [
        "Row 5, column E: the total says 1000, the rows of its table add up to 900.50. Only the rows count."
    ]


def test_a_grand_total_of_all_tables_adds_up() -> None:
    total = sum(due.minor for due in PLAN) / 100
    (sheet,) = read_sheets(file_of([*grid(PLAN), ["Grand Total", None, None, None, total]], "csv"))
    assert parse_dues(sheet, places=2).notes == ()


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Paid members", DuesTable.PAID),
        ("Not paid", DuesTable.OVERDUE),
        ("Overdue", DuesTable.OVERDUE),
        ("Dues coming due soon", DuesTable.DUE_SOON),
        ("Dropped", DuesTable.LEFT),
        ("Überfällig", DuesTable.OVERDUE),
        ("Harbour", DuesTable.OTHER),
    ],
)
def test_a_title_says_of_what_its_table_is(title: str, table: DuesTable) -> None:
    sheet = sheet_of([title], ["Name", "Due Date", "Amount"], ["Ana Silva", "2026-04-15", "450"])
    assert [line.table for line in parse_dues(sheet, places=2).lines] == [table]


@pytest.mark.parametrize(
    ("cell", "is_paid", "paid_on"),
    [
        ("yes", True, None),
        ("✓", True, None),
        ("no", False, None),
        ("2026-04-10", True, dt.date(2026, 4, 10)),
        ("", False, None),
    ],
)
def test_a_column_says_who_has_paid(cell: str, is_paid: bool, paid_on: dt.date | None) -> None:
    (line,) = read(["Ana Silva", "2026-04-15", "450", cell]).lines
    assert (line.is_paid, line.paid_on) == (is_paid, paid_on)


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("450", 45_000),
        ("€ 450", 45_000),
        ("EUR 1.350,50", 135_050),
        ("1,250.50", 125_050),
        ("8,14,41,353", 8_144_135_300),
        ("235036.00", 23_503_600),
    ],
)
def test_amounts_are_read_in_each_spelling(written: str, minor: int) -> None:
    (line,) = read(["Ana Silva", "2026-04-15", written, ""]).lines
    assert line.amount_minor == minor


def test_a_lone_mark_means_what_the_other_amounts_show() -> None:
    file = read(["Ana Silva", "2026-04-15", "1.234", ""], ["Raj Patel", "2026-04-15", "99,50", ""])
    assert [line.amount_minor for line in file.lines] == [123_400, 9_950]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1,234", "intake.dues_amount_unclear"),
        ("#######", "intake.dues_amount_unreadable"),
        ("∞", "intake.dues_amount_unreadable"),
        ("much", "intake.dues_amount_unreadable"),
        ("-5", "intake.dues_amount_unlikely"),
        ("1E+20", "intake.dues_amount_unlikely"),
    ],
)
def test_amounts_that_are_none_are_told_with_their_cell(written: str, code: str) -> None:
    (problem,) = read(["Ana Silva", "2026-04-15", written, ""]).problems
    assert (problem.code, problem.row, problem.column) == (code, 2, "C")
    assert said(problem).startswith("Row 2, column C:")


def test_an_amount_finer_than_its_currency_is_told() -> None:
    (problem,) = read(["Ana Silva", "2026-04-15", "450.50", ""], places=0).problems
    assert problem.code == "intake.dues_amount_too_fine"


@pytest.mark.parametrize("written", ["", "-", "0"])
def test_a_row_without_an_amount_is_left_out_and_told(written: str) -> None:
    file = read(["Ana Silva", "2026-04-15", written, "no"], ["Raj Patel", "2026-04-15", "5", ""])
    assert [line.name.full for line in file.lines] == ["Raj Patel"]
    assert [note.code for note in file.notes] == ["intake.dues_without_amount"]


def test_the_order_of_day_and_month_is_asked_where_no_day_shows_it() -> None:
    asked = read(["Ana Silva", "03/04/2026", "450", ""]).day_order_asked
    assert asked is not None
    assert said(asked.question).startswith("Row 2, column B: “03/04/2026”")


def test_further_columns_are_kept_as_notes() -> None:
    sheet = sheet_of(["Name", "Due Date", "Amount", "Receipt"], ["Ana Silva", "2026-04-15", "450", "R 12"])
    file = parse_dues(sheet, places=2)
    assert file.lines[0].note == "Receipt: R 12"
    assert [note.code for note in file.notes] == ["intake.extra_columns"]


def test_a_long_note_is_cut_and_told() -> None:
    file = parse_dues(
        sheet_of(["Name", "Due Date", "Amount", "Receipt"], ["Ana Silva", "2026-04-15", "450", "r" * 3_000]),
        places=2,
    )
    assert len(file.lines[0].note) == 2_000
    assert [(note.code, note.row, note.column) for note in file.notes] == [
        ("intake.extra_columns", 1, ""),
        ("intake.text_cut", 2, "D"),
    ]


def test_a_dues_file_is_no_roster_and_a_roster_no_dues_file() -> None:
    (dues,) = read_sheets(file_of(grid(PLAN), "xls"))
    roster = sheet_of(
        ["Name", "Email", "Profession", "Renewal Date", "Fee"], ["A B", "a@b.c", "Baker", "", ""]
    )
    assert (looks_like_dues(dues), looks_like_roster(dues)) == (True, False)
    assert (looks_like_dues(roster), looks_like_roster(roster)) == (False, True)


def test_a_sheet_without_dues_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse_dues(sheet_of(["Name", "Day"], ["Ana", "x"]), places=2)
    assert [said(one) for one in refused.value.refusals] == [
        "No row holds the headings of a dues file: names, Due Date and Amount. Row 1 says: Name, Day."
    ]


def test_the_states_of_the_plan_are_counted_from_the_tables() -> None:
    (sheet,) = read_sheets(file_of(grid(PLAN), "csv"))
    states = {DuesTable.PAID: "paid", DuesTable.LEFT: "dropped"}
    counted = Counter(states.get(line.table, "owed") for line in parse_dues(sheet, places=2).lines)
    assert dict(sorted(counted.items())) == expected_beside()["states"]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "Name",
                    "Due Date",
                    "Amount",
                    "Paid",
                    "Total",
                    "Overdue",
                    "",
                    "x",
                    "12/13/2026",
                    "#####",
                    "1e400",
                    "5",
                ]
            ),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_garbage_raises_nothing_but_a_refusal(rows: list[list[str]]) -> None:
    try:
        parse_dues(sheet_of(["Name", "Due Date", "Amount"], *[list[Value](row) for row in rows]), places=2)
    except Refused:
        return
