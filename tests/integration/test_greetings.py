"""Greetings on a real database: asked, answered, alerted, handed over by the clock, freed, forgotten."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership, switch_plugin
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.welcome.domain.greeting import HAND_OVER_AFTER, GreetingState, Step
from app.plugins.welcome.domain.spoken import KEPT_FOR_AFTER, Shared
from app.plugins.welcome.interface import ArrivalTakenBack, VisitForgotten
from app.plugins.welcome.plugin import WelcomePlugin
from app.plugins.welcome.queries.greetings import steps_done
from app.plugins.welcome.queries.spoken import members_who_said, visitor_met
from app.plugins.welcome.services.greeting import (
    OfGuest,
    answer_asked,
    free_greeter,
    offer_to_greet,
    say_with_guest,
    take_over,
)
from app.plugins.welcome.services.greeting_steps import do_step, take_step_back
from app.plugins.welcome.services.spoken import (
    member_says_spoke,
    member_takes_back,
    visitor_puts_aside,
    visitor_says_spoke,
    visitor_takes_back,
)
from tests.support.greetings import (
    answers,
    arrives,
    asks,
    calls_off,
    change_visitor,
    expects,
    greeting_of,
    greetings,
    happens,
    moves,
    signs_in,
)
from tests.support.slips import acting
from tests.support.world import World

TODAY = date(2026, 11, 24)
BOTH = Shared(email=True, phone=True)
LOOK_AFTER = "welcome.look-after-greetings"
FORGET = "welcome.forget-greetings"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    return world.member(group, "Hana Host", offices=[Office.VISITOR_HOST])


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ferreira")


@pytest.fixture
def eva(world: World, group: Group) -> MemberLine:
    return world.member(group, "Eva Costa")


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group)


def told(world: World, member: MemberLine) -> list[str]:
    """Return the kinds of what stands on the member's page, in the order in which it came."""
    with acting(world) as work:
        query = select(NoticeRow.kind).where(NoticeRow.member_id == member.id).order_by(NoticeRow.id)
        return [
            one
            for one in work.session.scalars(query)
            if one.startswith("welcome.g") or one == "welcome.no_greeter"
        ]


def mails(world: World, member: MemberLine) -> list[str]:
    """Return the kinds of the mails of the door to a member, as they were written."""
    table = OutgoingMailRow
    query = select(table.kind).where(table.person_id == member.person_id, table.kind.like("welcome.g%"))
    with acting(world) as work:
        return list(work.session.scalars(query.order_by(table.id)))


def run(world: World, name: str) -> int:
    jobs = [job for job in plugin_jobs(world.held) if job.name == name]
    with world.app.app_context():
        return run_all(jobs)[name]


def codes(refused: Refused) -> Sequence[str]:
    return [one.code for one in refused.refusals]


def test_greeter_is_asked_once_says_yes_and_is_alerted_on_arrival(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    assert (line.greeting.state, line.greeter) == (GreetingState.ASKED, ben.id)
    answers(world, group, line, ben)
    answers(world, group, line, ben)
    arrives(world, group, meeting, key)
    assert told(world, ben) == ["welcome.greeter_asked", "welcome.guest_arrived"]
    assert mails(world, ben) == ["welcome.greeter_asked", "welcome.guest_arrived"]
    assert told(world, host) == ["welcome.greeter_answered"]
    world.assert_ledger_whole(group)


def test_a_letter_of_the_door_is_never_sent_after_it_is_pointless(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    answers(world, group, line, ben)
    arrives(world, group, meeting, key)
    with acting(world) as work:
        table = OutgoingMailRow
        until = {
            row.kind: row.not_after_utc
            for row in work.session.execute(select(table.kind, table.not_after_utc))
            if row.kind.startswith("welcome.")
        }
    assert until["welcome.greeter_asked"] == meeting.starts_at_utc
    assert until["welcome.guest_arrived"] == world.now + timedelta(minutes=30)


def test_hosts_take_over_when_the_greeter_does_not_come_in_five_minutes(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, ben), ben)
    arrives(world, group, meeting, key)
    world.clock.advance(HAND_OVER_AFTER - timedelta(seconds=1))
    assert run(world, LOOK_AFTER) == 0
    world.clock.advance(timedelta(seconds=1))
    assert run(world, LOOK_AFTER) == 1
    assert run(world, LOOK_AFTER) == 0, "the hosts are told once"
    assert mails(world, host) == ["welcome.guest_waits"]
    line = greeting_of(world, group, meeting, visitor)
    with world.app.app_context(), acting(world, host) as work:
        take_over(work, group, line.public_id, host)
    line = greeting_of(world, group, meeting, visitor)
    assert (line.greeter, line.greeting.met_at_utc) == (host.id, world.now)
    assert told(world, ben)[-1] == "welcome.greeter_freed"
    assert run(world, LOOK_AFTER) == 0


def test_hosts_hear_at_once_where_the_greeter_has_not_signed_in(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, ben), ben)
    other, second = expects(world, group, meeting, "Jonas Keller")
    answers(world, group, asks(world, group, meeting, second, host, eva), eva)
    signs_in(world, group, meeting, eva)
    arrives(world, group, meeting, other)
    assert mails(world, host) == [], "Eva is in the room and has been alerted"
    arrives(world, group, meeting, key)
    assert told(world, ben)[-1] == "welcome.guest_arrived"
    assert mails(world, host) == ["welcome.guest_waits"]
    assert run(world, LOOK_AFTER) == 0, "and are told once"


