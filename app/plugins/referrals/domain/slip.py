"""The life of a slip: its states, the acts that lead from one to the next, and who may take which."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import ExchangeId, MemberId


class SlipState(StrEnum):
    """Where a slip stands. The value is what the database keeps."""

    PASSED = "passed"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in-progress"
    WON = "won"
    LOST = "lost"
    NO_RESPONSE = "no-response"
    WRONG_FIT = "wrong-fit"
    NOT_READY = "not-ready"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """On which side of a slip somebody stands; the house acts where nobody else can."""

    GIVER = "giver"
    RECEIVER = "receiver"
    HOUSE = "house"


class Act(StrEnum):
    """What is done to a slip; each step on record names its act."""

    PASS = "pass"  # noqa: S105 - what is passed is a referral
    EDIT = "edit"
    UNDO = "undo"
    ACKNOWLEDGE = "acknowledge"
    TRY = "try"
    PROGRESS = "progress"
    CLOSE = "close"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    HAND_BACK = "hand-back"


OPEN = frozenset({SlipState.PASSED, SlipState.ACKNOWLEDGED, SlipState.IN_PROGRESS})
"""The states in which the receiver's word is still to come."""

RESULTS = frozenset(
    {SlipState.WON, SlipState.LOST, SlipState.NO_RESPONSE, SlipState.WRONG_FIT, SlipState.NOT_READY}
)
"""What may come of a slip, told by the receiver."""

ENDS = RESULTS | {SlipState.DECLINED, SlipState.WITHDRAWN}
"""The states in which a slip has ended. What was taken back stays so; the rest may be taken up again for a while."""

ONLINE = "online"
PAPER = "paper"
"""How a slip came into the house, where no file brought it: written on its page, or on paper and typed in."""

TAKEN_UP_WITHIN = timedelta(days=30)
"""How long after its end a slip may be taken up again."""

UNDONE_WITHIN = timedelta(seconds=60)
"""How long after passing a slip may be undone, as if it had never been."""

AT_ONCE = timedelta(0)
TOLD_AFTER = timedelta(seconds=65)
"""When the receiver is told: an undo of the last second must have ended before the first mail can leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the table of life: `side` may take `act` from any of `sources` to any of `targets`."""

    act: Act
    side: Side
    sources: frozenset[SlipState]
    targets: frozenset[SlipState]


LIFE = (
    Step(
        act=Act.EDIT,
        side=Side.GIVER,
        sources=frozenset({SlipState.PASSED}),
        targets=frozenset({SlipState.PASSED}),
    ),
    Step(
        act=Act.UNDO,
        side=Side.GIVER,
        sources=frozenset({SlipState.PASSED}),
        targets=frozenset({SlipState.WITHDRAWN}),
    ),
    Step(
        act=Act.ACKNOWLEDGE,
        side=Side.RECEIVER,
        sources=frozenset({SlipState.PASSED}),
        targets=frozenset({SlipState.ACKNOWLEDGED}),
    ),
    Step(
        act=Act.TRY,
        side=Side.RECEIVER,
        sources=frozenset({SlipState.PASSED, SlipState.ACKNOWLEDGED}),
        targets=frozenset({SlipState.ACKNOWLEDGED}),
    ),
    Step(act=Act.PROGRESS, side=Side.RECEIVER, sources=OPEN, targets=frozenset({SlipState.IN_PROGRESS})),
    Step(act=Act.CLOSE, side=Side.RECEIVER, sources=OPEN, targets=RESULTS),
    Step(
        act=Act.DECLINE,
        side=Side.RECEIVER,
        sources=frozenset({SlipState.PASSED, SlipState.ACKNOWLEDGED}),
        targets=frozenset({SlipState.DECLINED}),
    ),
    Step(
        act=Act.WITHDRAW,
        side=Side.GIVER,
        sources=frozenset({SlipState.PASSED, SlipState.ACKNOWLEDGED}),
        targets=frozenset({SlipState.WITHDRAWN}),
    ),
    Step(
        act=Act.REOPEN,
        side=Side.RECEIVER,
        sources=RESULTS | {SlipState.DECLINED},
        targets=frozenset({SlipState.IN_PROGRESS}),
    ),
    Step(act=Act.HAND_BACK, side=Side.HOUSE, sources=OPEN, targets=frozenset({SlipState.WITHDRAWN})),
)
"""Every transition there is. A slip begins as passed; what is not named here is refused."""

