"""The quality check: a draw that anybody can repeat, from the right week; shares only where they name nobody."""

from collections import Counter
from datetime import date, timedelta

import pytest

from app.core.ids import GroupId
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.quality import (
    Answers,
    Quarter,
    drawn,
    is_settled,
    quarter_of,
    refusals_for_answers,
    week_drawn_from,
    week_of,
)

HARBOUR, MILL = GroupId(7), GroupId(8)
MONDAY = date(2026, 11, 23)
SLIPS = [SlipId(number) for number in range(1, 31)]
YES = Answers(called=True, welcome=True, real=True)


def test_the_same_week_draws_the_same_two_slips_in_whatever_order_they_come() -> None:
    first = drawn(HARBOUR, MONDAY, SLIPS)
    assert len(first) == 2
    assert drawn(HARBOUR, MONDAY, list(reversed(SLIPS))) == first
    assert first == [SlipId(9), SlipId(14)], "who repeats the draw by hand gets these"


def test_other_weeks_and_groups_draw_others_and_each_slip_as_often() -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(600)]
    assert [drawn(HARBOUR, week, SLIPS) for week in weeks] != [drawn(MILL, week, SLIPS) for week in weeks]
    counts = Counter(key for week in weeks for key in drawn(HARBOUR, week, SLIPS))
    assert set(counts) == set(SLIPS)
    assert max(counts.values()) < 2 * min(counts.values())


@pytest.mark.parametrize("number", [0, 1])
def test_a_week_with_fewer_slips_draws_what_there_is(number: int) -> None:
    assert drawn(HARBOUR, MONDAY, SLIPS[:number]) == SLIPS[:number]


def test_slips_of_the_week_two_weeks_before_are_drawn() -> None:
    assert week_of(date(2026, 11, 29)) == MONDAY
    period = week_drawn_from(MONDAY)
    assert (period.first, period.last) == (date(2026, 11, 9), date(2026, 11, 15))


def test_all_three_answers_are_needed_and_four_weeks_are_given() -> None:
    nothing = Answers(called=None, welcome=None, real=True)
    late = MONDAY + timedelta(weeks=4, days=1)
    refused = refusals_for_answers(nothing, drawn_on=MONDAY, today=late)
    assert [(one.code, one.field) for one in refused] == [
        ("referrals.quality_unanswered", "called"),
        ("referrals.quality_unanswered", "welcome"),
        ("referrals.quality_over", ""),
    ]
    assert refusals_for_answers(YES, drawn_on=MONDAY, today=MONDAY + timedelta(weeks=4)) == []


def quarter(answers: int, people: int, called: int) -> Quarter:
    return Quarter(first=MONDAY, answers=answers, people=people, called=called, welcome=0, real=answers)


@pytest.mark.parametrize(
    ("answers", "people", "called", "tenths"),
    [(9, 9, 9, None), (10, 4, 9, None), (10, 5, 9, 9), (12, 6, 9, 8), (26, 12, 13, 5), (20, 9, 0, 0)],
)
def test_a_share_stands_from_ten_answers_of_five_people_on(
    answers: int, people: int, called: int, tenths: int | None
) -> None:
    assert quarter(answers, people, called).tenths("called") == tenths


def test_a_quarter_is_shown_when_no_answer_can_join_it() -> None:
    first = quarter_of(date(2026, 9, 30))
    assert first == date(2026, 7, 1)
    assert not is_settled(first, date(2026, 10, 29))
    assert is_settled(first, date(2026, 10, 30))
    assert is_settled(date(2026, 10, 1), date(2027, 1, 30))