def test_a_greeter_who_is_with_the_guest_is_left_alone(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    answers(world, group, line, ben)
    arrives(world, group, meeting, key)
    with acting(world, eva) as work, pytest.raises(Refused):
        say_with_guest(work, group, line.public_id, eva.id)
    with acting(world, ben) as work:
        say_with_guest(work, group, line.public_id, ben.id)
    with acting(world, ben) as work:
        say_with_guest(work, group, line.public_id, ben.id)
    world.clock.advance(HAND_OVER_AFTER * 3)
    assert run(world, LOOK_AFTER) == 0
    happens(world, ArrivalTakenBack(group_id=group.id, visitor_id=key))
    assert greeting_of(world, group, meeting, visitor).greeting.met_at_utc is None


def test_hosts_hear_at_once_of_a_guest_whom_nobody_receives(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    key, _visitor = expects(world, group, meeting)
    arrives(world, group, meeting, key)
    assert told(world, host) == mails(world, host) == ["welcome.guest_waits"]
    other, _public_id = expects(world, group, meeting, "Jonas Keller", wants_greeter=False)
    arrives(world, group, meeting, other)
    assert told(world, host) == ["welcome.guest_waits"], "who asked for nobody is left in peace"


def test_late_no_frees_the_guest_and_whoever_said_no_is_not_asked_again(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    answers(world, group, line, ben)
    answers(world, group, line, ben, says_yes=False)
    assert told(world, host) == ["welcome.greeter_answered"] * 2
    assert greeting_of(world, group, meeting, visitor).greeter is None
    with pytest.raises(Refused) as refused:
        asks(world, group, meeting, visitor, host, ben)
    assert codes(refused.value) == ["welcome.greeter_said_no"]
    with pytest.raises(Refused) as refused:
        answers(world, group, line, ben)
    assert codes(refused.value) == ["welcome.not_asked_any_more"]
    line = asks(world, group, meeting, visitor, host, eva)
    assert mails(world, eva) == ["welcome.greeter_asked"]
    arrives(world, group, meeting, key)
    assert told(world, host)[-1] == "welcome.guest_waits", "asked is not yet promised"
    assert line.asked_times == 2


def test_two_greeters_of_one_guest_there_are_not(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    _key, visitor = expects(world, group, meeting)
    command = OfGuest(group=group, meeting=meeting, public_id=visitor)
    with world.app.app_context(), acting(world, ben) as work:
        offer_to_greet(work, command, ben)
    with world.app.app_context(), acting(world, eva) as work, pytest.raises(Refused) as refused:
        offer_to_greet(work, command, eva)
    assert codes(refused.value) == ["welcome.greeted_already"]
    with pytest.raises(Refused) as refused:
        asks(world, group, meeting, visitor, host, eva)
    assert codes(refused.value) == ["welcome.greeted_already"]
    assert [one.greeter for one in greetings(world, group, meeting)] == [ben.id]


def test_whoever_is_asked_after_somebody_else_takes_their_place(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    _key, visitor = expects(world, group, meeting)
    asks(world, group, meeting, visitor, host, ben)
    line = asks(world, group, meeting, visitor, host, eva)
    assert told(world, ben) == ["welcome.greeter_asked", "welcome.greeter_freed"]
    assert mails(world, ben) == ["welcome.greeter_freed"], "the question had not left and is taken out"
    with world.app.app_context(), acting(world, host) as work:
        free_greeter(work, group, line.public_id)
    assert greeting_of(world, group, meeting, visitor).greeter is None
    assert told(world, eva)[-1] == "welcome.greeter_freed"


def test_greeter_is_freed_and_told_once_when_the_visit_is_called_off_or_moved(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    clara, clara_id = expects(world, group, meeting)
    jonas, jonas_id = expects(world, group, meeting, "Jonas Keller")
    later = world.meeting(group, TODAY + timedelta(days=7))
    answers(world, group, asks(world, group, meeting, clara_id, host, ben), ben)
    answers(world, group, asks(world, group, meeting, jonas_id, host, eva), eva)
    calls_off(world, group, meeting, clara)
    calls_off(world, group, meeting, clara)
    moves(world, group, meeting, later, jonas)
    for greeter in (ben, eva):
        assert told(world, greeter).count("welcome.greeter_freed") == 1
        assert mails(world, greeter) == ["welcome.greeter_freed"]
    assert all(one.greeter is None for one in greetings(world, group, meeting))
    with world.app.app_context(), acting(world, ben) as work, pytest.raises(NotFound):
        offer_to_greet(work, OfGuest(group=group, meeting=meeting, public_id=clara_id), ben)
    asks(world, group, later, jonas_id, host, eva)


def test_guest_of_a_greeter_who_leaves_the_group_goes_back_to_the_hosts(
    world: World, group: Group, host: MemberLine, ben: MemberLine
) -> None:
    meeting = world.meeting(group, TODAY + timedelta(days=7))
    _key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, ben), ben)
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=ben.id, last_day=meeting.local_date, reason="left")
        work.commit()
    assert run(world, LOOK_AFTER) == 0, "on the last day one is still a member"
    other = world.meeting(group, TODAY + timedelta(days=14), time(8))
    _key, second = expects(world, group, other, "Jonas Keller")
    with pytest.raises(Refused) as refused:
        asks(world, group, other, second, host, ben)
    assert codes(refused.value) == ["welcome.no_such_greeter"], "who has left by then is not asked"


def test_greeter_whose_last_day_has_come_before_the_meeting_is_freed_by_the_job(
    world: World, group: Group, host: MemberLine, ben: MemberLine
) -> None:
    meeting = world.meeting(group, TODAY + timedelta(days=7))
    _key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, ben), ben)
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=ben.id, last_day=TODAY, reason="left")
        work.commit()
    assert run(world, LOOK_AFTER) == 1
    assert run(world, LOOK_AFTER) == 0
    assert greeting_of(world, group, meeting, visitor).greeter is None
    assert told(world, host)[-1] == "welcome.no_greeter"