TOLD_BY_GIVER = frozenset({Act.PROGRESS, Act.CLOSE, Act.REOPEN})
"""What the giver tells in place of a receiver who is in no group, and so has no page to tell it on."""

_STEPS = {step.act: step for step in LIFE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip as its rules see it. A side that is not a member of this group is None.

    Where that side is a member of another group, `exchange` names what passed between the two.
    `acknowledged_at` is the receiver's first word, whichever it was; `news_at` the latest word of either side.
    `told_from` is when the receiver learns of it; None where they were told at once.
    """

    giver: MemberId | None
    receiver: MemberId | None
    state: SlipState
    passed_at: datetime
    acknowledged_at: datetime | None = None
    closed_at: datetime | None = None
    news_at: datetime
    exchange: ExchangeId | None = None
    told_from: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether the receiver's last word is still to come."""
        return self.state in OPEN

    @property
    def is_told_by_giver(self) -> bool:
        """Whether the giver tells what came of it: the receiver is in no group."""
        return self.receiver is None and self.exchange is None

    def is_untold(self, now: datetime) -> bool:
        """Return whether the receiver does not know of it yet at `now`."""
        return self.told_from is not None and now < self.told_from

    def side_of(self, member: MemberId) -> Side | None:
        """Return on which side of the slip the member stands, or None."""
        if member == self.giver:
            return Side.GIVER
        return Side.RECEIVER if member == self.receiver else None


def passed(
    *,
    giver: MemberId | None,
    receiver: MemberId | None,
    now: datetime,
    exchange: ExchangeId | None = None,
    told_after: timedelta = AT_ONCE,
) -> Slip:
    """Return a slip as it is when its giver passes it; the receiver learns of it after `told_after`.

    A side that is not of this group is None.
    """
    return Slip(
        giver=giver,
        receiver=receiver,
        state=SlipState.PASSED,
        passed_at=now,
        news_at=now,
        exchange=exchange,
        told_from=now + told_after if told_after else None,
    )


def acts_of(slip: Slip, side: Side, now: datetime) -> tuple[Act, ...]:
    """Return what `side` may do with the slip as it stands at `now`, in the order of the table."""
    return tuple(
        step.act
        for step in LIFE
        if _may_take(step, slip, side)
        and slip.state in step.sources
        and not _is_too_late(slip, step.act, now)
    )


def step_taken(
    slip: Slip, *, act: Act, target: SlipState | None, side: Side, now: datetime
) -> Slip | Refusal:
    """Return the slip after `side` took `act`, or why it cannot be; `target` is None where no result was chosen."""
    step = _STEPS[act]
    if not _may_take(step, slip, side):
        return Refusal(code=f"referrals.only_{step.side.value}")
    if slip.state not in step.sources:
        return Refusal(code="referrals.step_impossible", facts={"state": slip.state.value, "act": act.value})
    if _is_too_late(slip, act, now):
        return _too_late(act)
    if target is None or target not in step.targets:
        return Refusal(code="referrals.result_missing", field="result")
    return replace(
        slip,
        state=target,
        acknowledged_at=_acknowledged_at(slip, side, now),
        closed_at=now if target in ENDS else None,
        news_at=now,
        version=slip.version + 1,
    )


def _may_take(step: Step, slip: Slip, side: Side) -> bool:
    """Return whether the step is that side's: of a receiver in no group, the giver tells what came of it."""
    is_told_for_receiver = side is Side.GIVER and slip.is_told_by_giver and step.act in TOLD_BY_GIVER
    return step.side is side or is_told_for_receiver


def _is_too_late(slip: Slip, act: Act, now: datetime) -> bool:
    """Return whether the act had its time: undoing has a minute, taking an ended slip up again has a month."""
    if act is Act.UNDO:
        return slip.told_from is None or now > slip.passed_at + UNDONE_WITHIN
    return act is Act.REOPEN and slip.closed_at is not None and now > slip.closed_at + TAKEN_UP_WITHIN


def _too_late(act: Act) -> Refusal:
    if act is Act.UNDO:
        return Refusal(code="referrals.undo_too_late")
    return Refusal(code="referrals.reopen_too_late", facts={"days": TAKEN_UP_WITHIN.days})


def _acknowledged_at(slip: Slip, side: Side, now: datetime) -> datetime | None:
    if slip.acknowledged_at is None and side is Side.RECEIVER:
        return now
    return slip.acknowledged_at
