"""How long prospects are kept, and one's own data, on both databases: what is written, brought forward, and read back."""

from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import ProspectRow
from app.plugins.referrals.queries.own_data import own_notes, own_reports, own_slips, own_steps
from app.plugins.referrals.queries.settings import Settings, settings_of
from app.plugins.referrals.services.keeping import SetProspectTime, set_prospect_time
from tests.support.slips import acting, passed_slip, reading, take
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


def put(world: World, group: Group, months: int | None, seen: int) -> int:
    with acting(world) as work:
        return set_prospect_time(work, SetProspectTime(group=group, months=months, seen_version=seen))


def kept(world: World, group: Group) -> Settings:
    with reading(world) as session:
        return settings_of(session, group.id)


def days(world: World) -> list[date | None]:
    with reading(world) as session:
        return list(session.scalars(select(ProspectRow.expires_on).order_by(ProspectRow.id)))


def test_each_change_is_a_version_and_an_unchanged_number_is_none(world: World, group: Group) -> None:
    assert kept(world, group) == Settings(prospect_months=12, version=0)
    assert put(world, group, 12, 0) == 0
    assert kept(world, group).version == 0
    put(world, group, 6, 0)
    put(world, group, 9, 1)
    assert kept(world, group) == Settings(prospect_months=9, version=2)
    world.assert_ledger_whole(group)


@pytest.mark.parametrize("seen", [-1, 0, 2])
def test_a_version_that_does_not_stand_changes_nothing(world: World, group: Group, seen: int) -> None:
    put(world, group, 6, 0)
    with pytest.raises(Refused) as refused:
        put(world, group, 24, seen)
    assert [one.code for one in refused.value.refusals] == ["referrals.settings_changed_meanwhile"]
    assert kept(world, group).prospect_months == 6


def test_a_shorter_time_brings_ended_slips_forward_and_taken_up_ones_not(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    ended, again = passed_slip(world, group, ana, rui), passed_slip(world, group, ana, rui)
    for slip in (ended, again):
        take(world, group, slip, rui, Act.CLOSE, result=SlipState.LOST)
    take(world, group, again, rui, Act.REOPEN)
    assert put(world, group, 2, 0) == 1
    assert days(world) == [date(2027, 1, 24), None]


def test_one_s_own_data_is_of_both_sides_and_of_nobody_else(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    eva = world.member(group, "Eva Lima")
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.ACKNOWLEDGE, note="I will call")
    passed_slip(world, group, rui, eva)
    with reading(world) as session:
        assert [(one.public_id, one.is_given) for one in own_slips(session, group.id, ana.id)] == [
            (slip, True)
        ]
        assert len(own_slips(session, group.id, rui.id)) == 2
        assert [(one.act, one.note) for one in own_steps(session, group.id, ana.id)] == [
            ("pass", ""),
            ("acknowledge", "I will call"),
        ]
        assert own_reports(session, group.id, ana.id) == []
        assert own_notes(session, group.id, ana.id) == []
