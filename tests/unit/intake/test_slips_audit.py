"""Does a slips audit become slips, in each shape in which it is brought, with nothing dropped and nothing guessed?"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import pytest

from app.core.errors import Refused
from app.core.intake.remarks import Period
from app.core.intake.slips_audit import (
    SaidOfDays,
    SlipKind,
    SlipsAudit,
    looks_like_slips_audit,
    parse_slips,
)
from app.core.intake.slips_audit_sentences import SLIPS_SENTENCES
from app.core.sheets import DayOrder, read_sheets
from tests.support.fixtures_slips import (
    AMOUNTS,
    DAY,
    ELSEWHERE,
    Bold,
    Kind,
    as_csv,
    as_xls,
    as_xlsx,
    expected,
    expected_beside,
    grid,
    planned_slips,
)
from tests.support.sheets import Value

TODAY = dt.date(2026, 3, 2)
THAT_DAY = Period(first=DAY, last=DAY)
PLAN = planned_slips()
BESIDE = expected_beside()
HEAD: list[Value | Bold] = [
    "From",
    "To",
    "Slip Type",
    "Inside/Outside",
    "TYFCB Amount",
    "CEU Credits",
    "Detail",
]
KINDS = {
    Kind.REFERRAL: SlipKind.REFERRAL,
    Kind.ONE_TO_ONE: SlipKind.ONE_TO_ONE,
    Kind.CEU: SlipKind.LEARNING,
    Kind.TYFCB: SlipKind.BUSINESS,
    Kind.VISITOR: SlipKind.VISITOR,
}
ALL = tuple(SlipKind)


def parsed(
    data: bytes,
    *,
    file_name: str = "slips-audit 2025-02-13.xls",
    period: Period | None = THAT_DAY,
    day_order: DayOrder | None = None,
    places: int = 2,
) -> SlipsAudit:
    (sheet,) = read_sheets(data)
    assert looks_like_slips_audit(sheet)
    said = SaidOfDays(today=TODAY, file_name=file_name, period=period, day_order=day_order)
    return parse_slips(sheet, said, places=places)


def of_rows(*rows: Sequence[Value | Bold], places: int = 2) -> SlipsAudit:
    return parsed(as_xls([HEAD, *rows]), places=places)


def titled(title: str, day_order: DayOrder | None = None, file_name: str = "Report.xls") -> SlipsAudit:
    rows: list[list[Value | Bold]] = [[title], [], HEAD, ["Ana", "Ben", "Referral", "Inside"]]
    return parsed(as_xls(rows), file_name=file_name, period=None, day_order=day_order)


def notes(audit: SlipsAudit) -> list[str]:
    return [note.code for note in audit.notes(ALL)]


def problems(audit: SlipsAudit) -> list[tuple[str, int, str]]:
    return [
        (remark.code.removeprefix("intake.slips_"), remark.row, remark.column)
        for remark in audit.problems(ALL)
    ]


def test_the_expectation_stands_beside_as_the_plan_says() -> None:
    assert expected(PLAN) == BESIDE


@pytest.mark.parametrize("with_headers", [False, True], ids=["today's", "older"])
@pytest.mark.parametrize("write", [as_xls, as_xlsx, as_csv], ids=["xls", "xlsx", "csv"])
def test_every_slip_of_the_plan_is_read_in_its_order(write: object, with_headers: bool) -> None:
    audit = parsed(write(grid(PLAN, with_headers=with_headers)))  # type: ignore[operator] # one of the three writers
    assert audit.problems(ALL) == []
    assert audit.counts_on == DAY
    read = [
        (line.kind, line.sender.text if line.sender else "", line.receiver.text if line.receiver else "")
        for line in audit.lines
    ]
    assert read == [(KINDS[slip.kind], _tidy(slip.sender), _tidy(slip.receiver)) for slip in PLAN]
    assert [line.tier for line in audit.lines] == [slip.tier.partition("(")[2].rstrip(")") for slip in PLAN]
    assert [line.credits for line in audit.lines] == [slip.credits for slip in PLAN]


def test_rows_without_a_from_are_thank_you_business_and_none_is_dropped() -> None:
    audit = parsed(as_xls(grid(PLAN, with_headers=False)))
    business = audit.lines_of(SlipKind.BUSINESS)
    assert len(business) == BESIDE["kinds"]["TYFCB"]
    assert sum(line.amount_minor for line in business) == BESIDE["business_minor"]
    assert {line.sender for line in business} == {None}


def test_equal_rows_are_as_many_slips_and_it_is_said() -> None:
    audit = parsed(as_xls(grid(PLAN, with_headers=False)))
    alike = [note for note in audit.notes(ALL) if note.code == "intake.slips_alike"]
    assert len(audit.lines) == BESIDE["rows"]
    assert sum(note.facts["rows"] for note in alike) == BESIDE["alike"]


@pytest.mark.parametrize("write", [as_xls, as_xlsx], ids=["xls", "xlsx"])
def test_a_bold_name_is_of_another_group_which_detail_names(write: object) -> None:
    audit = parsed(write(grid(PLAN, with_headers=False)))  # type: ignore[operator] # one of the two writers
    bold = [
        (name.text, line.detail)
        for line in audit.lines
        for name in (line.sender, line.receiver)
        if name and name.is_elsewhere
    ]
    assert len(bold) == BESIDE["elsewhere"]
    assert set(bold) == {(_tidy(name), group) for name, group in ELSEWHERE.items()}


def test_in_csv_nobody_is_bold_so_the_desk_is_asked_about_them() -> None:
    audit = parsed(as_csv(grid(PLAN, with_headers=False)))
    assert not any(line.sender.is_elsewhere for line in audit.lines if line.sender)


def test_where_every_name_is_bold_it_tells_nothing() -> None:
    audit = of_rows([Bold(text="Ana"), Bold(text="Ben"), "Referral", "Inside"])
    assert [line.receiver.is_elsewhere for line in audit.lines if line.receiver] == [False]


def test_a_bold_row_style_makes_its_cells_bold() -> None:
    urn = "urn:schemas-microsoft-com:office:spreadsheet"
    cells = [
        [f"<Cell><Data>{text}</Data></Cell>" for text in row]
        for row in (HEAD[:4], ("Ana", "Ben", "Referral", "Inside"))
    ]
    cells.append(["<Cell><Data>Cy</Data></Cell>", *cells[1][1:]])
    rows = "".join(
        f"<Row{style}>{''.join(row)}</Row>"
        for style, row in zip(("", ' ss:StyleID="b"', ""), cells, strict=True)
    )
    xml = (
        f'<?xml version="1.0"?><Workbook xmlns="{urn}" xmlns:ss="{urn}"><Styles><Style ss:ID="b">'
        f'<Font ss:Bold="1"/></Style></Styles><Worksheet ss:Name="R"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    audit = parsed(xml.encode())
    assert [line.sender.is_elsewhere for line in audit.lines if line.sender] == [True, False]


@pytest.mark.parametrize(("written", "minor"), AMOUNTS)
def test_amounts_are_read_in_every_shape(written: Value, minor: int) -> None:
    audit = of_rows([None, "Ana", "TYFCB", None, written])
    assert [line.amount_minor for line in audit.lines] == [minor]


@pytest.mark.parametrize("written", [None, "-", "∞", "#N/A", "#######", "about 50", "1,2,3"])
def test_what_is_no_amount_is_named_with_row_and_column(written: Value) -> None:
    assert problems(of_rows([None, "Ana", "TYFCB", None, written])) == [("amount_unreadable", 2, "E")]


def test_an_amount_that_could_be_two_is_not_guessed() -> None:
    assert problems(of_rows([None, "Ana", "TYFCB", None, "1,234"], places=3)) == [("amount_unclear", 2, "E")]


@pytest.mark.parametrize(("written", "code"), [("10.5055", "amount_too_fine"), ("-5", "amount_unlikely")])
def test_an_amount_that_cannot_be_is_named(written: str, code: str) -> None:
    assert problems(of_rows([None, "Ana", "TYFCB", None, written])) == [(code, 2, "E")]


def test_a_currency_without_minor_units_takes_whole_amounts_as_they_stand() -> None:
    audit = of_rows([None, "Ana", "TYFCB", None, "235036.00"], places=0)
    assert [line.amount_minor for line in audit.lines] == [235_036]


def test_a_slip_of_zero_is_left_out_and_it_is_said() -> None:
    audit = of_rows([None, "Ana", "TYFCB", None, 0], ["Ana", None, "CEU", None, None, 0])
    assert audit.lines == ()
    assert notes(audit) == ["intake.slips_zero_left_out"] * 2


@pytest.mark.parametrize("written", [None, "1.5", "many", 501, "#N/A"])
def test_what_is_no_number_of_units_is_named_with_row_and_column(written: Value) -> None:
    assert problems(of_rows(["Ana", None, "CEU", None, None, written])) == [("credits_unreadable", 2, "F")]


@pytest.mark.parametrize(
    ("row", "expected_problem"),
    [
        (["Ana", "Ben", "Testimonial", "Inside"], ("unknown_type", 2, "C")),
        (["Ana", "Ben", None, "Inside"], ("unknown_type", 2, "C")),
        (["Ana", "Ben", "Referral", "Tier 9"], ("unknown_tier", 2, "D")),
        (["Ana", "Ben", "Referral", None], ("unknown_tier", 2, "D")),
        (["Ana", "Ben", "One to One", "upstairs"], ("unknown_tier", 2, "D")),
        (["Ana", None, "Referral", "Inside"], ("name_missing", 2, "B")),
        ([None, "Ben", "Visitor"], ("name_missing", 2, "A")),
        (["Ana", None, "TYFCB", None, 5], ("name_missing", 2, "B")),
        ([None, "Ana", "CEU", None, None, 2], ("name_missing", 2, "A")),
    ],
)
def test_unknown_types_and_tiers_and_missing_names_are_named_with_row_and_column(
    row: list[Value | Bold], expected_problem: tuple[str, int, str]
) -> None:
    audit = of_rows(row)
    assert problems(audit) == [expected_problem]
    assert audit.lines == ()


def test_further_columns_are_named_and_not_kept() -> None:
    audit = parsed(as_xls([[*HEAD, "Prospect", "Phone"], ["Ana", "Ben", "Referral", "Inside"]]))
    (note,) = audit.notes(ALL)
    assert (note.code, note.row, note.facts) == ("intake.columns_left_out", 1, {"found": "Prospect, Phone"})
    assert notes(of_rows(["Ana", "Ben", "Referral", "Inside"])) == []


def test_a_one_to_one_may_leave_its_tier_open() -> None:
    assert problems(of_rows(["Ana", "Ben", "One-to-One"])) == []


def test_a_problem_of_one_kind_is_told_to_those_who_take_that_kind() -> None:
    audit = of_rows(["Ana", "Ben", "Referral", "Tier 9"], ["Ana", None, "CEU", None, None, "x"])
    assert [one.code for one in audit.problems([SlipKind.LEARNING])] == ["intake.slips_credits_unreadable"]
    assert [one.code for one in audit.problems([SlipKind.REFERRAL])] == ["intake.slips_unknown_tier"]


def test_a_footer_and_a_repeated_header_are_no_slips() -> None:
    audit = of_rows(["Ana", "Ben", "Referral", "Inside"], HEAD, ["Printed by Admin"])
    assert len(audit.lines) == 1
    assert notes(audit) == ["intake.row_skipped"]


@pytest.mark.parametrize(
    "title", ["Slips Audit Report for 13/02/2025", "Slips Audit – 2025-02-13", "13.02.2025"]
)
def test_the_title_tells_the_day(title: str) -> None:
    assert titled(title).counts_on == DAY


def test_a_title_whose_day_could_be_two_is_asked_about() -> None:
    asked = titled("Slips Audit Report for 03/02/2025").day
    assert (asked.period, asked.asks_order) == (None, True)
    day_first = titled("Slips Audit Report for 03/02/2025", DayOrder.DAY_FIRST)
    month_first = titled("Slips Audit Report for 03/02/2025", DayOrder.MONTH_FIRST)
    assert (day_first.counts_on, month_first.counts_on) == (dt.date(2025, 2, 3), dt.date(2025, 3, 2))


@pytest.mark.parametrize(
    "file_name", ["slips-audit_13_02_2025.xls", "Slips 20250213.xls", "slips 2025-02-13 (1).csv"]
)
def test_without_a_title_the_day_is_asked_filled_in_from_the_file_name(file_name: str) -> None:
    data = as_csv([HEAD, ["Ana", "Ben", "Referral", "Inside"]])
    asked = parsed(data, file_name=file_name, period=None).day
    assert (asked.period, asked.suggested) == (None, THAT_DAY)
    assert asked.question is not None
    assert asked.question.code == "intake.slips_day_in_file_name"
    assert parsed(data, file_name=file_name, period=THAT_DAY).counts_on == DAY


def test_with_no_day_anywhere_it_is_asked_and_an_answer_stands() -> None:
    data = as_csv([HEAD, ["Ana", "Ben", "Referral", "Inside"]])
    asked = parsed(data, file_name="report.csv", period=None).day
    assert asked.suggested == Period(first=TODAY, last=TODAY)
    assert asked.period is None
    assert asked.question is not None
    assert asked.question.code == "intake.slips_day_needed"
    week = Period(first=DAY - dt.timedelta(days=6), last=DAY)
    assert parsed(data, file_name="report.csv", period=week).counts_on == DAY


def test_what_a_person_says_goes_before_the_title() -> None:
    said = Period(first=dt.date(2025, 3, 4), last=dt.date(2025, 3, 4))
    data = as_xls([["Slips Audit Report for 13/02/2025"], HEAD, ["Ana", "Ben", "Referral", "Inside"]])
    assert parsed(data, period=said).counts_on == said.last


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (DAY - dt.timedelta(days=7), DAY, "period_too_long"),
        (TODAY, TODAY + dt.timedelta(days=1), "day_in_future"),
    ],
)
def test_days_that_cannot_be_are_problems(first: dt.date, last: dt.date, code: str) -> None:
    data = as_csv([HEAD, ["Ana", "Ben", "Referral", "Inside"]])
    audit = parsed(data, period=Period(first=first, last=last))
    assert [one[0] for one in problems(audit)] == [code]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Some", "Other", "Table"]], "intake.slips_no_header"),
        ([["From", "Slip Type", "Inside/Outside"], ["Ana", "Referral"]], "intake.slips_column_missing"),
        ([HEAD, []], "intake.slips_none"),
    ],
)
def test_what_is_no_slips_audit_is_refused(rows: list[list[Value | Bold]], code: str) -> None:
    (sheet,) = read_sheets(as_csv(rows))
    with pytest.raises(Refused) as refused:
        parse_slips(sheet, SaidOfDays(today=TODAY), places=2)
    assert [refusal.code for refusal in refused.value.refusals] == [code]


def test_a_report_of_a_period_is_no_slips_audit() -> None:
    (sheet,) = read_sheets(
        as_csv([["From", "2025-01-01", "To", "2025-02-01"], ["First Name", "Last Name", "P"]])
    )
    assert not looks_like_slips_audit(sheet)


def test_every_sentence_names_facts_that_are_given() -> None:
    audits = [
        of_rows(
            ["Ana", "Ben", "Testimonial"], [None, "Ana", "TYFCB", None, "x"], ["Ana", "Ben", "Referral", "y"]
        ),
        of_rows(["Ana", None, "CEU", None, None, 0], ["Ana", "Ben", "Visitor"], ["Ana", "Ben", "Visitor"]),
    ]
    remarks = [one for audit in audits for one in (*audit.problems(ALL), *audit.notes(ALL))]
    asked = parsed(as_csv([HEAD, ["Ana", "Ben", "Referral", "Inside"]]), period=None).day.question
    remarks += [asked] if asked else []
    told = [SLIPS_SENTENCES[one.code] % one.sentence_facts for one in remarks if one.code in SLIPS_SENTENCES]
    assert len(told) == len(remarks) > 5
    assert Counter("%(" in one for one in told) == {False: len(told)}


def _tidy(name: str) -> str:
    return " ".join(name.split())
