"""Do PALMS summaries become counts of a period, as they were planned before any file was written?

Each trap of summaries that was met in real files, and the test that springs it:

| trap | test |
|---|---|
| `.xls` that is XML, CR alone, `ss:` prefix, skipped and merged cells | `test_each_shape_says_what_was_planned` (xls) |
| the same as a workbook, and as text from a spreadsheet | `test_each_shape_says_what_was_planned` (xlsx, csv) |
| values below `Chapter`, days 1–3 cells right of `From:`/`To:`, as text or as a serial number | the same (with_headers) |
| blank spacer columns, testimonials last | the same (with_headers) |
| localised headings, family name first | the same (chinese) |
| double spaces, other scripts, an apostrophe in names | the same (without_headers) |
| no group and no period in the bare form: asked, filled in from the file's name | `test_a_bare_summary_asks_…` |
| `Visitors`, `BNI`, `Total` are no people; P of `Visitors` is the number of meetings | `test_rows_at_the_foot_are_no_people` |
| money from outside in the row `BNI` | `test_money_from_outside_stands_in_a_row_of_its_own` |
| the total counts people who left | `test_what_the_total_counts_beyond_the_list_…` |
| a total below the list | `test_a_total_below_the_list_is_told` |
| `53.0`, `235036.00`, `1.8E+10`, `8,14,41,353`, `-` | `test_numbers_are_read_in_each_spelling` |
| `∞`, `#N/A`, `#######` | `test_a_lost_number_is_told_and_counts_as_0` |
| `1,234` | `test_a_lone_mark_groups_…`, `test_a_lone_mark_in_a_currency_of_thousandths_…` |
| anything else in a count | `test_what_is_no_count_is_told_with_its_cell` |
| more letters than meetings | `test_more_letters_than_meetings_are_told_and_kept` |
| inside one-to-ones count twice | `test_one_to_ones_are_told_to_count_for_both` |
| `Custom` and other columns | `test_further_columns_are_kept_as_notes` |
| the same name twice | `test_a_name_that_stands_twice_is_told` |
| a sheet of weeks with counts at its right | `test_weeks_with_counts_beside_them_are_no_summary` |
"""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.intake import Period
from app.core.intake.summary import Summary, parse_summary
from app.core.intake.summary_header import Measure, looks_like_summary
from app.core.intake.tail_rows import TailKind
from app.core.sheets import Sheet, read_sheets
from tests.support.fixtures_summary import CONTAINERS, FIRST, LAST, SHAPES, summary_grid, write_summaries
from tests.support.planned_attendance import export_grid, planned_attendance
from tests.support.planned_roster import chapter_grid
from tests.support.said import said
from tests.support.sheets import Grid, Value, csv_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
HALF_YEAR = Period(first=FIRST, last=LAST)
HEADER: tuple[Value, ...] = ("First Name", "Last Name", *Measure)
ANA: tuple[Value, ...] = ("Ana", "Silva", 20, 1, 2, 1, 1, 3, 4, 5, 6, 2, 8, "120.50", 9, 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with every planned file and its expectation beside it."""
    folder = tmp_path_factory.mktemp("summaries")
    write_summaries(folder)
    return folder


def _sheet(grid: Grid) -> Sheet:
    (sheet,) = read_sheets(csv_bytes(grid))
    return sheet


def _summary(
    grid: Grid, *, file_name: str = "report.csv", period: Period | None = None, minor_digits: int = 2
) -> Summary:
    return parse_summary(_sheet(grid), TODAY, file_name, period, minor_digits=minor_digits)


def _with(**cells: object) -> Grid:
    """Return a summary of Ana in which some cells hold something else, by the name of their measure."""
    row: list[Value] = list(ANA)
    for name, value in cells.items():
        row[HEADER.index(Measure[name])] = str(value)
    return [HEADER, row]


def _notes(summary: Summary) -> dict[str, str]:
    return {note.code: said(note) for note in summary.notes}


def _as_planned(summary: Summary) -> dict[str, Any]:
    """Return what was understood, in the form in which the expectation is written."""
    counted = list(summary.lines[0].said.counts)
    outside = [foot.said.thank_you for foot in summary.tail if foot.kind is TailKind.OUTSIDE]
    return {
        "period": [summary.period.first.isoformat(), summary.period.last.isoformat()]
        if summary.period
        else None,
        "group": summary.group_name,
        "meetings": summary.meetings,
        "outside": sum(outside),
        "people": [
            {
                "name": line.name.full,
                "counts": {measure.value: line.said.count(measure) for measure in counted},
                "thank_you": line.said.thank_you,
                "notes": ", ".join(extra.text for extra in line.extras),
            }
            for line in summary.lines
        ],
        "beyond": {one.measure.value: one.beyond for one in summary.residues if one.beyond},
    }


def _in_numbers(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return an expectation with its amounts as numbers, so that 120.5 and 120.50 are the same."""
    return {
        **told,
        "outside": Decimal(told["outside"]),
        "people": [{**person, "thank_you": Decimal(person["thank_you"])} for person in told["people"]],
        "beyond": {heading: Decimal(number) for heading, number in told["beyond"].items()},
    }


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_says_what_was_planned(written: Path, shape: str, container: str) -> None:
    file = written / f"{shape}.{container}"
    planned = json.loads((written / f"{file.name}.json").read_text(encoding="utf-8"))
    (sheet,) = read_sheets(file.read_bytes())
    assert looks_like_summary(sheet)
    summary = parse_summary(sheet, TODAY, file.name)
    assert summary.problems == ()
    assert _as_planned(summary) == _in_numbers(planned)


def test_a_bare_summary_asks_for_its_period_filled_in_from_the_files_name() -> None:
    bare = summary_grid("without_headers")
    named = _summary(bare, file_name="palms 2025-09-01 to 2026-02-28.csv")
    assert (named.period, named.suggested) == (None, HALF_YEAR)
    months = _summary(bare, file_name="PALMS Sep 2025 - Feb 2026.xls")
    assert months.suggested == HALF_YEAR
    year = _summary(bare, file_name="palms-2025.xls")
    assert year.suggested == Period(first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31))
    assert _summary(bare, file_name="report.csv").suggested is None


