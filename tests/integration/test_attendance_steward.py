"""A door steward: one link, one device, one meeting, closed when the officer says so; and a tap undone exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access.queries import device_by_token
from app.core.errors import NotFound, Refused
from app.core.ids import DeviceId
from app.core.notices.models import OutgoingMailRow
from app.core.work import Actor
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.stewards import stewards_of
from app.plugins.attendance.services.marking import MarkByRecorder, mark_by_recorder
from app.plugins.attendance.services.room_screen import open_room_screen
from app.plugins.attendance.services.steward import (
    ask_steward,
    become_steward,
    close_steward,
    mail_to_steward,
)
from app.plugins.attendance.services.taking_back import TakeBackTap, take_back_tap
from tests.support.meeting_room import DURING, Room
from tests.support.world import World


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def ask(room: Room) -> str:
    return ask_steward(room.world.work(room.leader), room.group.id, room.meeting.public_id, room.leader.id)


def meeting_of(room: Room) -> MeetingLine:
    work = room.world.work()
    found = meeting_in_address(work.session, room.group.id, room.meeting.public_id)
    work.rollback()
    assert found is not None
    return found


def steward_device(room: Room) -> DeviceId:
    token, _until = become_steward(room.world.work(), room.group.id, ask(room))
    work = room.world.work()
    device = device_by_token(work.session, room.group.id, token, work.now)
    work.rollback()
    assert device is not None
    assert (device.kind, device.meeting_id) == ("steward", room.meeting.id)
    return device.id


def test_a_link_makes_one_device_the_steward_of_one_meeting(room: Room) -> None:
    one_time_pass = ask(room)
    _token, until = become_steward(room.world.work(), room.group.id, one_time_pass)
    assert until == meeting_of(room).ends_at_utc + timedelta(hours=6)
    work = room.world.work()
    with pytest.raises(Refused) as refused:
        become_steward(work, room.group.id, one_time_pass)
    work.rollback()
    assert codes(refused) == ["attendance.steward_link_over"]


def test_a_late_link_and_one_of_another_group_open_nothing(room: Room) -> None:
    one_time_pass = ask(room)
    other = room.world.group("mill")
    for group_id, at in ((other.id, DURING), (room.group.id, DURING + timedelta(hours=8))):
        room.world.clock.move_to(at)
        work = room.world.work()
        with pytest.raises(Refused) as refused:
            become_steward(work, group_id, one_time_pass)
        work.rollback()
        assert codes(refused) == ["attendance.steward_link_over"]


def test_the_pass_of_a_screen_makes_no_steward_and_is_not_lost(room: Room) -> None:
    screen = open_room_screen(
        room.world.work(room.leader), room.group.id, room.meeting.public_id, room.leader.id
    )
    for _attempt in range(2):
        work = room.world.work()
        with pytest.raises(Refused):
            become_steward(work, room.group.id, screen)
        work.rollback()
    assert room.world.rows("device") == 1


def test_stewards_are_numbered_listed_and_closed(room: Room) -> None:
    first, _second = ask(room), ask(room)
    become_steward(room.world.work(), room.group.id, first)
    work = room.world.work()
    listed = stewards_of(work.session, room.group.id, room.meeting.id, work.now)
    work.rollback()
    assert [(one.number, one.opened_by, one.is_in_use) for one in listed] == [
        ("1", "Ines Carvalho", True),
        ("2", "Ines Carvalho", False),
    ]
    close_steward(room.world.work(room.leader), room.group.id, room.meeting.public_id, "1")
    work = room.world.work()
    left = [one.number for one in stewards_of(work.session, room.group.id, room.meeting.id, work.now)]
    work.rollback()
    assert left == ["2"]
    third = ask(room)
    assert third
    work = room.world.work()
    numbers = [one.number for one in stewards_of(work.session, room.group.id, room.meeting.id, work.now)]
    work.rollback()
    assert numbers == ["2", "3"]


def test_nobody_is_asked_for_a_meeting_of_another_group_or_one_long_over(room: Room) -> None:
    theirs = room.world.meeting(room.world.group("mill"))
    work = room.world.work(room.leader)
    with pytest.raises(NotFound):
        ask_steward(work, room.group.id, theirs.public_id, room.leader.id)
    work.rollback()
    room.world.clock.move_to(DURING + timedelta(hours=9))
    with pytest.raises(Refused) as refused:
        ask(room)
    assert codes(refused) == ["attendance.meeting_over"]


def test_the_link_is_mailed_once_and_dies_with_its_use(room: Room) -> None:
    for _twice in range(2):
        mail_to_steward(
            room.world.work(room.leader),
            meeting_of(room),
            room.ana.id,
            group_name="Harbour",
            link="https://house.example/visit/harbour/attendance/steward/x",
            subject_key="abc",
        )
    work = room.world.work()
    columns = select(OutgoingMailRow.body, OutgoingMailRow.not_after_utc)
    (mail,) = work.session.execute(columns).all()
    work.rollback()
    assert "https://house.example/visit/harbour/attendance/steward/x" in mail.body
    assert mail.not_after_utc == meeting_of(room).ends_at_utc + timedelta(hours=6)


def tap(room: Room, recorder: Recorder, letter: Status, seen: int) -> None:
    work = room.world.work()
    work.actor = Actor(device_id=recorder.device_id) if recorder.device_id else work.actor
    command = MarkByRecorder(
        group_id=room.group.id,
        meeting_public_id=room.meeting.public_id,
        member_public_id=room.ana.public_id,
        recorder=recorder,
        wanted=WantedMark(status=letter),
        seen_version=seen,
    )
    try:
        mark_by_recorder(work, command)
    finally:
        work.rollback()


def test_a_stewards_tap_is_the_devices_and_counts_like_a_leaders(room: Room) -> None:
    device = steward_device(room)
    tap(room, Recorder(device_id=device), Status.PRESENT, 0)
    mark = room.line(room.ana).mark
    assert (mark.status, mark.grade, mark.origin, mark.recorded_by) == (Status.PRESENT, "L", "steward", None)
    session = room.world.work().session
    actors = session.connection().exec_driver_sql("SELECT actor FROM ledger_entry ORDER BY sequence")
    assert [row[0] for row in actors][-1] == f"device:{device}"
    session.rollback()


def test_two_stewards_never_write_over_one_another(room: Room) -> None:
    one, other = Recorder(device_id=steward_device(room)), Recorder(device_id=steward_device(room))
    tap(room, one, Status.PRESENT, 0)
    with pytest.raises(Refused) as refused:
        tap(room, other, Status.LATE, 0)
    assert codes(refused) == ["attendance.changed_meanwhile"]
    tap(room, other, Status.PRESENT, 0)
    assert room.line(room.ana).mark.version == 1


def undo(room: Room, *, after: int) -> None:
    work = room.world.work(room.leader)
    command = TakeBackTap(
        group_id=room.group.id,
        meeting_public_id=room.meeting.public_id,
        member_public_id=room.ana.public_id,
        recorder=room.by_leader,
        after_version=after,
    )
    try:
        take_back_tap(work, command)
    finally:
        work.rollback()


def as_said(room: Room) -> object:
    """Return the mark without what every writing changes."""
    return replace(room.line(room.ana).mark, version=0, updated_at_utc=None)


@pytest.mark.parametrize("stood", [Status.PRESENT, Status.SUBSTITUTE, Status.MEDICAL, None])
def test_undo_restores_exactly_what_stood_before(room: Room, stood: Status | None) -> None:
    seen = 0
    if stood is not None:
        wanted: dict[Status, dict[str, Any]] = {
            Status.PRESENT: {"arrived_at_utc": datetime(2026, 11, 24, 6, 55, tzinfo=UTC)},
            Status.SUBSTITUTE: {"substitute_name": "Rita Lopes"},
            Status.MEDICAL: {},
        }
        room.mark(room.ana, stood, **wanted[stood])
        seen = 1
    said = as_said(room)
    room.mark(room.ana, Status.ABSENT, seen=seen)
    room.world.pass_time(minutes=1)
    undo(room, after=seen + 1)
    restored = as_said(room)
    assert room.letter(room.ana) is stood
    if stood is not None:
        assert restored == said
    undo(room, after=seen + 1)
    assert as_said(room) == restored
    room.world.assert_ledger_whole(room.group)


def test_undo_lets_a_claim_wait_again(room: Room) -> None:
    room.world.clock.move_to(datetime(2026, 11, 24, 6, 52, tzinfo=UTC))
    room.claim(room.ana)
    room.mark(room.ana, Status.ABSENT, seen=1)
    undo(room, after=2)
    line = room.line(room.ana)
    assert (line.mark.status, line.mark.grade, line.waits) == (Status.PRESENT, "D", True)


def test_undo_says_so_where_somebody_wrote_since(room: Room) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.mark(room.ana, Status.LATE, seen=1)
    with pytest.raises(Refused) as refused:
        undo(room, after=1)
    assert codes(refused) == ["attendance.changed_meanwhile"]
    assert room.letter(room.ana) is Status.LATE


def test_nothing_is_undone_in_a_submitted_record(room: Room) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.submit(room.leader, room.ben)
    with pytest.raises(Refused) as refused:
        undo(room, after=1)
    assert codes(refused) == ["attendance.already_submitted"]


def test_a_member_who_was_never_there_is_not_found(room: Room) -> None:
    later = room.world.member(room.group, "Lea Later", joined=date(2026, 12, 1))
    work = room.world.work(room.leader)
    command = MarkByRecorder(
        group_id=room.group.id,
        meeting_public_id=room.meeting.public_id,
        member_public_id=later.public_id,
        recorder=room.by_leader,
        wanted=WantedMark(status=Status.PRESENT),
        seen_version=0,
    )
    with pytest.raises(NotFound):
        mark_by_recorder(work, command)
