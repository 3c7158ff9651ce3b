"""Attacks on a record under any history: a ring never surfaces, a flood is one voice, a liar takes away one voice at most."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.local_time import instant_of, local_day
from app.plugins.credibility.domain.estimate import estimate_on
from app.plugins.credibility.domain.reports import weekly_day
from app.plugins.credibility.domain.scheme import STANDARD
from tests.properties.test_credibility import FEW_GATES, NAMES, histories, replayed
from tests.unit.credibility.histories import OPEN, gave, report, settled

RING = "abcdefg"
ZONES = ("Europe/Lisbon", "Africa/Cairo", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe")


@settings(max_examples=15)
@given(st.permutations([(one, other) for one in RING for other in RING if one != other]))
def test_ring_that_refers_each_other_all_round_never_surfaces(pairs: list[tuple[str, str]]) -> None:
    """Each returns the favour first and reports well afterwards; beside it everything else that the gate asks is there."""
    events = [event for name in RING for event in settled(name)]
    for number, (one, other) in enumerate(pairs):
        day = 80.0 + number * 0.2
        events += [gave(other, one, day), report(one, other, day + 0.1)]
    made = replayed(sorted(events, key=lambda event: float(event["t"])), {})
    assert [made.assess(name, 100) for name in RING] == [None] * len(RING)


@settings(max_examples=60)
@given(histories(), st.sampled_from(NAMES), st.integers(1, 8), st.sampled_from((0.0, 0.5, 30.0)))
def test_flood_by_one_friend_raises_no_further_than_one_voice_of_theirs(
    events: list[dict[str, Any]], name: str, times: int, apart: float
) -> None:
    day = max(event["t"] for event in events) + 1
    flood = [report("friend", name, day + number * apart) for number in range(times)]
    last = flood[-1]["t"]
    one, many = (replayed([*events, *some], FEW_GATES) for some in ([report("friend", name, last)], flood))
    once, often = (made.record(name).standing for made in (one, many))
    assert estimate_on(often, last, STANDARD).p <= estimate_on(once, last, STANDARD).p + 1e-12
    assert often.independent == once.independent, "and opens the gate no further"


@settings(max_examples=60)
@given(histories(), st.sampled_from(NAMES), st.integers(1, 8), st.sampled_from((0.0, 0.5, 30.0)))
def test_one_liar_takes_away_one_voice_at_most_however_often(
    events: list[dict[str, Any]], name: str, times: int, apart: float
) -> None:
    """With w the weight of a voice without a record: p falls to no less than p · (A + B + κ) / (A + B + κ + w)."""
    day = max(event["t"] for event in events) + 1
    lies = [report("liar", name, day + number * apart, "bad") for number in range(times)]
    last = lies[-1]["t"]
    fair = estimate_on(replayed(events, OPEN).record(name).standing, last, STANDARD)
    lied = estimate_on(replayed([*events, *lies], OPEN).record(name).standing, last, STANDARD)
    mass = fair.evidence + STANDARD.kappa
    assert fair.p * mass / (mass + STANDARD.new_voice) - 1e-12 <= lied.p < fair.p
    if apart == 0.0:
        assert lied.bad - fair.bad == pytest.approx(STANDARD.new_voice)


@given(
    st.sampled_from(ZONES),
    st.integers(0, 5 * 366 * 24 * 60),
)
def test_weekly_day_is_the_groups_monday_whatever_its_clocks_do(zone: str, minutes: int) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    today = local_day(now, zone)
    week = weekly_day(today)
    begins = instant_of(week, datetime.min.time(), zone)
    assert week.weekday() == 0
    assert begins <= now < begins + timedelta(days=7, hours=1)
    assert local_day(begins, zone) == week
    assert weekly_day(week) == week
    assert weekly_day(week - timedelta(days=1)) == week - timedelta(days=7)


@pytest.mark.parametrize(
    ("zone", "week", "hours"),
    [
        ("Europe/Lisbon", date(2026, 10, 19), 7 * 24 + 1),
        ("Europe/Lisbon", date(2026, 3, 23), 7 * 24 - 1),
        ("America/Santiago", date(2026, 8, 31), 7 * 24 - 1),
    ],
)
def test_week_in_which_the_clocks_change_is_longer_or_shorter_and_ends_on_its_monday(
    zone: str, week: date, hours: int
) -> None:
    begins, ends = (instant_of(day, datetime.min.time(), zone) for day in (week, week + timedelta(days=7)))
    assert ends - begins == timedelta(hours=hours)
    assert weekly_day(local_day(ends - timedelta(seconds=1), zone)) == week
    assert weekly_day(local_day(ends, zone)) == week + timedelta(days=7)
