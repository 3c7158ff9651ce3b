"""The world that other tests stand on: people are members, clients are apart, the ledger is whole."""

from datetime import date

import pytest

from app.core.database import transaction_mode
from tests.support.world import World


def test_two_clients_are_two_people(world: World) -> None:
    group = world.group()
    ana, rui = world.member(group, "Ana Sousa"), world.member(group, "Rui Almeida")
    of_ana, of_rui = world.client(ana), world.client(rui)
    assert "Ana Sousa" in of_ana.get("/account/").text
    assert "Rui Almeida" in of_rui.get("/account/").text
    assert "Ana Sousa" in of_ana.get("/account/").text


def test_a_stranger_is_nobody_beside_a_signed_in_member(world: World) -> None:
    group = world.group()
    of_ana = world.client(world.member(group, "Ana Sousa"))
    assert of_ana.get("/g/harbour/").status_code == 200
    assert world.client().get("/g/harbour/").status_code == 303


def test_a_write_in_a_reading_request_fails(world: World) -> None:
    with transaction_mode("read"), pytest.raises(Exception, match=r"(?i)read.?only"):
        world.group("second")


def test_a_former_member_is_a_stranger_to_the_group(world: World) -> None:
    group = world.group()
    left = world.member(group, ended=date(2026, 11, 23))
    assert world.client(left).get("/g/harbour/").status_code == 404


def test_everything_made_stands_in_a_whole_ledger(world: World) -> None:
    group = world.group()
    world.member(group)
    world.meeting(group)
    world.assert_ledger_whole(group)
    assert world.rows("ledger_entry") > 3
