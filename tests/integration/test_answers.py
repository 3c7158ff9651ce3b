"""The reminder of the day before and what members say: who is asked, when, how often, and what stands in the end."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.changes import When, seen_mark
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.queries import meeting_by_public_id
from app.core.meetings.services.changing import Change, call_meeting_off, move_meeting
from app.core.meetings.services.telling import MeetingAddresses
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from app.plugins.attendance.domain.answers import Intent, Said, Via
from app.plugins.attendance.plugin import AttendancePlugin
from app.plugins.attendance.queries.answers import Expected, answers_of, expected_at
from app.plugins.attendance.queries.roster import roster_of_key
from app.plugins.attendance.services.answering import AnswerMeeting, answer_meeting
from app.plugins.attendance.services.apologies import Confirmed, take_apologies
from app.plugins.attendance.services.reminding import remind_of_tomorrow
from tests.support.parallel import at_once
from tests.support.world import World

DAY = date(2026, 11, 25)
ADDRESSES = MeetingAddresses(path=str, url=str, organiser="no-reply@house.example")


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance",))


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, DAY)


def remind(world: World, group: Group) -> int:
    work = world.work()
    asked = remind_of_tomorrow(
        work, group, lambda member, meeting, intent: f"http://x/{member.public_id}/{intent}"
    )
    work.commit()
    return asked


def say(
    world: World,
    group: Group,
    meeting: Meeting,
    member: MemberLine,
    intent: Intent = Intent.COMING,
    *,
    name: str = "",
    via: Via = Via.PAGE,
) -> None:
    said = Said(member_id=member.id, intent=intent, via=via, substitute_name=name, said_by=member.id)
    command = AnswerMeeting(group_id=group.id, meeting_public_id=meeting.public_id, said=said)
    work = world.work(member)
    try:
        answer_meeting(work, command)
    finally:
        work.session.rollback()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def session_of(world: World) -> Session:
    return world.work().session


def expected(world: World, group: Group, meeting: Meeting) -> Expected:
    session = session_of(world)
    roster = roster_of_key(session, group.id, meeting.id)
    assert roster is not None
    found = expected_at(session, group.id, roster)
    session.rollback()
    return found


def move(world: World, group: Group, meeting: Meeting, when: When) -> None:
    work = world.work()
    stands = meeting_by_public_id(work.session, group.id, meeting.public_id)
    assert stands is not None
    change = Change(group=group, seen=seen_mark([stands]), note="", addresses=ADDRESSES)
    move_meeting(work, change, meeting.public_id, when)
    work.commit()


def test_everyone_who_has_not_answered_is_asked_once(world: World, group: Group, meeting: Meeting) -> None:
    said, *_waiting = [world.member(group) for _number in range(3)]
    world.member(group, ended=date(2026, 11, 1))
    say(world, group, meeting, said)
    world.pass_time(hours=9)
    assert remind(world, group) == 0, "at 15:00 nobody is asked"
    world.pass_time(hours=1)
    assert remind(world, group) == 2
    assert remind(world, group) == 0
    world.pass_time(hours=1)
    late = world.member(group)
    assert remind(world, group) == 1, "who joined meanwhile"
    assert world.rows("outgoing_mail") == 3
    bodies = mail_texts(world)
    assert all(f"/{intent}" in bodies[0] for intent in ("coming", "late", "substitute"))
    assert any(late.public_id in body for body in bodies)
    assert not any(said.public_id in body for body in bodies)


def mail_texts(world: World, column: str = "body") -> list[str]:
    session = session_of(world)
    query = f"SELECT {column} FROM outgoing_mail WHERE kind = 'attendance.reminder' ORDER BY id"
    found = [str(row[0]) for row in session.connection().exec_driver_sql(query)]
    session.rollback()
    return found


def test_two_workers_at_once_ask_everyone_once(world: World, group: Group, meeting: Meeting) -> None:
    for _number in range(4):
        world.member(group)
    world.pass_time(hours=11)
    at_once(4, lambda _number: remind(world, group))
    assert len(mail_texts(world)) == 4


def test_nobody_is_asked_at_night_or_in_another_zone_too_early(world: World) -> None:
    mill = world.group("mill", zone="America/New_York", plugins=("attendance",))
    world.member(mill)
    world.meeting(mill, DAY)
    for hours, asked in ((10, 0), (5, 1)):
        world.pass_time(hours=hours)
        assert remind(world, mill) == asked, world.now
    harbour = world.group("late", plugins=("attendance",))
    world.member(harbour)
    world.meeting(harbour, DAY)
    assert world.now.hour == 21
    assert remind(world, harbour) == 0, "added after nine in the evening"


def test_the_hour_is_that_of_the_wall_on_the_night_of_the_change(world: World) -> None:
    """On 28 March the clocks of Lisbon stand at winter time; the meeting after the change keeps its wall time."""
    world.clock.advance(datetime(2027, 3, 27, 16, 30, tzinfo=UTC) - world.now)
    group = world.group(plugins=("attendance",))
    world.member(group)
    world.meeting(group, date(2027, 3, 28), time(7))
    assert remind(world, group) == 1
    assert "07:00–08:30" in mail_texts(world)[0]


def test_meeting_that_is_moved_is_asked_for_again(world: World, group: Group, meeting: Meeting) -> None:
    early, other = world.member(group), world.member(group)
    world.pass_time(hours=11)
    assert remind(world, group) == 2
    say(world, group, meeting, early)
    move(world, group, meeting, When(day=DAY, wall_time=time(18), minutes=90))
    before = expected(world, group, meeting)
    assert [line.name for line, _said in before.for_old_time] == [early.name]
    assert before.coming == []
    assert len(before.no_word) == 2
    assert remind(world, group) == 2, "what was said was said of another time"
    say(world, group, meeting, early, Intent.LATE)
    say(world, group, meeting, other, Intent.SUBSTITUTE, name=" Rita Melo ")
    after = expected(world, group, meeting)
    assert [line.name for line in after.late] == [early.name]
    assert [(line.name, name) for line, name in after.substitutes] == [(other.name, "Rita Melo")]
    assert (after.no_word, after.for_old_time) == ([], [])


def test_cancelled_meeting_is_asked_for_by_nobody(world: World, group: Group, meeting: Meeting) -> None:
    member = world.member(group)
    work = world.work()
    change = Change(group=group, seen=seen_mark([meeting]), note="", addresses=ADDRESSES)
    call_meeting_off(work, change, meeting.public_id, MeetingState.HOLIDAY)
    work.commit()
    world.pass_time(hours=11)
    assert remind(world, group) == 0
    with pytest.raises(Refused) as refused:
        say(world, group, meeting, member)
    assert codes(refused) == ["attendance.meeting_cancelled"]


def test_the_last_word_before_the_start_stands(world: World, group: Group, meeting: Meeting) -> None:
    member = world.member(group)
    for intent in (Intent.COMING, Intent.APOLOGIES, Intent.APOLOGIES, Intent.LATE):
        say(world, group, meeting, member, intent)
    session = session_of(world)
    answer = answers_of(session, group.id, meeting.id)[member.id]
    session.rollback()
    assert (answer.intent, answer.version, answer.is_current) == (Intent.LATE, 3, True)
    world.pass_time(days=1, hours=1)
    with pytest.raises(Refused) as refused:
        say(world, group, meeting, member)
    assert codes(refused) == ["attendance.answer_too_late"]
    assert world.rows("attendance_mark") == 0, "a word beforehand is no record"
    world.assert_ledger_whole(group)


def test_substitute_needs_a_name_and_a_stranger_is_not_expected(
    world: World, group: Group, meeting: Meeting
) -> None:
    world.member(group)
    former = world.member(group, ended=date(2026, 11, 1))
    with pytest.raises(Refused) as refused:
        say(world, group, meeting, former, Intent.SUBSTITUTE, name="  ")
    assert codes(refused) == ["attendance.not_expected", "attendance.answer_needs_name"]
    other = world.group("other", plugins=("attendance",))
    with pytest.raises(NotFound):
        say(world, other, meeting, world.member(other))


def test_apologies_are_kept_all_or_none(world: World, group: Group, meeting: Meeting) -> None:
    leader, ana, ben = (world.member(group) for _number in range(3))
    former = world.member(group, ended=date(2026, 11, 1))

    def take(*confirmed: Confirmed) -> int:
        work = world.work(leader)
        try:
            place = {"group_id": group.id, "meeting_public_id": meeting.public_id, "leader_id": leader.id}
            return take_apologies(work, **place, confirmed=confirmed)  # type: ignore[arg-type]  # each by its name
        finally:
            work.session.rollback()

    def of(member: MemberLine, intent: Intent, name: str = "", place: str = "row0-") -> Confirmed:
        return Confirmed(place=place, member_public_id=member.public_id, intent=intent, substitute_name=name)

    good = of(ana, Intent.APOLOGIES)
    for bad, code in (
        (of(former, Intent.LATE), "attendance.not_expected"),
        (of(ben, Intent.SUBSTITUTE), "attendance.answer_needs_name"),
        (of(ana, Intent.LATE), "attendance.said_twice"),
    ):
        with pytest.raises(Refused) as refused:
            take(good, bad)
        assert codes(refused) == [code]
        assert world.rows("attendance_answer") == 0
    assert take(good, good, of(ben, Intent.SUBSTITUTE, "Rita")) == 2
    session = session_of(world)
    answers = answers_of(session, group.id, meeting.id)
    session.rollback()
    assert {answers[ana.id].intent, answers[ben.id].intent} == {Intent.APOLOGIES, Intent.SUBSTITUTE}
    assert answers[ana.id].via is Via.LEADER
    world.pass_time(days=1, hours=1, minutes=5)
    assert take(of(ana, Intent.LATE)) == 1, "it was written before, and is entered after the start"
    world.pass_time(hours=2)
    with pytest.raises(Refused) as refused:
        take(good)
    assert codes(refused) == ["attendance.apology_too_late"]


def test_the_reminder_is_a_job_that_runs_where_attendance_is_on(world: World, meeting: Meeting) -> None:
    assert "reminder" in [job.name for job in AttendancePlugin().jobs()]
    off = world.group("off", plugins=())
    world.member(off)
    world.meeting(off, DAY)
    with world.app.app_context():
        (job,) = [one for one in plugin_jobs(runtime()) if one.name == "attendance.reminder"]
        world.pass_time(hours=11)
        assert job.run() == 0, "the one group where it is on has no member yet"
        on = world.group("on", plugins=("attendance",))
        world.member(on)
        world.meeting(on, DAY)
        assert job.run() == 1
    assert f"{world.app.config['GIVEFIRST_BASE_URL']}/visit/on/attendance/answer/" in mail_texts(world)[0]


def test_a_mail_after_the_start_would_be_pointless(world: World, group: Group, meeting: Meeting) -> None:
    world.member(group)
    world.pass_time(hours=11)
    remind(world, group)
    assert mail_texts(world, "not_after_utc")[0].replace("T", " ").startswith("2026-11-25 07:00")


def test_who_has_a_letter_already_is_not_asked(world: World, group: Group, meeting: Meeting) -> None:
    ill = world.member(group)
    work = world.work()
    work.session.connection().exec_driver_sql(
        "INSERT INTO attendance_mark (group_id, meeting_id, member_id, status, origin, version, updated_at_utc)"
        f" VALUES ({group.id}, {meeting.id}, {ill.id}, 'M', 'leader', 1, '2026-11-24 06:00:00')"
    )
    work.commit()
    world.pass_time(hours=11)
    assert remind(world, group) == 0
