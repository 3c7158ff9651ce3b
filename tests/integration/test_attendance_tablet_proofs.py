"""PIN and personal code at the tablet: which proof is right, how often it is tried, and whose it is."""

import pytest

from app.plugins.attendance.domain.door import Asks, key_for_personal_codes
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.services.door_keys import code_shown, renew_code, set_pin
from tests.support.tablets import DoorRoom, outcomes
from tests.support.world import World

PIN = "8361"
KEY = b"a key of the test"


@pytest.fixture
def room(world: World) -> DoorRoom:
    made = DoorRoom(world)
    made.tablet.contact()
    return made


def test_pin_makes_grade_a_and_a_wrong_one_waits(room: DoorRoom) -> None:
    room.door_asks(Asks.PIN)
    set_pin(room.world.work(room.ana), room.group.id, room.ana.id, pin=PIN, again=PIN)
    room.tap(room.ana, proof=room.tablet.sealed("pin", "0417"))
    (wrong,) = room.tablet.send()
    assert (wrong["outcome"], wrong["greeting"]) == ("waits", None)
    assert "did not fit" in str(wrong["reason"])
    assert room.whys == [Why.PROOF_WRONG]
    room.tap(room.ana, proof=room.tablet.sealed("pin", PIN))
    assert outcomes(room.tablet.send()) == ["done"]
    assert room.line(room.ana).mark.grade == "A"
    assert room.waiting == []


def test_without_the_pin_that_the_door_asks_a_name_waits(room: DoorRoom) -> None:
    room.door_asks(Asks.PIN)
    room.tap(room.ana)
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.whys == [Why.PROOF_MISSING]


def test_after_five_wrong_pins_the_right_one_is_not_tried_any_more(room: DoorRoom) -> None:
    set_pin(room.world.work(room.ana), room.group.id, room.ana.id, pin=PIN, again=PIN)
    for number in range(5):
        room.tap(room.ana, proof=room.tablet.sealed("pin", f"417{number}"))
        room.tablet.send()
    room.tap(room.ana, proof=room.tablet.sealed("pin", PIN))
    assert outcomes(room.tablet.send()) == ["waits"]


def test_pins_of_one_upload_are_tried_five_times_and_no_more(room: DoorRoom) -> None:
    set_pin(room.world.work(room.ana), room.group.id, room.ana.id, pin=PIN, again=PIN)
    for tried in (*(f"417{number}" for number in range(5)), PIN):
        room.tap(room.ana, proof=room.tablet.sealed("pin", tried))
    assert outcomes(room.tablet.send()) == ["waits"] * 6
    assert room.letter(room.ana) is None


def test_personal_code_signs_in_without_a_name_and_an_old_one_does_not(room: DoorRoom) -> None:
    key = _code_key(room)
    renew_code(room.world.work(room.ana), key, room.group.id, room.ana.id)
    old = _shown(room, key)
    renew_code(room.world.work(room.ana), key, room.group.id, room.ana.id)
    new = _shown(room, key)
    room.tap(None, proof=room.tablet.sealed("code", old))
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.letter(room.ana) is None
    room.tap(None, proof=room.tablet.sealed("code", new.lower()))
    (result,) = room.tablet.send()
    assert (result["outcome"], result["greeting"]) == ("done", {"given": "Ana", "time": "06:40"})
    assert room.line(room.ana).mark.grade == "A"


def test_code_of_one_member_does_not_sign_in_another(room: DoorRoom) -> None:
    key = _code_key(room)
    renew_code(room.world.work(room.ana), key, room.group.id, room.ana.id)
    code = _shown(room, key)
    room.tap(room.ben, proof=room.tablet.sealed("code", code))
    assert outcomes(room.tablet.send()) == ["waits"]
    assert (room.letter(room.ana), room.letter(room.ben)) == (None, None)


def _code_key(room: DoorRoom) -> bytes:
    secret = room.world.app.config["SECRET_KEY"]
    return key_for_personal_codes(secret.encode() if isinstance(secret, str) else secret)


def _shown(room: DoorRoom, key: bytes) -> str:
    work = room.world.work(room.ana)
    code = code_shown(work, key, room.group.id, room.ana.id)
    work.rollback()
    return code
