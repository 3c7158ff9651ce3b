"""What do the slips of a period come to? Counts, the way from passed to won, and when too few say nothing of all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from app.core.ids import MemberId
from app.core.local_time import Period
from app.plugins.referrals.domain.slip import OPEN, RESULTS, SlipState

FEWEST_SLIPS = 5
"""A funnel of fewer slips would tell an office how a single one stands."""
FEWEST_RECEIVERS = 3
"""A funnel of fewer receivers would tell how one of them handles slips."""
FEWEST_TIMES = 5
"""Fewer waits than these have no middle worth naming, and each could be told."""
FEWEST_RESULTS = 20
"""The group's own answer rests on at least as many results; on fewer a single slip moves it by more than a twentieth."""
FEWEST_WHO_TOLD = 5
"""The group's own answer rests on the word of at least as many receivers, so that it is no single member's."""
ANSWER_MONTHS = 12
"""The group's own answer is about the slips of so many full months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A slip and its instants: who received it, where it stands, when it was passed, answered and ended."""

    receiver: MemberId | None
    state: SlipState
    passed_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None

    @property
    def is_told(self) -> bool:
        """Whether the receiver told what came of it."""
        return self.state in RESULTS and self.closed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long it took: half of `number` slips within `half`, nine of ten within `most`."""

    number: int
    half: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How far the slips of a period came. Each number is of the one before: passed, answered, told, won.

    `untold` are still open, `declined` were not for their receiver; `results` counts each result in its usual order.
    A wait is None where fewer than FEWEST_TIMES slips took it.
    """

    passed: int
    answered: int
    told: int
    won: int
    declined: int
    untold: int
    results: Sequence[tuple[SlipState, int]]
    to_answer: Wait | None
    to_result: Wait | None
    to_win: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswer:
    """What the group may say of itself: of `passed` slips `told` have a result, `won` became business.

    `receivers` told a result, `winners` of them got business; `to_win` is the wait until it was won.
    """

    passed: int
    told: int
    won: int
    receivers: int
    winners: int
    to_win: Wait | None


_RESULTS_IN_ORDER = (
    SlipState.WON,
    SlipState.LOST,
    SlipState.NO_RESPONSE,
    SlipState.WRONG_FIT,
    SlipState.NOT_READY,
)


def funnel_of(slips: Iterable[Journey]) -> Funnel:
    """Return how far the slips came, whatever their number."""
    passed = list(slips)
    told = [slip for slip in passed if slip.is_told]
    won = [slip for slip in told if slip.state is SlipState.WON]
    return Funnel(
        passed=len(passed),
        answered=sum(slip.answered_at is not None for slip in passed),
        told=len(told),
        won=len(won),
        declined=sum(slip.state is SlipState.DECLINED for slip in passed),
        untold=sum(slip.state in OPEN for slip in passed),
        results=[(state, sum(slip.state is state for slip in told)) for state in _RESULTS_IN_ORDER],
        to_answer=_wait(passed, lambda slip: slip.answered_at),
        to_result=_wait(told, lambda slip: slip.closed_at),
        to_win=_wait(won, lambda slip: slip.closed_at),
    )


def group_funnel(slips: Sequence[Journey]) -> Funnel | None:
    """Return the funnel of the group, or None where it would tell how a single slip or receiver does."""
    receivers = {slip.receiver for slip in slips}
    if len(slips) < FEWEST_SLIPS or len(receivers) < FEWEST_RECEIVERS:
        return None
    return funnel_of(slips)


def answer_of(slips: Iterable[Journey], before: datetime) -> GroupAnswer | None:
    """Return the group's own answer as it stood at the instant `before`, or None below the smallest sample.

    A result told later does not count yet: so the answer changes once a month, and no single slip shows in it.
    """
    passed = list(slips)
    told = [slip for slip in passed if slip.is_told and _instant(slip.closed_at) < before]
    receivers = {slip.receiver for slip in told}
    if len(told) < FEWEST_RESULTS or len(receivers) < FEWEST_WHO_TOLD:
        return None
    won = [slip for slip in told if slip.state is SlipState.WON]
    return GroupAnswer(
        passed=len(passed),
        told=len(told),
        won=len(won),
        receivers=len(receivers),
        winners=len({slip.receiver for slip in won}),
        to_win=_wait(won, lambda slip: slip.closed_at),
    )


def full_months(today: date) -> Period:
    """Return the last twelve months that are over on `today`."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(first=date(last.year - 1 + last.month // 12, last.month % 12 + 1, 1), last=last)


def _wait(slips: Iterable[Journey], until: Callable[[Journey], datetime | None]) -> Wait | None:
    took = sorted(end - slip.passed_at for slip in slips if (end := until(slip)) is not None)
    if len(took) < FEWEST_TIMES:
        return None
    return Wait(number=len(took), half=_within(took, 0.5), most=_within(took, 0.9))


def _within(took: Sequence[timedelta], share: float) -> timedelta:
    """Return within which of these, sorted, that share of them lies."""
    return took[ceil(share * len(took)) - 1]


def _instant(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("A slip whose result was told has the instant at which it ended.")
    return at