def test_a_year_that_is_not_over_is_suggested_up_to_today() -> None:
    this_year = _summary([HEADER, ANA], file_name="palms-2026.xls").suggested
    assert this_year == Period(first=dt.date(2026, 1, 1), last=TODAY)
    assert _summary([HEADER, ANA], file_name="palms-2031.xls").suggested is None


def test_the_period_that_is_said_goes_before_that_of_the_file() -> None:
    other = Period(first=dt.date(2025, 10, 1), last=dt.date(2025, 12, 31))
    assert _summary(summary_grid("with_headers"), period=other).period == other


def test_days_that_could_be_swapped_are_suggested_and_not_taken() -> None:
    head: Grid = [["From:", "01/02/2026", "To:", None, "02/03/2026"]]
    unclear = _summary([*head, HEADER, ANA])
    assert unclear.period is None
    assert unclear.suggested == Period(first=dt.date(2026, 2, 1), last=dt.date(2026, 3, 2))
    clear = _summary([["From:", "01/02/2026", "To:", None, "28/02/2026"], HEADER, ANA])
    assert clear.period == Period(first=dt.date(2026, 2, 1), last=dt.date(2026, 2, 28))


def test_rows_at_the_foot_are_no_people() -> None:
    foot: Grid = [["Visitors", None, 25], ["BNI", None, 25], ["Total", None, 20], ["Printed on Monday"]]
    summary = _summary([HEADER, ANA, *foot])
    assert [line.name.full for line in summary.lines] == ["Ana Silva"]
    assert [line.kind for line in summary.tail] == [TailKind.VISITORS, TailKind.OUTSIDE, TailKind.TOTAL]
    assert summary.meetings == 25
    assert "Printed on Monday" in _notes(summary)["intake.row_skipped"]


def test_money_from_outside_stands_in_a_row_of_its_own() -> None:
    outside: list[Value] = ["BNI", *[None] * 12, "4200.50"]
    (foot,) = _summary([HEADER, ANA, outside]).tail
    assert foot.said.thank_you == Decimal("4200.50")
    assert _summary([HEADER, ANA, outside]).has_money


def test_what_the_total_counts_beyond_the_list_belongs_to_people_no_longer_listed() -> None:
    summary = _summary([HEADER, ANA, ["Total", None, 32, 1, 2, 1, 1, 3, 4, 5, 6, 2, 8, "150.50", 9, 1]])
    assert {one.measure: one.beyond for one in summary.residues if one.beyond} == {
        Measure.PRESENT: 12,
        Measure.THANK_YOU: 30,
    }
    assert "P 12, TYFCB 30" in _notes(summary)["intake.summary_people_no_longer_listed"]
    assert not summary.problems


