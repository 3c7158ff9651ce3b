"""Counted by name: on one's own phone or a neighbour's, confirmed at once, never twice, never flagged."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.rules import MOST_VOUCHED
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.queries.claims import claim_of_browser
from app.plugins.attendance.queries.meetings import meeting_in_address
from app.plugins.attendance.queries.waiting import waiting_for_leaders
from app.plugins.attendance.services.claims import take_claim_back
from app.plugins.attendance.services.recording import SubmitRecord, submit_record
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from tests.support.meeting_room import Room
from tests.support.world import World

ON_TIME = datetime(2026, 11, 24, 6, 52, 3, tzinfo=UTC)
Members = tuple[MemberLine, ...]
LATE = datetime(2026, 11, 24, 7, 10, tzinfo=UTC)


@pytest.fixture
def room(world: World) -> Room:
    found = Room(world)
    world.clock.move_to(ON_TIME)
    return found


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refused.value.refusals]


def sign_in(room: Room, member: MemberLine, device: str | None = None) -> None:
    work = room.world.work(member)
    ticket = ScanTicket(
        group_slug=room.group.slug, meeting_public_id=room.meeting.public_id, scanned_at=room.world.now
    )
    tap = SignIn(
        group_id=room.group.id,
        group_slug=room.group.slug,
        member_id=member.id,
        ticket=ticket,
        device_key=device,
    )
    sign_in_by_room_code(work, tap)


def ids(members: Members) -> frozenset[str]:
    return frozenset(one.public_id for one in members)


def submit(room: Room, *, shown: Members, here: Members, blank: Members) -> int:
    work = room.world.work(room.leader)
    try:
        return submit_record(
            work,
            SubmitRecord(
                group_id=room.group.id,
                meeting_public_id=room.meeting.public_id,
                recorder=room.by_leader,
                seen_version=0,
                shown_blank=ids(blank),
                shown_claims=ids(shown),
                claims_here=ids(here),
            ),
        ).became_absent
    finally:
        work.rollback()


@pytest.mark.parametrize(("scanned", "letter"), [(ON_TIME, Status.PRESENT), (LATE, Status.LATE)])
def test_a_name_is_counted_by_the_instant_of_the_scan(room: Room, scanned: datetime, letter: Status) -> None:
    room.world.clock.move_to(scanned + timedelta(minutes=20))
    room.claim(room.ana, scanned=scanned)
    line = room.line(room.ana)
    assert (line.mark.status, line.mark.grade, line.mark.origin) == (letter, "D", "claim")
    assert (line.mark.arrived_at_utc, line.waits) == (scanned, True)
    assert room.events() == ["attendance.arrival_recorded"]
    room.world.assert_ledger_whole(room.group)


def test_a_phone_claims_one_name_and_the_same_again_changes_nothing(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ana)
    with pytest.raises(Refused) as refused:
        room.claim(room.ben)
    assert codes(refused) == ["claimed_before"]
    assert room.world.rows("attendance_claim") == 1


def test_a_name_that_stands_cannot_be_claimed(room: Room) -> None:
    room.mark(room.ana, Status.ABSENT)
    with pytest.raises(Refused) as refused:
        room.claim(room.ana)
    assert codes(refused) == ["name_taken"]
    assert room.letter(room.ana) is Status.ABSENT
    assert room.world.rows("attendance_claim") == 0


def test_a_stranger_and_nobody_cannot_be_claimed(room: Room) -> None:
    other = room.world.member(room.world.group("mill"), "Mia Mill")
    former = room.world.member(room.group, "Fay Gone", ended=datetime(2026, 1, 1, tzinfo=UTC).date())
    for member in (other, former):
        with pytest.raises(Refused) as refused:
            room.claim(member)
        assert codes(refused) == ["choose_a_name"]


def test_a_scan_of_half_an_hour_ago_claims_nothing(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        room.claim(room.ana, scanned=ON_TIME - timedelta(minutes=31))
    assert codes(refused) == ["ticket_over"]


def test_one_phone_choosing_many_names_at_once_gets_one(room: Room) -> None:
    members = [room.world.member(room.group) for _ in range(8)]

    def choose(number: int) -> str:
        try:
            room.claim(members[number])
        except Refused as refused:
            return refused.refusals[0].code
        return "counted"

    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(choose, range(8)))
    assert sorted(answers) == ["attendance.claimed_before"] * 7 + ["counted"]
    assert room.world.rows("attendance_claim") == 1


def test_sixty_phones_choose_sixty_names_and_one_name_goes_to_one_phone(room: Room) -> None:
    members = [room.world.member(room.group) for _ in range(60)]
    for number, member in enumerate(members):
        room.claim(member, f"phone-of-{number}")
    assert len(room.roster.waiting) == 60
    with pytest.raises(Refused) as refused:
        room.claim(members[0], "another-phone")
    assert codes(refused) == ["name_taken"]


def test_a_claim_made_by_mistake_is_taken_back_and_the_phone_is_free_again(room: Room) -> None:
    room.claim(room.ana)
    work = room.world.work()
    meeting = meeting_in_address(work.session, room.group.id, room.meeting.public_id)
    assert meeting is not None
    held = claim_of_browser(work.session, room.group.id, meeting.id, "phone-1")
    assert held is not None
    take_claim_back(work, room.group.id, meeting, held)
    assert room.letter(room.ana) is None
    room.claim(room.ben)
    room.claim(room.ana, "phone-2")
    assert [line.name for line in room.roster.waiting] == ["Ben Okoro", "Ana Sousa"]


def test_a_claim_that_a_leader_confirmed_is_not_taken_back(room: Room) -> None:
    room.claim(room.ana)
    room.decide([room.ana], [room.ana])
    work = room.world.work()
    meeting = meeting_in_address(work.session, room.group.id, room.meeting.public_id)
    assert meeting is not None
    held = claim_of_browser(work.session, room.group.id, meeting.id, "phone-1")
    assert held is not None
    with pytest.raises(Refused) as refused:
        take_claim_back(work, room.group.id, meeting, held)
    assert codes(refused) == ["nothing_to_take_back"]


def test_a_neighbours_phone_counts_now_and_is_no_shared_device(room: Room) -> None:
    sign_in(room, room.ana, "phone-v")
    room.world.clock.move_to(LATE)
    room.vouch(room.ana, room.ben)
    line = room.line(room.ben)
    assert (line.mark.status, line.mark.grade, line.mark.arrived_at_utc) == (Status.LATE, "D", LATE)
    assert line.claim is not None
    assert (line.claim.how, line.claim.vouched_by) == ("neighbour", room.ana.id)
    assert room.roster.shared_devices == []
    work = room.world.work()
    assert waiting_for_leaders(work.session, room.group.id, work.now).shared_devices == ()
    work.rollback()


def test_only_who_is_in_by_their_own_phone_or_a_leader_vouches(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        room.vouch(room.ana, room.ben)
    assert codes(refused) == ["vouch_when_here"]
    room.claim(room.ana)
    with pytest.raises(Refused) as refused:
        room.vouch(room.ana, room.ben)
    assert codes(refused) == ["vouch_when_here"]


def test_one_member_vouches_for_a_table_and_no_more(room: Room) -> None:
    sign_in(room, room.ana)
    for member in [room.world.member(room.group) for _ in range(MOST_VOUCHED)]:
        room.vouch(room.ana, member)
    with pytest.raises(Refused) as refused:
        room.vouch(room.ana, room.ben)
    assert codes(refused) == ["vouched_enough"]


def test_leader_confirms_at_once_and_who_is_not_here_is_blank_again(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ben, "phone-2")
    assert room.decide([room.ana, room.ben], [room.ana]) == 1
    ana, ben = room.line(room.ana), room.line(room.ben)
    assert (ana.mark.status, ana.mark.grade, ana.waits) == (Status.PRESENT, "D", False)
    assert (ben.mark.status, ben.waits) == (None, False)
    assert sorted(room.events()[2:]) == [
        "attendance.claim_decided",
        "attendance.claim_decided",
        "attendance.mark_taken_back",
    ]
    room.world.assert_ledger_whole(room.group)


def test_two_leaders_who_say_the_same_get_the_same_answer(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ben, "phone-2")

    def confirm(_number: int) -> int:
        return room.decide([room.ana, room.ben], [room.ana])

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(confirm, range(8))) == [1] * 8
    assert room.events().count("attendance.claim_decided") == 2


def test_two_leaders_who_disagree_are_told(room: Room) -> None:
    room.claim(room.ana)
    room.decide([room.ana], [room.ana])
    with pytest.raises(Refused) as refused:
        room.decide([room.ana], [])
    assert codes(refused) == ["changed_meanwhile"]
    assert room.letter(room.ana) is Status.PRESENT


def test_who_was_turned_down_can_be_counted_again(room: Room) -> None:
    room.claim(room.ana)
    room.decide([room.ana], [])
    room.claim(room.ana, "phone-2")
    assert room.line(room.ana).waits


def test_a_leaders_tap_with_the_same_letter_confirms_and_keeps_the_arrival(room: Room) -> None:
    room.claim(room.ana)
    room.mark(room.ana, Status.PRESENT, seen=1)
    line = room.line(room.ana)
    assert (line.waits, line.mark.arrived_at_utc, line.mark.grade) == (False, ON_TIME, "D")


def test_a_leaders_other_letter_decides_the_claim(room: Room) -> None:
    room.claim(room.ana)
    room.mark(room.ana, Status.ABSENT, seen=1)
    line = room.line(room.ana)
    assert (line.mark.status, line.waits) == (Status.ABSENT, False)
    assert line.claim is not None
    assert line.claim.is_here is False


def test_own_session_on_the_same_phone_keeps_the_arrival_of_the_claim(room: Room) -> None:
    room.claim(room.ana, "phone-1", scanned=ON_TIME)
    room.world.clock.move_to(LATE)
    sign_in(room, room.ana, "phone-1")
    line = room.line(room.ana)
    assert (line.mark.grade, line.mark.status, line.waits) == ("B", Status.PRESENT, False)
    assert line.mark.arrived_at_utc == ON_TIME


def test_own_session_on_another_phone_says_when_they_really_came(room: Room) -> None:
    room.claim(room.ana, "somebody-elses", scanned=ON_TIME)
    room.world.clock.move_to(LATE)
    sign_in(room, room.ana, "phone-of-ana")
    line = room.line(room.ana)
    assert (line.mark.grade, line.mark.status, line.mark.arrived_at_utc) == ("B", Status.LATE, LATE)


def test_a_record_is_not_submitted_while_claims_wait(room: Room) -> None:
    room.claim(room.ana)
    room.world.clock.move_to(LATE)
    with pytest.raises(Refused) as refused:
        submit(room, shown=(), here=(), blank=(room.leader, room.ben))
    assert codes(refused) == ["claims_waiting"]
    assert room.line(room.ana).waits


def test_claims_are_confirmed_in_the_act_of_submitting(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ben, "phone-2")
    room.world.clock.move_to(LATE)
    assert submit(room, shown=(room.ana, room.ben), here=(room.ana,), blank=(room.leader,)) == 2
    assert [room.letter(one) for one in (room.ana, room.ben, room.leader)] == [
        Status.PRESENT,
        Status.ABSENT,
        Status.ABSENT,
    ]
    room.world.assert_ledger_whole(room.group)


def test_a_claim_that_came_after_the_page_stops_the_submission(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ben, "phone-2")
    room.world.clock.move_to(LATE)
    with pytest.raises(Refused) as refused:
        submit(room, shown=(room.ana,), here=(room.ana,), blank=(room.leader, room.ben))
    assert codes(refused) == ["claims_waiting"]
    assert room.line(room.ana).waits


def test_waiting_claims_are_a_task_with_their_number(room: Room) -> None:
    room.claim(room.ana)
    room.claim(room.ben, "phone-2")
    work = room.world.work()
    (waiting,) = waiting_for_leaders(work.session, room.group.id, work.now).claims
    work.rollback()
    assert (waiting.public_id, waiting.number) == (room.meeting.public_id, 2)
