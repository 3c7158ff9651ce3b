"""The cut-off: changed from a day on, never for what was judged before, and never to something unlikely."""

from datetime import date, timedelta

import pytest

from app.core.errors import Refused
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.queries.roster import roster_in_address
from app.plugins.attendance.services.rule_sets import change_cut_off
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from tests.support.meeting_room import DURING, THE_DAY, Room
from tests.support.world import World


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def test_new_cut_off_never_rewrites_what_was_judged(room: Room) -> None:
    ticket = ScanTicket(
        group_slug=room.group.slug,
        meeting_public_id=room.meeting.public_id,
        scanned_at=DURING - timedelta(minutes=28),
    )
    tap = SignIn(group_id=room.group.id, group_slug=room.group.slug, member_id=room.ana.id, ticket=ticket)
    room.world.clock.move_to(ticket.scanned_at)
    sign_in_by_room_code(room.world.work(room.ana), tap)
    assert room.letter(room.ana) is Status.LATE
    change_cut_off(
        room.world.work(room.leader), room.group.id, cut_off_minutes=5, effective_on=THE_DAY, today=THE_DAY
    )
    assert room.letter(room.ana) is Status.LATE
    assert room.roster.meeting.cut_off_minutes == 5
    tap = SignIn(group_id=room.group.id, group_slug=room.group.slug, member_id=room.ben.id, ticket=ticket)
    sign_in_by_room_code(room.world.work(room.ben), tap)
    assert room.letter(room.ben) is Status.PRESENT


def test_meetings_before_the_day_of_effect_keep_their_cut_off(room: Room) -> None:
    tomorrow = THE_DAY + timedelta(days=1)
    change_cut_off(
        room.world.work(room.leader), room.group.id, cut_off_minutes=5, effective_on=tomorrow, today=THE_DAY
    )
    assert room.roster.meeting.cut_off_minutes == 0
    later = room.world.meeting(room.group, tomorrow)
    work = room.world.work()
    roster = roster_in_address(work.session, room.group.id, later.public_id)
    work.rollback()
    assert roster is not None
    assert roster.meeting.cut_off_minutes == 5


@pytest.mark.parametrize(
    ("minutes", "effective_on", "code"),
    [
        (500, THE_DAY, "attendance.cut_off_unlikely"),
        (5, date(2026, 11, 23), "attendance.cut_off_in_the_past"),
    ],
)
def test_unlikely_or_past_cut_off_is_refused(room: Room, minutes: int, effective_on: date, code: str) -> None:
    work = room.world.work(room.leader)
    with pytest.raises(Refused) as refused:
        change_cut_off(work, room.group.id, cut_off_minutes=minutes, effective_on=effective_on, today=THE_DAY)
    work.rollback()
    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert room.world.rows("attendance_rule_set") == 1
