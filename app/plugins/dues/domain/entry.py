"""What an amount owed is: for what, until when, and whether it is open, overdue, paid or no longer owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_

LONGEST_NOTE = 2_000
FARTHEST = timedelta(days=5 * 366)
"""How far from today the due day of a typed line may lie."""


class DueKind(StrEnum):
    """What an amount is for."""

    MEMBERSHIP = "membership"
    MEETING = "meeting"
    OTHER = "other"


KIND_WORDS: Mapping[DueKind, str] = {
    DueKind.MEMBERSHIP: N_("Membership"),
    DueKind.MEETING: N_("Meeting fee"),
    DueKind.OTHER: N_("Something else"),
}


class DueState(StrEnum):
    """How it stands, as it is kept."""

    OWED = "owed"
    PAID = "paid"
    DROPPED = "dropped"


STATE_WORDS: Mapping[DueState, str] = {
    DueState.OWED: N_("To be paid"),
    DueState.PAID: N_("Paid"),
    DueState.DROPPED: N_("No longer owed"),
}


class Standing(StrEnum):
    """How it stands on a given day, as people read it."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    DROPPED = "dropped"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.OPEN: N_("open"),
    Standing.OVERDUE: N_("overdue"),
    Standing.PAID: N_("paid"),
    Standing.DROPPED: N_("no longer owed"),
}


def standing_on(state: DueState, due_on: date, today: date) -> Standing:
    """Return how an amount stands on `today`; on its due day it is still open."""
    if state is DueState.OWED:
        return Standing.OVERDUE if due_on < today else Standing.OPEN
    return Standing.PAID if state is DueState.PAID else Standing.DROPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an office writes down; the amount in minor units of the group's currency, None where it was unreadable."""

    kind: str
    amount_minor: int | None
    due_on: date | None
    state: str = DueState.OWED
    paid_on: date | None = None
    note: str = ""


def refusals_for(said: Said, today: date) -> list[Refusal]:
    """Return every reason why this cannot be noted; what is wrong with the amount its reader says."""
    refusals = []
    if said.kind not in set(DueKind):
        refusals.append(Refusal(code="dues.kind_missing", field="kind"))
    if said.state not in set(DueState):
        refusals.append(Refusal(code="dues.state_missing", field="state"))
    if said.due_on is None:
        refusals.append(Refusal(code="dues.day_missing", field="due_on"))
    elif not today - FARTHEST <= said.due_on <= today + FARTHEST:
        refusals.append(Refusal(code="dues.day_far", facts={"day": said.due_on}, field="due_on"))
    if said.paid_on is not None and said.paid_on > today:
        refusals.append(Refusal(code="dues.paid_in_future", field="paid_on"))
    if said.paid_on is not None and said.state != DueState.PAID:
        refusals.append(Refusal(code="dues.paid_day_without_payment", field="paid_on"))
    if len(said.note) > LONGEST_NOTE:
        refusals.append(Refusal(code="dues.note_too_long", facts={"longest": LONGEST_NOTE}, field="note"))
    return refusals
