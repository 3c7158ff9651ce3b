"""Does a wall time become the right instant, also where clocks are put forward, put back, or a day is left out?"""

from datetime import UTC, date, datetime, time

import pytest

from app.core.errors import Refused
from app.core.local_time import Period, instant_of, local_datetime, local_day, zone_named
from app.core.meetings.domain.meeting import instants

LISBON, NEW_YORK, LORD_HOWE, APIA = "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "instant"),
    [
        pytest.param(LISBON, "2026-03-28", "07:00", "2026-03-28T07:00", id="Lisbon, winter"),
        pytest.param(LISBON, "2026-03-29", "07:00", "2026-03-29T06:00", id="Lisbon, summer from this day"),
        pytest.param(LISBON, "2026-03-29", "01:30", "2026-03-29T01:30", id="Lisbon, skipped: after the gap"),
        pytest.param(LISBON, "2026-10-25", "01:30", "2026-10-25T00:30", id="Lisbon, twice: the first"),
        pytest.param(LISBON, "2026-10-25", "02:00", "2026-10-25T02:00", id="Lisbon, after both"),
        pytest.param(NEW_YORK, "2026-03-08", "02:30", "2026-03-08T07:30", id="New York, skipped"),
        pytest.param(NEW_YORK, "2026-11-01", "01:30", "2026-11-01T05:30", id="New York, twice: the first"),
        pytest.param(
            NEW_YORK, "2026-11-01", "07:30", "2026-11-01T12:30", id="New York, winter from this day"
        ),
        pytest.param(
            LORD_HOWE, "2026-10-04", "02:15", "2026-10-03T15:45", id="Lord Howe, half an hour skipped"
        ),
        pytest.param(
            LORD_HOWE, "2026-04-05", "01:45", "2026-04-04T14:45", id="Lord Howe, half an hour twice"
        ),
        pytest.param(LORD_HOWE, "2026-04-05", "02:00", "2026-04-04T15:30", id="Lord Howe, after both"),
        pytest.param(APIA, "2011-12-29", "07:00", "2011-12-29T17:00", id="Apia, the day before the lost one"),
        pytest.param(APIA, "2011-12-30", "07:00", "2011-12-30T17:00", id="Apia, on the day that never was"),
        pytest.param(APIA, "2011-12-31", "07:00", "2011-12-30T17:00", id="Apia, the day after"),
    ],
)
def test_wall_time_becomes_the_instant_that_people_mean(zone: str, day: str, wall: str, instant: str) -> None:
    assert instant_of(date.fromisoformat(day), time.fromisoformat(wall), zone) == utc(instant)


def test_skipped_wall_time_shows_later_on_the_clock() -> None:
    moved = local_datetime(instant_of(date(2026, 3, 29), time(1, 30), LISBON), LISBON)
    assert (moved.date(), moved.time()) == (date(2026, 3, 29), time(2, 30))


def test_meeting_on_a_day_that_never_was_is_held_on_the_next() -> None:
    assert local_day(instant_of(date(2011, 12, 30), time(7), APIA), APIA) == date(2011, 12, 31)


def test_meeting_lasts_its_real_minutes_through_a_change_of_the_clocks() -> None:
    starts, ends = instants(date(2026, 10, 25), time(0, 30), LISBON, 120)
    assert (ends - starts).total_seconds() == 120 * 60
    assert local_datetime(ends, LISBON).time() == time(1, 30)


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-11-24T23:59:59", LISBON, date(2026, 11, 24)),
        ("2026-11-24T23:59:59", "Asia/Tokyo", date(2026, 11, 25)),
        ("2026-11-24T04:59:59", NEW_YORK, date(2026, 11, 23)),
        ("2026-11-24T05:00:00", NEW_YORK, date(2026, 11, 24)),
        ("2026-11-24T10:00:00", "Pacific/Kiritimati", date(2026, 11, 25)),
        ("2026-11-24T11:59:59", "Etc/GMT+12", date(2026, 11, 23)),
    ],
)
def test_today_is_the_groups_own_day(instant: str, zone: str, day: date) -> None:
    assert local_day(utc(instant), zone) == day


def test_naive_instant_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        local_datetime(datetime(2026, 11, 24, 7), LISBON)  # noqa: DTZ001  # the naive value is the point


@pytest.mark.parametrize(
    "name",
    ["", "Lisbon", "europe/lisbonn", "Europe", "../etc/passwd", "Europe/Lisbon\0", "x" * 5000, "UTC+1", "É"],
)
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        zone_named(name)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.facts["zone"], refusal.field) == ("time.unknown_zone", name, "zone")


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match=r"^time\.period_backwards$"):
        Period(first=date(2026, 2, 1), last=date(2026, 1, 31))


def test_period_of_one_day_is_that_day_from_midnight_to_midnight() -> None:
    day = Period(first=date(2026, 3, 29), last=date(2026, 3, 29))
    assert day.days == 1
    assert day.starts_at_utc(LISBON) == utc("2026-03-29T00:00")
    assert day.ends_before_utc(LISBON) == utc("2026-03-29T23:00")


def test_day_whose_midnight_is_skipped_begins_when_the_clocks_jump() -> None:
    day = Period(first=date(2026, 9, 6), last=date(2026, 9, 6))
    starts = day.starts_at_utc("America/Santiago")
    assert starts == utc("2026-09-06T04:00")
    assert local_datetime(starts, "America/Santiago").time() == time(1)
