"""Until when a meeting counts: the ends of months, fixed spans from any month, anniversaries."""

from datetime import date

import pytest

from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import Unit, Window, WindowKind
from app.plugins.attendance.domain.rule_windows import leaves_on, looks_back_to

SIX_MONTHS = Window(kind=WindowKind.ROLLING, length=6)
TEN_DAYS = Window(kind=WindowKind.ROLLING, length=10, unit=Unit.DAYS)
TWO_WEEKS = Window(kind=WindowKind.ROLLING, length=2, unit=Unit.WEEKS)
QUARTER = Window(kind=WindowKind.FIXED, length=3, begins=1)
FROM_APRIL = Window(kind=WindowKind.FIXED, length=6, begins=4)
YEAR = Window(kind=WindowKind.FIXED, length=12, begins=1)
MEMBERSHIP = Window(kind=WindowKind.MEMBERSHIP_YEAR)


@pytest.mark.parametrize(
    ("window", "day", "leaves"),
    [
        (SIX_MONTHS, date(2026, 10, 3), date(2027, 4, 3)),
        (SIX_MONTHS, date(2026, 8, 31), date(2027, 2, 28)),
        (SIX_MONTHS, date(2027, 8, 31), date(2028, 2, 29)),
        (TEN_DAYS, date(2026, 12, 25), date(2027, 1, 4)),
        (TWO_WEEKS, date(2026, 12, 25), date(2027, 1, 8)),
        (QUARTER, date(2026, 12, 31), date(2027, 1, 1)),
        (QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
        (FROM_APRIL, date(2026, 3, 31), date(2026, 4, 1)),
        (FROM_APRIL, date(2026, 4, 1), date(2026, 10, 1)),
        (FROM_APRIL, date(2027, 1, 15), date(2027, 4, 1)),
        (YEAR, date(2026, 7, 1), date(2027, 1, 1)),
        (MEMBERSHIP, date(2026, 3, 9), date(2026, 3, 10)),
        (MEMBERSHIP, date(2026, 3, 10), date(2027, 3, 10)),
        (Window(kind=WindowKind.ALL), date(2026, 3, 10), None),
        (Window(kind=WindowKind.MEETINGS, length=4), date(2026, 3, 10), None),
    ],
)
def test_meeting_leaves_the_window(window: Window, day: date, leaves: date | None) -> None:
    assert leaves_on(window, day, member_since=date(2024, 3, 10)) == leaves


def test_joined_on_a_leap_day_has_an_anniversary_every_year() -> None:
    joined = date(2024, 2, 29)
    assert leaves_on(MEMBERSHIP, date(2026, 2, 27), member_since=joined) == date(2026, 2, 28)
    assert leaves_on(MEMBERSHIP, date(2027, 6, 1), member_since=joined) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("preset", "first"),
    [
        ("six-months", date(2026, 5, 21)),
        ("quarters", date(2026, 10, 1)),
        ("seventy-percent", date(2026, 1, 1)),
        ("all-time-percent", None),
        ("none", date(2026, 11, 24)),
    ],
)
def test_rules_look_back_only_as_far_as_they_count(preset: str, first: date | None) -> None:
    assert looks_back_to(PRESETS[preset], date(2026, 11, 24)) == first
