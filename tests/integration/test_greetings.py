"""Greetings on a real database: asked, answered, alerted, handed over by the clock, freed, forgotten."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.models import OutgoingMailRow
from app.plugins.welcome.domain.greeting import HAND_OVER_AFTER, GreetingState
from app.plugins.welcome.interface import ArrivalTakenBack
from app.plugins.welcome.services.greeting import (
    OfGuest,
    free_greeter,
    offer_to_greet,
    say_with_guest,
    take_over,
)
from tests.support.at_the_door import LOOK_AFTER, TODAY, codes, mails, run, told
from tests.support.greetings import (
    answers,
    arrives,
    asks,
    calls_off,
    expects,
    greeting_of,
    greetings,
    happens,
    moves,
    signs_in,
)
from tests.support.slips import acting
from tests.support.world import World


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
