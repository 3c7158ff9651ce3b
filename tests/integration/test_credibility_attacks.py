"""Records under attack, on both engines: strangers, rings, floods, favours, bursts, slander, leaving, flips, clocks, files."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.local_time import local_day
from app.plugin_runtime.person_data import erase_person
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.estimate import estimate_on
from app.plugins.credibility.domain.reports import Facet, day_of
from app.plugins.credibility.domain.scheme import STANDARD
from app.plugins.credibility.domain.standing import Standing
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.passing_outside import PassOutside, pass_outside
from tests.support.attacked import PLUGINS, Attacked
from tests.support.slips import OFFER, acting
from tests.support.town import Town

_NUMBER = iter(range(1000))


@pytest.fixture
def house(town: Town) -> Iterator[Attacked]:
    with town.app.app_context():  # as in a request or a job: mails hold addresses
        yield Attacked(world=town, group=town.group(f"house{next(_NUMBER)}", plugins=PLUGINS))


def test_nobody_but_the_two_sides_reports(house: Attacked, town: Town) -> None:
    giver, receiver, other = house.members(3)
    slip = house.passed(giver, receiver)
    house.takes(slip, receiver, Act.CLOSE, SlipState.WON)
    mill = Attacked(world=town, group=town.group(f"mill{next(_NUMBER)}", plugins=PLUGINS))
    (foreign,) = mill.members(1)
    for stranger in (other, foreign):
        with pytest.raises(NotFound):
            house.says(stranger, slip, "no")
    with pytest.raises(NotFound):
        mill.says(foreign, slip, "no")
    town.pass_time(days=15)
    assert (house.count(), house.rows(receiver)) == (0, [])


def test_nobody_passes_a_slip_to_oneself(house: Attacked) -> None:
    (member,) = house.members(1)
    with pytest.raises(Refused, match="slip_to_oneself"):
        house.passed(member, member)


def test_slip_that_its_giver_takes_back_takes_the_report_along_and_ends_the_disagreement(
    house: Attacked,
) -> None:
    giver, receiver, third, *_others = house.members(6)
    slip = house.ignored(giver, receiver)
    house.handled(third, receiver, "yes")
    house.world.pass_time(days=15)
    house.count()
    bad = next(row for row in house.rows(receiver) if row.worth == 0.0)
    house.disagree(receiver, bad)
    house.takes(slip, giver, Act.WITHDRAW)
    house.count()
    assert [row.worth for row in house.rows(receiver)] == [1.0]
    assert house.known(receiver).shown.bad == 0.0
    assert house.appeals(receiver)[-1].state is AppealState.MOOT
    assert house.differing() == []


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


def test_many_slips_by_one_friend_are_one_voice(house: Attacked) -> None:
    friend, member = house.members(2)
    for _ in range(4):
        house.handled(friend, member, "yes", days=0.5)
    house.count()
    counted = house.known(member).counted
    assert counted.outcomes == 4
    assert counted.independent == 1
    assert counted.good == pytest.approx(0.5, abs=1e-12)


def test_ring_of_friends_who_refer_each_other_counts_a_third_and_never_as_independent(
    house: Attacked,
) -> None:
    ring = house.members(3)
    slips = [(one, other, house.passed(one, other)) for one in ring for other in ring if one != other]
    house.world.pass_time(days=1)
    for one, other, slip in slips:
        house.takes(slip, other, Act.CLOSE, SlipState.WON)
        house.says(one, slip, "yes")
        house.says(other, slip, "yes")
    house.count()
    for one in ring:
        counted = house.known(one).counted
        assert (counted.outcomes, counted.independent) == (2, 0)
        assert counted.good == pytest.approx(2 * 0.5 / 3, abs=1e-12)


@pytest.mark.parametrize(
    ("minutes", "weight"), [(-1, pytest.approx(0.5 / 3)), (0, pytest.approx(0.5)), (1, pytest.approx(0.5))]
)
def test_favour_is_returned_for_ninety_days_to_the_minute(
    house: Attacked, minutes: int, weight: float
) -> None:
    member, friend = house.members(2)
    house.passed(member, friend)
    house.world.pass_time(days=80)
    slip = house.passed(friend, member)
    house.world.pass_time(days=9)
    house.takes(slip, member, Act.CLOSE, SlipState.WON)
    house.says(friend, slip, "yes")
    house.world.pass_time(days=1, minutes=minutes)
    house.says(member, slip, "yes")
    house.count()
    assert [row.weight for row in house.rows(member)] == [weight]
    assert [row.weight for row in house.rows(friend, Facet.LEAD)] != [], "and the lead is another record"


def test_favour_that_was_given_by_the_reporter_alone_is_no_favour_returned(house: Attacked) -> None:
    reporter, member = house.members(2)
    for _ in range(2):
        house.handled(reporter, member, "yes", days=0.5)
    house.count()
    assert {row.is_independent for row in house.rows(member)} == {True}


def test_burst_before_a_date_shows_nothing_before_the_weekly_day(house: Attacked) -> None:
    """The tests begin on a Tuesday; the job that stood still on Monday comes round late and finds what Monday had."""
    member, *colleagues = house.members(6)
    for one in colleagues:
        house.handled(one, member, "yes", days=0.5)
    assert house.counted_now() == 0, "the Monday before the reports opened brings none of them"
    assert house.known(member).counted == Standing()
    house.world.clock.move_to(datetime(2026, 11, 30, 0, 0, tzinfo=UTC))
    assert house.counted_now() == 10
    assert house.known(member).shown.outcomes == 5


def test_burst_is_shown_on_the_weekly_day_and_one_more_report_is_not(house: Attacked) -> None:
    member, *colleagues = house.members(6)
    for one in colleagues[:4]:
        house.handled(one, member, "yes", days=0.5)
    house.count()
    shown = house.known(member).shown
    assert (shown.outcomes, shown.independent) == (4, 4)
    assert shown.good + shown.bad < 4 * STANDARD.new_voice, "four new voices, faded by days"
    house.handled(colleagues[4], member, "yes", days=0.5)
    house.count()
    assert house.known(member).shown == shown, "one report alone would name its author"
    house.handled(colleagues[4], member, "yes", days=0.5)
    house.count()
    assert house.known(member).shown.outcomes == 6


def test_one_liar_however_often_takes_away_one_voice(house: Attacked) -> None:
    member, liar, *honest = house.members(5)
    for one in honest:
        house.handled(one, member, "yes", days=0.5)
    house.count()
    before = house.known(member).counted
    for _ in range(3):
        house.handled(liar, member, "no", days=0.5)
    house.count()
    after, t = house.known(member).counted, day_of(house.world.now)
    fair, lied = estimate_on(before, t, STANDARD), estimate_on(after, t, STANDARD)
    mass = fair.good + fair.bad + STANDARD.kappa
    assert after.bad <= STANDARD.new_voice + 1e-12
    assert lied.p < fair.p
    assert lied.p >= fair.p * mass / (mass + STANDARD.new_voice) - 1e-12


def test_report_that_was_corrected_before_it_was_shown_is_one_new_report(house: Attacked) -> None:
    giver, member = house.members(2)
    slip = house.handled(giver, member, "no")
    house.count()
    house.says(giver, slip, "yes")
    house.count()
    known = house.known(member)
    assert (known.counted.outcomes, known.counted.bad) == (1, 0.0)
    assert known.shown == Standing(), "counted twice it would have been shown"
    assert house.differing() == []


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


def test_report_that_comes_weeks_late_counts_once_as_of_its_day(house: Attacked) -> None:
    giver, member, third = house.members(3)
    slip = house.passed(giver, member)
    house.takes(slip, member, Act.CLOSE, SlipState.WON)
    house.says(giver, slip, "yes")
    opened = house.world.now + timedelta(days=14)
    house.world.pass_time(days=3)
    house.handled(third, member, "yes")
    house.count()
    house.world.pass_time(days=40)
    assert house.count() == 1, "the job stood still for weeks"
    assert [row.day for row in house.rows(member)][-1] == day_of(opened)
    assert house.count() == 0
    assert house.differing() == []


def test_weeks_are_counted_in_their_order_where_the_clock_goes_back(house: Attacked) -> None:
    giver, member = house.members(2)
    start = house.world.now
    house.handled(giver, member, "yes")
    house.world.pass_time(days=60)
    house.count()
    rows, known = house.rows(member), house.known(member)
    assert rows != []
    house.world.clock.move_to(start + timedelta(hours=1))
    assert house.counted_now() == 0
    assert (house.rows(member), house.known(member)) == (rows, known)


def test_workers_that_count_at_once_count_once(house: Attacked) -> None:
    giver, member = house.members(2)
    house.handled(giver, member, "yes")
    house.world.pass_time(days=7)
    with ThreadPoolExecutor(max_workers=3) as pool:
        counted = list(pool.map(lambda _one: house.counted_now(), range(3)))
    assert sorted(counted) == [0, 0, 2]
    assert len(house.rows(member)) == 1


def test_slips_to_people_outside_are_no_evidence_on_either_side(house: Attacked, town: Town) -> None:
    (giver,) = house.members(1)
    slip = town.work().ids.public_id()
    command = PassOutside(
        group=house.group,
        today=local_day(town.now, house.group.zone),
        giver=giver.id,
        receiver_outside="Rita Outside",
        offer=OFFER,
        public_id=slip,
    )
    with acting(town, giver) as work:
        pass_outside(work, command)
    town.pass_time(days=20)
    with pytest.raises(NotFound):
        house.says(giver, slip, "yes")
    assert house.count() == 0


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


def test_what_an_erased_member_reported_stays_with_its_weight(house: Attacked, town: Town) -> None:
    giver, member, third = house.members(3)
    house.handled(giver, member, "no")
    house.handled(third, member, "yes")
    house.count()
    before = house.known(member), house.rows(member)
    house.leaves(giver)
    town.pass_time(days=1)
    with acting(town) as work:
        erase_person(work, town.held.registry, giver.person_id)
        work.commit()
    house.count()
    assert (house.known(member), house.rows(member)) == before
    assert house.differing() == []
