"""A slip to somebody in no group, and one to a newcomer, as both engines keep them."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.queries.looking import journeys_in
from app.plugins.referrals.queries.totals import PalmsTotals
from app.plugins.referrals.queries.twins import twins_of
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from app.plugins.referrals.services.passing_outside import PassOutside, pass_outside
from tests.support.slips import OFFER, TODAY, acting, addresses, reading, slip_of, take
from tests.support.world import World

KARLA = "Karla Weiss, Weiß Heizung"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def passed_outside(world: World, group: Group, ana: MemberLine, name: str = KARLA) -> str:
    with acting(world, ana) as work:
        slip = work.ids.public_id()
        command = PassOutside(
            group=group, today=TODAY, giver=ana.id, receiver_outside=name, offer=OFFER, public_id=slip
        )
        pass_outside(work, command)
    return slip


def test_it_counts_as_given_and_its_giver_brings_it_to_an_end(
    world: World, group: Group, ana: MemberLine
) -> None:
    slip = passed_outside(world, group, ana)
    assert slip_of(world, group, slip, ana).receiver_name == KARLA
    assert take(world, group, slip, ana, Act.CLOSE, result=SlipState.WON) is SlipState.WON
    assert take(world, group, slip, ana, Act.REOPEN) is SlipState.IN_PROGRESS
    with reading(world) as session:
        totals = PalmsTotals(session, world.now).palms_totals(group.id, TODAY, TODAY, group.zone)
        journeys = journeys_in(session, group.id, Period(first=TODAY, last=TODAY), group.zone, now=world.now)
    assert totals == {ana.id: PalmsReferrals(rgo=1)}
    assert journeys == []
    assert (world.rows("notice"), world.rows("outgoing_mail")) == (0, 0)
    world.assert_ledger_whole(group)


def test_without_a_name_nothing_is_kept(world: World, group: Group, ana: MemberLine) -> None:
    with pytest.raises(Refused) as refused:
        passed_outside(world, group, ana, "")
    assert [one.code for one in refused.value.refusals] == ["referrals.outside_name_missing"]
    assert world.rows("referrals_slip") == 0


def test_the_same_name_within_thirty_days_is_a_twin(world: World, group: Group, ana: MemberLine) -> None:
    slip = passed_outside(world, group, ana)
    prospect = (OFFER.prospect_name, OFFER.prospect_contact)
    with reading(world) as session:
        same, other = (
            twins_of(session, group.id, giver=ana.id, receiver=name, prospect=prospect, now=world.now)
            for name in (KARLA, "Somebody else")
        )
    assert [one.public_id for one in same] == [slip]
    assert other == []


@pytest.mark.parametrize(
    ("joined", "kept"), [(date(2026, 11, 10), "From the rowing club"), (date(2025, 1, 7), "")]
)
def test_how_the_giver_knows_them_is_kept_of_newcomers_alone(
    world: World, group: Group, ana: MemberLine, joined: date, kept: str
) -> None:
    receiver = world.member(group, joined=joined)
    with acting(world, ana) as work:
        slip = work.ids.public_id()
        pass_slip(
            work,
            PassSlip(
                group=group,
                today=TODAY,
                giver=ana.id,
                giver_name=ana.name,
                receiver=receiver.public_id,
                offer=replace(OFFER, known_how="From the rowing club"),
                public_id=slip,
                addresses=addresses(slip),
            ),
        )
    assert slip_of(world, group, slip, receiver).known_how == kept
