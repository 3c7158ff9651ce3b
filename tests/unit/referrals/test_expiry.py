"""How long prospects are kept: whole months, the same day of the month, never beyond its end."""

from datetime import date

import pytest

from app.plugins.referrals.domain.expiry import forgotten_on, refusals_for_months

DAYS = [
    (date(2026, 11, 24), 12, date(2027, 11, 24)),
    (date(2026, 11, 24), 1, date(2026, 12, 24)),
    (date(2026, 12, 31), 1, date(2027, 1, 31)),
    (date(2027, 1, 31), 1, date(2027, 2, 28)),
    (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2026, 11, 24), 36, date(2029, 11, 24)),
]


@pytest.mark.parametrize(("ended_on", "months", "day"), DAYS)
def test_a_prospect_is_forgotten_on_the_same_day_of_a_later_month(
    ended_on: date, months: int, day: date
) -> None:
    assert forgotten_on(ended_on, months) == day


@pytest.mark.parametrize(
    ("months", "is_refused"), [(None, True), (0, True), (1, False), (12, False), (36, False), (37, True)]
)
def test_one_to_thirty_six_months_may_be_set(months: int | None, is_refused: bool) -> None:
    assert bool(refusals_for_months(months)) is is_refused
