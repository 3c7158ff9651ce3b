"""How many statements does a counted week send? At most three an event on average, and as many for many reports as for few."""

from collections.abc import Sequence

import pytest

from app.core.groups.queries import MemberLine
from app.plugins.credibility.services.counting import count_week
from tests.support.records import Recorded
from tests.support.slips import acting
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
MEMBERS, SLIPS, CORRECTIONS = 20, 14, 3
MOST_AN_EVENT = 3


@pytest.fixture
def recorded(world: World) -> Recorded:
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def members(world: World, recorded: Recorded) -> list[MemberLine]:
    return [world.member(recorded.group) for _ in range(MEMBERS)]


def slips(recorded: Recorded, members: Sequence[MemberLine], count: int, shift: int) -> list[str]:
    """Pass so many slips within some days, both sides reporting on each, no two between the same two members."""
    return [
        recorded.handled(
            members[number % MEMBERS],
            members[(number + shift) % MEMBERS],
            ("yes", "yes", "no")[number % 3],
            days=0.1,
        )
        for number in range(count)
    ]


def statements(recorded: Recorded) -> int:
    """Count the next week and return how many statements that took."""
    recorded.world.pass_time(days=7)
    with recorded.world.statements() as seen, acting(recorded.world) as work:
        count_week(work, recorded.group)
        work.commit()
    return len(seen)


def test_a_counted_week_sends_three_statements_an_event_at_most(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    earlier = slips(recorded, members, SLIPS, 1)
    reports = 2 * SLIPS
    first = statements(recorded)
    assert first <= MOST_AN_EVENT * reports
    for number in range(CORRECTIONS):
        recorded.says(members[number], earlier[number], "not-sure")
    slips(recorded, members, SLIPS, 3)
    second = statements(recorded)
    assert second <= MOST_AN_EVENT * (reports + CORRECTIONS)
    assert first <= 22, "a first week: batches only"
    assert second - first <= 4 * CORRECTIONS + 4, "a correction folds one record anew"


def test_a_week_of_one_slip_sends_as_many_statements_as_one_of_many(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    slips(recorded, members, 2, 1)
    few = statements(recorded)
    slips(recorded, members, SLIPS, 3)
    assert statements(recorded) <= few + 2
