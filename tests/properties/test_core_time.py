"""What holds of time for every zone and instant: wall times stay, texts sort as instants do, periods fit together."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.database import utc_text
from app.core.local_time import Period, instant_of, local_datetime, local_day
from app.core.meetings.domain.schedule import days_between, weekly_on

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
)
"""Half-hour changes, changes at midnight, a negative summer time, a lost day, both ends of the calendar."""

FIRST, LAST = date(2000, 1, 1), date(2037, 12, 31)
zones = st.sampled_from(ZONES)
days = st.dates(FIRST, LAST)
walls = st.times().map(lambda wall: wall.replace(microsecond=0))
_EPOCH, _YEAR = datetime(2000, 1, 1, tzinfo=UTC), 366 * 86_400
instants = st.integers(-1990 * _YEAR, 7900 * _YEAR).map(lambda seconds: _EPOCH + timedelta(seconds=seconds))
instants_of_our_time = st.integers(0, 38 * _YEAR).map(lambda seconds: _EPOCH + timedelta(seconds=seconds))
offsets = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@cache
def change_days(zone: str) -> list[date]:
    """Return every local day from 2000 to 2037 whose offset is not that of the day before."""
    known = ZoneInfo(zone)
    found, day, before = [], FIRST, None
    while day <= LAST:
        offset = datetime.combine(day, time(12), tzinfo=known).utcoffset()
        if before is not None and offset != before:
            found.append(day)
        before, day = offset, day + timedelta(days=1)
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_weekly_meeting_stays_at_its_wall_time_through_every_change_of_the_clocks(zone: str) -> None:
    week = timedelta(weeks=1)
    for change in change_days(zone):
        rule = weekly_on(change.weekday())
        around = list(days_between(rule, change - week, change - week, change + week))
        assert around == [change - week, change, change + week]
        shown = [local_datetime(instant_of(day, time(7), zone), zone) for day in around]
        assert [(one.date(), one.time()) for one in shown] == [(day, time(7)) for day in around]


def test_sample_of_zones_has_changes_to_prove_something_by() -> None:
    assert sum(len(change_days(zone)) for zone in ZONES) > 800
    assert date(2011, 12, 31) in change_days("Pacific/Apia")


near_changes = zones.flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.sampled_from(change_days(zone) or [FIRST]),
        st.integers(0, 16).map(lambda quarters: time(quarters // 4, quarters % 4 * 15)),
    )
)
anywhere = st.tuples(zones, days, walls)


@settings(max_examples=400)
@given(asked_for=near_changes | anywhere)
def test_wall_time_comes_back_unless_the_clocks_skip_it_and_then_lies_after_the_gap(
    asked_for: tuple[str, date, time],
) -> None:
    zone, day, wall = asked_for
    asked = datetime.combine(day, wall)
    shown = local_datetime(instant_of(day, wall, zone), zone).replace(tzinfo=None)
    known = ZoneInfo(zone)
    skipped = (
        asked.replace(tzinfo=known, fold=0).utcoffset() != asked.replace(tzinfo=known, fold=1).utcoffset()
        and asked.replace(tzinfo=known).astimezone(UTC).astimezone(known).replace(tzinfo=None) != asked
    )
    assert shown > asked if skipped else shown == asked


@given(zone=zones, instant=instants_of_our_time)
def test_instant_shown_and_read_back_is_the_same_or_the_first_of_the_two_shown_alike(
    zone: str, instant: datetime
) -> None:
    shown = local_datetime(instant, zone)
    back = instant_of(shown.date(), shown.time().replace(fold=0), zone)
    assert back == instant if shown.fold == 0 else back < instant


@given(
    one=instants,
    other=instants,
    microseconds=st.integers(0, 999_999),
    zone_of_one=offsets,
    zone_of_other=offsets,
)
def test_texts_sort_as_their_instants_do(
    one: datetime, other: datetime, microseconds: int, zone_of_one: timezone, zone_of_other: timezone
) -> None:
    left = one.replace(microsecond=microseconds).astimezone(zone_of_one)
    right = other.astimezone(zone_of_other)
    assert (utc_text(left) < utc_text(right)) == (left < right)
    assert (utc_text(left) == utc_text(right)) == (left == right)
    assert len(utc_text(left)) == 27
    assert datetime.fromisoformat(utc_text(left)) == left


@given(zone=zones, first=days, length=st.integers(0, 400))
def test_periods_lie_edge_to_edge(zone: str, first: date, length: int) -> None:
    period = Period(first=first, last=first + timedelta(days=length))
    following = Period(first=period.last + timedelta(days=1), last=period.last + timedelta(days=1))
    assert period.days == length + 1
    assert period.ends_before_utc(zone) == following.starts_at_utc(zone)
    assert period.starts_at_utc(zone) <= period.ends_before_utc(zone)


@settings(max_examples=300)
@given(zone=zones, first=days, length=st.integers(0, 40), seconds=st.integers(-3 * 86_400, 45 * 86_400))
def test_instant_lies_in_a_period_exactly_when_its_local_day_does(
    zone: str, first: date, length: int, seconds: int
) -> None:
    period = Period(first=first, last=first + timedelta(days=length))
    instant = period.starts_at_utc(zone) + timedelta(seconds=seconds)
    inside = period.starts_at_utc(zone) <= instant < period.ends_before_utc(zone)
    assert inside == (period.first <= local_day(instant, zone) <= period.last)
