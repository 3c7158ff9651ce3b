"""Do lists of people that no importer was written for come in whole? A roster with somebody twice, and dues."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.support.world import World
from tests.unseen import people
from tests.unseen.leader import Leader

LISTS: Final = ("person", "member", "membership")
ONE_OMAR: Final = ("--name", "Omar Castellanos #6=new", "--name", "Omar Castellanos #9=nobody")
"""What the house asks about the roster, answered: one person, with the address of the first row."""


def not_on_one_line(facts: Mapping[str, Sequence[str]], lines: Sequence[str]) -> list[str]:
    """Return the names which no line of the page holds together with all their facts."""
    return [
        name
        for name, known in facts.items()
        if not any(name in line and all(fact in line for fact in known) for line in lines)
    ]


def test_a_roster_brings_everybody_with_the_day_they_joined(world: World, tmp_path: Path) -> None:
    leader = Leader(world, people.MILL, tmp_path)
    result = leader.brings(people.mill(), *ONE_OMAR)
    assert result.exit_code == 0, result.output
    lines = leader.lines("members")
    assert not_on_one_line(people.MILL_MEMBERS, lines) == []


def test_somebody_twice_in_a_roster_is_asked_about_before_anybody_is_taken_in_twice(
    world: World, tmp_path: Path
) -> None:
    leader = Leader(world, people.MILL, tmp_path)
    asked = leader.brings(people.mill())
    assert asked.exit_code == 1
    assert "Row 9" in asked.stderr
    assert "row 6" in asked.stderr
    assert "@castellanos.example" not in leader.page("members")
    leader.brings(people.mill(), *ONE_OMAR)
    assert leader.page("members").count("@castellanos.example") == 1


def test_a_roster_brought_twice_doubles_nobody(world: World, tmp_path: Path) -> None:
    leader = Leader(world, people.MILL, tmp_path)
    leader.brings(people.mill(), *ONE_OMAR)
    once, rows = leader.page("members"), leader.rows(LISTS)
    leader.brings(people.mill(), *ONE_OMAR)
    assert (leader.page("members"), leader.rows(LISTS)) == (once, rows)


def test_an_undone_roster_leaves_the_members_as_before(world: World, tmp_path: Path) -> None:
    leader = Leader(world, people.MILL, tmp_path)
    before = leader.page("members")
    leader.brings(people.mill(), *ONE_OMAR)
    assert leader.page("members") != before
    undone = leader.undoes()
    assert undone.exit_code == 0, undone.output
    assert leader.page("members") == before


def test_dues_of_four_tables_stand_on_their_page(world: World, tmp_path: Path) -> None:
    leader = Leader(world, people.ORCHARD, tmp_path)
    result = leader.brings(people.orchard_dues(), "--currency", "COP")
    assert result.exit_code == 0, result.output
    assert not_on_one_line(people.DUE, leader.lines("dues/")) == []
    assert leader.rows(["dues_entry"]) == {"dues_entry": 4}


def test_dues_brought_twice_double_nothing_and_go_when_undone(world: World, tmp_path: Path) -> None:
    leader = Leader(world, people.ORCHARD, tmp_path)
    before = leader.page("dues/")
    assert leader.brings(people.orchard_dues(), "--currency", "COP").exit_code == 0
    once, file = leader.page("dues/"), leader.newest()
    leader.brings(people.orchard_dues(), "--currency", "COP")
    assert leader.page("dues/") == once
    assert leader.runs("import", "undo", file).exit_code == 0
    assert leader.page("dues/") == before
