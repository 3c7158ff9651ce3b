"""PALMS summaries become opening balances: numbers as planned before any file was written, nothing twice, no meetings."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.intake.importer import NOBODY, ImportAnswers
from app.core.intake.models import ImportExtraRow
from app.plugins.attendance.models import OpeningBalanceRow
from app.plugins.attendance.services.summary_plan import PEOPLE_NO_LONGER_LISTED
from app.plugins.attendance.store_balances import COLUMN_OF
from tests.support.bringing import Intake
from tests.support.fixtures_summary import FIRST, LAST, summary_bytes, write_summaries
from tests.support.reading import words
from tests.support.sheets import Grid, Value, csv_bytes
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
BALANCE: Any = OpeningBalanceRow.__table__
SAID = ImportAnswers(period_first=FIRST, period_last=LAST, currency="EUR")
HEADER: tuple[Value, ...] = ("First Name", "Last Name", *COLUMN_OF, "TYFCB")
ANA: tuple[Value, ...] = ("Ana", "Silva", 20, 1, 2, 1, 1, 3, 4, 5, 6, 2, 8, 9, 1, "120.50")
RAJ: tuple[Value, ...] = ("Raj", "Patel", 21, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, "0")
SMALL: Grid = [HEADER, ANA, RAJ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with every planned file and its expectation beside it."""
    folder = tmp_path_factory.mktemp("summaries")
    write_summaries(folder)
    return folder


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def intake(world: World, group: Group) -> Intake:
    """Return the harbour's files, where Ana Silva and Raj Patel are members."""
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    return Intake(world=world, group=group)


def _join(world: World, group: Group, names: list[str]) -> dict[str, MemberLine]:
    return {name: world.member(group, name) for name in names}


def _balances(world: World) -> list[Mapping[str, Any]]:
    with world.held.new_session() as session:
        return [dict(row) for row in session.execute(select(BALANCE).order_by(BALANCE.c.id)).mappings()]


def _noted(world: World) -> dict[str, str]:
    """Return what is kept of the column Custom, by name as written."""
    with world.held.new_session() as session:
        found = session.execute(
            select(ImportExtraRow.name, ImportExtraRow.heading, ImportExtraRow.text)
        ).all()
    return {row.name: row.text for row in found if row.heading == "Custom"}


