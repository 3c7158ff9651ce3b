"""Do visitors files say what was planned before any file was written?

| trap | test |
|---|---|
| `.xls` that is XML, CR alone, `ss:` prefix, skipped cells; a workbook; text | `test_each_container_says_what_was_planned` |
| address lines, double spaces | `test_address_lines_are_kept_as_a_note`, `test_double_spaces_…` |
| `dd/mm` against `mm/dd` | `test_the_order_…` |
| unknown type | `test_an_unknown_type_is_told_with_row_and_column` |
| extra columns are notes | `test_further_columns_are_kept_as_notes` |
| `#N/A`, `1.8E+10`, `-` | `test_what_is_no_value_is_told_and_left_out` |
"""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.intake.recognise import looks_like_roster
from app.core.intake.visitors_file import CameAs, VisitorsFile, looks_like_visitors, parse_visitors
from app.core.sheets import DayOrder, Sheet, read_sheets
from tests.support.fixtures_visitors import (
    CONTAINERS,
    HEAD,
    PlannedVisit,
    expected,
    expected_beside,
    file_of,
    grid,
    planned_visits,
    row_of,
)
from tests.support.said import said
from tests.support.sheets import Value, csv_bytes

PLAN = planned_visits()


def sheet_of(*rows: list[Value]) -> Sheet:
    (sheet,) = read_sheets(csv_bytes(rows))
    return sheet


def read(*rows: list[Value], order: DayOrder | None = None) -> VisitorsFile:
    return parse_visitors(sheet_of(list(HEAD), *rows), day_order=order)


def a_row(**changes: Value) -> list[Value]:
    """Return the row of a visit on 25 October, with the cells below these headings changed."""
    visit = PlannedVisit(
        given="Vera",
        family="Nunes",
        day=dt.date(2026, 10, 25),
        inviter="Ana Silva",
        written="Guest",
        kind="guest",
    )
    row = row_of(visit)
    for heading, value in changes.items():
        row[HEAD.index(heading.replace("_", " "))] = value
    return row


def test_the_expectation_beside_the_tests_is_the_plans() -> None:
    assert expected(PLAN) == expected_beside()


@pytest.mark.parametrize("container", CONTAINERS)
def test_each_container_says_what_was_planned(container: str) -> None:
    (sheet,) = read_sheets(file_of(grid(PLAN), container))
    file = parse_visitors(sheet)
    assert (file.problems, file.day_order_asked) == ((), None)
    assert [(line.name.full, line.came_on, line.invited_by) for line in file.lines] == [
        (" ".join(visit.name.split()) if visit.given.isascii() else "王小明", visit.day, visit.inviter)
        for visit in PLAN
    ]
    assert (
        dict(sorted(Counter(line.came_on.isoformat() for line in file.lines).items()))
        == expected_beside()["days"]
    )


def test_a_visitors_file_is_no_roster() -> None:
    sheet = sheet_of(list(HEAD), a_row())
    assert looks_like_visitors(sheet)
    assert not looks_like_roster(sheet)


def test_a_roster_is_no_visitors_file() -> None:
    roster = sheet_of(
        ["First Name", "Last Name", "Email", "Sponsor", "Join Date"], ["A", "B", "a@b.c", "C", ""]
    )
    assert looks_like_roster(roster)
    assert not looks_like_visitors(roster)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("First Visit", CameAs.FIRST),
        ("Guest", CameAs.GUEST),
        ("Repeat Visitor", CameAs.REPEAT),
        ("substitute", CameAs.SUBSTITUTE),
        ("Visitor", CameAs.OPEN),
        ("", CameAs.OPEN),
    ],
)
def test_each_type_is_known(written: str, kind: CameAs) -> None:
    (line,) = read(a_row(Type=written)).lines
    assert line.came_as is kind


def test_an_unknown_type_is_told_with_row_and_column() -> None:
    (problem,) = read(a_row(Type="Speaker")).problems
    assert said(problem).startswith("Row 2, column O: “Speaker” is no type of visit known here.")


