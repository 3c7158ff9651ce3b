"""Dues from files on both engines: as planned, nothing twice, nobody's name lost, undone but for what was changed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.importer import NOBODY, ImportAnswers, ImportPreview
from app.core.sheets.spelling import folded
from app.plugins.dues.domain.entry import DueKind, DueState
from app.plugins.dues.queries.entries import EntryLine, entries_standing
from app.plugins.dues.services.entries import OnEntry, note_paid
from tests.support.fixtures_dues import (
    CONTAINERS,
    MEMBERS,
    NO_MEMBER,
    expected_beside,
    file_of,
    grid,
    planned_dues,
)
from tests.support.imports import looked_at, taken_in, undone, what_undoing_takes
from tests.support.sheets import Value, csv_bytes
from tests.support.world import World

PLAN = planned_dues()
FILE = file_of(grid(PLAN), "xls")
SAID = ImportAnswers(currency="EUR", names={folded(NO_MEMBER): NOBODY})
TODAY = dt.date(2026, 11, 24)


@dataclass(frozen=True, kw_only=True)
class House:
    """A group with the members of the plan."""

    world: World
    group: Group
    members: Mapping[str, MemberLine]

    def entries(self) -> list[EntryLine]:
        """Return every line of dues, the first due day first."""
        work = self.world.work()
        lines = entries_standing(work.session, self.group.id, None, TODAY)
        work.rollback()
        return sorted(lines, key=lambda line: line.due_on)

    def look(self, data: bytes, said: ImportAnswers = SAID) -> ImportPreview:
        """Return what a file would do."""
        return looked_at(self.world, self.group, data, said=said)[1].whole


@pytest.fixture
def house(world: World) -> House:
    group = world.group(plugins=("attendance", "dues"))
    return House(world=world, group=group, members={name: world.member(group, name) for name in MEMBERS})


def a_file(*rows: list[Value]) -> bytes:
    return csv_bytes([["Name", "Due Date", "Amount", "Paid", "What for"], *rows])


@pytest.mark.parametrize("container", CONTAINERS)
def test_dues_stand_as_planned(house: House, container: str) -> None:
    taken_in(house.world, house.group, file_of(grid(PLAN), container), said=SAID)
    entries = house.entries()
    assert dict(Counter(line.state.value for line in entries)) == expected_beside()["states"]
    assert sum(line.amount_minor for line in entries) == expected_beside()["amount_minor"]
    assert {line.name for line in entries} == {*MEMBERS, NO_MEMBER}
    assert [line.name for line in entries if line.member_id is None] == [NO_MEMBER]
    assert {line.kind for line in entries} == {DueKind.MEMBERSHIP}


def test_the_currency_is_always_asked_and_the_name_on_the_desk(house: House) -> None:
    shown = house.look(FILE, ImportAnswers())
    assert shown.kind == "dues"
    assert shown.asks_currency == "In which currency are the amounts? No dues file says it."
    assert [name.written for name in shown.unmatched] == [NO_MEMBER]
    assert not shown.may_apply


def test_amounts_are_in_the_currency_that_was_said(house: House) -> None:
    said = ImportAnswers(currency="JPY")
    taken_in(house.world, house.group, a_file(["Ana Silva", "2026-12-01", "4500", "", ""]), said=said)
    (line,) = house.entries()
    assert (line.amount_minor, line.currency) == (4500, "JPY")


def test_the_same_file_twice_changes_nothing(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    again = file_of(grid(PLAN), "csv")
    assert house.look(again).totals["already_there"] == len(PLAN)
    taken_in(house.world, house.group, again, said=SAID)
    assert len(house.entries()) == len(PLAN)


def test_a_payment_that_the_file_knows_and_the_list_does_not_is_said(house: House) -> None:
    row: list[Value] = ["Ana Silva", "2026-12-01", "450", "", ""]
    taken_in(house.world, house.group, a_file(row), said=SAID)
    shown = house.look(a_file([*row[:3], "2026-11-01", ""]))
    assert shown.totals["new"] == 0
    assert shown.overlaps[1].startswith("1 of them is paid in the file and still to be paid here.")


def test_the_same_amount_for_something_else_is_another_line(house: House) -> None:
    taken_in(house.world, house.group, a_file(["Ana Silva", "2026-12-01", "45", "", ""]), said=SAID)
    taken_in(house.world, house.group, a_file(["Ana Silva", "2026-12-01", "45", "", "Breakfast"]), said=SAID)
    assert {line.kind for line in house.entries()} == {DueKind.MEMBERSHIP, DueKind.MEETING}


def test_equal_rows_of_one_file_are_as_many_lines_and_that_is_told(house: House) -> None:
    row: list[Value] = ["Ana Silva", "2026-12-01", "45", "", "Breakfast"]
    shown = house.look(a_file(row, row))
    assert shown.totals["new"] == 2
    assert "These rows equal an earlier one and are written as well: 3." in shown.remarks


def test_a_word_that_is_not_known_stands_in_the_note(house: House) -> None:
    taken_in(house.world, house.group, a_file(["Ana Silva", "2026-12-01", "45", "", "Flowers"]), said=SAID)
    (line,) = house.entries()
    assert (line.kind, line.note) == (DueKind.OTHER, "Flowers")


def test_undone_only_what_was_changed_since_stays(house: House) -> None:
    batch = taken_in(house.world, house.group, FILE, said=SAID)
    owed = next(line for line in house.entries() if line.state is DueState.OWED)
    note_paid(
        house.world.work(), OnEntry(group=house.group, today=TODAY, entry=owed.public_id, seen_version=1)
    )
    shown = what_undoing_takes(house.world, house.group, batch)
    assert [line.key for line in shown.touched] == [f"0:{owed.public_id}"]
    assert undone(house.world, house.group, batch).startswith("Taken away: 5 lines. 1 stays")
    assert [line.public_id for line in house.entries()] == [owed.public_id]
    house.world.assert_ledger_whole(house.group)
