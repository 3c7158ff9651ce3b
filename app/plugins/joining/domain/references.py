"""References: what a referee may say, until when they are asked, and when one reminder is right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_

GOOD_FOR = timedelta(days=21)
"""How long the link of a referee is good."""
REMINDED_AFTER = timedelta(days=7)
OVERDUE_AFTER = timedelta(days=10)
LONGEST_WORDS = 3_000


class ReferenceState(StrEnum):
    """Where a reference stands."""

    WAITING = "waiting"
    ASKED = "asked"
    GIVEN = "given"
    EXPIRED = "expired"
    CALLED_OFF = "called-off"
    TAKEN_BACK = "taken-back"


class Answer(StrEnum):
    """What a referee says of the applicant."""

    YES = "yes"
    WITH_CARE = "with-care"
    NO = "no"
    NOT_KNOWN = "not-known"
    RATHER_NOT = "rather-not"


ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.YES: N_("I recommend them"),
    Answer.WITH_CARE: N_("I recommend them, with a remark"),
    Answer.NO: N_("I do not recommend them"),
    Answer.NOT_KNOWN: N_("I do not know them"),
    Answer.RATHER_NOT: N_("I would rather not say"),
}
REFERENCE_WORDS: Mapping[ReferenceState, str] = {
    ReferenceState.WAITING: N_("asked once the applicant has confirmed their address"),
    ReferenceState.ASKED: N_("asked"),
    ReferenceState.GIVEN: N_("answered"),
    ReferenceState.EXPIRED: N_("did not answer in time"),
    ReferenceState.CALLED_OFF: N_("no longer asked"),
    ReferenceState.TAKEN_BACK: N_("deleted by the referee"),
}


def is_reminder_due(
    state: ReferenceState, asked_at: datetime | None, reminded_at: datetime | None, now: datetime
) -> bool:
    """Return whether the one reminder is right now."""
    if state is not ReferenceState.ASKED or asked_at is None or reminded_at is not None:
        return False
    return asked_at + REMINDED_AFTER <= now < asked_at + GOOD_FOR


def is_overdue(state: ReferenceState, asked_at: datetime | None, now: datetime) -> bool:
    """Return whether somebody should look after this reference: it is late, or its time is over."""
    if state is ReferenceState.EXPIRED:
        return True
    return state is ReferenceState.ASKED and asked_at is not None and asked_at + OVERDUE_AFTER <= now


def refusals_for_answer(answer: str, words: str) -> list[Refusal]:
    """Return every reason why this answer cannot be kept."""
    refusals = []
    if answer not in set(Answer):
        refusals.append(Refusal(code="joining.answer_missing", field="answer"))
    if answer == Answer.WITH_CARE and not words:
        refusals.append(Refusal(code="joining.remark_missing", field="words"))
    if len(words) > LONGEST_WORDS:
        refusals.append(Refusal(code="joining.too_long", facts={"longest": LONGEST_WORDS}, field="words"))
    return refusals
