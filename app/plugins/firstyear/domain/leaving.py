"""The one question to whoever leaves: when it is asked, of whom not, and how long the answer is kept."""

from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal

OFFICE_HAS = timedelta(days=3)
"""So long after the last day, or after it became known, the office can still say that nothing is to be asked."""

LONG_OVER = timedelta(days=31)
"""Whoever left longer ago than that when it became known is not asked any more."""

KEPT_FOR = timedelta(days=90)
"""So long after the question what was answered is kept."""

LONGEST_ANSWER = 2_000


class ExitState(StrEnum):
    """How it stands with the question to a leaver; `off` where they stayed after all or are back."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    NOT_ASKED = "not-asked"
    OFF = "off"


def ask_on(ended_on: date, today: date) -> date | None:
    """Return the day on which a leaver is asked, or None where it is too long ago."""
    if today - ended_on > LONG_OVER:
        return None
    return max(ended_on, today) + OFFICE_HAS


def refusals_for_answer(words: str) -> list[Refusal]:
    """Return why an answer cannot be kept. An empty one is an answer too."""
    if len(words) > LONGEST_ANSWER:
        return [Refusal(code="firstyear.too_long", facts={"longest": LONGEST_ANSWER}, field="words")]
    return []
