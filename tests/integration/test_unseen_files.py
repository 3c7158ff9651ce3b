"""Do files that no importer was written for come in whole, once, and go again? Their totals stand in `tests/unseen`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from tests.support.world import World
from tests.unseen import own_sheets, people, slips, summaries, weeks
from tests.unseen.brought import Brought, GroupPlan, Totals
from tests.unseen.leader import Leader, says

KEPT_IN: Final = (
    "person",
    "member",
    "membership",
    "meeting",
    "attendance_record",
    "attendance_mark",
    "attendance_opening_balance",
    "referrals_slip",
    "referrals_thank_you",
    "activities_one_to_one",
    "activities_learning",
    "welcome_visitor",
)
"""Where the house keeps what a file brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file, the answers to what the house asks about it, and what PALMS of its period must say."""

    plan: GroupPlan
    file: Callable[[], Brought]
    period: tuple[object, object]
    totals: Totals
    answers: Sequence[str] = ()


CASES: Final = {
    "summary with headers, .xls that is XML": Case(
        plan=summaries.LANTERN,
        file=summaries.lantern,
        period=(summaries.LANTERN_FROM, summaries.LANTERN_TO),
        totals=summaries.LANTERN_TOTALS,
        answers=("--currency", "INR", "--name", "Bob Tanaka=Robert Tanaka", "--name", "Dev Kulkarni=nobody"),
    ),
    "summary without headers, Windows-1252": Case(
        plan=summaries.FJORD,
        file=summaries.fjord,
        period=(summaries.FJORD_FROM, summaries.FJORD_TO),
        totals=summaries.FJORD_TOTALS,
        answers=("--currency", "NOK", "--from", "2025-01-07", "--to", "2025-05-27"),
    ),
    "summary with Chinese headers, .xlsx": Case(
        plan=summaries.HARVEST,
        file=summaries.harvest,
        period=(summaries.HARVEST_FROM, summaries.HARVEST_TO),
        totals=summaries.HARVEST_TOTALS,
        answers=("--currency", "TWD", "--from", "2025-07-02", "--to", "2025-09-24"),
    ),
    "attendance over New Year": Case(
        plan=weeks.KILN,
        file=weeks.kiln,
        period=(weeks.KILN_FROM, weeks.KILN_TO),
        totals=weeks.KILN_TOTALS,
    ),
    "slips audit, newer": Case(
        plan=slips.TANNERY,
        file=slips.tannery,
        period=(slips.DAY, slips.DAY),
        totals=slips.TANNERY_TOTALS,
        answers=("--currency", "GBP", "--from", slips.DAY, "--to", slips.DAY),
    ),
    "slips audit, older": Case(
        plan=slips.QUARRY,
        file=slips.quarry,
        period=(slips.DAY, slips.DAY),
        totals=slips.QUARRY_TOTALS,
        answers=("--currency", "AUD"),
    ),
    "visitors, .xls that is XML": Case(
        plan=people.ORCHARD,
        file=people.orchard_visitors,
        period=(people.VISITS_FROM, people.VISITS_TO),
        totals=people.VISITS_BY,
    ),
    "visitors, CSV with dd/mm": Case(
        plan=people.ORCHARD,
        file=people.visitors_as_csv_of_excel,
        period=(people.VISITS_FROM, people.VISITS_TO),
        totals=people.VISITS_BY,
    ),
    "own sheet, merged cells and Buddhist years": Case(
        plan=own_sheets.LOTUS,
        file=own_sheets.lotus,
        period=(own_sheets.LOTUS_FROM, own_sheets.LOTUS_TO),
        totals=own_sheets.LOTUS_PRESENT,
    ),
    "own sheet, months above days": Case(
        plan=own_sheets.HEATHER,
        file=own_sheets.heather,
        period=(own_sheets.HEATHER_FROM, own_sheets.HEATHER_TO),
        totals=own_sheets.HEATHER_TOTALS,
        answers=("--from", own_sheets.HEATHER_FROM, "--to", own_sheets.HEATHER_TO),
    ),
    "own sheet, Windows-1252": Case(
        plan=own_sheets.LINDE,
        file=own_sheets.linde,
        period=(own_sheets.LINDE_FROM, own_sheets.LINDE_TO),
        totals=own_sheets.LINDE_TOTALS,
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    """Return one case after the other."""
    return CASES[request.param]


def brought(leader: Leader, case: Case) -> None:
    """Bring the file, with its answers, and see that it is taken in."""
    result = leader.brings(case.file(), *case.answers)
    assert result.exit_code == 0, result.output


def test_a_file_says_what_its_owner_wrote(world: World, tmp_path: Path, case: Case) -> None:
    leader = Leader(world, case.plan, tmp_path)
    brought(leader, case)
    assert says(leader.palms(*case.period), case.totals) == case.totals


def test_a_dry_run_changes_nothing_and_a_second_time_doubles_nothing(
    world: World, tmp_path: Path, case: Case
) -> None:
    leader = Leader(world, case.plan, tmp_path)
    before, rows_before = leader.sees(*case.period), leader.rows(KEPT_IN)
    dry = leader.brings(case.file(), *case.answers, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert (leader.sees(*case.period), leader.rows(KEPT_IN)) == (before, rows_before)
    brought(leader, case)
    once, rows = leader.sees(*case.period), leader.rows(KEPT_IN)
    assert once != before
    leader.brings(case.file(), *case.answers)
    assert (leader.sees(*case.period), leader.rows(KEPT_IN)) == (once, rows)


def test_an_undone_file_leaves_everything_as_before_and_may_come_again(
    world: World, tmp_path: Path, case: Case
) -> None:
    leader = Leader(world, case.plan, tmp_path)
    before = leader.sees(*case.period)
    brought(leader, case)
    undone = leader.undoes()
    assert undone.exit_code == 0, undone.output
    assert leader.sees(*case.period) == before
    brought(leader, case)
    assert says(leader.palms(*case.period), case.totals) == case.totals


def test_what_the_total_counts_beyond_the_members_stands_as_people_no_longer_listed(
    world: World, tmp_path: Path
) -> None:
    case = CASES["summary with headers, .xls that is XML"]
    leader = Leader(world, case.plan, tmp_path)
    brought(leader, case)
    palms = leader.palms(*case.period)
    assert says(palms, summaries.LANTERN_RESIDUE) == summaries.LANTERN_RESIDUE
    residue = palms["People no longer listed"]
    assert residue["P"] in summaries.LANTERN_RESIDUE_OF_P
    assert residue["TYFCB (INR)"] in summaries.LANTERN_RESIDUE_OF_MONEY


def test_an_amount_nobody_can_read_is_named_and_not_put_down_to_people_who_left(
    world: World, tmp_path: Path
) -> None:
    leader = Leader(world, summaries.LANTERN, tmp_path)
    answers = CASES["summary with headers, .xls that is XML"].answers
    said = leader.brings(summaries.lantern_unreadable(), *answers, "--dry-run").output
    assert "Row 9, column S" in said
    assert "∞" in said
    assert "Row 10, column S" in said
    assert "#######" in said
    assert "18081478353" not in said


def test_a_name_that_two_members_have_is_not_called_nobodys(world: World, tmp_path: Path) -> None:
    plan = replace(summaries.FJORD, members=(*summaries.FJORD.members, "Ole Bull"))
    case = CASES["summary without headers, Windows-1252"]
    asked = Leader(world, plan, tmp_path).brings(case.file(), *case.answers)
    assert asked.exit_code == 1
    assert "Row 6" in asked.stderr
    assert "nobody is called" not in asked.stderr


def test_the_period_in_a_files_name_is_offered(world: World, tmp_path: Path) -> None:
    page = Leader(world, summaries.FJORD, tmp_path).uploads(summaries.fjord_named_with_its_period())
    assert 'value="2025-01-07"' in page
    assert 'value="2025-05-27"' in page


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.answers])
def test_a_file_with_an_open_question_changes_nothing_and_says_the_option(
    world: World, tmp_path: Path, name: str
) -> None:
    case = CASES[name]
    leader = Leader(world, case.plan, tmp_path)
    before = leader.sees(*case.period)
    asked = leader.brings(case.file())
    assert asked.exit_code == 1
    for option in {answer for answer in case.answers if answer.startswith("--")}:
        assert option in asked.stderr
    assert leader.sees(*case.period) == before


def test_a_letter_that_nobody_knows_is_named_by_row_and_column_and_nothing_is_taken_in(
    world: World, tmp_path: Path
) -> None:
    leader = Leader(world, weeks.KILN, tmp_path)
    before = leader.sees(weeks.KILN_FROM, weeks.KILN_TO)
    refused = leader.brings(weeks.kiln_with_unknown_letter())
    assert refused.exit_code == 1
    assert "Row 9, column N: “V” for Priya Raman" in refused.stderr
    assert "Row 11, column G: “V” for Tomasz Wójcik" in refused.stderr
    assert leader.sees(weeks.KILN_FROM, weeks.KILN_TO) == before


def test_headings_without_a_year_are_read_into_the_old_year_and_the_new(world: World, tmp_path: Path) -> None:
    leader = Leader(world, weeks.KILN, tmp_path)
    said = leader.brings(weeks.kiln()).stdout
    assert says(leader.palms(weeks.KILN_FROM, "2025-12-31"), weeks.KILN_OLD_YEAR) == weeks.KILN_OLD_YEAR
    assert "26 December 2025" in said
    assert "14 January 2026 is not a day on which the group meets" in said


def test_a_fuller_report_of_the_same_day_adds_only_what_is_new(world: World, tmp_path: Path) -> None:
    case = CASES["slips audit, older"]
    leader = Leader(world, case.plan, tmp_path)
    brought(leader, case)
    fuller = leader.brings(slips.quarry_full(), *case.answers)
    assert fuller.exit_code == 0, fuller.output
    assert says(leader.palms(*case.period), slips.QUARRY_FULL_TOTALS) == slips.QUARRY_FULL_TOTALS
    leader.undoes()
    assert says(leader.palms(*case.period), slips.QUARRY_TOTALS) == slips.QUARRY_TOTALS


def test_visitors_stand_on_their_page_and_a_substitute_counts_for_nobody(
    world: World, tmp_path: Path
) -> None:
    leader = Leader(world, people.ORCHARD, tmp_path)
    leader.brings(people.orchard_visitors())
    page = leader.page("welcome/")
    assert [name for name in people.VISITOR_NAMES if name not in page] == []
    assert leader.rows(["welcome_visitor"]) == {"welcome_visitor": people.VISITS}
    assert leader.palms(people.VISITS_FROM, people.VISITS_TO)["Iván Nieto"]["V"] == 0


def test_months_are_read_into_their_days(world: World, tmp_path: Path) -> None:
    thai, irish = CASES["own sheet, merged cells and Buddhist years"], CASES["own sheet, months above days"]
    lotus, heather = Leader(world, thai.plan, tmp_path), Leader(world, irish.plan, tmp_path)
    brought(lotus, thai)
    brought(heather, irish)
    assert (
        says(lotus.palms("2025-12-01", "2025-12-31"), own_sheets.LOTUS_DECEMBER) == own_sheets.LOTUS_DECEMBER
    )
    october = heather.palms("2025-10-01", "2025-10-31")
    assert says(october, own_sheets.HEATHER_OCTOBER) == own_sheets.HEATHER_OCTOBER


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("own sheet, merged cells and Buddhist years", ["Fee", "Remarks"]),
        ("own sheet, Windows-1252", ["Firma", "Kasse", "Bemerkung"]),
    ],
)
def test_every_column_that_is_left_out_is_named(
    world: World, tmp_path: Path, name: str, columns: list[str]
) -> None:
    said = Leader(world, CASES[name].plan, tmp_path).brings(CASES[name].file(), "--dry-run").stdout
    assert [column for column in columns if column not in said] == []


def test_a_row_that_is_hidden_is_mentioned(world: World, tmp_path: Path) -> None:
    said = Leader(world, own_sheets.LOTUS, tmp_path).brings(own_sheets.lotus(), "--dry-run").stdout
    assert "hidden" in said
    assert "7" in said
