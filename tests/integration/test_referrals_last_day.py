"""A receiver's last day: a slip that is passed after the others were handed back comes back too, once the day is over."""

from datetime import timedelta

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.handing_back import hand_back_from_former
from tests.support.slips import TODAY, passed_slip, slip_of, take
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def last_slip(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    """Return a slip that was passed on the receiver's last day, after it had been set."""
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="moved away")
    work.commit()
    return passed_slip(world, group, ana, rui)


def handed_back(world: World, group: Group) -> int:
    work = world.work()
    number = hand_back_from_former(work, group)
    work.commit()
    return number


def test_on_the_last_day_itself_the_receiver_still_has_it(
    world: World, group: Group, ana: MemberLine, last_slip: str
) -> None:
    assert handed_back(world, group) == 0
    assert slip_of(world, group, last_slip, ana).slip.is_open


def test_the_day_after_it_is_handed_back_once(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, last_slip: str
) -> None:
    world.pass_time(days=1)
    assert (handed_back(world, group), handed_back(world, group)) == (1, 0)
    assert slip_of(world, group, last_slip, ana).slip.state is SlipState.WITHDRAWN
    page = world.client(ana).get("/g/harbour/notices").text
    assert "Rui Almeida has left the group. Your slip is back with you." in page
    world.assert_ledger_whole(group)


def test_a_slip_with_a_result_stays_and_other_members_keep_theirs(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, last_slip: str
) -> None:
    take(world, group, last_slip, rui, Act.CLOSE, result=SlipState.WON)
    other = passed_slip(world, group, ana, world.member(group))
    world.pass_time(days=1)
    assert handed_back(world, group) == 0
    assert slip_of(world, group, other, ana).slip.is_open


def test_who_is_a_member_again_keeps_the_slip(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, last_slip: str
) -> None:
    world.pass_time(days=1)
    work = world.work()
    start_membership(
        work,
        group_id=group.id,
        person_id=rui.person_id,
        started_on=TODAY + timedelta(days=1),
        profile=Profile(email=rui.email),
    )
    work.commit()
    assert handed_back(world, group) == 0
    assert slip_of(world, group, last_slip, ana).slip.is_open


def test_another_group_s_slips_are_not_touched(
    world: World, group: Group, ana: MemberLine, last_slip: str
) -> None:
    world.pass_time(days=1)
    assert handed_back(world, world.group("mill")) == 0
    assert slip_of(world, group, last_slip, ana).slip.is_open


def test_the_house_looks_for_them_by_itself(world: World) -> None:
    jobs = {job.name: job.run for job in world.held.registry.by_name["referrals"].jobs()}
    assert jobs["hand-back"] is hand_back_from_former