def test_rows_at_the_foot_are_counted_in_the_total_where_it_has_room_for_them() -> None:
    foot: Grid = [["Visitors", None, 25], ["BNI", None, 25, *[0] * 10, "400"]]
    with_room = _summary([HEADER, ANA, *foot, ["Total", None, 80, 1, *[None] * 9, "600.50"]])
    assert {one.measure: one.beyond for one in with_room.residues if one.beyond > 0} == {
        Measure.PRESENT: 10,
        Measure.THANK_YOU: 80,
    }
    without = _summary([HEADER, ANA, *foot, ["Total", None, 32, 1]])
    assert {one.measure: one.beyond for one in without.residues if one.beyond > 0} == {Measure.PRESENT: 12}


@pytest.mark.parametrize("lost", ["∞", "#######"])
def test_a_column_with_a_lost_number_puts_nothing_down_to_people_no_longer_listed(lost: str) -> None:
    summary = _summary([*_with(THANK_YOU=lost), ["Total", None, 32, *[0] * 10, "900"]])
    assert {one.measure for one in summary.residues if one.beyond > 0} == {Measure.PRESENT}
    told = _notes(summary)["intake.total_not_compared"]
    assert told.startswith("Row 2, column N")
    assert lost in told


def test_a_total_below_the_list_is_told() -> None:
    summary = _summary([HEADER, ANA, ["Total", None, 18]])
    assert "P 2" in _notes(summary)["intake.summary_total_below_listed"]
    assert not summary.problems


@pytest.mark.parametrize(
    ("written_as", "count"),
    [
        ("53.0", 53),
        ("53,0", 53),
        ("1.234", 1234),
        ("1,234", 1234),
        ("-", 0),
        ("", 0),
        ("５３", 53),
        ("1E+2", 100),
    ],
)
def test_numbers_are_read_in_each_spelling(written_as: str, count: int) -> None:
    (line,) = _summary(_with(PRESENT=written_as)).lines
    assert line.said.count(Measure.PRESENT) == count


@pytest.mark.parametrize(
    ("written_as", "amount"),
    [
        ("235036.00", "235036"), ("1.8E+10", "18000000000"), ("8,14,41,353", "81441353"), ("1.234.567,89", "1234567.89"),
        ("12,50", "12.5"), ("–", "0"), ("€ 1.250,00", "1250"), ("₹ 8,14,41,353.50", "81441353.5"),
    ],
)  # fmt: skip
def test_amounts_are_read_in_each_spelling(written_as: str, amount: str) -> None:
    (line,) = _summary(_with(THANK_YOU=written_as)).lines
    assert line.said.thank_you == Decimal(amount)


@pytest.mark.parametrize("lost", ["∞", "#N/A", "#######", "#DIV/0!"])
def test_a_lost_number_is_told_and_counts_as_0(lost: str) -> None:
    count, amount = _summary(_with(PRESENT=lost)), _summary(_with(THANK_YOU=lost))
    assert (count.problems, amount.problems) == ((), ())
    assert lost in _notes(count)["intake.number_lost"]
    assert lost in _notes(amount)["intake.number_lost"]
    assert count.lines[0].said.count(Measure.PRESENT) == 0
    assert amount.lines[0].said.thank_you == 0


def test_a_lone_mark_groups_where_nobody_writes_thousandths() -> None:
    assert _summary(_with(THANK_YOU="1,234")).lines[0].said.thank_you == 1234
    assert _summary(_with(THANK_YOU="1.234")).lines[0].said.thank_you == 1234


def test_a_lone_mark_in_a_currency_of_thousandths_is_asked_about_unless_another_amount_shows_it() -> None:
    (problem,) = _summary(_with(THANK_YOU="1,234"), minor_digits=3).problems
    assert (problem.code, problem.row, problem.column) == ("intake.number_unclear", 2, "N")
    shown: Grid = [*_with(THANK_YOU="1,234"), ["Raj", "Patel", *[0] * 11, "10,50"]]
    assert _summary(shown, minor_digits=3).lines[0].said.thank_you == Decimal("1.234")


@pytest.mark.parametrize("found", ["twelve", "1.5", "-3", "2 or 3", "99999999999"])
def test_what_is_no_count_is_told_with_its_cell(found: str) -> None:
    (problem,) = _summary(_with(LATE=found)).problems
    assert (problem.code, problem.row, problem.column) == ("intake.number_unreadable", 2, "E")
    assert found in said(problem)
    assert "Ana Silva" in said(problem)


