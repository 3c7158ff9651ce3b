"""What was done at the door on both engines: steps, contacts, and how all of it is forgotten."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import switch_plugin
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugins.welcome.domain.greeting import Step
from app.plugins.welcome.domain.spoken import KEPT_FOR_AFTER, Shared
from app.plugins.welcome.interface import VisitForgotten
from app.plugins.welcome.plugin import WelcomePlugin
from app.plugins.welcome.queries.greetings import steps_done
from app.plugins.welcome.queries.spoken import members_who_said, visitor_met
from app.plugins.welcome.services.greeting import (
    answer_asked,
)
from app.plugins.welcome.services.greeting_steps import do_step, take_step_back
from app.plugins.welcome.services.spoken import (
    member_says_spoke,
    member_takes_back,
    visitor_puts_aside,
    visitor_says_spoke,
    visitor_takes_back,
)
from tests.support.at_the_door import BOTH, FORGET, codes, run, told
from tests.support.greetings import (
    answers,
    arrives,
    asks,
    change_visitor,
    expects,
    happens,
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
