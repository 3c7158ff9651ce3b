"""The lives of slips on a real database: no illegal state, everybody told, totals as the ledger, nothing seen early."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.reports import Spoken
from app.plugins.referrals.queries.clock import WaitingSlip, waiting_slips
from tests.support.sealed_lives import nothing_sealed_is_seen_early
from tests.support.slip_machine import live, lives_of_slips
from tests.support.slip_watches import (
    everybody_was_told,
    nobody_but_the_giver_knows_early,
    office_sees_only_what_was_asked_for,
)
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@SQLITE
def test_whatever_anybody_tries_slips_stay_legal_and_everybody_is_told(world: World) -> None:
    machine = lives_of_slips(world)
    live(machine, lives=4, steps=40, shrinks=False)
    assert machine.taken >= 60


@SQLITE
def test_a_house_that_tells_nobody_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.plugins.referrals.services.steps.tell", lambda *_told: None)
    with pytest.raises(AssertionError, match="times, not"):
        live(
            lives_of_slips(world, watches=(everybody_was_told,), at_the_end=()),
            lives=20,
            steps=20,
            shrinks=False,
        )


@SQLITE
def test_an_office_that_sees_every_waiting_slip_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def every_slip(session: Session, group_id: GroupId, _viewer: MemberId) -> list[WaitingSlip]:
        return waiting_slips(session, group_id, datetime.max.replace(tzinfo=UTC))

    monkeypatch.setattr("tests.support.slip_watches.help_wanted", every_slip)
    machine = lives_of_slips(world, watches=(office_sees_only_what_was_asked_for,), at_the_end=())
    with pytest.raises(AssertionError):
        live(machine, lives=20, steps=10, shrinks=False)


@SQLITE
def test_a_house_that_opens_a_report_when_it_is_given_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(_ended_at: datetime | None, one: Spoken, _other: Spoken | None) -> datetime:
        return one.first_at

    monkeypatch.setattr("app.plugins.referrals.queries.history.opens_at", at_once)
    machine = lives_of_slips(world, watches=(nothing_sealed_is_seen_early,), at_the_end=())
    with pytest.raises(AssertionError, match="seen early"):
        live(machine, lives=20, steps=40, shrinks=False)


@SQLITE
def test_a_house_that_shows_a_slip_before_its_minute_is_over_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(_now: datetime) -> ColumnElement[bool]:
        return true()

    monkeypatch.setattr("app.plugins.referrals.queries.told.has_reached_receiver", always)
    machine = lives_of_slips(world, watches=(nobody_but_the_giver_knows_early,), at_the_end=())
    with pytest.raises(AssertionError, match="in the box of"):
        live(machine, lives=20, steps=20, shrinks=False)
