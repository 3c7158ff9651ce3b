"""May this answer be kept? Every reason against it at once."""

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import Refusal

LONGEST_REMARK = 120
"""Characters."""

ANSWERS = {"yes": True, "no": False}
"""What the form sends, and whether it means coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a member said: `choice` is a key of ANSWERS or anything else a browser may send."""

    choice: str
    remark: str = ""

    @property
    def is_coming(self) -> bool:
        """Whether the member comes."""
        return ANSWERS[self.choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The meeting after which lunch would be."""

    takes_place: bool
    ends_at: datetime


def refusals_for(answer: Answer, occasion: Occasion, now: datetime) -> list[Refusal]:
    """Return why the answer cannot be kept, or nothing. After the meeting's end the table is booked."""
    refusals = []
    if answer.choice not in ANSWERS:
        refusals.append(Refusal(code="lunches.answer_missing", field="choice"))
    if len(answer.remark) > LONGEST_REMARK:
        facts = {"most": LONGEST_REMARK, "length": len(answer.remark)}
        refusals.append(Refusal(code="lunches.remark_too_long", facts=facts, field="remark"))
    if not occasion.takes_place:
        refusals.append(Refusal(code="lunches.no_meeting"))
    elif occasion.ends_at <= now:
        refusals.append(Refusal(code="lunches.meeting_over"))
    return refusals
