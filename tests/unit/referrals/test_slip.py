"""The life of a slip: which step leads where, who may take it, and that nothing else is possible."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.core.errors import Refusal
from app.core.ids import ExchangeId, MemberId
from app.plugins.referrals.domain.slip import (
    ENDS,
    LIFE,
    OPEN,
    RESULTS,
    TAKEN_UP_WITHIN,
    TOLD_AFTER,
    UNDONE_WITHIN,
    Act,
    Side,
    Slip,
    SlipState,
    acts_of,
    passed,
    step_taken,
)

TOLD_BY_GIVER = {Act.PROGRESS, Act.CLOSE, Act.REOPEN}
"""What a giver tells in place of a receiver who is in no group."""

GIVER, RECEIVER, OTHER = MemberId(1), MemberId(2), MemberId(3)
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)

PASSED, ACKNOWLEDGED, IN_PROGRESS = SlipState.PASSED, SlipState.ACKNOWLEDGED, SlipState.IN_PROGRESS
WON, LOST, NO_RESPONSE = SlipState.WON, SlipState.LOST, SlipState.NO_RESPONSE
WRONG_FIT, NOT_READY = SlipState.WRONG_FIT, SlipState.NOT_READY
DECLINED, WITHDRAWN = SlipState.DECLINED, SlipState.WITHDRAWN

POSSIBLE = {
    (Side.RECEIVER, Act.ACKNOWLEDGE, ACKNOWLEDGED): {PASSED},
    (Side.RECEIVER, Act.TRY, ACKNOWLEDGED): {PASSED, ACKNOWLEDGED},
    (Side.RECEIVER, Act.PROGRESS, IN_PROGRESS): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.CLOSE, WON): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.CLOSE, LOST): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.CLOSE, NO_RESPONSE): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.CLOSE, WRONG_FIT): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.CLOSE, NOT_READY): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
    (Side.RECEIVER, Act.DECLINE, DECLINED): {PASSED, ACKNOWLEDGED},
    (Side.GIVER, Act.EDIT, PASSED): {PASSED},
    (Side.GIVER, Act.WITHDRAW, WITHDRAWN): {PASSED, ACKNOWLEDGED},
    (Side.RECEIVER, Act.REOPEN, IN_PROGRESS): {WON, LOST, NO_RESPONSE, WRONG_FIT, NOT_READY, DECLINED},
    (Side.HOUSE, Act.HAND_BACK, WITHDRAWN): {PASSED, ACKNOWLEDGED, IN_PROGRESS},
}
"""Written down from the product, not from the code: who may lead a slip where, and from which states."""


def slip_in(state: SlipState) -> Slip:
    closed_at = NOW if state in ENDS else None
    return Slip(
        giver=GIVER,
        receiver=RECEIVER,
        state=state,
        passed_at=NOW,
        news_at=NOW,
        closed_at=closed_at,
        version=4,
    )


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", [act for act in Act if act is not Act.PASS])
def test_a_step_is_possible_exactly_where_the_table_says(side: Side, act: Act) -> None:
    for source, target in product(SlipState, SlipState):
        after = step_taken(slip_in(source), act=act, target=target, side=side, now=LATER)
        expected = source in POSSIBLE.get((side, act, target), set())
        assert isinstance(after, Slip) is expected, (side, act, source, target)


def test_a_new_slip_waits_for_its_receiver() -> None:
    slip = passed(giver=GIVER, receiver=RECEIVER, now=NOW)
    assert (slip.state, slip.version, slip.is_open, slip.acknowledged_at) == (PASSED, 1, True, None)


def test_open_results_and_ends_divide_the_states() -> None:
    assert set(SlipState) == OPEN | ENDS
    assert not OPEN & ENDS
    assert {DECLINED, WITHDRAWN} == ENDS - RESULTS


def test_only_taking_it_up_again_leads_out_of_an_end_and_nothing_out_of_what_was_taken_back() -> None:
    assert {step.act for step in LIFE for source in step.sources if source in ENDS} == {Act.REOPEN}
    assert not any(WITHDRAWN in step.sources for step in LIFE)


@pytest.mark.parametrize(
    ("since_the_end", "is_possible"),
    [(timedelta(0), True), (TAKEN_UP_WITHIN, True), (TAKEN_UP_WITHIN + timedelta(microseconds=1), False)],
)
def test_a_slip_is_taken_up_again_within_thirty_days_of_its_end(
    since_the_end: timedelta, is_possible: bool
) -> None:
    now, lost = NOW + since_the_end, slip_in(LOST)
    after = step_taken(lost, act=Act.REOPEN, target=IN_PROGRESS, side=Side.RECEIVER, now=now)
    assert (Act.REOPEN in acts_of(lost, Side.RECEIVER, now)) is is_possible
    if is_possible:
        assert isinstance(after, Slip)
        assert (after.state, after.closed_at, after.news_at, after.version) == (IN_PROGRESS, None, now, 5)
    else:
        assert isinstance(after, Refusal)
        assert (after.code, after.facts) == ("referrals.reopen_too_late", {"days": 30})


@pytest.mark.parametrize(
    ("since_passing", "is_possible"),
    [(timedelta(0), True), (UNDONE_WITHIN, True), (UNDONE_WITHIN + timedelta(microseconds=1), False)],
)
def test_a_slip_is_undone_within_a_minute_of_passing(since_passing: timedelta, is_possible: bool) -> None:
    slip = passed(giver=GIVER, receiver=RECEIVER, now=NOW, told_after=TOLD_AFTER)
    now = NOW + since_passing
    after = step_taken(slip, act=Act.UNDO, target=WITHDRAWN, side=Side.GIVER, now=now)
    assert (Act.UNDO in acts_of(slip, Side.GIVER, now)) is is_possible
    if is_possible:
        assert isinstance(after, Slip)
        assert (after.state, after.closed_at, after.version) == (WITHDRAWN, now, 2)
    else:
        assert isinstance(after, Refusal)
        assert after.code == "referrals.undo_too_late"


def test_a_slip_whose_receiver_was_told_at_once_is_never_undone() -> None:
    told = passed(giver=GIVER, receiver=RECEIVER, now=NOW)
    assert Act.UNDO not in acts_of(told, Side.GIVER, NOW)
    assert not told.is_untold(NOW)


def test_the_receiver_is_told_only_after_the_last_undo() -> None:
    slip = passed(giver=GIVER, receiver=RECEIVER, now=NOW, told_after=TOLD_AFTER)
    assert slip.is_untold(NOW + UNDONE_WITHIN)
    assert not slip.is_untold(NOW + TOLD_AFTER)


def test_having_tried_is_a_word_that_the_slip_arrived_and_no_contact_yet() -> None:
    tried = step_taken(slip_in(PASSED), act=Act.TRY, target=ACKNOWLEDGED, side=Side.RECEIVER, now=LATER)
    assert isinstance(tried, Slip)
    assert (tried.state, tried.acknowledged_at, tried.news_at) == (ACKNOWLEDGED, LATER, LATER)


def test_the_receivers_first_word_acknowledges_whichever_it_is() -> None:
    progressed = step_taken(
        slip_in(PASSED), act=Act.PROGRESS, target=IN_PROGRESS, side=Side.RECEIVER, now=LATER
    )
    assert isinstance(progressed, Slip)
    assert progressed.acknowledged_at == LATER


def test_a_withdrawal_acknowledges_nothing() -> None:
    taken_back = step_taken(slip_in(PASSED), act=Act.WITHDRAW, target=WITHDRAWN, side=Side.GIVER, now=LATER)
    assert isinstance(taken_back, Slip)
    assert (taken_back.acknowledged_at, taken_back.closed_at) == (None, LATER)


def test_each_step_is_a_new_version_with_news() -> None:
    after = step_taken(
        slip_in(ACKNOWLEDGED), act=Act.PROGRESS, target=IN_PROGRESS, side=Side.RECEIVER, now=LATER
    )
    assert isinstance(after, Slip)
    assert (after.version, after.news_at, after.closed_at) == (5, LATER, None)


@pytest.mark.parametrize(
    ("side", "act", "target", "source", "code"),
    [
        (Side.GIVER, Act.ACKNOWLEDGE, ACKNOWLEDGED, PASSED, "referrals.only_receiver"),
        (Side.RECEIVER, Act.WITHDRAW, WITHDRAWN, PASSED, "referrals.only_giver"),
        (Side.GIVER, Act.HAND_BACK, WITHDRAWN, PASSED, "referrals.only_house"),
        (Side.RECEIVER, Act.CLOSE, LOST, WON, "referrals.step_impossible"),
        (Side.GIVER, Act.WITHDRAW, WITHDRAWN, IN_PROGRESS, "referrals.step_impossible"),
        (Side.RECEIVER, Act.CLOSE, None, IN_PROGRESS, "referrals.result_missing"),
        (Side.RECEIVER, Act.CLOSE, DECLINED, IN_PROGRESS, "referrals.result_missing"),
    ],
)
def test_an_impossible_step_says_why(
    side: Side, act: Act, target: SlipState | None, source: SlipState, code: str
) -> None:
    refusal = step_taken(slip_in(source), act=act, target=target, side=side, now=LATER)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize(
    ("state", "side", "acts"),
    [
        (PASSED, Side.RECEIVER, (Act.ACKNOWLEDGE, Act.TRY, Act.PROGRESS, Act.CLOSE, Act.DECLINE)),
        (ACKNOWLEDGED, Side.RECEIVER, (Act.TRY, Act.PROGRESS, Act.CLOSE, Act.DECLINE)),
        (IN_PROGRESS, Side.RECEIVER, (Act.PROGRESS, Act.CLOSE)),
        (PASSED, Side.GIVER, (Act.EDIT, Act.WITHDRAW)),
        (IN_PROGRESS, Side.GIVER, ()),
        (WON, Side.RECEIVER, (Act.REOPEN,)),
        (WON, Side.GIVER, ()),
        (WITHDRAWN, Side.RECEIVER, ()),
    ],
)
def test_a_side_is_offered_what_it_may_do(state: SlipState, side: Side, acts: tuple[Act, ...]) -> None:
    assert acts_of(slip_in(state), side, LATER) == acts


def test_a_slip_knows_its_two_sides_and_nobody_else() -> None:
    slip = slip_in(PASSED)
    assert [slip.side_of(one) for one in (GIVER, RECEIVER, OTHER)] == [Side.GIVER, Side.RECEIVER, None]


@pytest.mark.parametrize(("act", "target"), [(act, target) for _side, act, target in POSSIBLE])
@pytest.mark.parametrize("state", list(SlipState))
def test_of_a_receiver_in_no_group_the_giver_tells_what_came_of_it_and_nothing_else(
    act: Act, target: SlipState, state: SlipState
) -> None:
    slip = replace(slip_in(state), receiver=None)
    side = next(of for of, one, to in POSSIBLE if (one, to) == (act, target))
    may_take = side is Side.GIVER or act in TOLD_BY_GIVER
    after = step_taken(slip, act=act, target=target, side=Side.GIVER, now=LATER)
    assert isinstance(after, Slip) is (may_take and state in POSSIBLE[side, act, target])
    assert (act in acts_of(slip, Side.GIVER, LATER)) is (may_take and state in POSSIBLE[side, act, target])


def test_what_the_giver_tells_for_a_receiver_is_no_acknowledgement() -> None:
    slip = replace(slip_in(PASSED), receiver=None)
    after = step_taken(slip, act=Act.CLOSE, target=WON, side=Side.GIVER, now=LATER)
    assert isinstance(after, Slip)
    assert (after.state, after.acknowledged_at, after.closed_at) == (WON, None, LATER)


def test_of_a_receiver_in_another_group_the_giver_tells_nothing() -> None:
    slip = replace(slip_in(PASSED), receiver=None, exchange=ExchangeId(7))
    assert set(acts_of(slip, Side.GIVER, LATER)) == {Act.EDIT, Act.WITHDRAW}
    refused = step_taken(slip, act=Act.CLOSE, target=WON, side=Side.GIVER, now=LATER)
    assert refused == Refusal(code="referrals.only_receiver")
