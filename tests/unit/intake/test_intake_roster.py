"""Does a roster become people, whatever its container, language and disorder, with every doubt told by its place?"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.intake import Roster, RosterLine, parse_roster
from app.core.sheets import DayOrder, read_sheets
from tests.support.planned_roster import chapter_grid
from tests.support.said import said
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
EXPECTED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "expected" / "roster.json").read_text("utf-8")
)


def _roster(grid: Grid, *, day_order: DayOrder | None = None) -> Roster:
    (sheet,) = read_sheets(csv_bytes(grid))
    return parse_roster(sheet, TODAY, day_order=day_order)


def _as_json(line: RosterLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "full": line.name.full,
        "given": line.name.given,
        "family": line.name.family,
        "email": line.email,
        "trade": line.trade,
        "firm": line.firm,
        "phone": line.phone,
        "mobile": line.mobile,
        "status": line.status,
        "joined": line.joined.isoformat() if line.joined else None,
        "renews": line.renews.isoformat() if line.renews else None,
        "sponsor": line.sponsor,
    }


@pytest.mark.parametrize(
    "data",
    [
        csv_bytes(chapter_grid()),
        csv_bytes(chapter_grid(), delimiter=";", encoding="utf-8-sig"),
        csv_bytes(chapter_grid(), delimiter="\t", encoding="utf-16", line_end="\r"),
        xlsx_bytes({"Report": chapter_grid()}),
        spreadsheetml_bytes(chapter_grid()),
    ],
    ids=["csv", "csv with semicolons", "unicode text", "xlsx", "xls that is xml"],
)
def test_the_chapter_roster_is_read_alike_from_each_container(data: bytes) -> None:
    (sheet,) = read_sheets(data)
    roster = parse_roster(sheet, TODAY)
    assert [_as_json(line) for line in roster.lines] == EXPECTED
    assert roster.group_name == "Old Harbour"
    assert roster.header_row == 3
    assert roster.problems == ()
    assert roster.day_order_asked is None
    assert [(note.row, note.column, note.code) for note in roster.notes] == [
        (8, "I", "intake.no_email"),
        (8, "J", "intake.status_not_active"),
    ]


def test_a_plain_list_is_read() -> None:
    roster = _roster(
        [
            ["name", "email", "trade", "firm", "phone", "joined"],
            ["Ana Silva", "ana@luz.example", "Electrician", "Luz", "+351 1", "2019-03-04"],
        ]
    )
    (line,) = roster.lines
    assert (line.name.full, line.name.given, line.email, line.joined) == (
        "Ana Silva", "", "ana@luz.example", dt.date(2019, 3, 4),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "name", "trade", "firm"),
    [
        (
            ("Name", "Vorname", "E-Mail", "Beruf", "Firma"),
            ("Groß", "Jürgen"),
            "Jürgen Groß",
            "Maler",
            "Groß GmbH",
        ),
        (
            ("Vorname", "Nachname", "E-Mail-Adresse", "Branche", "Unternehmen"),
            ("Eva", "Ott"),
            "Eva Ott",
            "IT",
            "Ott",
        ),
        (
            ("Nom", "Prénom", "Courriel", "Métier", "Société"),
            ("Dubois", "Chloé"),
            "Chloé Dubois",
            "Avocate",
            "CD",
        ),
        (
            ("Nombre", "Apellidos", "Correo electrónico", "Profesión", "Empresa"),
            ("Inés", "Ruiz"),
            "Inés Ruiz",
            "x",
            "y",
        ),
        (("Nome", "Apelido", "E-mail", "Profissão", "Empresa"), ("Rui", "Reis"), "Rui Reis", "x", "y"),
        (("姓氏", "名字", "电子邮件", "专业", "公司"), ("王", "小明"), "王小明", "设计", "明日"),
        (("姓氏", "名字", "電子郵件", "專業", "公司"), ("Wang", "Ming"), "Wang Ming", "x", "y"),
        (
            ("FIRST_NAME", "last name:", "EMAIL *", "Category", "Business Name"),
            ("Raj", "Patel"),
            "Raj Patel",
            "x",
            "y",
        ),
    ],
)
def test_headings_are_understood_in_the_languages_of_the_groups(
    header: tuple[str, ...], row: tuple[str, str], name: str, trade: str, firm: str
) -> None:
    (line,) = _roster([header, [*row, "a@b.example", trade, firm]]).lines
    assert (line.name.full, line.trade, line.firm, line.email) == (name, trade, firm, "a@b.example")


def test_a_single_column_for_the_given_name_is_the_whole_name() -> None:
    (line,) = _roster([["名字", "邮箱"], ["王 小明", "a@b.example"]]).lines
    assert line.name.full == "王 小明"


def test_the_header_is_found_below_titles_and_blank_rows() -> None:
    roster = _roster([
        ["Our members"], [], ["as of", "May"], [], ["Email", "Member", "Seat"], ["a@b.example", "Ana", "Painter"],
    ])  # fmt: skip
    assert roster.header_row == 5
    assert [line.name.full for line in roster.lines] == ["Ana"]


def test_missing_columns_are_named_all_at_once_with_the_columns_found() -> None:
    with pytest.raises(Refused) as caught:
        _roster([["Title"], ["Profession", "Company", "Phone"], ["Painter", "Luz", "1"]])
    assert [refusal.code for refusal in caught.value.refusals] == [
        "intake.missing_name_column",
        "intake.missing_email_column",
    ]
    for refusal in caught.value.refusals:
        assert "Row 2 has: Profession, Company, Phone." in said(refusal)


def test_a_sheet_without_any_known_heading_is_refused_with_its_first_words() -> None:
    with pytest.raises(Refused) as caught:
        _roster([["alpha", "beta"], ["1", "2"]])
    (refusal,) = caught.value.refusals
    assert refusal.code == "intake.no_roster_header"
    assert "alpha, beta" in said(refusal)


def test_a_roster_that_lists_nobody_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        _roster([["Name", "Email"], ["Total", ""]])
    assert [refusal.code for refusal in caught.value.refusals] == ["intake.no_people"]


def test_everything_wrong_is_told_at_once_with_row_and_column() -> None:
    roster = _roster([
        ["Name", "Email", "Joined", "Renewal Date"],
        ["Ana Silva", "ana@@luz", "2019-02-30", "2568-01-01"],
        ["", "bo@b.example", "", ""],
        ["Cy Lee", "cy@c.example; lee@c.example", "", ""],
        ["Di Roy", "di@d.example", "", ""],
        ["Ed Roy", "DI@D.example", "", ""],
    ])  # fmt: skip
    assert [(problem.row, problem.column, problem.code) for problem in roster.problems] == [
        (2, "B", "intake.bad_email"),
        (2, "C", "intake.date_unreadable"),
        (2, "D", "intake.year_far_off"),
        (3, "A", "intake.name_missing"),
        (4, "B", "intake.bad_email"),
        (6, "B", "intake.email_listed_twice"),
    ]
    assert "row 5" in said(roster.problems[-1])
    assert "“ana@@luz”" in said(roster.problems[0])


@pytest.mark.parametrize("value", ["-", "#N/A", "#######", "∞", "1.8E+10", "3,51E+11"])
def test_a_phone_number_that_a_spreadsheet_ruined_is_left_out(value: str) -> None:
    roster = _roster([["Name", "Email", "Phone"], ["Ana", "a@b.example", value]])
    (line,) = roster.lines
    assert line.phone == ""
    assert roster.problems == ()
    assert [note.column for note in roster.notes] == ([] if value == "-" else ["C"])


def test_a_phone_number_keeps_its_digits_when_the_cell_is_a_number() -> None:
    (sheet,) = read_sheets(
        xlsx_bytes({"a": [["Name", "Email", "Phone"], ["Ana", "a@b.example", 351910000001.0]]})
    )
    (line,) = parse_roster(sheet, TODAY).lines
    assert line.phone == "351910000001"


def test_dates_that_could_be_read_both_ways_are_asked_about_and_then_read() -> None:
    grid: Grid = [
        ["Name", "Email", "Joined"],
        ["Ana", "a@b.example", "03/04/2019"],
        ["Bo", "b@b.example", "05/05/2020"],
    ]
    roster = _roster(grid)
    assert roster.day_order_asked is not None
    question = roster.day_order_asked.question
    assert (question.row, question.column) == (2, "C")
    assert "03/04/2019" in said(question)
    answered = _roster(grid, day_order=DayOrder.MONTH_FIRST)
    assert answered.day_order_asked is None
    assert [line.joined for line in answered.lines] == [dt.date(2019, 3, 4), dt.date(2020, 5, 5)]


def test_the_export_of_a_chapter_is_known_to_put_the_day_first() -> None:
    grid: Grid = [
        ["Chapter Name", "Name", "Email", "Join Date"],
        ["Harbour", "Ana", "a@b.example", "03/04/2019"],
    ]
    roster = _roster(grid)
    assert roster.day_order_asked is None
    assert roster.lines[0].joined == dt.date(2019, 4, 3)


def test_one_date_that_proves_the_order_settles_the_others() -> None:
    roster = _roster([
        ["Name", "Email", "Joined", "Expires"],
        ["Ana", "a@b.example", "03/04/2019", "04/30/2026"],
    ])  # fmt: skip
    assert roster.lines[0].joined == dt.date(2019, 3, 4)


def test_dates_as_serial_numbers_and_as_real_dates_are_read() -> None:
    grid: Grid = [["Name", "Email", "Joined", "Renews"], ["Ana", "a@b.example", 43528, dt.date(2026, 4, 1)]]
    for data in (xlsx_bytes({"a": grid}), spreadsheetml_bytes(grid), csv_bytes(grid)):
        (line,) = parse_roster(read_sheets(data)[0], TODAY).lines
        assert (line.joined, line.renews) == (dt.date(2019, 3, 4), dt.date(2026, 4, 1))


def test_columns_that_nobody_asked_for_are_kept_as_notes() -> None:
    roster = _roster([["Name", "Email", "Hobby", "T-shirt"], ["Ana", "a@b.example", " Sailing ", ""]])
    assert [(extra.heading, extra.text) for extra in roster.lines[0].extras] == [("Hobby", "Sailing")]
    assert "Hobby, T-shirt" in said(roster.notes[0])


def test_rows_at_the_foot_are_no_people() -> None:
    roster = _roster(
        [["Name", "Email"], ["Ana", "a@b.example"], ["Total", "", ""], ["", "", "printed on Monday"]]
    )
    assert [line.name.full for line in roster.lines] == ["Ana"]
    assert [(note.row, note.code) for note in roster.notes] == [
        (3, "intake.row_skipped"),
        (4, "intake.row_skipped"),
    ]


def test_two_people_of_one_name_are_kept_and_told() -> None:
    roster = _roster([["Name", "Email"], ["Ana Silva", "a@b.example"], ["ana  silva", "b@b.example"]])
    assert len(roster.lines) == 2
    assert roster.problems == ()
    assert "row 2" in said(roster.notes[0])


def test_several_groups_in_one_roster_are_told_and_none_is_chosen() -> None:
    roster = _roster([
        ["Chapter Name", "Name", "Email"], ["Harbour", "Ana", "a@b.example"], ["Mill", "Bo", "b@b.example"],
    ])  # fmt: skip
    assert roster.group_name == ""
    assert "Harbour, Mill" in said(roster.notes[0])


def test_odd_dates_of_a_membership_are_told_and_kept() -> None:
    roster = _roster([
        ["Name", "Email", "Joined", "Renews"],
        ["Ana", "a@b.example", "2026-03-03", ""],
        ["Bo", "b@b.example", "2025-01-01", "2024-01-01"],
        ["Cy", "c@b.example", "2026-03-02", "2027-01-01"],
    ])  # fmt: skip
    assert [(note.row, note.column, note.code) for note in roster.notes] == [
        (2, "C", "intake.joins_in_future"),
        (3, "D", "intake.renews_before_joining"),
    ]
    assert roster.lines[0].joined == dt.date(2026, 3, 3)


def test_a_guessed_character_set_is_told_with_a_name_to_check() -> None:
    (sheet,) = read_sheets("Name;Email\nJürgen Groß;a@b.example\n".encode("cp1252"))
    roster = parse_roster(sheet, TODAY)
    assert roster.lines[0].name.full == "Jürgen Groß"
    assert "Jürgen Groß" in said(roster.notes[0])
