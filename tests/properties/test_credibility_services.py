"""Histories by chance through the services on a real database: what is shown is what the book says, to twelve places.

The book (tests/support/weekly_records.py) is written from the published scheme and shares no line with the product.
"""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.plugins.credibility.domain.scheme import PROFILES
from app.plugins.credibility.queries import choices
from app.plugins.credibility.services import counting
from tests.support.record_histories import LOW_GATE, History
from tests.support.world import World

HISTORIES = {"sqlite": 3, "postgresql": 2}
STEPS = 30
SEED_OF_A_LONE_REPORT = 4
"""In the history of this seed a single report comes after others were published."""


@pytest.fixture(autouse=True)
def in_the_house(world: World) -> Iterator[None]:
    """Services make addresses for their mails: as in a request or a job."""
    with world.app.app_context():
        yield


@pytest.fixture(autouse=True)
def _low_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})


def lived(world: World, histories: int) -> list[History]:
    """Return so many histories, each in a group of its own, compared with the book at every step."""
    found: list[History] = []

    @settings(
        max_examples=histories,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def live(seed: int) -> None:
        history = History(world=world, name=f"group{len(found)}", chance=Random(seed))
        found.append(history)
        history.live(STEPS)
        history.rebuilt_is_the_same()

    live()
    return found


def test_what_is_shown_is_what_the_book_says_and_a_rebuild_finds_nothing_to_do(world: World) -> None:
    engine = world.work().session.get_bind().dialect.name
    histories = lived(world, HISTORIES[engine])
    assert sum(history.surfaced for history in histories) > 0, "where nothing is shown, nothing is compared"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_house_that_shows_what_one_report_alone_changes_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "NEW_ROWS", 1)
    history = History(world=world, name="caught", chance=Random(SEED_OF_A_LONE_REPORT))
    with pytest.raises(AssertionError):
        history.live(STEPS)
