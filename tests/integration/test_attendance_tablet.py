"""What the taps of a tablet become: letters with their grade, nothing twice, and questions for the leader."""

from dataclasses import replace
from datetime import date

import pytest

from app.plugins.attendance.domain.door import Door
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.tablet_events import content_hash
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.queries.tablet_events import guests_of
from app.plugins.attendance.services.tablets import forget_guests
from app.plugins.attendance.services.taking_back import TakeBackTap, take_back_tap
from tests.support.parallel import at_once
from tests.support.tablets import DoorRoom, Tablet, outcomes, registered
from tests.support.world import World

PIN = "8361"
KEY = b"a key of the test"


@pytest.fixture
def room(world: World) -> DoorRoom:
    made = DoorRoom(world)
    made.tablet.contact()
    return made


def test_tap_with_network_is_on_time_by_name_alone(room: DoorRoom) -> None:
    room.tap(room.ana)
    (result,) = room.tablet.send()
    assert (result["outcome"], result["reason"]) == ("done", None)
    assert result["greeting"] == {"given": "Ana", "time": "06:40"}
    line = room.line(room.ana)
    assert (line.mark.status, line.mark.grade, line.mark.origin) == (Status.PRESENT, "T", "tablet")
    assert "attendance.arrival_recorded" in room.events()


def test_tap_after_the_cut_off_is_late_and_says_nothing_of_it(room: DoorRoom) -> None:
    room.world.pass_time(minutes=25)
    room.tablet.contact()
    room.world.pass_time(seconds=5)
    room.tap(room.ana)
    (result,) = room.tablet.send()
    assert result["greeting"] == {"given": "Ana", "time": "07:05"}
    assert room.letter(room.ana) is Status.LATE


def test_taps_of_an_hour_without_network_are_judged_by_their_bounds(room: DoorRoom) -> None:
    room.world.pass_time(minutes=15)
    room.tap(room.ana)
    room.world.pass_time(minutes=15)
    room.tap(room.ben)
    room.world.pass_time(minutes=40)
    assert outcomes(room.tablet.send()) == ["done", "done"]
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.PRESENT, Status.LATE)
    assert {room.line(one).mark.grade for one in (room.ana, room.ben)} == {"C"}


def test_tap_too_near_to_the_cut_off_waits_with_both_bounds(room: DoorRoom) -> None:
    room.world.pass_time(minutes=20)
    room.tap(room.ana)
    room.world.pass_time(minutes=50)
    (result,) = room.tablet.send()
    assert (result["outcome"], result["reason"]) == ("waits", None)
    assert result["greeting"] is not None
    assert room.letter(room.ana) is None
    (waits,) = room.waiting
    assert waits.why is Why.UNDECIDED
    assert waits.earliest_utc is not None
    assert waits.earliest_utc < room.meeting.starts_at_utc < waits.latest_utc
    assert "attendance.sign_in_waits" in room.events()


def test_better_knowledge_settles_what_waited(room: DoorRoom) -> None:
    room.tablet.reload()
    room.world.pass_time(minutes=25)
    room.tap(room.ana)
    held = room.tablet.anchors
    room.tablet.anchors = []
    room.tablet.reload()
    room.world.pass_time(minutes=5)
    room.tablet.send(room.tablet.queue)
    assert room.whys == [Why.UNDECIDED]
    body = {
        "boot": room.tablet.boot,
        "m": room.tablet.reading,
        "anchors": [],
        "events": room.tablet.queue,
        "runs": [{"boot": room.tablet.queue[0]["boot"], "after": held[0]}],
    }
    assert room.tablet.post("sign-ins", body).status_code == 200
    # The contact of 06:40 was before the page run, which says too little to make anybody late.
    assert room.whys == [Why.UNDECIDED]


def test_same_queue_twice_in_parts_and_in_another_order_makes_the_same_rows(room: DoorRoom) -> None:
    members = [room.world.member(room.group) for _number in range(6)]
    for member in members:
        room.world.pass_time(seconds=30)
        room.tap(member)
    queue = list(room.tablet.queue)
    for part in (queue[4:], queue[1:3], queue[::-1], queue, queue[:2]):
        room.tablet.send(part)
    assert [room.letter(member) for member in members] == [Status.PRESENT] * 6
    assert room.waiting == []
    assert room.world.rows("attendance_tablet_event") == 6
    assert room.events().count("attendance.arrival_recorded") == 6


def test_a_queue_whose_answer_was_lost_days_ago_holds_nothing_up(room: DoorRoom) -> None:
    late = room.tap(room.ana)
    room.tablet.send([late])
    room.world.pass_time(days=3)
    (result,) = room.tablet.send([late])
    assert result["outcome"] == "again"
    assert room.letter(room.ana) is Status.PRESENT
    assert room.events().count("attendance.arrival_recorded") == 1


