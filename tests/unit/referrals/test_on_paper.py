"""Slips from paper: on which days they may count, which of a pile look alike, and what state they begin in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ids import MemberId
from app.plugins.referrals.domain.on_paper import (
    TYPED_IN_WITHIN,
    Written,
    alike_in,
    passed_on_paper,
    refusals_for_day,
)
from app.plugins.referrals.domain.slip import SlipState

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANA, RUI, EVA = MemberId(1), MemberId(2), MemberId(3)

DAYS = [
    (TODAY, False),
    (TODAY - timedelta(days=1), False),
    (TODAY - TYPED_IN_WITHIN, False),
    (TODAY - TYPED_IN_WITHIN - timedelta(days=1), True),
    (TODAY + timedelta(days=1), True),
    (None, True),
]


@pytest.mark.parametrize(("day", "is_refused"), DAYS)
def test_a_slip_counts_on_a_day_of_the_last_ten(day: date | None, is_refused: bool) -> None:
    assert bool(refusals_for_day(day, today=TODAY)) is is_refused


def written(
    number: int, giver: MemberId, receiver: MemberId, name: str, contact: str = "+351 210 000 555"
) -> Written:
    return Written(
        number=number, giver=giver, receiver=receiver, prospect_name=name, prospect_contact=contact
    )


def test_the_same_two_sides_and_the_same_prospect_are_alike_however_they_are_spelt() -> None:
    pile = [
        written(1, ANA, RUI, "Café Miramar"),
        written(2, ANA, EVA, "Café Miramar"),
        written(3, RUI, ANA, "Café Miramar"),
        written(4, ANA, RUI, "Somebody else", "anna@mail.example"),
        written(5, ANA, RUI, "CAFE MIRAMAR", "anna@other.example"),
        written(6, ANA, RUI, "Their owner", "00351 210000555"),
    ]
    assert alike_in(pile) == [(1, 5), (1, 6)]


def test_a_paper_slip_counts_from_its_day_and_its_clock_starts_when_it_is_typed_in() -> None:
    day_before = NOW - timedelta(days=1)
    slip = passed_on_paper(giver=ANA, receiver=RUI, on=day_before, now=NOW)
    assert (slip.state, slip.passed_at, slip.news_at) == (SlipState.PASSED, day_before, NOW)
