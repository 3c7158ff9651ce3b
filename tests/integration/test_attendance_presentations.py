"""The agenda's cut-off: one word that the presentations began judges every arrival, in one act, and is taken back alike."""

from datetime import timedelta

import pytest

from app.core.errors import Refused
from app.core.ids import MeetingId
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.services.presentations import (
    JudgedAgain,
    begin_presentations,
    take_presentations_back,
)
from app.plugins.attendance.services.rule_sets import ChangeRules, change_rules
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from app.plugins.attendance.store_judging import keep_beginning
from tests.support.meeting_room import DURING, THE_DAY, Room
from tests.support.world import World

START = DURING - timedelta(minutes=30)
PLANNED = timedelta(minutes=30)


@pytest.fixture
def room(world: World) -> Room:
    room = Room(world)
    world.clock.move_to(START)
    command = ChangeRules(
        group_id=room.group.id, rules=PRESETS["presentations"], effective_on=THE_DAY, seen_version=1
    )
    change_rules(world.work(room.leader), command, today=THE_DAY)
    return room


def _arrive(room: Room, *members: object, minutes: int) -> None:
    room.world.clock.move_to(START + timedelta(minutes=minutes))
    for member in members:
        ticket = ScanTicket(
            group_slug=room.group.slug,
            meeting_public_id=room.meeting.public_id,
            scanned_at=room.world.now,
        )
        tap = SignIn(
            group_id=room.group.id,
            group_slug=room.group.slug,
            member_id=member.id,  # type: ignore[attr-defined]  # a member's line
            ticket=ticket,
        )
        sign_in_by_room_code(room.world.work(), tap)


def _begin(room: Room, minutes: int) -> JudgedAgain:
    room.world.clock.move_to(START + timedelta(minutes=minutes))
    work = room.world.work(room.leader)
    try:
        return begin_presentations(work, room.group.id, room.meeting.public_id)
    finally:
        work.rollback()


def _back(room: Room) -> JudgedAgain:
    work = room.world.work(room.leader)
    try:
        return take_presentations_back(work, room.group.id, room.meeting.public_id)
    finally:
        work.rollback()


def test_forgotten_button_leaves_the_planned_minute(room: Room) -> None:
    _arrive(room, room.ana, minutes=30)
    _arrive(room, room.ben, minutes=31)
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.PRESENT, Status.LATE)


def test_late_beginning_makes_who_came_before_it_on_time(room: Room) -> None:
    _arrive(room, room.ben, minutes=33)
    assert room.letter(room.ben) is Status.LATE
    assert _begin(room, 35).changed == 1
    assert room.letter(room.ben) is Status.PRESENT
    assert room.events()[-2:] == ["attendance.presentations_began", "attendance.marked"]
    _arrive(room, room.ana, minutes=36)
    assert room.letter(room.ana) is Status.LATE
    room.world.assert_ledger_whole(room.group)


def test_early_beginning_makes_who_came_after_it_late(room: Room) -> None:
    _arrive(room, room.ana, minutes=20)
    assert _begin(room, 20).changed == 0
    _arrive(room, room.ben, minutes=25)
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.PRESENT, Status.LATE)


def test_letter_without_a_time_stays_and_one_with_a_time_follows_it(room: Room) -> None:
    room.world.clock.move_to(START + timedelta(minutes=33))
    room.mark(room.ben, Status.LATE, arrived_at_utc=room.world.now)
    room.mark(room.ana, Status.LATE)
    assert _begin(room, 35).changed == 1
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.LATE, Status.PRESENT)


def test_of_two_who_press_the_first_stands(room: Room) -> None:
    first = _begin(room, 35)
    second = _begin(room, 40)
    assert second == JudgedAgain(began_at_utc=first.began_at_utc, changed=0)
    assert room.roster.meeting.presentations_began_at_utc == START + timedelta(minutes=35)
    assert room.events().count("attendance.presentations_began") == 1


def test_taken_back_the_planned_minute_counts_again(room: Room) -> None:
    _arrive(room, room.ben, minutes=33)
    _begin(room, 35)
    assert _back(room) == JudgedAgain(began_at_utc=None, changed=1)
    assert room.letter(room.ben) is Status.LATE
    assert _back(room).changed == 0
    assert room.events().count("attendance.presentations_taken_back") == 1
    assert _begin(room, 36).changed == 1


def test_letter_that_its_bounds_prove_no_more_is_taken_back(room: Room) -> None:
    _arrive(room, room.ben, minutes=33)
    session = room.world.work().session
    bounds = f"earliest_utc = '{START + timedelta(minutes=31)}'"
    session.connection().exec_driver_sql(f"UPDATE attendance_mark SET {bounds}")
    session.commit()
    assert _begin(room, 32).changed == 1
    assert room.letter(room.ben) is None
    assert room.events()[-2:] == ["attendance.presentations_began", "attendance.mark_taken_back"]
    room.world.assert_ledger_whole(room.group)


@pytest.mark.parametrize(
    ("minutes", "code"), [(-121, "presentations_not_now"), (91, "presentations_not_now")]
)
def test_outside_the_meeting_nothing_is_pressed(room: Room, minutes: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _begin(room, minutes)
    assert [one.code for one in refused.value.refusals] == [f"attendance.{code}"]


def test_group_with_a_clock_has_no_button(room: Room) -> None:
    command = ChangeRules(
        group_id=room.group.id, rules=PRESETS["six-months"], effective_on=THE_DAY, seen_version=2
    )
    change_rules(room.world.work(room.leader), command, today=THE_DAY)
    with pytest.raises(Refused) as refused:
        _begin(room, 35)
    assert refused.value.has("attendance.cut_off_by_clock")


def test_submitted_record_is_not_judged_again(room: Room) -> None:
    _arrive(room, room.ben, minutes=33)
    room.submit(room.ana, room.leader)
    with pytest.raises(Refused) as refused:
        _begin(room, 35)
    assert refused.value.has("attendance.already_submitted")
    with pytest.raises(Refused) as refused:
        _back(room)
    assert refused.value.has("attendance.already_submitted")
    assert room.letter(room.ben) is Status.LATE


def test_who_signed_in_in_the_same_instant_is_judged_at_the_submission(room: Room) -> None:
    _begin(room, 25)
    _arrive(room, room.ben, minutes=28)
    session = room.world.work().session
    session.connection().exec_driver_sql("UPDATE attendance_mark SET status = 'P'")
    session.commit()
    room.submit(room.ana, room.leader, seen=1)
    assert room.letter(room.ben) is Status.LATE


def test_database_itself_keeps_the_first_of_two_beginnings(room: Room) -> None:
    work = room.world.work(room.leader)
    key = (room.group.id, MeetingId(room.meeting.id))
    assert keep_beginning(work.session, *key, START + timedelta(minutes=35))
    assert not keep_beginning(work.session, *key, START + timedelta(minutes=36))
    work.commit()
    assert room.roster.meeting.presentations_began_at_utc == START + timedelta(minutes=35)
