"""Signing in by the room code: one row, equal answers, the instant of the scan, and what a leader wrote stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.queries.marks import MarkLine, mark_of
from app.plugins.attendance.services.marking import MarkByRecorder, mark_by_recorder
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from tests.support.world import World

SCANNED = datetime(2026, 11, 24, 6, 52, tzinfo=UTC)
STATEMENTS_ALLOWED = 5


def _ticket(meeting: Meeting, group: Group, at: datetime = SCANNED) -> ScanTicket:
    return ScanTicket(group_slug=group.slug, meeting_public_id=meeting.public_id, scanned_at=at)


def _tap(group: Group, member: MemberLine, ticket: ScanTicket | None, device: str | None = None) -> SignIn:
    return SignIn(
        group_id=group.id, group_slug=group.slug, member_id=member.id, ticket=ticket, device_key=device
    )


def _mark(world: World, group: Group, meeting: Meeting, member: MemberLine) -> MarkLine:
    work = world.work()
    found = mark_of(work.session, group.id, meeting.id, member.id)
    work.rollback()
    return found


@pytest.mark.parametrize(
    ("scanned_at", "tapped_after", "status"),
    [
        (SCANNED, timedelta(0), Status.PRESENT),
        (SCANNED, timedelta(minutes=29), Status.PRESENT),
        (datetime(2026, 11, 24, 7, 0, 0, tzinfo=UTC), timedelta(0), Status.PRESENT),
        (datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC), timedelta(0), Status.LATE),
    ],
)
def test_arrival_is_the_instant_of_the_scan(
    world: World, scanned_at: datetime, tapped_after: timedelta, status: Status
) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(scanned_at + tapped_after)
    sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group, scanned_at)))
    mark = _mark(world, group, meeting, ana)
    assert (mark.status, mark.arrived_at_utc, mark.grade, mark.version) == (status, scanned_at, "B", 1)
    world.assert_ledger_whole(group)


def test_sign_in_takes_five_statements_however_many_members(world: World) -> None:
    group = world.group()
    meeting = world.meeting(group)
    members = [world.member(group) for _ in range(12)]
    world.clock.move_to(SCANNED)
    counts = []
    for member in members:
        work = world.work(member)
        with world.statements() as seen:
            sign_in_by_room_code(work, _tap(group, member, _ticket(meeting, group)))
        counts.append(len(seen))
    assert max(counts) <= STATEMENTS_ALLOWED


def test_second_tap_changes_nothing_and_gets_the_same_answer(world: World) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    first = sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group)))
    world.pass_time(minutes=5)
    before = _mark(world, group, meeting, ana)
    second = sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group)))
    assert (first, _mark(world, group, meeting, ana)) == (second, before)
    assert world.rows("attendance_mark") == 1


def test_two_hundred_equal_taps_at_once_make_one_row_and_equal_answers(world: World) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    events_before = world.rows("ledger_entry")
    tap = _tap(group, ana, _ticket(meeting, group))

    def once(_number: int) -> str:
        session = world.held.new_session()
        try:
            return sign_in_by_room_code(world.held.work(session, world.work(ana).actor), tap)
        finally:
            session.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(once, range(200)))
    assert set(answers) == {meeting.public_id}
    assert world.rows("attendance_mark") == 1
    assert world.rows("ledger_entry") == events_before + 1
    world.assert_ledger_whole(group)


@pytest.mark.parametrize("letter", [Status.ABSENT, Status.MEDICAL, Status.LATE])
def test_sign_in_never_overwrites_what_a_leader_has_written(world: World, letter: Status) -> None:
    group = world.group()
    leader = world.member(group, offices=[Office.PRESIDENT])
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    _mark_as(world, group, meeting, leader, ana, WantedMark(status=letter), seen_version=0)
    sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group)))
    mark = _mark(world, group, meeting, ana)
    assert (mark.status, mark.arrived_at_utc, mark.version) == (letter, None, 1)


def test_sign_in_fills_a_mark_that_was_taken_back(world: World) -> None:
    group = world.group()
    leader = world.member(group, offices=[Office.PRESIDENT])
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    _mark_as(world, group, meeting, leader, ana, WantedMark(status=Status.ABSENT), seen_version=0)
    _mark_as(world, group, meeting, leader, ana, WantedMark(status=None), seen_version=1)
    sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group)))
    mark = _mark(world, group, meeting, ana)
    assert (mark.status, mark.arrived_at_utc, mark.version) == (Status.PRESENT, SCANNED, 3)


def test_meeting_of_another_group_is_not_there(world: World) -> None:
    harbour, mill = world.group(), world.group("mill")
    ana, theirs = world.member(harbour), world.meeting(mill)
    world.clock.move_to(SCANNED)
    foreign = ScanTicket(group_slug=harbour.slug, meeting_public_id=theirs.public_id, scanned_at=SCANNED)
    work = world.work(ana)
    with pytest.raises(NotFound):
        sign_in_by_room_code(work, _tap(harbour, ana, foreign))
    work.rollback()
    assert world.rows("attendance_mark") == 0


def test_refused_sign_in_changes_nothing(world: World) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    late_ticket = _ticket(meeting, group, SCANNED - timedelta(minutes=31))
    for ticket, code in [(None, "attendance.no_ticket"), (late_ticket, "attendance.ticket_over")]:
        with pytest.raises(Refused) as refused:
            sign_in_by_room_code(world.work(ana), _tap(group, ana, ticket))
        assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert world.rows("attendance_mark") == 0


def test_arrival_stands_in_the_ledger_with_its_bounds(world: World) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group)))
    kinds = _kinds(world)
    assert kinds[-1] == "attendance.arrival_recorded"


def _kinds(world: World) -> list[str]:
    session = world.work().session
    rows = session.connection().exec_driver_sql("SELECT kind FROM ledger_entry ORDER BY group_id, sequence")
    kinds = [str(row[0]) for row in rows]
    session.rollback()
    return kinds


def _mark_as(
    world: World,
    group: Group,
    meeting: Meeting,
    leader: MemberLine,
    member: MemberLine,
    wanted: WantedMark,
    *,
    seen_version: int,
) -> None:
    mark_by_recorder(
        world.work(leader),
        MarkByRecorder(
            group_id=group.id,
            meeting_public_id=meeting.public_id,
            member_public_id=member.public_id,
            recorder=Recorder(member_id=leader.id),
            wanted=wanted,
            seen_version=seen_version,
        ),
    )


def test_device_of_the_tap_is_kept_as_a_hash(world: World) -> None:
    group = world.group()
    ana, meeting = world.member(group), world.meeting(group)
    world.clock.move_to(SCANNED)
    sign_in_by_room_code(world.work(ana), _tap(group, ana, _ticket(meeting, group), device="a" * 64))
    assert _mark(world, group, meeting, ana).device_key == "a" * 64
