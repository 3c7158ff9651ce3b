"""The receiver's clock: what is due when, each once, and never everything at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.plugins.referrals.domain.clock import Clock, Move, next_move

PASSED = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)
NEW = Clock(news_at=PASSED)
ONCE = replace(NEW, first_at=PASSED + 2 * DAY)
TWICE = replace(ONCE, second_at=PASSED + 5 * DAY)
ASKED = replace(TWICE, asked_at=PASSED + 7 * DAY)


@pytest.mark.parametrize(
    ("clock", "days", "move"), [(NEW, 2, Move.FIRST), (ONCE, 5, Move.SECOND), (TWICE, 7, Move.ASK_GIVER)]
)
def test_each_move_is_due_from_its_day_on_and_not_a_moment_sooner(
    clock: Clock, days: int, move: Move
) -> None:
    assert next_move(clock, PASSED + days * DAY - A_MOMENT) is None
    assert next_move(clock, PASSED + days * DAY) is move
    assert next_move(clock, PASSED + 90 * DAY) is move


def test_after_the_giver_was_asked_the_clock_is_silent() -> None:
    assert next_move(ASKED, PASSED + 400 * DAY) is None


def test_after_a_stop_of_the_house_nobody_gets_everything_at_once() -> None:
    now = PASSED + 40 * DAY
    once = replace(NEW, first_at=now)
    assert next_move(once, now + 3 * DAY - A_MOMENT) is None
    assert next_move(once, now + 3 * DAY) is Move.SECOND
    twice = replace(once, second_at=now + 3 * DAY)
    assert next_move(twice, now + 5 * DAY - A_MOMENT) is None
    assert next_move(twice, now + 5 * DAY) is Move.ASK_GIVER


def test_a_word_lets_the_clock_begin_anew_without_a_second_first_mail() -> None:
    tried = replace(ONCE, news_at=PASSED + 3 * DAY)
    assert next_move(tried, PASSED + 5 * DAY) is None
    assert next_move(tried, PASSED + 8 * DAY) is Move.SECOND
