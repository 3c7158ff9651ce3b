"""The record of a meeting: leaders mark, submit, reopen and correct; nothing is overwritten unseen, everything is kept."""

from datetime import UTC, date, datetime

import pytest

from app.core.errors import NotFound, Refused
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.interface import AttendanceHistory, InOneRoom, MeetingsTogether
from app.plugins.attendance.plugin import AttendancePlugin
from app.plugins.attendance.queries.palms import palms_sheet
from app.plugins.attendance.queries.roster import roster_in_address
from app.plugins.attendance.queries.waiting import waiting_for_leaders
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from app.plugins.attendance.store import NewMark, replace_mark
from tests.support.meeting_room import DURING, THE_DAY, WEEK, Room
from tests.support.world import World


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refused.value.refusals]


def test_leader_marks_and_takes_a_wrong_tap_back(room: Room) -> None:
    room.mark(room.ana, Status.ABSENT)
    assert room.letter(room.ana) is Status.ABSENT
    room.mark(room.ana, None, seen=1)
    assert room.letter(room.ana) is None
    room.mark(room.ana, Status.PRESENT, seen=2)
    assert room.letter(room.ana) is Status.PRESENT
    assert room.events() == ["attendance.marked", "attendance.mark_taken_back", "attendance.marked"]
    room.world.assert_ledger_whole(room.group)


def test_substitute_is_kept_with_the_member_replaced(room: Room) -> None:
    room.mark(room.ana, Status.SUBSTITUTE, substitute_name=" Rita Vaz ")
    line = room.roster.line_of(room.ana.public_id)
    assert line is not None
    assert (line.mark.status, line.mark.substitute_name) == (Status.SUBSTITUTE, "Rita Vaz")


def test_time_given_by_a_leader_is_kept_with_the_letter(room: Room) -> None:
    arrived = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
    room.mark(room.ana, Status.LATE, arrived_at_utc=arrived)
    line = room.roster.line_of(room.ana.public_id)
    assert line is not None
    assert (line.mark.arrived_at_utc, line.mark.grade) == (arrived, "L")


def test_stale_mark_is_refused_and_changes_nothing(room: Room) -> None:
    room.mark(room.ana, Status.PRESENT)
    with pytest.raises(Refused) as refused:
        room.mark(room.ana, Status.ABSENT, seen=0)
    assert _codes(refused) == ["changed_meanwhile"]
    assert room.letter(room.ana) is Status.PRESENT


def test_two_leaders_of_the_same_mind_are_no_conflict(room: Room) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.mark(room.ana, Status.ABSENT, seen=0)
    assert room.events() == ["attendance.marked"]


def test_members_without_a_mark_become_absent_at_submission(room: Room) -> None:
    room.mark(room.ana, Status.PRESENT)
    assert room.submit(room.ben, room.leader) == 2
    letters = {line.name: line.mark.status for line in room.roster.lines}
    assert letters == {
        "Ana Sousa": Status.PRESENT,
        "Ben Okoro": Status.ABSENT,
        "Ines Carvalho": Status.ABSENT,
    }
    assert room.roster.meeting.record.state is RecordState.SUBMITTED
    room.world.assert_ledger_whole(room.group)


