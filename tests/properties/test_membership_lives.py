"""The ways into a group on a real database: one seat one holder, no task without an owner, no mail to the forgotten."""

import pytest

from app.core.errors import Refusal
from tests.support.membership_machine import live, lives_of_members, never_done
from tests.support.membership_watches import (
    nobody_forgotten_is_written_to,
    nothing_waits_without_an_owner,
    one_seat_one_holder,
)
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@SQLITE
def test_whatever_anybody_tries_seats_owners_and_the_forgotten_are_safe(world: World) -> None:
    machine = lives_of_members(world)
    live(machine, lives=3, steps=25, shrinks=False)
    assert machine.taken >= 200
    assert never_done(machine) == [], "what is only ever refused proves nothing"


@SQLITE
def test_a_house_that_gives_a_held_seat_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_wrong(*_asked: object) -> list[Refusal]:
        return []

    monkeypatch.setattr("app.plugins.joining.services.deciding.refusals_for_seat", nothing_wrong)
    monkeypatch.setattr("app.plugins.joining.services.taking.refusals_for_seat", nothing_wrong)
    machine = lives_of_members(world, watches=(one_seat_one_holder,), at_the_end=())
    with pytest.raises(Exception, match=r"in one seat|held_seat"):
        live(machine, lives=12, steps=50, shrinks=False)


@SQLITE
def test_a_house_that_keeps_the_mails_of_the_forgotten_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.plugins.joining.services.clock.forget_about", lambda *_asked, **_about: 0)
    machine = lives_of_members(world, watches=(nobody_forgotten_is_written_to,), at_the_end=())
    with pytest.raises(AssertionError, match="forgotten"):
        live(machine, lives=4, steps=30, shrinks=False)


@SQLITE
def test_a_house_that_waits_for_those_who_left_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.membership_watches.in_charge", lambda *_asked: frozenset())
    machine = lives_of_members(world, watches=(nothing_waits_without_an_owner,), at_the_end=())
    with pytest.raises(AssertionError, match="has no owner"):
        live(machine, lives=2, steps=10, shrinks=False)
