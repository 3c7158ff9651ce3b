"""An arranged one-to-one: which act is legal when and by whom, what it leads to, and that no order of acts breaks it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.ids import MemberId
from app.plugins.activities.domain.arranging import (
    OPEN,
    Arranged,
    TalkAct,
    TalkState,
    after,
    ended,
    refusals_for_act,
)

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
ANA, BEN = MemberId(1), MemberId(2)
LATER = (NOW + timedelta(days=2), NOW + timedelta(days=3))
ZONE = "Europe/Lisbon"

ASKED = Arranged(state=TalkState.ASKED, one=ANA, other=BEN, waits_for=BEN, times=LATER)
AGREED = replace(
    ASKED, state=TalkState.AGREED, waits_for=None, times=(), starts_at=NOW + timedelta(days=1), sequence=1
)
MOVING = replace(AGREED, waits_for=BEN, times=LATER)
TALKED = replace(AGREED, starts_at=NOW - timedelta(hours=1))
SETTLED = replace(AGREED, state=TalkState.CALLED_OFF)


def codes(
    arranged: Arranged, act: TalkAct, by: MemberId, *, now: datetime = NOW, choice: int = 0
) -> list[str]:
    refusals = refusals_for_act(arranged, act, by=by, now=now, zone=ZONE, choice=choice)
    return [refusal.code.removeprefix("activities.") for refusal in refusals]


@pytest.mark.parametrize(
    ("arranged", "act", "by", "expected"),
    [
        (ASKED, TalkAct.ACCEPT, BEN, []),
        (ASKED, TalkAct.ACCEPT, ANA, ["not_your_turn"]),
        (ASKED, TalkAct.DECLINE, BEN, []),
        (ASKED, TalkAct.DECLINE, ANA, ["not_your_turn"]),
        (ASKED, TalkAct.PROPOSE, ANA, []),
        (ASKED, TalkAct.PROPOSE, BEN, []),
        (ASKED, TalkAct.CALL_OFF, ANA, []),
        (ASKED, TalkAct.CALL_OFF, BEN, []),
        (ASKED, TalkAct.RECORD, ANA, ["not_talked_yet"]),
        (AGREED, TalkAct.ACCEPT, BEN, ["not_your_turn"]),
        (AGREED, TalkAct.PROPOSE, BEN, []),
        (AGREED, TalkAct.CALL_OFF, BEN, []),
        (AGREED, TalkAct.RECORD, BEN, ["not_talked_yet"]),
        (MOVING, TalkAct.ACCEPT, BEN, []),
        (MOVING, TalkAct.DECLINE, BEN, []),
        (MOVING, TalkAct.DECLINE, ANA, ["not_your_turn"]),
        (TALKED, TalkAct.RECORD, ANA, []),
        (TALKED, TalkAct.RECORD, BEN, []),
        *((SETTLED, act, BEN, ["arranged_settled"]) for act in TalkAct),
    ],
)
def test_who_may_do_what_when(arranged: Arranged, act: TalkAct, by: MemberId, expected: list[str]) -> None:
    assert codes(arranged, act, by) == expected


@pytest.mark.parametrize(
    ("choice", "now", "expected"),
    [
        (0, NOW, []),
        (1, NOW, []),
        (2, NOW, ["time_unknown"]),
        (-1, NOW, ["time_unknown"]),
        (0, LATER[0], ["time_gone"]),
        (1, LATER[0], []),
    ],
)
def test_a_time_that_stands_and_is_to_come_can_be_taken(
    choice: int, now: datetime, expected: list[str]
) -> None:
    assert codes(ASKED, TalkAct.ACCEPT, BEN, now=now, choice=choice) == expected


def test_the_day_counts_in_the_groups_zone() -> None:
    midnight = replace(AGREED, starts_at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert codes(midnight, TalkAct.RECORD, ANA, now=datetime(2026, 11, 24, 23, 59, tzinfo=UTC))
    assert codes(midnight, TalkAct.RECORD, ANA, now=datetime(2026, 11, 25, 0, 1, tzinfo=UTC)) == []


def test_agreed_again_its_entry_is_newer() -> None:
    moved = after(MOVING, TalkAct.ACCEPT, by=BEN, choice=1)
    assert (moved.starts_at, moved.sequence, moved.times, moved.waits_for) == (LATER[1], 2, (), None)


def test_a_move_leaves_what_is_agreed_until_it_is_taken() -> None:
    moving = after(AGREED, TalkAct.PROPOSE, by=ANA, times=LATER)
    assert (moving.state, moving.starts_at, moving.waits_for) == (TalkState.AGREED, AGREED.starts_at, BEN)
    kept = after(moving, TalkAct.DECLINE, by=BEN)
    assert kept == AGREED


def test_called_off_an_entry_that_stood_in_calendars_gets_a_newer_one() -> None:
    assert ended(AGREED, TalkState.CALLED_OFF).sequence == 2
    assert ended(ASKED, TalkState.LAPSED).sequence == 0


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TalkAct),
            st.sampled_from([ANA, BEN]),
            st.integers(0, 2),
            st.integers(0, 60),
            st.integers(1, 3),
        ),
        max_size=20,
    )
)
def test_any_order_of_acts_keeps_it_legal(
    acts: list[tuple[TalkAct, MemberId, int, int, int]],
) -> None:
    arranged, now = ASKED, NOW
    for act, by, choice, hours, count in acts:
        now += timedelta(hours=hours)
        if refusals_for_act(arranged, act, by=by, now=now, zone=ZONE, choice=choice):
            continue
        times = tuple(now + timedelta(days=1 + number) for number in range(count))
        before, arranged = arranged, after(arranged, act, by=by, choice=choice, times=times)
        assert before.state in OPEN, "what is settled stays settled"
        assert arranged.sequence >= before.sequence
        assert (arranged.waits_for is None) == (arranged.times == ())
        assert (arranged.state is TalkState.ASKED) <= (arranged.waits_for is not None)
        assert (arranged.state is TalkState.AGREED) <= (arranged.starts_at is not None)
        assert arranged.is_open or arranged.waits_for is None
        if arranged.starts_at != before.starts_at:
            assert arranged.sequence > before.sequence, "calendars hear of every other time"
            assert arranged.starts_at is not None
            assert arranged.starts_at > now, "nobody agrees on the past"
