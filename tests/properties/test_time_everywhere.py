"""A sample of the proof of wall times in every run: hard zones and every sixtieth of all, and the faults that it finds."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.core.local_time import instant_of
from tests.proofs import wall_times
from tests.proofs.wall_times import change_days, look_at

HARD = ["America/Sao_Paulo", "Antarctica/Troll", "Australia/Lord_Howe", "Europe/Lisbon", "Pacific/Apia"]
SAMPLE = sorted({*HARD, *sorted(available_timezones())[::60]})


def test_meetings_and_cut_offs_hold_where_clocks_change() -> None:
    found = look_at(SAMPLE, 2008, 2013)
    assert found.wrong == []
    assert found.meetings > 100
    assert found.weeks_naively_wrong > 0
    assert found.cut_offs_naively_wrong > 0


def test_every_change_is_seen() -> None:
    lisbon = list(change_days(ZoneInfo("Europe/Lisbon"), 2026, 2027))
    assert lisbon == [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
    assert date(2011, 12, 30) in set(change_days(ZoneInfo("Pacific/Apia"), 2011, 2011))


def second_time(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall, tzinfo=ZoneInfo(zone)).replace(fold=1).astimezone(UTC)


def winter_all_year(day: date, wall: time, zone: str) -> datetime:
    january = datetime(day.year, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta(0)
    return datetime.combine(day, wall, tzinfo=UTC) - january


def a_second_early(day: date, wall: time, zone: str) -> datetime:
    return instant_of(day, wall, zone) - timedelta(seconds=1)


@pytest.mark.parametrize("fault", [second_time, winter_all_year, a_second_early])
def test_a_wrong_reading_of_the_wall_is_found(fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_times, "instant_of", fault)
    assert look_at(HARD, 2009, 2012).wrong != []


def test_a_schedule_that_adds_days_in_utc_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_utc(_rule: str, starts_on: date, _first: date, last: date) -> list[date]:
        return [starts_on, starts_on + timedelta(days=8), last]

    monkeypatch.setattr(wall_times, "days_between", in_utc)
    assert look_at(["Europe/Lisbon"], 2026, 2026).wrong != []