def test_nonsense_at_the_foot_bars_nobody() -> None:
    summary = _summary([HEADER, ANA, ["Total", None, "many"]])
    assert not summary.problems
    assert "many" in _notes(summary)["intake.number_lost"]


def test_more_letters_than_meetings_are_told_and_kept() -> None:
    summary = _summary([HEADER, ANA, ["Visitors", None, 24]])
    assert "add up to 25, but only 24" in _notes(summary)["intake.more_letters_than_meetings"]
    assert summary.lines[0].said.letters == 25
    fitting = _summary([HEADER, ANA, ["Visitors", None, 25]])
    assert "intake.more_letters_than_meetings" not in _notes(fitting)


def test_one_to_ones_are_told_to_count_for_both() -> None:
    summary = _summary([HEADER, ANA])
    assert "for both members" in _notes(summary)["intake.one_to_ones_count_for_both"]
    assert summary.lines[0].said.count(Measure.ONE_TO_ONES) == 8
    assert "intake.one_to_ones_count_for_both" not in _notes(_summary(_with(ONE_TO_ONES=0)))


def test_further_columns_are_kept_as_notes() -> None:
    summary = _summary([[*HEADER, "Custom", "Points"], [*ANA, "Mentor", "0"]])
    assert [(extra.heading, extra.text) for extra in summary.lines[0].extras] == [("Custom", "Mentor")]
    assert "Custom, Points" in _notes(summary)["intake.extra_columns"]


def test_columns_that_the_file_does_not_have_are_told() -> None:
    summary = _summary([HEADER[:7], ANA[:7]])
    assert "RGI, RGO, RRI, RRO, V, 1-2-1, TYFCB, CEU" in _notes(summary)["intake.counts_not_in_file"]
    assert not summary.has_money


def test_a_name_that_stands_twice_is_told() -> None:
    assert "Are these two people" in _notes(_summary([HEADER, ANA, ANA]))["intake.name_listed_twice"]


def test_counts_without_a_name_are_told_and_a_name_without_counts_is_kept() -> None:
    (problem,) = _summary([HEADER, ANA, [None, None, 3]]).problems
    assert (problem.code, problem.row) == ("intake.name_missing", 3)
    further: Grid = [["Raj", "Patel"], ["Members since 2020"]]
    kept = _summary([HEADER, ANA, *further])
    assert [line.name.full for line in kept.lines] == ["Ana Silva", "Raj Patel"]
    assert "Raj Patel" in _notes(kept)["intake.line_without_counts"]


def test_a_header_that_is_printed_on_each_page_is_no_person() -> None:
    assert len(_summary([HEADER, ANA, HEADER, ["Raj", *ANA[1:]]]).lines) == 2


def test_names_without_a_heading_stand_before_the_counts() -> None:
    summary = _summary([["", "", *HEADER[2:]], ANA])
    assert summary.lines[0].name.full == "Ana Silva"
    single = _summary([["", *HEADER[2:]], ["Ana Silva", *ANA[2:]]])
    assert single.lines[0].name.full == "Ana Silva"


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ([["alpha", "beta"], ["1", "2"]], "intake.no_summary_header"),
        ([list(Measure), ANA[2:]], "intake.missing_name_column"),
        ([HEADER], "intake.no_people"),
    ],
)
def test_what_is_no_summary_is_refused_by_what_is_missing(grid: Grid, code: str) -> None:
    with pytest.raises(Refused) as caught:
        _summary(grid)
    (refusal,) = caught.value.refusals
    assert refusal.code == code
    assert said(refusal)


def test_weeks_with_counts_beside_them_are_no_summary() -> None:
    weeks = [["First Name", "Last Name", "2025-09-02", "2025-09-09", "P", "A", "L", "M", "S"]]
    assert not looks_like_summary(_sheet([*weeks, ["Ana", "Silva", "P", "A", 1, 1, 0, 0, 0]]))
    assert not looks_like_summary(_sheet(export_grid(planned_attendance())))
    assert not looks_like_summary(_sheet(chapter_grid()))


def test_a_period_that_is_not_over_is_told() -> None:
    ahead = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    assert "intake.period_not_over" in _notes(_summary([HEADER, ANA], period=ahead))
    (sheet,) = read_sheets(xlsx_bytes({"Report": [HEADER, ANA]}))
    assert parse_summary(sheet, TODAY, "x.xlsx", HALF_YEAR).notes
    assert "intake.period_not_over" not in _notes(_summary([HEADER, ANA], period=HALF_YEAR))