def test_steps_are_tapped_off_and_taken_back(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    _key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    for _tap in range(2):
        with acting(world, ben) as work:
            do_step(work, group, line, Step.FIRST_INTRODUCTION, eva.public_id)
    with acting(world, ben) as work:
        do_step(work, group, line, Step.COFFEE, eva.public_id)
    with acting(world) as work:
        done = steps_done(work.session, group.id, line.id)
    assert {code: one.with_member for code, one in done.items()} == {
        Step.FIRST_INTRODUCTION: eva.id,
        Step.COFFEE: None,
    }
    for code in (Step.COFFEE, Step.COFFEE):
        with acting(world, ben) as work:
            take_step_back(work, group, line, code)
    with acting(world) as work:
        assert list(steps_done(work.session, group.id, line.id)) == [Step.FIRST_INTRODUCTION]
    with acting(world, ben) as work, pytest.raises(NotFound):
        do_step(work, group, line, "dance", "")
    with acting(world, ben) as work, pytest.raises(Refused):
        do_step(work, group, line, Step.SECOND_INTRODUCTION, "nobody")


def test_contact_is_released_when_both_said_it_and_hidden_when_either_takes_it_back(
    world: World, group: Group, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    with acting(world, ben) as work, pytest.raises(Refused) as refused:
        member_says_spoke(work, group, ben.id, visitor, BOTH)
    assert codes(refused.value) == ["welcome.not_met_yet"]
    arrives(world, group, meeting, key)

    def is_mutual() -> bool:
        with acting(world) as work:
            met = visitor_met(work.session, group.id, ben.id, visitor)
            said = members_who_said(work.session, group.id, key)
        assert met is not None
        assert [one.spoken for one in said] == [met.spoken], "both sides read the same"
        return met.spoken.is_mutual

    with acting(world, ben) as work:
        member_says_spoke(work, group, ben.id, visitor, BOTH)
    assert not is_mutual()
    with acting(world) as work:
        visitor_says_spoke(work, group, key, ben.id, Shared(phone=True))
    assert is_mutual()
    with acting(world) as work:
        visitor_takes_back(work, group, key, ben.id)
    assert not is_mutual()
    with acting(world) as work:
        visitor_says_spoke(work, group, key, ben.id, BOTH)
    assert is_mutual()
    with acting(world, ben) as work:
        member_takes_back(work, group, ben.id, visitor)
    assert not is_mutual()
    world.assert_ledger_whole(group)


def rows(world: World) -> dict[str, int]:
    names = ("greeting", "greeting_no", "greeting_step", "put_aside", "spoke")
    return {name: world.rows(f"welcome_{name}") for name in names}


NOTHING = dict.fromkeys(("greeting", "greeting_no", "greeting_step", "put_aside", "spoke"), 0)


def lived_through(world: World, group: Group, people: Sequence[MemberLine], meeting: Meeting) -> int:
    """Let a visitor be greeted, after a no, tapped, put somebody aside and speak; return the key."""
    host, ben, eva = people
    key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, eva), eva, says_yes=False)
    line = asks(world, group, meeting, visitor, host, ben)
    answers(world, group, line, ben)
    arrives(world, group, meeting, key)
    with acting(world, ben) as work:
        do_step(work, group, line, Step.COFFEE, "")
    with acting(world, ben) as work:
        member_says_spoke(work, group, ben.id, visitor, BOTH)
    with acting(world) as work:
        visitor_puts_aside(work, group, key, eva.id)
    assert rows(world) == dict.fromkeys(NOTHING, 1)
    return key


