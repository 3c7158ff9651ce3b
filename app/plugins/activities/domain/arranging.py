"""An arranged one-to-one: asked with up to three times, agreed, moved, called off, held. Every act and when it is legal."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.sentences import N_

LAPSES_AFTER = timedelta(days=21)
"""How long an ask waits for an answer, and an agreed talk for being recorded."""

KEPT_FOR = timedelta(days=90)
"""How long what did not come about is kept, with its words and places; then it is forgotten."""


class TalkState(StrEnum):
    """How an arranged one-to-one stands."""

    ASKED = "asked"
    AGREED = "agreed"
    HELD = "held"
    DECLINED = "declined"
    CALLED_OFF = "called-off"
    LAPSED = "lapsed"


OPEN = frozenset({TalkState.ASKED, TalkState.AGREED})
"""What still goes on: of one pair only one arrangement can."""

STATE_WORDS = {
    TalkState.ASKED: N_("waits for an answer"),
    TalkState.AGREED: N_("agreed"),
    TalkState.HELD: N_("you talked"),
    TalkState.DECLINED: N_("not now"),
    TalkState.CALLED_OFF: N_("called off"),
    TalkState.LAPSED: N_("rests"),
}


class TalkAct(StrEnum):
    """What one of the two does."""

    ACCEPT = "accept"
    PROPOSE = "propose"
    DECLINE = "decline"
    CALL_OFF = "call-off"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """How an arrangement stands between `one` and `other`.

    `times` are the instants that are proposed and wait for an answer of `waits_for`; in an agreed talk they are a
    move, and `starts_at` stands until it is accepted. `sequence` grows with every change of the calendar entry.
    """

    state: TalkState
    one: MemberId
    other: MemberId
    waits_for: MemberId | None
    times: tuple[datetime, ...] = ()
    starts_at: datetime | None = None
    sequence: int = 0

    def other_than(self, member_id: MemberId) -> MemberId:
        """Return the other of the two."""
        return self.other if member_id == self.one else self.one

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state in OPEN

    def has_begun(self, now: datetime) -> bool:
        """Return whether the agreed instant has come."""
        return self.starts_at is not None and self.starts_at <= now

    def may_be_recorded(self, now: datetime, zone: str) -> bool:
        """Return whether the day of the agreed talk has come, in the group's zone."""
        if self.state is not TalkState.AGREED or self.starts_at is None:
            return False
        return local_day(self.starts_at, zone) <= local_day(now, zone)


def refusals_for_act(
    arranged: Arranged, act: TalkAct, *, by: MemberId, now: datetime, zone: str, choice: int = 0
) -> list[Refusal]:
    """Return why `by` cannot do this now; `choice` is the number of the accepted time, from 0."""
    if not arranged.is_open:
        return [Refusal(code="activities.arranged_settled")]
    if act in {TalkAct.ACCEPT, TalkAct.DECLINE} and arranged.waits_for != by:
        return [Refusal(code="activities.not_your_turn")]
    if act is TalkAct.ACCEPT and not 0 <= choice < len(arranged.times):
        return [Refusal(code="activities.time_unknown")]
    if act is TalkAct.ACCEPT and arranged.times[choice] <= now:
        return [Refusal(code="activities.time_gone")]
    if act is TalkAct.RECORD and not arranged.may_be_recorded(now, zone):
        return [Refusal(code="activities.not_talked_yet")]
    return []


def after(
    arranged: Arranged,
    act: TalkAct,
    *,
    by: MemberId,
    choice: int = 0,
    times: tuple[datetime, ...] = (),
) -> Arranged:
    """Return how it stands after a legal act; `times` are those of a proposal."""
    if act is TalkAct.PROPOSE:
        return replace(arranged, times=times, waits_for=arranged.other_than(by))
    quiet = replace(arranged, times=(), waits_for=None)
    if act is TalkAct.ACCEPT:
        starts_at, sequence = arranged.times[choice], arranged.sequence + 1
        return replace(quiet, state=TalkState.AGREED, starts_at=starts_at, sequence=sequence)
    if act is TalkAct.DECLINE:
        return quiet if arranged.state is TalkState.AGREED else replace(quiet, state=TalkState.DECLINED)
    if act is TalkAct.RECORD:
        return replace(quiet, state=TalkState.HELD)
    return ended(arranged, TalkState.CALLED_OFF)


def ended(arranged: Arranged, state: TalkState) -> Arranged:
    """Return it called off or at rest; an entry that stands in calendars gets a newer one."""
    was_agreed = arranged.state is TalkState.AGREED
    sequence = arranged.sequence + 1 if was_agreed else arranged.sequence
    return replace(arranged, state=state, times=(), waits_for=None, sequence=sequence)
