"""A customer's confirmation: which answers are one, which reports it agrees with, what it lifts, and in the replay."""

import pytest

from app.plugins.credibility.domain.confirming import (
    can_be_confirmed,
    confirms,
    lifted,
    refusals_for_answers,
    who_spoke,
)
from app.plugins.credibility.domain.replaying import Replay
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import STANDARD, constants_of
from app.plugins.credibility.replay import BadLine, answers
from tests.unit.credibility.histories import OPEN, gave, report


@pytest.mark.parametrize(
    ("called", "helpful", "does"),
    [("yes", "yes", True), ("yes", "no", False), ("no", "yes", False), ("no", "no", False)],
)
def test_only_two_yeses_confirm(called: str, helpful: str, does: bool) -> None:
    assert confirms(called, helpful) is does
    assert refusals_for_answers(called, helpful) == []


def test_every_question_without_an_answer_is_named_at_once() -> None:
    assert [one.field for one in refusals_for_answers("", "perhaps")] == ["called", "helpful"]
    assert [one.field for one in refusals_for_answers("no", "")] == ["helpful"]


@pytest.mark.parametrize(
    ("facet", "worth", "can"),
    [
        (Facet.HANDLING, 1.0, True),
        (Facet.HANDLING, 0.5, False),
        (Facet.HANDLING, 0.0, False),
        (Facet.LEAD, 1.0, False),
    ],
)
def test_yes_agrees_with_a_good_report_on_handling_alone(facet: Facet, worth: float, can: bool) -> None:
    assert can_be_confirmed(facet, worth) is can


@pytest.mark.parametrize(
    ("weight", "is_independent", "after"),
    [(0.5, True, 1.0), (0.5 / 3, False, 1 / 3), (1.0, True, 1.0), (1.2, True, 1.2)],
)
def test_lifted_weight_is_that_of_a_full_voice_and_never_less(
    weight: float, is_independent: bool, after: float
) -> None:
    assert lifted(weight, STANDARD, is_independent=is_independent) == after


def test_who_has_a_record_speaks_with_it_whatever_a_customer_says() -> None:
    assert who_spoke(0.8, is_confirmed=True) == "known"
    assert who_spoke(None, is_confirmed=True) == "confirmed"
    assert who_spoke(None, is_confirmed=False) == "new"


def assessed(*events: dict[str, object]) -> float | None:
    made = Replay(constants_of(OPEN))
    for event in events:
        made.update(event)
    return made.assess("v", 100)


@pytest.mark.parametrize(
    ("result", "confirmed"),
    [("good", (1 + 2.25) / 4), ("neutral", (0.25 + 2.25) / 3.5), ("bad", 2.25 / 3.5)],
)
def test_replay_lifts_a_good_outcome_that_was_confirmed_and_no_other(result: str, confirmed: float) -> None:
    assert assessed({**report("a", "v", 100, result), "confirmed": True}) == pytest.approx(confirmed)


def test_replay_keeps_the_third_of_a_favour_returned() -> None:
    events = (gave("v", "a", 90), {**report("a", "v", 100), "confirmed": True})
    assert assessed(*events) == pytest.approx((1 / 3 + 2.25) / (1 / 3 + 3))


def test_replay_refuses_what_is_neither_true_nor_false() -> None:
    line = '{"op": "update", "event": {"type": "outcome", "t": 1, "giver": "a", "receiver": "v", "result": "good", '
    with pytest.raises(BadLine, match="confirmed is 'yes', not true or false"):
        list(answers([line + '"referral": "r", "confirmed": "yes"}}']))