def _as_planned(world: World, rows: list[Mapping[str, Any]], planned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows of people in the form in which the expectation is written."""
    noted = _noted(world)
    return {
        row["listed_name"]: {
            "counts": {
                measure.value: row[column]
                for measure, column in COLUMN_OF.items()
                if measure.value in planned["people"][0]["counts"]
            },
            "thank_you": Decimal(row["thank_you_minor"]) / 100,
            "notes": noted.get(row["listed_name"], ""),
        }
        for row in rows
        if row["listed_name"] not in {"BNI", PEOPLE_NO_LONGER_LISTED}
    }


def _beyond(rows: list[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Return what is kept for people no longer listed, in the form in which the expectation is written."""
    (row,) = [row for row in rows if row["listed_name"] == PEOPLE_NO_LONGER_LISTED]
    numbers = {measure.value: Decimal(row[column]) for measure, column in COLUMN_OF.items()}
    numbers["TYFCB"] = Decimal(row["thank_you_minor"]) / 100
    return {heading: number for heading, number in numbers.items() if number}


@pytest.mark.parametrize(
    ("shape", "container"),
    [("with_headers", "xls"), ("without_headers", "csv"), ("chinese", "xlsx")],
)
def test_numbers_in_the_database_are_those_of_the_plan(
    world: World, group: Group, written: Path, shape: str, container: str
) -> None:
    file = written / f"{shape}.{container}"
    planned = json.loads((written / f"{file.name}.json").read_text(encoding="utf-8"))
    members = _join(world, group, [person["name"] for person in planned["people"]])
    intake = Intake(world=world, group=group)
    batch = intake.bring(file.read_bytes(), SAID, file_name=file.name)
    shown = intake.preview(batch)
    assert shown.may_apply, (shown.problems, shown.unmatched)
    assert shown.totals["people"] == shown.totals["members"] == len(planned["people"])
    intake.apply(batch)
    rows = _balances(world)
    assert _as_planned(world, rows, planned) == {
        person["name"]: {
            "counts": person["counts"],
            "thank_you": Decimal(person["thank_you"]),
            "notes": person["notes"],
        }
        for person in planned["people"]
    }
    assert {(row["first_day"], row["last_day"], row["meetings"]) for row in rows} == {(FIRST, LAST, 25)}
    assert {row["listed_name"]: row["member_id"] for row in rows} == {
        **{name: member.id for name, member in members.items()},
        "BNI": None,
        PEOPLE_NO_LONGER_LISTED: None,
    }
    assert _beyond(rows) == {heading: Decimal(number) for heading, number in planned["beyond"].items()}
    (outside,) = [row["thank_you_minor"] for row in rows if row["listed_name"] == "BNI"]
    assert Decimal(outside) / 100 == Decimal(planned["outside"])
    assert (world.rows("meeting"), world.rows("attendance_mark")) == (0, 0)
    world.assert_ledger_whole(group)


def test_somebody_who_left_stays_on_the_desk_and_is_kept_without_a_member(
    world: World, intake: Intake
) -> None:
    left: Grid = [*SMALL, ("Old", "Leaver", 7, *[0] * 12, "50")]
    shown = intake.preview(intake.bring(csv_bytes(left), SAID))
    assert [(name.written, list(name.rows)) for name in shown.unmatched] == [("Old Leaver", [4])]
    assert not shown.may_apply
    nobody = ImportAnswers(period_first=FIRST, period_last=LAST, currency="EUR", names={"old leaver": NOBODY})
    batch = intake.bring(csv_bytes(left), nobody)
    assert "Old Leaver (no member)" in [line[1] for line in intake.preview(batch).lines]
    intake.apply(batch)
    kept = {row["listed_name"]: (row["member_id"], row["p"]) for row in _balances(world)}
    assert kept["Old Leaver"] == (None, 7)
    assert kept["Ana Silva"][0] is not None


def test_a_name_of_a_former_member_means_that_member(world: World, group: Group) -> None:
    former = world.member(group, "Old Leaver", ended=dt.date(2026, 1, 31))
    intake = Intake(world=world, group=group)
    intake.apply(intake.bring(csv_bytes([HEADER, ("Old", "Leaver", *RAJ[2:])]), SAID))
    assert [row["member_id"] for row in _balances(world)] == [former.id]


def test_period_and_currency_are_asked_with_what_is_likely(intake: Intake) -> None:
    name = "palms 2025-09-01 2026-02-28.csv"
    shown = intake.preview(intake.bring(csv_bytes(SMALL), file_name=name))
    assert shown.asks_period
    assert shown.asks_currency
    assert (shown.guessed.period_first, shown.guessed.period_last) == (FIRST, LAST)
    assert shown.guessed.currency == "EUR"
    assert not shown.may_apply
    assert [line[1] for line in shown.lines] == ["Ana Silva", "Raj Patel"]
    without_money = [row[:-1] for row in SMALL]
    assert not intake.preview(intake.bring(csv_bytes(without_money))).asks_currency


@pytest.mark.parametrize(("currency", "minor"), [("EUR", 12050), ("KWD", 120500), ("JPY", 121)])
def test_amounts_are_kept_in_minor_units_of_the_currency_that_was_said(
    world: World, intake: Intake, currency: str, minor: int
) -> None:
    said = ImportAnswers(period_first=FIRST, period_last=LAST, currency=currency)
    batch = intake.bring(csv_bytes(SMALL), said)
    rounded = [line for line in intake.preview(batch).remarks if "rounded" in line]
    assert len(rounded) == (1 if currency == "JPY" else 0)
    intake.apply(batch)
    assert [(row["thank_you_minor"], row["currency"]) for row in _balances(world)] == [
        (minor, currency),
        (0, currency),
    ]


def test_the_same_counts_again_change_nothing(world: World, intake: Intake) -> None:
    intake.apply(intake.bring(csv_bytes(SMALL), SAID))
    before = _balances(world)
    again = intake.bring(csv_bytes([*SMALL, ("Sum",)]), SAID, file_name="again.csv")
    shown = intake.preview(again)
    assert (shown.totals["new"], shown.totals["already_there"]) == (0, 2)
    assert intake.apply(again) == "0 lines of the summary were taken in."
    assert _balances(world) == before


def test_what_touches_the_period_of_an_earlier_file_is_told_row_by_row_and_left_out(
    world: World, intake: Intake
) -> None:
    intake.apply(intake.bring(csv_bytes(SMALL[:2]), SAID))
    later = ImportAnswers(period_first=dt.date(2026, 2, 1), period_last=dt.date(2026, 3, 31), currency="EUR")
    batch = intake.bring(csv_bytes(SMALL), later)
    (told,) = intake.preview(batch).overlaps
    assert told.startswith("Row 2: Ana Silva has counts from")
    assert "2025" in told
    assert "undo that import first" in told
    intake.apply(batch)
    assert [row["listed_name"] for row in _balances(world)] == ["Ana Silva", "Raj Patel"]


def test_a_line_kept_without_a_member_is_found_again_by_its_name(world: World, intake: Intake) -> None:
    left: Grid = [HEADER, ("Old", "Leaver", *RAJ[2:])]
    nobody = ImportAnswers(period_first=FIRST, period_last=LAST, currency="EUR", names={"old leaver": NOBODY})
    intake.apply(intake.bring(csv_bytes(left), nobody))
    world.member(intake.group, "Old Leaver")
    again = intake.bring(csv_bytes(left), SAID, file_name="again.csv")
    assert intake.preview(again).totals["already_there"] == 1


def test_letters_in_submitted_records_of_the_period_are_told(world: World, intake: Intake) -> None:
    weeks: Grid = [["Name", "2025-09-02", "2025-09-09"], ["Ana Silva", "P", "L"]]
    intake.apply(intake.bring(csv_bytes(weeks)))
    shown = intake.preview(intake.bring(csv_bytes(SMALL), SAID))
    (told,) = shown.overlaps
    assert told.startswith("Row 2: Ana Silva has letters in submitted records within this period (2)")
    assert shown.totals["new"] == 2
    earlier = ImportAnswers(period_first=dt.date(2025, 1, 1), period_last=dt.date(2025, 9, 1), currency="EUR")
    assert not intake.preview(intake.bring(csv_bytes(SMALL), earlier, file_name="x.csv")).overlaps


def test_undoing_takes_the_lines_out_and_keeps_what_was_changed_since(world: World, intake: Intake) -> None:
    batch = intake.bring(csv_bytes(SMALL), SAID)
    intake.apply(batch)
    _change(world, "Ana Silva")
    shown = intake.undo_preview(batch)
    assert shown.summary == ["1 line of the summary goes."]
    assert ["Ana Silva" in line.text for line in shown.touched] == [True]
    assert intake.undo(batch) == "1 line of the summary was taken out."
    assert [row["listed_name"] for row in _balances(world)] == ["Ana Silva"]
    world.assert_ledger_whole(intake.group)


def test_undoing_takes_also_what_was_changed_where_the_leader_says_so(world: World, intake: Intake) -> None:
    batch = intake.bring(csv_bytes(SMALL), SAID)
    intake.apply(batch)
    _change(world, "Ana Silva")
    keys = frozenset(line.key for line in intake.undo_preview(batch).touched)
    assert intake.undo(batch, also_touched=keys) == "2 lines of the summary were taken out."
    assert _balances(world) == []


def test_undoing_one_file_leaves_those_of_another(world: World, intake: Intake) -> None:
    intake.apply(intake.bring(csv_bytes(SMALL[:2]), SAID))
    batch = intake.bring(csv_bytes([HEADER, RAJ]), SAID, file_name="raj.csv")
    intake.apply(batch)
    intake.undo(batch)
    assert [row["listed_name"] for row in _balances(world)] == ["Ana Silva"]


@SQLITE
def test_balances_of_another_group_neither_stand_in_the_way_nor_go(world: World, intake: Intake) -> None:
    mill = world.group("mill")
    world.member(mill, "Ana Silva"), world.member(mill, "Raj Patel")
    other = Intake(world=world, group=mill)
    first = other.bring(csv_bytes(SMALL), SAID)
    other.apply(first)
    batch = intake.bring(csv_bytes(SMALL), SAID)
    assert intake.preview(batch).totals["new"] == 2
    intake.apply(batch)
    other.undo(first)
    assert {row["group_id"] for row in _balances(world)} == {intake.group.id}


@SQLITE
def test_a_summary_of_another_group_is_told(intake: Intake) -> None:
    head: Grid = [["Chapter", "Old Mill"]]
    remarks = intake.preview(intake.bring(csv_bytes([*head, *SMALL]), SAID)).remarks
    assert any("Old Mill" in line for line in remarks)
    own: Grid = [["Chapter", intake.group.name]]
    remarks = intake.preview(intake.bring(csv_bytes([*own, *SMALL]), SAID)).remarks
    assert not any("your group" in line for line in remarks)


@SQLITE
def test_a_count_that_cannot_be_read_bars_the_way(world: World, intake: Intake) -> None:
    batch = intake.bring(csv_bytes([HEADER, ("Ana", "Silva", "twelve", *ANA[3:])]), SAID)
    (problem,) = intake.preview(batch).problems
    assert problem.startswith("Row 2, column C: “twelve” for Ana Silva")
    with pytest.raises(Refused) as caught:
        intake.apply(batch)
    assert [refusal.code for refusal in caught.value.refusals] == ["imports.to_mend"]
    assert _balances(world) == []


@SQLITE
@pytest.mark.parametrize("shape", ["without_headers", "chinese"])
def test_a_preview_takes_as_many_statements_for_thirty_people_as_for_two(
    world: World, group: Group, shape: str
) -> None:
    intake = Intake(world=world, group=group)
    small = intake.bring(csv_bytes(SMALL), SAID)
    large = intake.bring(summary_bytes(shape, "csv"), SAID)
    counted = []
    for batch in (small, large):
        with world.statements() as seen:
            intake.preview(batch)
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_a_leader_brings_a_summary_on_the_pages(world: World, group: Group, written: Path) -> None:
    planned = json.loads((written / "without_headers.xls.json").read_text(encoding="utf-8"))
    _join(world, group, [person["name"] for person in planned["people"][1:]])
    leader = world.client(world.member(group, "Lena Leader", offices=(Office.PRESIDENT,)))
    file = (BytesIO((written / "without_headers.xls").read_bytes()), "PALMS Sep 2025 - Feb 2026.xls")
    shown = leader.post("/g/harbour/import", data={"file": file}).location
    page = words(leader.get(shown))
    assert "From when to when does this summary reach?" in page
    assert "In which?" in page
    assert 'value="2025-09-01"' in page
    assert "Ana Silva" in page
    answers = {
        "period_first": "2025-09-01",
        "period_last": "2026-02-28",
        "currency": "eur",
        "name:ana silva": NOBODY,
    }
    assert leader.post(f"{shown}/answers", data=answers).status_code == 303
    ready = words(leader.get(shown))
    assert "32 lines are new." in ready
    assert "This belongs to people no longer listed" in ready
    assert leader.post(f"{shown}/apply").status_code == 303
    assert "32 lines of the summary were taken in." in words(leader.get(shown))
    rows = _balances(world)
    assert _as_planned(world, rows, planned) == {
        person["name"]: {
            "counts": person["counts"],
            "thank_you": Decimal(person["thank_you"]),
            "notes": person["notes"],
        }
        for person in planned["people"]
    }
    assert [row["listed_name"] for row in rows if row["member_id"] is None] == [
        "Ana Silva",
        "BNI",
        PEOPLE_NO_LONGER_LISTED,
    ]
    world.assert_ledger_whole(group)


def _change(world: World, name: str) -> None:
    """Correct a line, as somebody does who finds a mistake in the earlier system."""
    work = world.work()
    work.session.execute(
        update(BALANCE).where(BALANCE.c.listed_name == name).values(p=BALANCE.c.p + 1, version=2)
    )
    work.commit()


def test_a_line_of_nobody_has_no_member_id_of_anybody(world: World, intake: Intake) -> None:
    everybody = ImportAnswers(period_first=FIRST, period_last=LAST, currency="EUR", names={"*": NOBODY})
    intake.apply(intake.bring(csv_bytes([HEADER, ("Old", "Leaver", *RAJ[2:]), ANA]), everybody))
    kept: dict[str, MemberId | None] = {row["listed_name"]: row["member_id"] for row in _balances(world)}
    assert kept["Old Leaver"] is None
    assert kept["Ana Silva"] is not None