def test_the_order_of_day_and_month_is_asked_where_no_day_shows_it() -> None:
    file = read(a_row(Visit_Date="03/04/2026"))
    assert file.lines == ()
    assert file.day_order_asked is not None
    assert said(file.day_order_asked.question).startswith("Row 2, column M: “03/04/2026”")


@pytest.mark.parametrize(
    ("order", "day"),
    [(DayOrder.DAY_FIRST, dt.date(2026, 4, 3)), (DayOrder.MONTH_FIRST, dt.date(2026, 3, 4))],
)
def test_the_answered_order_is_used(order: DayOrder, day: dt.date) -> None:
    (line,) = read(a_row(Visit_Date="03/04/2026"), order=order).lines
    assert line.came_on == day


def test_the_order_that_one_day_shows_holds_for_all() -> None:
    file = read(a_row(Visit_Date="03/04/2026"), a_row(Visit_Date="25/04/2026"))
    assert [line.came_on for line in file.lines] == [dt.date(2026, 4, 3), dt.date(2026, 4, 25)]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "the day of the visit is missing"),
        ("soon", "“soon” is no day"),
        ("31/02/2026", "“31/02/2026” is no day"),
    ],
)
def test_a_day_that_cannot_be_is_told(day: str, sentence: str) -> None:
    (problem,) = read(a_row(Visit_Date=day)).problems
    assert said(problem).startswith(f"Row 2, column M: {sentence}")


def test_address_lines_are_kept_as_a_note() -> None:
    (line,) = read(a_row(City="Lisboa")).lines
    assert line.note == "Rua do Cais 5, Lisboa, 1200-001, Portugal"


def test_double_spaces_do_not_count() -> None:
    (line,) = read(a_row(First_Name="  Vera ", Last_Name="de  la Cruz")).lines
    assert line.name.full == "Vera de la Cruz"


def test_further_columns_are_kept_as_notes() -> None:
    head: list[Value] = ["Name", "Visit Date", "Favourite cake"]
    file = parse_visitors(sheet_of(head, ["Vera Nunes", "2026-10-06", "Pastel"]))
    assert file.lines[0].note == "Favourite cake: Pastel"
    assert [said(note) for note in file.notes] == ["Row 1: these columns are kept as notes: Favourite cake."]


def test_what_is_no_value_is_told_and_left_out() -> None:
    file = read(a_row(Phone="3.5E+11", Email="nobody", Company="#N/A", City="-"))
    (line,) = file.lines
    assert (line.phone, line.email, line.firm) == ("", "", "")
    assert line.note.endswith("\nnobody")
    assert {note.code for note in file.notes} == {
        "intake.visit_address_noted",
        "intake.phone_shortened",
        "intake.cell_without_value",
    }


def test_a_long_text_is_cut_and_that_is_told() -> None:
    file = read(a_row(Company="x" * 300))
    assert len(file.lines[0].firm) == 200
    assert [note.code for note in file.notes] == ["intake.text_cut"]


def test_a_row_without_a_name_is_a_problem_and_a_foot_is_none() -> None:
    file = read(a_row(First_Name="", Last_Name=""), ["Total"])
    assert [said(one) for one in file.problems] == [
        "Row 2, column A: the name is missing. Add it, or remove the row."
    ]
    assert [note.code for note in file.notes] == ["intake.row_skipped"]


def test_a_file_without_the_day_of_the_visit_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse_visitors(sheet_of(["Name", "Invited By", "Type"], ["Vera", "Ana", "Guest"]))
    assert [said(one) for one in refused.value.refusals] == [
        "Row 1 has no column for the day of the visit: Name, Invited By, Type. Head that column Visit Date."
    ]


@given(
    st.lists(
        st.lists(
            st.sampled_from([*map(str, HEAD), "", "x", "12/13/2026", "#####", "1e400", "名"]), max_size=16
        ),
        max_size=6,
    )
)
def test_garbage_raises_nothing_but_a_refusal(rows: list[list[str]]) -> None:
    try:
        parse_visitors(sheet_of(list(HEAD), *[list[Value](row) for row in rows]))
    except Refused:
        return
