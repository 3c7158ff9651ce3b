"""The computation sheet: every number comes from those before it, none tells a day, and it comes to the estimate."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.credibility.domain.estimate import estimate_on
from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.domain.scheme import STANDARD
from app.plugins.credibility.domain.sheet import sheet_of
from app.plugins.credibility.domain.standing import Row, rebuilt

TODAY = date(2026, 11, 24)
NOW = float((TODAY - EPOCH.date()).days)


def row(giver: str, day: date, *, weight: float = 0.5, y: float = 1.0, independent: bool = True) -> Row:
    t = float((day - EPOCH.date()).days)
    return Row(giver=giver, t=t, weight=weight, y=y, is_independent=independent)


rows_of_two_years = st.lists(
    st.builds(
        lambda giver, ago, weight, y, mutual: row(
            giver,
            TODAY - timedelta(days=ago),
            weight=weight / 3 if mutual else weight,
            y=y,
            independent=not mutual,
        ),
        st.sampled_from("abcdef"),
        st.integers(0, 700),
        st.sampled_from((0.5, 0.61, 0.7777, 0.9)),
        st.sampled_from((0.0, 0.5, 1.0)),
        st.booleans(),
    ),
    max_size=25,
).map(lambda rows: sorted(rows, key=lambda one: one.t))


@settings(max_examples=80, deadline=None)
@given(rows_of_two_years)
def test_sheet_comes_to_the_estimate_within_two_hundredths(rows: list[Row]) -> None:
    exact = estimate_on(rebuilt(rows, STANDARD).standing, NOW, STANDARD).p
    assert sheet_of(rows, TODAY, STANDARD).p == pytest.approx(exact, abs=0.02)


def test_two_histories_that_differ_in_days_of_a_month_alone_have_the_same_sheet() -> None:
    early = [row("a", date(2026, 5, 1)), row("b", date(2026, 5, 2)), row("a", date(2026, 8, 3), y=0.5)]
    late = [row("x", date(2026, 5, 30)), row("y", date(2026, 5, 31)), row("x", date(2026, 8, 29), y=0.5)]
    assert sheet_of(early, TODAY, STANDARD) == sheet_of(late, TODAY, STANDARD)


def test_weight_has_two_digits_and_is_what_its_author_speaks_with_times_the_favour() -> None:
    (line,) = sheet_of(
        [row("a", date(2026, 11, 20), weight=0.84083 / 3, independent=False)], TODAY, STANDARD
    ).rows
    assert (line.speaks, line.weight, line.days, line.left) == (0.84, 0.28, 9, 0.983)
    assert (line.good, line.bad) == (0.275, 0.0)


def test_three_reports_of_one_colleague_weigh_as_one() -> None:
    found = sheet_of([row("a", TODAY)] * 3 + [row("b", TODAY, y=0.0)], TODAY, STANDARD)
    one, other = found.voices
    assert (one.left, one.latest, one.divisor, other.divisor) == (2.949, 0.983, 3.0, 1.0)
    assert found.good == found.bad == pytest.approx(0.4915, abs=0.0006)


def test_voice_that_weighed_as_one_fades_as_one() -> None:
    long_ago = [row("a", date(2025, 11, 15))] * 4
    (one,) = sheet_of(long_ago, date(2026, 11, 15), STANDARD).voices
    assert (one.left, one.latest, one.divisor, one.good) == (2.0, 0.5, 4.0, 0.25)


def test_report_of_the_first_half_of_this_month_is_no_older_than_today() -> None:
    (line,) = sheet_of([row("a", date(2026, 11, 2))], date(2026, 11, 3), STANDARD).rows
    assert (line.days, line.left) == (0, 1.0)
