"""What is refused about a one-to-one and a learning unit: every reason at once, each with its field."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.plugins.activities.domain.refusals import SENTENCES
from app.plugins.activities.domain.rules import (
    FURTHEST_BACK,
    LearningFacts,
    Partner,
    TalkFacts,
    may_be_corrected,
    refusals_for_learning,
    refusals_for_pair,
    refusals_for_talk,
)

TODAY = date(2026, 11, 24)
ME, BEN = MemberId(1), MemberId(2)


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code.removeprefix("activities.") for refusal in refusals]


def ben(*, ended_on: date | None = None, member_id: MemberId = BEN) -> Partner:
    return Partner(member_id=member_id, name="Ben Ito", joined_on=date(2025, 1, 7), ended_on=ended_on)


@pytest.mark.parametrize(
    ("named", "partner", "expected"),
    [
        ("", None, ["partner_missing"]),
        ("nobody", None, ["partner_unknown"]),
        ("me", ben(member_id=ME), ["talk_with_oneself"]),
        ("ben", ben(ended_on=TODAY - timedelta(days=1)), ["partner_left"]),
        ("ben", ben(ended_on=TODAY), []),
        ("ben", ben(), []),
    ],
)
def test_a_one_to_one_is_with_another_member_of_today(
    named: str, partner: Partner | None, expected: list[str]
) -> None:
    refusals = refusals_for_pair(named=named, one=ME, partner=partner, today=TODAY)
    assert codes(refusals) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, ["day_missing"]),
        (TODAY + timedelta(days=1), ["day_in_future"]),
        (TODAY, []),
        (TODAY - FURTHEST_BACK, []),
        (TODAY - FURTHEST_BACK - timedelta(days=1), ["day_too_long_ago"]),
        (date.min, ["day_too_long_ago"]),
        (date.max, ["day_in_future"]),
    ],
)
def test_the_day_lies_within_the_last_year(day: date | None, expected: list[str]) -> None:
    assert codes(refusals_for_talk(TalkFacts(held_on=day), today=TODAY)) == expected


def test_everything_wrong_with_a_talk_is_said_at_once() -> None:
    facts = TalkFacts(held_on=None, place="x" * 121, note="y" * 2001)
    refusals = refusals_for_talk(facts, today=TODAY)
    assert [refusal.field for refusal in refusals] == ["held_on", "place", "note"]


@pytest.mark.parametrize("units", [1, 20])
def test_one_to_twenty_units_are_taken(units: int) -> None:
    facts = LearningFacts(what="A book", learned_on=TODAY, units=units)
    assert refusals_for_learning(facts, today=TODAY) == []


@pytest.mark.parametrize("units", [None, 0, 21])
def test_other_units_are_refused(units: int | None) -> None:
    facts = LearningFacts(what="A book", learned_on=TODAY, units=units)
    assert codes(refusals_for_learning(facts, today=TODAY)) == ["units_out_of_range"]


def test_everything_wrong_with_learning_is_said_at_once() -> None:
    facts = LearningFacts(what="", learned_on=TODAY + timedelta(days=1), units=0)
    assert codes(refusals_for_learning(facts, today=TODAY)) == [
        "what_missing",
        "day_in_future",
        "units_out_of_range",
    ]


def test_a_record_may_be_corrected_for_a_week() -> None:
    recorded = datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert may_be_corrected(recorded, recorded + timedelta(days=7))
    assert not may_be_corrected(recorded, recorded + timedelta(days=7, seconds=1))


def test_each_sentence_ends_as_one() -> None:
    assert [code for code, sentence in SENTENCES.items() if not sentence.endswith(".")] == []