def test_submission_is_refused_where_somebody_would_become_absent_unseen(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        room.submit(room.ana, room.leader)
    assert _codes(refused) == ["changed_meanwhile"]
    assert room.world.rows("attendance_mark") == 0
    assert room.world.rows("attendance_record") == 0


def test_record_is_not_submitted_twice(room: Room) -> None:
    room.submit(room.ana, room.ben, room.leader)
    with pytest.raises(Refused) as refused:
        room.submit(seen=0)
    assert _codes(refused) == ["already_submitted"]


def test_correction_after_submission_needs_its_reason_and_keeps_it(room: Room) -> None:
    room.submit(room.ana, room.ben, room.leader)
    with pytest.raises(Refused) as refused:
        room.mark(room.ana, Status.PRESENT, seen=1)
    assert _codes(refused) == ["reason_needed"]
    room.mark(room.ana, Status.PRESENT, seen=1, reason="Her phone was dead; I saw her at ten to.")
    assert room.letter(room.ana) is Status.PRESENT
    assert room.ledger()[-1] == ("attendance.arrival_corrected", "Her phone was dead; I saw her at ten to.")


def test_record_is_reopened_with_a_reason_and_submitted_again(room: Room) -> None:
    room.submit(room.ana, room.ben, room.leader)
    with pytest.raises(Refused) as refused:
        room.reopen("   ")
    assert _codes(refused) == ["reason_needed"]
    room.reopen("Two names were swapped.")
    room.mark(room.ana, Status.PRESENT, seen=1)
    assert room.roster.meeting.record.state is RecordState.REOPENED
    room.submit(seen=2)
    assert (room.roster.meeting.record.state, room.roster.meeting.record.version) == (
        RecordState.SUBMITTED,
        3,
    )


def test_stale_reopening_is_refused(room: Room) -> None:
    room.submit(room.ana, room.ben, room.leader)
    with pytest.raises(Refused) as refused:
        room.reopen("Why not", seen=0)
    assert _codes(refused) == ["changed_meanwhile"]


def test_cancelled_meeting_takes_no_record(room: Room) -> None:
    session = room.world.work().session
    session.connection().exec_driver_sql("UPDATE meeting SET state = 'cancelled'")
    session.commit()
    with pytest.raises(Refused) as refused:
        room.mark(room.ana, Status.PRESENT)
    assert _codes(refused) == ["meeting_cancelled"]
    with pytest.raises(Refused) as refused:
        room.submit(room.ana, room.ben, room.leader)
    assert _codes(refused) == ["meeting_cancelled"]


def test_member_of_another_group_is_not_there(room: Room) -> None:
    stranger = room.world.member(room.world.group("mill"))
    with pytest.raises(NotFound):
        room.mark(stranger, Status.PRESENT)


def test_former_member_is_expected_until_the_last_day_only(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Sousa")
    world.member(group, "Left Yesterday", ended=date(2026, 11, 23))
    world.member(group, "Leaves Today", ended=THE_DAY)
    world.member(group, "Joins Tomorrow", joined=date(2026, 11, 25))
    meeting = world.meeting(group)
    work = world.work()
    roster = roster_in_address(work.session, group.id, meeting.public_id)
    assert roster is not None
    work.rollback()
    assert [line.name for line in roster.lines] == ["Ana Sousa", "Leaves Today"]


def test_palms_counts_submitted_records_only(room: Room) -> None:
    room.mark(room.ana, Status.PRESENT)
    work = room.world.work()
    draft = palms_sheet(work.session, room.group.id, WEEK, room.world.now)
    work.rollback()
    assert (draft.held, [one.local_date for one in draft.uncounted]) == (0, [THE_DAY])
    assert all(line.palms.recorded == 0 for line in draft.lines)
    room.submit(room.ben, room.leader)
    work = room.world.work()
    sheet = palms_sheet(work.session, room.group.id, WEEK, room.world.now)
    work.rollback()
    counts = {line.name: line.palms.letters() for line in sheet.lines}
    assert sheet.held == 1
    assert sheet.uncounted == []
    assert counts == {
        "Ana Sousa": (1, 0, 0, 0, 0),
        "Ben Okoro": (0, 1, 0, 0, 0),
        "Ines Carvalho": (0, 1, 0, 0, 0),
    }


def test_reopened_record_counts_nowhere_until_it_is_submitted_again(room: Room) -> None:
    room.mark(room.ana, Status.PRESENT)
    room.submit(room.ben, room.leader)
    room.reopen("Two names were swapped.")
    work = room.world.work()
    sheet = palms_sheet(work.session, room.group.id, WEEK, room.world.now)
    history: AttendanceHistory = AttendancePlugin().reads(work)[AttendanceHistory]
    attended = history.attended(room.group.id, room.ana.id)
    work.rollback()
    assert (sheet.held, [line.palms.recorded for line in sheet.lines], attended) == (0, [0, 0, 0], 0)


def test_database_itself_refuses_a_mark_over_another_version(room: Room) -> None:
    room.mark(room.ana, Status.PRESENT)
    late = NewMark(
        group_id=room.group.id,
        meeting_id=room.meeting.id,
        member_id=room.ana.id,
        status=Status.LATE,
        origin=Origin.LEADER,
        updated_at_utc=room.world.now,
    )
    work = room.world.work()
    written = [replace_mark(work.session, late, seen_version=version) for version in (0, 2, 1, 1)]
    work.commit()
    assert written == [False, False, True, False]


def test_other_plugins_learn_how_often_somebody_came(room: Room) -> None:
    room.mark(room.ana, Status.LATE)
    room.mark(room.ben, Status.SUBSTITUTE, substitute_name="Rita Vaz")
    work = room.world.work()
    history: AttendanceHistory = AttendancePlugin().reads(work)[AttendanceHistory]
    assert history.attended(room.group.id, room.ana.id) == 0
    work.rollback()
    room.submit(room.leader)
    came = [history.attended(room.group.id, one.id) for one in (room.ana, room.ben, room.leader)]
    work.rollback()
    assert came == [1, 0, 0]


def test_open_records_and_shared_phones_wait_for_leaders(room: Room) -> None:
    for member in (room.ana, room.ben):
        ticket = ScanTicket(
            group_slug=room.group.slug, meeting_public_id=room.meeting.public_id, scanned_at=DURING
        )
        sign_in_by_room_code(
            room.world.work(member),
            SignIn(
                group_id=room.group.id,
                group_slug=room.group.slug,
                member_id=member.id,
                ticket=ticket,
                device_key="d" * 64,
            ),
        )
    shared = [[line.name for line in lines] for lines in room.roster.shared_devices]
    assert shared == [["Ben Okoro", "Ana Sousa"]]
    room.world.pass_time(hours=2)
    work = room.world.work()
    with room.world.statements() as seen:
        waiting = waiting_for_leaders(work.session, room.group.id, room.world.now)
    work.rollback()
    assert len(seen) == 1
    assert [one.public_id for one in waiting.open_records] == [room.meeting.public_id]
    assert [one.public_id for one in waiting.shared_devices] == [room.meeting.public_id]
    room.submit(room.leader)
    work = room.world.work()
    waiting = waiting_for_leaders(work.session, room.group.id, room.world.now)
    work.rollback()
    assert (waiting.open_records, waiting.shared_devices) == ((), ())


def test_other_plugins_learn_how_often_two_were_in_one_room(room: Room) -> None:
    room.mark(room.ana, Status.LATE)
    room.mark(room.ben, Status.PRESENT)
    work = room.world.work()
    together: MeetingsTogether = AttendancePlugin().reads(work)[MeetingsTogether]
    assert together.of_two(room.group.id, room.ana.id, room.ben.id) == InOneRoom(meetings=0, last_on=None)
    work.rollback()
    room.submit(room.leader)
    found = [
        together.of_two(room.group.id, room.ana.id, other.id).meetings for other in (room.ben, room.leader)
    ]
    work.rollback()
    assert found == [1, 0]
