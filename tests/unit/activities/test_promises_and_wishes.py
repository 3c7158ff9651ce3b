"""Promises to oneself and wishes how often to talk: the day that is meant, what is refused, when a talk is due."""

from datetime import date, timedelta

import pytest

from app.core.errors import Refusal
from app.plugins.activities.domain.commitments import (
    FURTHEST_AHEAD,
    day_meant,
    refusals_for_due,
    refusals_for_promise,
)
from app.plugins.activities.domain.rhythm import due_on, refusals_for_weeks

TUESDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (24, 27, 28, 29))


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code.removeprefix("activities.") for refusal in refusals]


@pytest.mark.parametrize(
    ("until", "today", "expected"),
    [
        ("friday", TUESDAY, FRIDAY),
        ("friday", FRIDAY, FRIDAY),
        ("friday", SATURDAY, FRIDAY + timedelta(weeks=1)),
        ("week", TUESDAY, SUNDAY),
        ("week", SUNDAY, SUNDAY),
        ("day", TUESDAY, date(2026, 12, 1)),
        ("nonsense", TUESDAY, date(2026, 12, 1)),
    ],
)
def test_the_day_that_is_meant(until: str, today: date, expected: date) -> None:
    assert day_meant(until, date(2026, 12, 1), today) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, ["due_missing"]),
        (TUESDAY - timedelta(days=1), ["due_out_of_range"]),
        (TUESDAY, []),
        (TUESDAY + FURTHEST_AHEAD, []),
        (TUESDAY + FURTHEST_AHEAD + timedelta(days=1), ["due_out_of_range"]),
        (date.max, ["due_out_of_range"]),
    ],
)
def test_a_promise_has_a_day_within_a_year(due: date | None, expected: list[str]) -> None:
    assert codes(refusals_for_due(due, today=TUESDAY)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["promise_missing", "due_missing"]),
        ("x" * 201, ["too_long", "due_missing"]),
        ("x" * 200, ["due_missing"]),
    ],
)
def test_everything_wrong_is_said_at_once(words: str, expected: list[str]) -> None:
    assert codes(refusals_for_promise(words, None, today=TUESDAY)) == expected


@pytest.mark.parametrize(
    ("typed", "weeks", "expected"),
    [
        ("", None, []),
        ("1", 1, []),
        ("52", 52, []),
        ("0", 0, ["weeks_out_of_range"]),
        ("53", 53, ["weeks_out_of_range"]),
        ("two", None, ["weeks_out_of_range"]),
    ],
)
def test_weeks_are_few_or_nothing(typed: str, weeks: int | None, expected: list[str]) -> None:
    assert codes(refusals_for_weeks(typed, weeks)) == expected


def test_the_next_talk_counts_from_the_latest_or_from_the_wish() -> None:
    assert due_on(2, last_on=None, since=TUESDAY) == TUESDAY + timedelta(weeks=2)
    assert due_on(2, last_on=FRIDAY, since=TUESDAY) == FRIDAY + timedelta(weeks=2)
