"""The first year on a real database: from joining to a mentor, talks, leave, leaving, coming back and being forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, leave_office, start_membership
from app.plugins.firstyear.domain.talks import TalkKind
from app.plugins.firstyear.queries.stays import (
    people_of_plan,
    running_stays,
    steps_of,
)
from app.plugins.firstyear.services.mentors import change_keeper, step_back
from app.plugins.firstyear.services.talks import change_owner
from tests.support.firstyear import (
    LONG_AGO,
    PLUGINS,
    TODAY,
    asked,
    jobs,
    leaves,
    mails,
    notices,
    says,
    stay_of,
    talks_of,
)
from tests.support.people_data import merged
from tests.support.slips import acting
from tests.support.world import World


@pytest.fixture(autouse=True)
def in_the_house(world: World) -> Iterator[None]:
    """Services make addresses and ask other plugins: as in a request or a job."""
    with world.app.app_context():
        yield


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


@pytest.fixture
def committee(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO)


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    return world.member(group, "Pedro Alves", offices=[Office.PRESIDENT], joined=LONG_AGO)


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", offices=[Office.MENTOR], joined=LONG_AGO)


@pytest.fixture
def rui(
    world: World, group: Group, committee: MemberLine, president: MemberLine, ana: MemberLine
) -> MemberLine:
    """A newcomer of today, in a group with a committee, a president and a mentor."""
    return world.member(group, "Rui Almeida", joined=TODAY)


def test_joining_begins_a_year_with_keeper_steps_people_and_talks(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    assert (stay.keeper_id, stay.has_plan, stay.mentor_id) == (committee.id, True, None)
    talks = talks_of(world, group, stay)
    assert [(one.kind, one.due_on, one.owner_id) for one in talks] == [
        (TalkKind.MONTH_3, date(2027, 2, 24), committee.id),
        (TalkKind.MONTH_7, date(2027, 6, 24), committee.id),
        (TalkKind.MONTH_10, date(2027, 9, 24), committee.id),
        (TalkKind.RENEWAL, date(2027, 10, 24), committee.id),
    ]
    with acting(world) as work:
        steps = steps_of(work.session, group.id, stay.id)
        assert [one.done_by for one in steps] == [""] * 6, "nobody has done one, no former member either"
        people = people_of_plan(work.session, group.id, stay.id, TODAY)
        work.rollback()
    assert {one.member_id for one in people} >= {committee.id}
    assert rui.id not in {one.member_id for one in people}
    assert notices(world, committee, "firstyear.care")
    world.assert_ledger_whole(group)


def test_standing_members_of_a_list_begin_no_year(world: World, group: Group, president: MemberLine) -> None:
    with acting(world) as work:
        before = len(running_stays(work.session, group.id))
        end_membership(work, group_id=group.id, member_id=president.id, last_day=TODAY, reason="left")
        work.commit()
    with acting(world) as work:
        start_membership(
            work,
            group_id=group.id,
            person_id=president.person_id,
            started_on=TODAY + timedelta(days=1),
            profile=Profile(),
            is_newcomer=False,
        )
        work.commit()
    with acting(world) as work:
        assert len(running_stays(work.session, group.id)) <= before
        work.rollback()


def test_mentor_is_asked_accepts_and_the_newcomer_is_told(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    ask = asked(world, group, stay, ana, committee)
    assert "Rui Almeida (Baker)" in mails(world, ana, "firstyear.mentor_asked")[0]
    assert stay_of(world, group, rui).asked_id == ana.id
    assert notices(world, rui, "firstyear.mentor_found") == []
    says(world, group, ask, ana, yes=True)
    says(world, group, ask, ana, yes=True)
    assert stay_of(world, group, rui).mentor_id == ana.id
    assert len(mails(world, rui, "firstyear.mentor_found")) == 1
    assert len(notices(world, committee, "firstyear.mentor_answered")) == 1
    with pytest.raises(Refused) as second:
        asked(world, group, stay, committee, committee)
    assert second.value.has("firstyear.asked_already")


def test_whoever_has_answered_is_not_asked_by_mail_any_more(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine
) -> None:
    ask = asked(world, group, stay_of(world, group, rui), ana, committee)
    assert len(mails(world, ana, "firstyear.mentor_asked")) == 1
    says(world, group, ask, ana, yes=False)
    assert mails(world, ana, "firstyear.mentor_asked") == []


def test_another_ask_withdraws_the_first_with_its_mail(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    first = asked(world, group, stay, ana, committee)
    second = asked(world, group, stay, president, committee)
    assert mails(world, ana, "firstyear.mentor_asked") == []
    assert notices(world, ana, "firstyear.mentor_asked") == []
    with pytest.raises(NotFound):
        says(world, group, first, ana, yes=True)
    says(world, group, second, president, yes=False)
    assert "needs a mentor" in notices(world, committee, "firstyear.mentor_answered")[0]
    assert notices(world, rui, "firstyear.mentor_found") == []


def test_newcomer_and_strangers_to_the_group_cannot_be_asked(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    elsewhere = world.member(world.group("mill", plugins=PLUGINS), joined=LONG_AGO)
    for nobody in (rui, elsewhere):
        with pytest.raises(Refused) as refused:
            asked(world, group, stay, nobody, committee)
        assert refused.value.has("firstyear.nobody_such")


def test_mentor_who_steps_back_or_leaves_is_replaced_by_a_task(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    ask = asked(world, group, stay, ana, committee)
    says(world, group, ask, ana, yes=True)
    with acting(world, ana) as work:
        step_back(work, group, ask, viewer=ana.id)
    assert "nothing to do with you" in notices(world, rui, "firstyear.mentor_gone")[0]
    assert "needs another mentor" in notices(world, committee, "firstyear.needs_mentor")[0]
    again = asked(world, group, stay, president, committee)
    says(world, group, again, president, yes=True)
    leaves(world, group, president, TODAY + timedelta(days=5))
    assert stay_of(world, group, rui).mentor_id == president.id, "a last day to come is not over"
    world.pass_time(days=6)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).mentor_id is None
    assert len(notices(world, rui, "firstyear.mentor_gone")) == 2


def test_owner_who_leaves_the_office_hands_on_and_the_next_is_told_once(
    world: World, group: Group, rui: MemberLine, committee: MemberLine, ana: MemberLine
) -> None:
    with acting(world) as work:
        leave_office(
            work,
            group_id=group.id,
            member_id=committee.id,
            office=Office.MEMBERSHIP_COMMITTEE,
            last_day=TODAY - timedelta(days=1),
        )
        work.commit()
    stay = stay_of(world, group, rui)
    assert stay.keeper_id == ana.id
    assert {talk.owner_id for talk in talks_of(world, group, stay)} == {ana.id}
    world.pass_time(days=85)
    jobs(world, "put-in-order")
    jobs(world, "put-in-order")
    assert len(mails(world, ana, "firstyear.talk_due")) == 1
    assert mails(world, committee, "firstyear.talk_due") == []


@pytest.mark.parametrize("newcomer_stays", [True, False])
def test_nobody_looks_after_themself_where_two_records_become_one(
    world: World, group: Group, committee: MemberLine, ana: MemberLine, newcomer_stays: bool
) -> None:
    again = world.member(group, "Carla N. Nunes", joined=TODAY + timedelta(days=40))
    stay = stay_of(world, group, again)
    ask = asked(world, group, stay, committee, ana)
    says(world, group, ask, committee, yes=True)
    leaves(world, group, committee, TODAY)
    assert (stay_of(world, group, again).keeper_id, stay_of(world, group, again).mentor_id) == (
        committee.id,
        committee.id,
    )
    kept, gone = (again, committee) if newcomer_stays else (committee, again)
    merged(world, kept, gone)
    stay = stay_of(world, group, kept)
    assert (stay.keeper_id, stay.mentor_id) == (ana.id, None)
    assert {talk.owner_id for talk in talks_of(world, group, stay)} == {ana.id}


def test_office_names_keeper_and_owner_by_hand(
    world: World, group: Group, rui: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    helper = world.member(group, "Hugo Reis", joined=LONG_AGO)
    stay = stay_of(world, group, rui)
    talk = talks_of(world, group, stay)[0]
    with acting(world, committee) as work:
        change_keeper(work, group, stay.public_id, keeper=helper.public_id)
    with acting(world, committee) as work:
        change_owner(work, group, talk.public_id, helper.public_id)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).keeper_id == helper.id
    assert talks_of(world, group, stay)[0].owner_id == helper.id
    leaves(world, group, helper, TODAY)
    world.pass_time(days=1)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).keeper_id == committee.id
    assert talks_of(world, group, stay)[0].owner_id == committee.id
