"""Rules of a disagreement: its days, what freezes, who is asked, and what their words come to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ids import MemberId
from app.plugins.credibility.domain.appeals import (
    Outcome,
    Tier,
    asked_next,
    freezes,
    is_to_remind,
    may_appeal,
    outcome_of,
    refusals_for_word,
)
from app.plugins.credibility.domain.reports import Handed, answer_told, handling_worth

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "may"), [(0, True), (30, True), (31, False)])
def test_report_can_be_disagreed_with_for_thirty_days(days: int, may: bool) -> None:
    assert may_appeal(date(2026, 11, 2), date(2026, 11, 2) + timedelta(days=days)) is may


@pytest.mark.parametrize(("days", "does"), [([], True), ([180], True), ([179], False), ([400, 10], False)])
def test_first_within_180_days_freezes(days: list[int], does: bool) -> None:
    assert freezes([NOW - timedelta(days=one) for one in days], NOW) is does


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ([], Outcome.WAITING),
        (["uphold"], Outcome.WAITING),
        (["uphold", "uphold"], Outcome.UPHELD),
        (["keep", "keep"], Outcome.REJECTED),
        (["keep", "uphold"], Outcome.THIRD),
        (["keep", "uphold", "uphold"], Outcome.UPHELD),
        (["uphold", "keep", "keep"], Outcome.REJECTED),
    ],
)
def test_two_that_agree_decide(says: list[str], outcome: Outcome) -> None:
    assert outcome_of(says) is outcome


def test_leaders_are_asked_first_then_offices_then_members_by_lot_and_nobody_twice() -> None:
    tiers = [Tier.MEMBER, Tier.LEADER, Tier.OFFICE, Tier.MEMBER, Tier.MEMBER]
    eligible = {MemberId(number): tier for number, tier in enumerate(tiers)}
    assert asked_next(eligible, (), "abc", 2) == [1, 2]
    assert asked_next(eligible, [MemberId(1)], "abc", 1) == [2]
    lots = {tuple(asked_next(eligible, [MemberId(1), MemberId(2)], f"lot {one}", 1)) for one in range(40)}
    assert lots == {(0,), (3,), (4,)}


def test_word_needs_its_reason_and_all_that_is_missing_is_said() -> None:
    assert [one.code for one in refusals_for_word("", " ")] == [
        "credibility.no_decision",
        "credibility.no_reason",
    ]
    assert refusals_for_word("keep", "It was as reported.") == []


@pytest.mark.parametrize(
    ("before_end", "is_near"),
    [
        (timedelta(days=5, minutes=1), False),
        (timedelta(days=5), True),
        (timedelta(minutes=1), True),
        (timedelta(0), False),
        (timedelta(days=-1), False),
    ],
)
def test_reminder_is_due_in_the_last_five_days_and_never_after_the_end(
    before_end: timedelta, is_near: bool
) -> None:
    assert is_to_remind(NOW + before_end, NOW) is is_near


@pytest.mark.parametrize(
    ("days", "is_historic", "told"),
    [
        (7, False, ["yes", "not-sure", "no"]),
        (8, False, [None, None, None]),
        (None, False, [None, None, None]),
        (None, True, ["yes", "not-sure", "no"]),
    ],
)
def test_answer_is_told_where_the_worth_tells_it_and_never_guessed(
    days: int | None, is_historic: bool, told: list[str | None]
) -> None:
    contacted = None if days is None else NOW + timedelta(days=days)
    act = Handed(given_at=NOW, how_well=3, contacted_at=contacted, is_historic=is_historic)
    answers = ("yes", "not-sure", "no")
    assert [answer_told(handling_worth(answer, act), act) for answer in answers] == told