def notices_naming(world: World, name: str) -> int:
    with acting(world) as work:
        notices = select(func.count()).where(NoticeRow.text.contains(name))
        letters = select(func.count()).where(OutgoingMailRow.body.contains(name))
        return (work.session.scalar(notices) or 0) + (work.session.scalar(letters) or 0)


def test_visitor_who_is_forgotten_is_forgotten_at_the_door_at_once(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key = lived_through(world, group, (host, ben, eva), meeting)
    assert notices_naming(world, "Clara") > 0
    change_visitor(world, key, name="", email="", phone="", forgotten_at_utc=world.now)
    happens(world, VisitForgotten(group_id=group.id, visitor_id=key, by="visitor"))
    assert rows(world) == NOTHING
    assert notices_naming(world, "Clara") == 0


def test_greeter_of_a_visitor_who_has_everything_deleted_is_told_without_a_name(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    answers(world, group, asks(world, group, meeting, visitor, host, ben), ben)
    change_visitor(world, key, name="", forgotten_at_utc=world.now)
    happens(world, VisitForgotten(group_id=group.id, visitor_id=key, by="visitor"))
    assert told(world, ben) == ["welcome.greeter_freed"]
    assert notices_naming(world, "Clara") == 0


def test_job_forgets_the_door_after_ninety_days_also_where_the_plugin_is_off(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    lived_through(world, group, (host, ben, eva), meeting)
    with acting(world) as work:
        switch_plugin(work, group_id=group.id, plugin="welcome", is_on=False)
        work.commit()
    assert run(world, FORGET) == 0
    world.clock.advance(KEPT_FOR_AFTER)
    assert run(world, FORGET) == 0
    world.clock.advance(timedelta(days=2))
    assert run(world, FORGET) == 3
    assert rows(world) == NOTHING
    assert notices_naming(world, "Clara") == 0


def test_job_forgets_the_door_of_a_visitor_whose_time_had_come(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key = lived_through(world, group, (host, ben, eva), meeting)
    change_visitor(world, key, name="", forgotten_at_utc=world.now)
    assert run(world, FORGET) == 3
    assert rows(world) == NOTHING


def test_answer_that_lost_a_race_is_refused(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    _key, visitor = expects(world, group, meeting)
    line = asks(world, group, meeting, visitor, host, ben)
    asks(world, group, meeting, visitor, host, eva)
    with world.app.app_context(), acting(world, ben) as work, pytest.raises(Refused) as refused:
        answer_asked(work, group, line.public_id, ben, says_yes=True)
    assert codes(refused.value) == ["welcome.not_asked_any_more"]
    world.clock.advance(timedelta(days=1))
    with world.app.app_context(), acting(world, eva) as work, pytest.raises(Refused) as refused:
        answer_asked(work, group, line.public_id, eva, says_yes=True)
    assert codes(refused.value) == ["welcome.greeting_over"]


def test_two_records_of_one_human_keep_one_word_of_each(
    world: World, group: Group, host: MemberLine, ben: MemberLine, eva: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting)
    for member in (ben, eva):
        line = asks(world, group, meeting, visitor, host, member)
        answers(world, group, line, member, says_yes=False)
    arrives(world, group, meeting, key)
    for member in (ben, eva):
        with acting(world, member) as work:
            member_says_spoke(work, group, member.id, visitor, BOTH)
        with acting(world) as work:
            visitor_puts_aside(work, group, key, member.id)
    with acting(world) as work:
        WelcomePlugin().merge_people(work, group, ben.id, eva.id)
        work.commit()
    assert rows(world) == NOTHING | {"greeting": 1, "greeting_no": 1, "put_aside": 1, "spoke": 1}
    with acting(world) as work:
        assert [one.member_id for one in members_who_said(work.session, group.id, key)] == [ben.id]
