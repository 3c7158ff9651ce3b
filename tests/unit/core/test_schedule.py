"""Which days does a recurrence rule name, and which rules are refused?"""

from datetime import date

import pytest

from app.core.errors import Refused
from app.core.meetings.domain.schedule import days_between, weekly_on

SINCE = date(2026, 1, 6)
"""A Tuesday."""


def days(rule: str, first: date, last: date, since: date = SINCE) -> list[date]:
    return list(days_between(rule, since, first, last))


def test_weekly_rule_names_its_weekday() -> None:
    assert weekly_on(0) == "FREQ=WEEKLY;BYDAY=MO"
    assert weekly_on(6) == "FREQ=WEEKLY;BYDAY=SU"


def test_both_ends_of_the_window_count() -> None:
    tuesdays = days(weekly_on(1), date(2026, 11, 3), date(2026, 11, 17))
    assert tuesdays == [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]


def test_nothing_is_named_before_the_schedule_starts() -> None:
    assert days(weekly_on(1), date(2025, 1, 1), SINCE) == [SINCE]


def test_every_other_week_is_counted_from_the_start_of_the_schedule() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert days(rule, date(2026, 1, 12), date(2026, 2, 4)) == [date(2026, 1, 20), date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("FREQ=MONTHLY;BYDAY=2TH", [date(2026, 2, 12), date(2026, 3, 12)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", [date(2026, 2, 27), date(2026, 3, 27)]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", [date(2026, 3, 31)]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", [date(2026, 3, 1)]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260210", [date(2026, 2, 3), date(2026, 2, 10)]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=5", [date(2026, 2, 3)]),
    ],
)
def test_other_rules_of_days_are_understood(rule: str, named: list[date]) -> None:
    assert days(rule, date(2026, 2, 1), date(2026, 3, 31)) == named


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every Tuesday",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;=",
        "FREQ=WEEKLY;UNTIL=20261231T000000Z",
        "FREQ=WEEKLY;BYDAY=TU\nEXDATE:20260106",
        "DTSTART:20200101\nFREQ=DAILY",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match=r"^meetings\.bad_rule$"):
        days(rule, date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=WEEKLY;BYHOUR=7,8", "BYMINUTE=1,2;FREQ=DAILY"]
)
def test_rule_that_would_name_a_day_more_than_once_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match=r"^meetings\.bad_rule$"):
        days(rule, SINCE, SINCE)
