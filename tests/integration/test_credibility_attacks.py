"""Records under attack, on both engines: strangers, rings, floods, favours, bursts, slander, leaving, flips, clocks, files."""

from datetime import date, timedelta

import pytest

from app.core.groups.domain.office import Office
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import day_of
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.attacked import PLUGINS, Attacked
from tests.support.slips import acting
from tests.support.town import Town

_NUMBER = iter(range(1000))


@pytest.fixture
def house(town: Town) -> Attacked:
    return Attacked(world=town, group=town.group(f"house{next(_NUMBER)}", plugins=PLUGINS))


def test_who_leaves_with_slips_in_hand_leaves_no_report_behind_and_finds_the_record_again(
    house: Attacked,
) -> None:
    """Leaving for a day must not be a way to be rid of what was reported."""
    givers, receiver = house.members(2), house.world.member(house.group, joined=date(2025, 3, 4))
    for giver in givers:
        house.ignored(giver, receiver)
    house.world.pass_time(days=15)
    house.count()
    before, rows = house.known(receiver), house.rows(receiver)
    assert before.shown.outcomes == 2
    house.leaves(receiver)
    house.count()
    assert (house.known(receiver), house.rows(receiver)) == (before, rows)
    house.world.pass_time(days=100)
    house.comes_back(receiver)
    house.count()
    assert (house.known(receiver), house.rows(receiver)) == (before, rows)
    with acting(house.world) as work:
        facts = facts_of(work, house.group)
        tenure = facts.history(receiver.id, day_of(house.world.now)).tenure_days
    assert tenure is not None
    assert int(tenure) == (house.world.now.date() - date(2025, 3, 4)).days, "from the first day, absence too"
    assert facts.given == {}, "what was handed back counts as given no more"


def test_changing_it_to_and_fro_neither_ends_a_disagreement_nor_undoes_what_was_decided(
    house: Attacked,
) -> None:
    giver, member, third, *_others = house.members(6)
    slip = house.handled(giver, member, "no")
    house.handled(third, member, "yes")
    house.count()
    bad = next(row for row in house.rows(member) if row.worth == 0.0)
    house.disagree(member, bad)
    house.says(giver, slip, "yes")
    house.says(giver, slip, "no")
    house.count()
    assert house.appeals(member)[-1].state is AppealState.OPEN
    assert [row.is_frozen for row in house.rows(member) if row.id == bad.id] == [True]
    house.uphold(member)
    for answer in ("not-sure", "no"):
        house.says(giver, slip, answer)
    house.count()
    assert [row.worth for row in house.rows(member)] == [1.0], "what was found void stays void"
    house.says(giver, slip, "not-sure")
    house.count()
    assert sorted(row.worth for row in house.rows(member)) == [0.5, 1.0], "a true correction counts"
    assert house.differing() == []


def test_slip_from_a_file_is_given_and_no_evidence_and_the_givers_answer_is_dated_when_given(
    house: Attacked, town: Town
) -> None:
    member, *givers = house.members(5)
    day = town.now.date() - timedelta(days=30)
    slips = {giver: house.brought(giver, member, day) for giver in givers}
    town.pass_time(days=15)
    assert house.count() == 0
    with acting(town) as work:
        assert facts_of(work, house.group).given == dict.fromkeys((one.id for one in givers), 1)
    answers = dict(zip(givers, ("yes", "not-sure", "no"), strict=False))
    for giver, answer in answers.items():
        house.says(giver, slips[giver], answer)
    answered = town.now
    assert house.count() == 0, "it is sealed as long as any"
    town.pass_time(days=7)
    assert house.count() == 3
    found = {row.by_member_id: (row.worth, row.day) for row in house.rows(member)}
    worths = dict(zip(answers, (1.0, 0.5, 0.0), strict=True))
    assert found == {giver.id: (worth, day_of(answered)) for giver, worth in worths.items()}
    assert house.differing() == []


def test_days_on_which_a_slip_lay_on_paper_are_not_held_against_its_receiver(
    house: Attacked, town: Town
) -> None:
    typist = town.member(house.group, offices=[Office.SECRETARY_TREASURER])
    giver, member = house.members(2)
    slip = house.typed_in(typist, giver, member, town.now.date() - timedelta(days=9))
    town.pass_time(days=6)
    house.takes(slip, member, Act.CLOSE, SlipState.WON)
    house.says(giver, slip, "yes")
    house.says(member, slip, "yes")
    house.count()
    assert [row.worth for row in house.rows(member)] == [1.0]