def test_two_hundred_equal_uploads_at_once_make_one_row(room: DoorRoom) -> None:
    event = room.tap(room.ana)
    clients = [room.world.app.test_client() for _number in range(8)]
    cookie = room.tablet.client.get_cookie("givefirst_tablet", path=f"/door/{room.group.slug}")
    assert cookie is not None

    def send(number: int) -> list[object]:
        client = clients[number]
        client.set_cookie("givefirst_tablet", cookie.value, path="/")
        mine = replace(room.tablet, client=client)
        answers = [mine.post_events([event]) for _time in range(25)]
        return [(one.json or {})["results"][0]["outcome"] for one in answers if one.status_code == 200]

    answered = at_once(8, send)
    said = [one for answers in answered if isinstance(answers, list) for one in answers]
    assert [one for one in answered if isinstance(one, Exception)] == []
    assert (len(said), said.count("done")) == (200, 1)
    assert room.world.rows("attendance_tablet_event") == 1
    assert room.world.rows("attendance_mark") == 1
    assert room.events().count("attendance.arrival_recorded") == 1


def test_sixty_members_at_one_tablet_in_two_minutes_are_never_refused(room: DoorRoom) -> None:
    members = [room.world.member(room.group) for _number in range(60)]
    for member in members:
        room.world.pass_time(seconds=2)
        room.tap(member)
        assert outcomes(room.tablet.send()) == ["done"]
    assert len(room.roster.here) == 60


def test_substitute_is_tied_to_the_member_and_a_late_one_is_one_all_the_same(room: DoorRoom) -> None:
    room.world.pass_time(minutes=30)
    room.tap(room.ana, kind="substitute", name="  Rui   Dias ", firm="Dias Ltd")
    (result,) = room.tablet.send()
    assert result["greeting"] == {"given": "Rui Dias", "time": "07:10"}
    line = room.line(room.ana)
    assert (line.mark.status, line.mark.substitute_name, line.mark.substitute_firm) == (
        Status.SUBSTITUTE,
        "Rui Dias",
        "Dias Ltd",
    )


def test_a_substitute_of_whom_no_time_is_proven_is_not_late(room: DoorRoom) -> None:
    room.tablet.reload()
    room.tap(room.ana, kind="substitute", name="Rui Dias")
    room.world.pass_time(minutes=90)
    room.tablet.reload()
    assert outcomes(room.tablet.send()) == ["done"]
    mark = room.line(room.ana).mark
    assert (mark.status, mark.arrived_at_utc) == (Status.SUBSTITUTE, None)


def test_guests_stand_on_the_list_of_the_day_and_are_forgotten_in_time(room: DoorRoom) -> None:
    room.tap(None, kind="visitor", name="Eva Maia", firm="Maia & Co")
    room.tap(None, kind="observer", name="Olaf Berg")
    assert outcomes(room.tablet.send()) == ["done", "done"]
    work = room.world.work()
    names = [
        (one.name, one.firm, one.kind.value)
        for one in guests_of(work.session, room.group.id, room.meeting.id)
    ]
    assert names == [("Eva Maia", "Maia & Co", "visitor"), ("Olaf Berg", "", "observer")]
    work.rollback()
    room.world.pass_time(days=367)
    work = room.world.work()
    assert forget_guests(work, room.group) == 2
    work.commit()
    assert room.world.rows("attendance_tablet_event WHERE name <> '' OR firm <> ''") == 0


def test_guest_waits_where_the_door_takes_members_alone(room: DoorRoom) -> None:
    room.door_is(Door(guests_allowed=False))
    room.tap(None, kind="visitor", name="Eva Maia")
    assert outcomes(room.tablet.send()) == ["waits"]
    assert room.whys == [Why.NO_GUESTS]


def test_changed_event_never_counts(room: DoorRoom) -> None:
    room.tap(room.ana)
    event = room.tablet.queue[0] | {"member": room.ben.public_id}
    (result,) = room.tablet.send([event])
    assert result["outcome"] == "waits"
    assert (room.letter(room.ana), room.letter(room.ben)) == (None, None)
    assert room.whys == [Why.CHANGED]


def test_event_after_one_that_was_taken_out_of_the_chain_waits_until_it_comes(room: DoorRoom) -> None:
    first, second = room.tap(room.ana), room.tap(room.ben)
    assert outcomes(room.tablet.send([second])) == ["waits"]
    assert room.whys == [Why.LINK_MISSING]
    room.tablet.send([first])
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.PRESENT, Status.PRESENT)
    assert room.waiting == []


def test_two_contents_in_one_place_of_the_chain_both_wait(room: DoorRoom) -> None:
    first = room.tap(room.ana)
    forged = {name: value for name, value in first.items() if name != "hash"} | {"member": room.ben.public_id}
    forged["hash"] = content_hash(forged)
    assert outcomes(room.tablet.send([first, forged])) == ["waits", "waits"]
    assert room.roster.here == []


