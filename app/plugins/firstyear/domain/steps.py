"""The steps of an induction: a line each, in the group's own words."""

from collections.abc import Sequence

from app.core.errors import Refusal
from app.core.sentences import N_

USUAL: Sequence[str] = (
    N_("Signing in at the door, and where the pages of the group are"),
    N_("How a meeting goes, minute by minute, and who does what"),
    N_("What a referral is here, and how a slip is passed"),
    N_("What the group expects: attendance, substitutes, fees"),
    N_("Preparing the first minute in which a newcomer tells what they do"),
    N_("At the first meeting, being introduced to everybody in the room"),
)
"""Worded for two readers: the office ticks them, and the newcomer reads them as what is to come."""
MOST, LONGEST = 20, 200


def lines_of(text: str) -> list[str]:
    """Return the steps that were typed, a line each, without empty ones."""
    return [line for line in (" ".join(one.split()) for one in text.splitlines()) if line]


def refusals_for_steps(text: str) -> list[Refusal]:
    """Return every reason why these steps cannot be kept."""
    lines = lines_of(text)
    refusals = []
    if not lines:
        refusals.append(Refusal(code="firstyear.steps_missing", field="steps"))
    if len(lines) > MOST:
        refusals.append(Refusal(code="firstyear.too_many_steps", facts={"most": MOST}, field="steps"))
    if any(len(line) > LONGEST for line in lines):
        refusals.append(Refusal(code="firstyear.step_too_long", facts={"longest": LONGEST}, field="steps"))
    return refusals
