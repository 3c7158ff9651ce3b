"""What slips come to: the way from passed to won, what is too few to be shown, and the months the group answers for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ids import MemberId
from app.plugins.referrals.domain.looking import (
    FEWEST_RECEIVERS,
    FEWEST_RESULTS,
    FEWEST_SLIPS,
    FEWEST_TIMES,
    FEWEST_WHO_TOLD,
    Journey,
    answer_of,
    full_months,
    funnel_of,
    group_funnel,
)
from app.plugins.referrals.domain.slip import SlipState

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = START + timedelta(days=400)


def journey(receiver: int, state: SlipState, *, days: int = 10) -> Journey:
    """Return a slip answered after an hour; where it ended, it did so after `days`."""
    has_ended = state not in {SlipState.PASSED, SlipState.ACKNOWLEDGED, SlipState.IN_PROGRESS}
    return Journey(
        receiver=MemberId(receiver),
        state=state,
        passed_at=START,
        answered_at=None if state is SlipState.PASSED else START + timedelta(hours=1),
        closed_at=START + timedelta(days=days) if has_ended else None,
    )


def results(number: int, receivers: int, state: SlipState = SlipState.LOST) -> list[Journey]:
    return [journey(1 + place % receivers, state) for place in range(number)]


def test_each_step_of_the_funnel_is_counted_once() -> None:
    slips = [
        journey(place, state) for place, state in enumerate(SlipState) if state is not SlipState.WITHDRAWN
    ]
    found = funnel_of(slips)
    assert (found.passed, found.answered, found.told, found.won) == (9, 8, 5, 1)
    assert (found.declined, found.untold) == (1, 3)
    assert dict(found.results) == {
        SlipState.WON: 1,
        SlipState.LOST: 1,
        SlipState.NO_RESPONSE: 1,
        SlipState.WRONG_FIT: 1,
        SlipState.NOT_READY: 1,
    }


def test_half_and_nine_of_ten_are_waits_that_really_were() -> None:
    slips = [journey(1, SlipState.WON, days=days) for days in (10, 1, 2, 9, 3, 8, 4, 7, 5, 6)]
    wait = funnel_of(slips).to_win
    assert wait is not None
    assert (wait.number, wait.half, wait.most) == (10, timedelta(days=5), timedelta(days=9))


def test_no_time_is_named_below_the_fewest() -> None:
    assert funnel_of(results(FEWEST_TIMES - 1, 1)).to_result is None
    assert funnel_of(results(FEWEST_TIMES, 1)).to_result is not None


@pytest.mark.parametrize(
    ("slips", "receivers", "is_shown"),
    [
        (FEWEST_SLIPS, FEWEST_RECEIVERS, True),
        (FEWEST_SLIPS - 1, FEWEST_RECEIVERS, False),
        (FEWEST_SLIPS, FEWEST_RECEIVERS - 1, False),
        (0, 1, False),
    ],
)
def test_a_funnel_is_silent_where_it_would_tell_of_one_slip(
    slips: int, receivers: int, is_shown: bool
) -> None:
    assert (group_funnel(results(slips, receivers)) is not None) is is_shown


@pytest.mark.parametrize(
    ("told", "receivers", "is_said"),
    [
        (FEWEST_RESULTS, FEWEST_WHO_TOLD, True),
        (FEWEST_RESULTS - 1, FEWEST_WHO_TOLD, False),
        (FEWEST_RESULTS, FEWEST_WHO_TOLD - 1, False),
    ],
)
def test_the_group_answers_from_the_smallest_sample_on(told: int, receivers: int, is_said: bool) -> None:
    open_slips = [journey(place, SlipState.PASSED) for place in range(50)]
    assert (answer_of([*results(told, receivers), *open_slips], LATER) is not None) is is_said


def test_the_answer_says_what_it_is_of() -> None:
    won = [journey(receiver, SlipState.WON) for receiver in (1, 1, 2)]
    found = answer_of([*results(20, 5), *won, journey(9, SlipState.PASSED)], LATER)
    assert found is not None
    assert (found.passed, found.told, found.won) == (24, 23, 3)
    assert (found.receivers, found.winners) == (5, 2)
    assert found.to_win is None


def test_a_result_told_after_the_last_month_does_not_count_yet() -> None:
    slips = results(FEWEST_RESULTS, FEWEST_WHO_TOLD)
    ended = START + timedelta(days=10)
    late = [replace(slips[0], closed_at=ended + timedelta(days=1)), *slips[1:]]
    assert answer_of(slips, ended + timedelta(seconds=1)) is not None
    assert answer_of(late, ended + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 24), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        (date(2024, 3, 31), date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_the_answer_is_about_the_last_twelve_months_that_are_over(
    today: date, first: date, last: date
) -> None:
    months = full_months(today)
    assert (months.first, months.last) == (first, last)