def test_contact_that_the_house_never_signed_proves_nothing(room: DoorRoom) -> None:
    room.world.pass_time(minutes=10)
    forged = room.tablet.anchors[0] | {"m": 0, "got": 1, "s": "2026-11-24T09:00:00.000Z"}
    room.tablet.anchors = [forged]
    room.world.pass_time(minutes=40)
    room.tap(room.ana)
    room.tablet.send()
    # Signed, it would have made her late; without any contact before, nobody can say.
    assert room.whys == [Why.UNDECIDED]


def test_member_who_left_before_the_meeting_waits(room: DoorRoom) -> None:
    gone = room.world.member(room.group, "Gil Reis", ended=date(2026, 11, 20))
    joins = room.world.member(room.group, "Neo Faria", joined=date(2026, 11, 25))
    room.tap(gone)
    room.tap(joins)
    assert outcomes(room.tablet.send()) == ["waits", "waits"]
    assert room.whys == [Why.NOT_A_MEMBER, Why.NOT_A_MEMBER]


def test_member_of_another_group_is_nobody_here(room: DoorRoom) -> None:
    mill = room.world.group("mill")
    stranger = room.world.member(mill, "Zoe Mill")
    meeting = room.world.meeting(mill)
    room.tap(stranger)
    room.tablet.tap(room.ana, meeting.public_id)
    assert outcomes(room.tablet.send()) == ["waits", "waits"]
    assert room.world.rows("attendance_mark") == 0


def test_earlier_tap_on_another_tablet_stands_whichever_comes_first(room: DoorRoom) -> None:
    other: Tablet = registered(room.world, room.group, room.leader, "Back door")
    other.contact()
    room.tap(room.ana)
    room.world.pass_time(minutes=25)
    other.contact()
    room.world.pass_time(seconds=5)
    other.tap(room.ana, room.meeting.public_id)
    other.send()
    assert room.letter(room.ana) is Status.LATE
    room.tablet.send()
    assert room.letter(room.ana) is Status.PRESENT


@pytest.mark.parametrize("tablet_first", [True, False])
def test_a_tap_on_time_and_a_scan_after_the_cut_off_give_one_letter_in_either_order(
    room: DoorRoom, tablet_first: bool
) -> None:
    room.tap(room.ana)
    room.world.pass_time(minutes=40)
    if tablet_first:
        room.tablet.send()
    room.scan_and_tap(room.ana)
    assert room.letter(room.ana) is (Status.PRESENT if tablet_first else Status.LATE)
    room.tablet.send()
    assert room.letter(room.ana) is Status.PRESENT


def test_a_reading_that_no_clock_can_have_is_refused(room: DoorRoom) -> None:
    room.tap(room.ana)
    body = {"boot": room.tablet.boot, "m": 2**53 - 1, "anchors": [], "events": room.tablet.queue}
    assert room.tablet.post("sign-ins", body).status_code == 400


def test_what_a_leader_wrote_stands_and_is_no_question(room: DoorRoom) -> None:
    room.mark(room.ana, Status.PRESENT)
    room.mark(room.ben, Status.MEDICAL)
    room.tap(room.ana)
    room.tap(room.ben)
    assert outcomes(room.tablet.send()) == ["again", "waits"]
    assert room.letter(room.ben) is Status.MEDICAL
    assert room.whys == [Why.RECORD_SAYS_OTHER]


def test_unreadable_event_holds_up_no_other(room: DoorRoom) -> None:
    good = room.tap(room.ana)
    assert outcomes(room.tablet.send([{"hash": "x"}, good, good | {"m": 1.5}])) == [
        "not-taken",
        "done",
        "not-taken",
    ]


def test_clock_on_the_wall_is_shown_and_decides_nothing(room: DoorRoom) -> None:
    room.tap(room.ana, wall="2026-11-24T11:40:00.000Z")
    room.tablet.send()
    assert room.letter(room.ana) is Status.PRESENT
    assert room.world.rows("attendance_tablet WHERE clock_off_ms > 17000000") == 1


def test_ledger_stays_whole_over_the_taps(room: DoorRoom) -> None:
    room.tap(room.ana)
    room.tap(None, kind="guest", name="Eva Maia")
    room.tap(room.ben, proof=room.tablet.sealed("pin", "1"))
    room.tablet.send()
    room.world.assert_ledger_whole(room.group)


def test_a_letter_that_comes_back_keeps_both_its_bounds(room: DoorRoom) -> None:
    room.world.pass_time(minutes=2)
    room.tap(room.ana)
    room.world.pass_time(minutes=10)
    room.tablet.send()
    before = room.line(room.ana).mark
    assert before.earliest_utc != before.latest_utc
    room.mark(room.ana, Status.ABSENT, seen=before.version)
    command = TakeBackTap(
        group_id=room.group.id,
        meeting_public_id=room.meeting.public_id,
        member_public_id=room.ana.public_id,
        recorder=room.by_leader,
        after_version=before.version + 1,
    )
    take_back_tap(room.world.work(room.leader), command)
    after = room.line(room.ana).mark
    assert after.status is Status.PRESENT
    assert (after.earliest_utc, after.latest_utc) == (before.earliest_utc, before.latest_utc)
