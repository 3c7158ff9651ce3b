"""Seats as tables: which trades are one seat, which lie near, and from which day a seat is free."""

from datetime import date

import pytest

from app.core.ids import MemberId
from app.plugins.joining.domain.seats import (
    HeldSeat,
    are_near,
    free_from,
    held_twice,
    holders_of,
    neighbours_of,
    refusals_for_neighbours,
    refusals_for_trade,
    seat_of,
)

TODAY = date(2026, 11, 24)
LAST = date(2026, 12, 31)


def held(trade: str, key: int = 1, until: date | None = None) -> HeldSeat:
    return HeldSeat(trade=trade, member_id=MemberId(key), name=f"Member {key}", until=until)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Baker", "baker", True),
        ("Tax adviser", "Tax-Adviser", True),
        ("Électricien", "electricien", True),
        ("水道屋", "水道屋", True),
        ("Baker", "Bakery", False),
        ("", "", False),
    ],
)
def test_two_spellings_are_one_seat(one: str, other: str, *, is_same: bool) -> None:
    assert (bool(seat_of(one)) and seat_of(one) == seat_of(other)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Tax adviser", "Tax lawyer", False),  # a short word tells little
        ("Insurance broker", "Mortgage broker", True),
        ("Web designer", "Graphic designer", True),
        ("Photographer", "Photography", True),
        ("Baker", "Lawyer", False),
        ("Baker", "baker", False),  # the same seat is no neighbour
        ("", "Baker", False),
    ],
)
def test_trades_lie_near_by_a_long_word_or_by_their_letters(one: str, other: str, *, near: bool) -> None:
    assert are_near(one, other) is near
    assert are_near(other, one) is near


def test_the_group_says_which_trades_lie_near_in_any_order_and_spelling() -> None:
    pairs = [("Bookkeeper", "Tax adviser")]
    assert are_near("TAX ADVISER", "bookkeeper", pairs)
    assert not are_near("Bookkeeper", "Roofer", pairs)
    assert [
        one.trade for one in neighbours_of("tax adviser", [held("Bookkeeper"), held("Roofer")], pairs)
    ] == ["Bookkeeper"]


@pytest.mark.parametrize(
    ("until", "day", "is_held"),
    [
        (None, date(2030, 1, 1), True),
        (LAST, LAST, True),
        (LAST, date(2027, 1, 1), False),
        (LAST, TODAY, True),
    ],
)
def test_a_seat_stays_with_its_holder_until_the_last_day(
    until: date | None, day: date, *, is_held: bool
) -> None:
    assert bool(holders_of("baker", [held("Baker", until=until)], day)) is is_held


@pytest.mark.parametrize(
    ("seats", "first"),
    [
        ([], TODAY),
        ([held("Baker")], None),
        ([held("Baker", until=LAST)], date(2027, 1, 1)),
        ([held("Baker", 1, LAST), held("baker", 2, date(2027, 1, 5))], date(2027, 1, 6)),
        ([held("Baker", 1, LAST), held("baker", 2)], None),
        ([held("Roofer")], TODAY),
    ],
)
def test_a_successor_starts_after_the_last_day(seats: list[HeldSeat], first: date | None) -> None:
    assert free_from("Baker", seats, TODAY) == first


def test_two_members_in_one_seat_are_seen_and_no_trade_is_no_seat() -> None:
    seats = [held("Baker", 1), held("", 2), held("BAKER", 3), held("", 4), held("Roofer", 5)]
    assert [(one.member_id, other.member_id) for one, other in held_twice(seats)] == [(1, 3)]


@pytest.mark.parametrize(
    ("trade", "codes"),
    [
        ("Baker", []),
        ("", ["joining.trade_missing"]),
        ("   ", ["joining.trade_missing"]),
        ("x" * 121, ["joining.too_long"]),
    ],
)
def test_a_trade_is_a_word_or_two(trade: str, codes: list[str]) -> None:
    assert [one.code for one in refusals_for_trade(trade, "trade")] == codes


def test_a_trade_is_no_neighbour_of_itself() -> None:
    assert [one.code for one in refusals_for_neighbours("Baker", "BAKER")] == ["joining.same_trade"]
    assert len(refusals_for_neighbours("", "")) == 2
    assert refusals_for_neighbours("Baker", "Confectioner") == []
