"""A greeting: who receives a guest at the door, how it changes hands, and what is done for the guest, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.sentences import N_

HAND_OVER_AFTER = timedelta(minutes=5)
"""So long a guest who is here waits for the greeter before the hosts are told."""

NEEDS_SHOWN_FOR = timedelta(days=1)
"""What a guest needs is shown up to the day after the meeting."""


class GreetingState(StrEnum):
    """Whether a guest has somebody who receives them."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"


class Freed(StrEnum):
    """Why somebody no longer greets a guest."""

    DECLINED = "declined"
    WITHDREW = "withdrew"
    CALLED_OFF = "called-off"
    MOVED = "moved"
    LEFT = "left"
    REPLACED = "replaced"


class Step(StrEnum):
    """What a greeter does for the guest, in the order of the morning."""

    COFFEE = "coffee"
    FIRST_INTRODUCTION = "first-introduction"
    SECOND_INTRODUCTION = "second-introduction"
    SEAT = "seat"
    NEXT = "next"
    GOODBYE = "goodbye"


STEP_WORDS: Mapping[Step, str] = {
    Step.COFFEE: N_("Something to drink, and a coat put away"),
    Step.FIRST_INTRODUCTION: N_("Introduced to somebody"),
    Step.SECOND_INTRODUCTION: N_("Introduced to somebody else"),
    Step.SEAT: N_("A seat beside somebody friendly"),
    Step.NEXT: N_("Told what happens next, and that nobody has to speak"),
    Step.GOODBYE: N_("Goodbye said, and what comes after"),
}

INTRODUCTIONS = frozenset({Step.FIRST_INTRODUCTION, Step.SECOND_INTRODUCTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """Where a greeting stands: who is asked or has accepted, when the guest came, when the two met."""

    state: GreetingState
    greeter: MemberId | None
    arrived_at_utc: datetime | None = None
    met_at_utc: datetime | None = None
    host_told_at_utc: datetime | None = None

    @property
    def is_nobodys(self) -> bool:
        """Whether nobody has promised to be there."""
        return self.state is not GreetingState.ACCEPTED


def waits_too_long(greeting: Greeting, now: datetime, *, greeter_is_in: bool | None = None) -> bool:
    """Return whether the hosts should step in: the guest is here and nobody is with them.

    At once where nobody has accepted, or the greeter is known not to be in (`greeter_is_in` False; None: not known);
    else once the greeter has not said within `HAND_OVER_AFTER` that they are with the guest.
    """
    if greeting.arrived_at_utc is None or greeting.met_at_utc is not None:
        return False
    if greeting.is_nobodys or greeter_is_in is False:
        return greeting.arrived_at_utc <= now
    return greeting.arrived_at_utc + HAND_OVER_AFTER <= now


def refusals_to_ask(
    greeting: Greeting | None,
    chosen: MemberId | None,
    *,
    may_greet: frozenset[MemberId],
    said_no: frozenset[MemberId],
) -> list[Refusal]:
    """Return every reason why `chosen` cannot be asked to greet this guest."""
    refusals = []
    if chosen is None or chosen not in may_greet:
        refusals.append(Refusal(code="welcome.no_such_greeter", field="greeter"))
    elif chosen in said_no:
        refusals.append(Refusal(code="welcome.greeter_said_no", field="greeter"))
    if greeting is not None and greeting.state is GreetingState.ACCEPTED:
        refusals.append(Refusal(code="welcome.greeted_already"))
    return refusals


def refusals_to_answer(greeting: Greeting, member: MemberId) -> list[Refusal]:
    """Return every reason why the member cannot say yes or no to this greeting any more."""
    if greeting.greeter != member:
        return [Refusal(code="welcome.not_asked_any_more")]
    return []


def refusals_to_offer(greeting: Greeting | None) -> list[Refusal]:
    """Return every reason why a member cannot offer to greet this guest."""
    if greeting is not None and greeting.state is not GreetingState.OPEN:
        return [Refusal(code="welcome.greeted_already")]
    return []


def shows_needs(meeting_day: date, today: date) -> bool:
    """Return whether what the guest needs to take part still matters."""
    return today <= meeting_day + NEEDS_SHOWN_FOR
