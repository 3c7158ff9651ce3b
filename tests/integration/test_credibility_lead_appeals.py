"""Disagreeing with a report on a lead: frozen and void on its own side of the slip, on both engines; its 30 days run on."""

from collections.abc import Iterator, Sequence

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import OwnLeads, own_of
from app.plugins.credibility.services.taking_part import say_part
from tests.support.attacked import PLUGINS, Attacked
from tests.support.people_data import codes
from tests.support.slips import acting
from tests.support.world import World


@pytest.fixture
def house(world: World) -> Iterator[Attacked]:
    with world.app.app_context():  # addresses in mails
        yield Attacked(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def ana(world: World, house: Attacked) -> MemberLine:
    return world.member(house.group, "Ana Sousa")


@pytest.fixture
def rui(world: World, house: Attacked) -> MemberLine:
    return world.member(house.group, "Rui Almeida")


@pytest.fixture(autouse=True)
def slips(world: World, house: Attacked, ana: MemberLine, rui: MemberLine) -> Sequence[str]:
    """Five slips between Ana, Rui and two who lead, in a group of five: what was reported on Ana and Rui has appeared.

    All say yes, but Rui says of the lead he had from Ana that it was not real.
    """
    leaders = [world.member(house.group, offices=[one]) for one in (Office.PRESIDENT, Office.VICE_PRESIDENT)]
    world.member(house.group)
    pairs = [(ana, rui), (rui, ana), (ana, leaders[0]), (leaders[1], ana), (leaders[1], rui)]
    done = [house.handled(giver, receiver, "yes") for giver, receiver in pairs]
    house.says(rui, done[0], "no")
    house.count()
    return done


def bad_lead(house: Attacked, member: MemberLine) -> Evidence:
    return next(row for row in house.rows(member, Facet.LEAD) if row.worth == 0.0)


def leads_of(house: Attacked, member: MemberLine) -> OwnLeads:
    with acting(house.world) as work:
        return own_of(work, house.group, member.id).leads


def test_first_disagreement_takes_it_out_of_the_leads_alone_and_it_stands_among_the_rows(
    house: Attacked, ana: MemberLine
) -> None:
    handling, leads = house.known(ana).counted, leads_of(house, ana)
    house.disagree(ana, bad_lead(house, ana))
    assert house.known(ana).counted == handling, "how she handles referrals is another record"
    after = leads_of(house, ana)
    assert [row.is_frozen for row in after.rows if row.worth == 0.0] == [True]
    assert len(after.rows) == len(leads.rows) == 2
    assert after.estimate.p > leads.estimate.p
    assert not house.differing()


def test_upheld_is_void_as_a_lead_and_what_she_said_on_the_same_slip_counts_on(
    house: Attacked, ana: MemberLine, rui: MemberLine
) -> None:
    row = bad_lead(house, ana)
    on_the_same = [one for one in house.rows(rui) if one.slip_id == row.slip_id]
    house.disagree(ana, row)
    house.uphold(ana)
    assert house.appeals(ana)[-1].state is AppealState.UPHELD
    assert [one.worth for one in house.rows(ana, Facet.LEAD)] == [1.0]
    house.count()
    assert [one.worth for one in house.rows(ana, Facet.LEAD)] == [1.0], "no counting takes it again"
    assert [one for one in house.rows(rui) if one.slip_id == row.slip_id] == on_the_same
    assert len(on_the_same) == 1
    assert not house.differing()


def test_corrected_lead_counts_as_corrected_and_nothing_is_left_to_decide(
    house: Attacked, ana: MemberLine, rui: MemberLine, slips: Sequence[str]
) -> None:
    house.disagree(ana, bad_lead(house, ana))
    house.says(rui, slips[0], "partly")
    house.count()
    assert house.appeals(ana)[-1].state is AppealState.MOOT
    assert sorted(one.worth for one in house.rows(ana, Facet.LEAD)) == [0.5, 1.0]


def test_days_of_both_reports_on_one_slip_run_on_after_a_no_and_a_yes_of_both(
    house: Attacked, ana: MemberLine, rui: MemberLine
) -> None:
    row = bad_lead(house, ana)
    house.world.pass_time(days=24)
    for member in (ana, rui):
        for word in ("no", "yes"):
            with acting(house.world, member) as work:
                say_part(work, house.group, member.id, word)
    house.count()
    both = [bad_lead(house, ana), *(one for one in house.rows(rui) if one.slip_id == row.slip_id)]
    for member, one in zip((ana, rui), both, strict=True):
        assert one.slip_id == row.slip_id
        with pytest.raises(Refused) as refused:
            house.disagree(member, one)
        assert codes(refused) == {"credibility.too_late"}


def test_who_reported_on_a_lead_cannot_disagree_with_it(
    house: Attacked, ana: MemberLine, rui: MemberLine
) -> None:
    with pytest.raises(NotFound):
        house.disagree(rui, bad_lead(house, ana))
