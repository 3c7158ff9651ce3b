"""What `doctor` asks the plugins: whether what they keep of a group agrees with the ledger."""

from flask import Flask

from app.plugins.attendance.domain.status import Status
from tests.support.meeting_room import Room
from tests.support.world import World


def test_doctor_compares_the_letters_with_the_ledger(world: World, app: Flask) -> None:
    room = Room(world)
    room.mark(room.ana, Status.PRESENT)
    sound = app.test_cli_runner().invoke(args=["doctor"])
    assert "What the plugins keep of harbour agrees with itself" in sound.stdout
    session = world.work().session
    session.connection().exec_driver_sql("UPDATE attendance_mark SET status = 'A'")
    session.commit()
    altered = app.test_cli_runner().invoke(args=["doctor"])
    assert altered.exit_code == 1
    assert "attendance of harbour: meeting" in altered.stdout
    assert "the record says A, the ledger P" in altered.stdout


def test_nothing_is_asked_of_a_plugin_that_is_off(world: World, app: Flask) -> None:
    world.group("mill", plugins=())
    said = app.test_cli_runner().invoke(args=["doctor"]).stdout
    assert "What the plugins keep of mill agrees with itself" in said
