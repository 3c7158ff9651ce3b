"""What becomes of a tap when its meeting changed: moved, cancelled, submitted, or judged by another cut-off."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.core.meetings.models import MeetingRow
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.services.presentations import begin_presentations
from app.plugins.attendance.services.rule_sets import ChangeRules, change_rules
from tests.support.tablets import DoorRoom, outcomes
from tests.support.world import World


@pytest.fixture
def room(world: World) -> DoorRoom:
    made = DoorRoom(world)
    made.tablet.contact()
    return made


def test_beginning_that_makes_a_tap_unsure_lets_it_wait_again(room: DoorRoom) -> None:
    rules = ChangeRules(
        group_id=room.group.id,
        rules=PRESETS["presentations"],
        effective_on=room.meeting.local_date,
        seen_version=1,
    )
    change_rules(room.world.work(room.leader), rules, today=room.meeting.local_date)
    room.world.pass_time(minutes=20)
    room.tap(room.ana)
    room.world.pass_time(minutes=8)
    assert outcomes(room.tablet.send()) == ["done"]
    room.world.clock.move_to(room.meeting.starts_at_utc)
    assert (
        begin_presentations(room.world.work(room.leader), room.group.id, room.meeting.public_id).changed == 1
    )
    assert room.letter(room.ana) is None
    assert room.whys == [Why.UNDECIDED]
    room.world.assert_ledger_whole(room.group)


def test_meeting_that_was_cancelled_meanwhile_waits(room: DoorRoom) -> None:
    room.tap(room.ana)
    _change_meeting(room, state="cancelled")
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.whys == [Why.CANCELLED]


def test_tap_for_a_meeting_that_was_moved_to_the_evening_waits(room: DoorRoom) -> None:
    room.tap(room.ana)
    evening = room.meeting.starts_at_utc + timedelta(hours=11)
    _change_meeting(room, starts_at_utc=evening, ends_at_utc=evening + timedelta(minutes=90))
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.whys == [Why.TOO_EARLY]


def test_tap_for_tomorrows_meeting_fetched_ahead_waits(room: DoorRoom) -> None:
    tomorrow = room.world.meeting(room.group, date(2026, 11, 25))
    room.world.pass_time(minutes=30)
    assert [one["id"] for one in room.tablet.day()["next_meetings"]] == [tomorrow.public_id]
    room.tablet.tap(room.ana, tomorrow.public_id)
    assert outcomes(room.tablet.send()) == ["waits"]


def test_tap_that_comes_after_the_submission_waits_and_is_taken_in_once_reopened(room: DoorRoom) -> None:
    room.world.pass_time(minutes=5)
    event = room.tap(room.ana)
    room.world.pass_time(minutes=60)
    room.submit(room.leader, room.ana, room.ben)
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.whys == [Why.RECORD_SAYS_OTHER]
    assert room.letter(room.ana) is Status.ABSENT
    room.reopen("The tablet was offline")
    room.tablet.send([event])
    # Absent is what the record says by now: a leader decides, nothing is overwritten by itself.
    assert room.letter(room.ana) is Status.ABSENT
    assert room.whys == [Why.RECORD_SAYS_OTHER]


def _change_meeting(room: DoorRoom, **values: object) -> None:
    work = room.world.work()
    work.session.execute(
        update(MeetingRow)
        .where(MeetingRow.group_id == room.group.id, MeetingRow.id == room.meeting.id)
        .values(**values)
    )
    work.commit()
