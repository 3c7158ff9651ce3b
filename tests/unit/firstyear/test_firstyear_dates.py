"""When talks are due: calendar months, leave, anniversaries."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.firstyear.domain.dates import (
    Rest,
    after_leave,
    anniversary,
    is_resting,
    months_after,
    moved_by_leave,
    renewal_due,
    year_to_come,
)
from app.plugins.firstyear.domain.leaving import ask_on
from app.plugins.firstyear.domain.talks import TalkKind, first_talks

START = date(2026, 11, 30)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 10, date(2027, 6, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_keep_the_day_or_take_the_months_last(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_talks_of_the_first_year() -> None:
    assert [(one.kind, one.planned_on) for one in first_talks(START, START)] == [
        (TalkKind.MONTH_3, date(2027, 2, 28)),
        (TalkKind.MONTH_7, date(2027, 6, 30)),
        (TalkKind.MONTH_10, date(2027, 9, 30)),
        (TalkKind.RENEWAL, date(2027, 10, 30)),
    ]


def test_reviews_of_the_past_are_not_made_up_for() -> None:
    assert [one.kind for one in first_talks(START, date(2027, 7, 1))] == [TalkKind.MONTH_10, TalkKind.RENEWAL]
    late = first_talks(START, date(2029, 3, 1))
    assert [(one.kind, one.year, one.planned_on) for one in late] == [
        (TalkKind.RENEWAL, 3, date(2029, 10, 30))
    ]


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (START, 1),
        (date(2027, 11, 30), 1),
        (date(2027, 12, 1), 2),
        (date(2028, 1, 1), 2),
        (date(2028, 12, 1), 3),
    ],
)
def test_anniversary_to_come(today: date, year: int) -> None:
    assert year_to_come(START, today) == year


def test_renewal_is_a_month_before_the_anniversary() -> None:
    assert (renewal_due(START, 1), anniversary(START, 1)) == (date(2027, 10, 30), date(2027, 11, 30))


def test_leave_moves_a_review_by_its_days_and_a_later_leave_does_not() -> None:
    planned = date(2027, 2, 28)
    fortnight = Rest(first=date(2027, 1, 4), last=date(2027, 1, 17))
    later = Rest(first=date(2027, 4, 1), last=date(2027, 4, 30))
    assert moved_by_leave(planned, START, [fortnight, later]) == date(2027, 3, 14)
    before = Rest(first=date(2026, 10, 1), last=date(2026, 10, 30))
    assert moved_by_leave(planned, START, [before]) == planned


@settings(max_examples=60)
@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=4))
def test_a_review_never_falls_into_a_leave_nor_before_its_day(
    started_on: date, spans: list[tuple[date, int]]
) -> None:
    leaves = [Rest(first=first, last=first + timedelta(days=days)) for first, days in spans]
    planned = months_after(started_on, 3)
    due = moved_by_leave(planned, started_on, leaves)
    assert due >= planned
    assert not is_resting(leaves, due)
    assert not is_resting(leaves, after_leave(planned, leaves))


def test_leaver_is_asked_after_the_office_had_its_days() -> None:
    today = date(2026, 11, 24)
    assert ask_on(today + timedelta(days=10), today) == today + timedelta(days=13)
    assert ask_on(today - timedelta(days=5), today) == today + timedelta(days=3)
    assert ask_on(today - timedelta(days=32), today) is None
