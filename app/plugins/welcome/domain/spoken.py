"""“We spoke”: how two can reach each other is shown once both have said so, and no longer than both stand by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.errors import Refusal

KEPT_FOR_AFTER = timedelta(days=90)
"""So long after the visit it is kept that two spoke, and they see how to reach each other."""

ASKED_FOR = timedelta(days=14)
"""So long after a meeting one may say “we spoke” for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What somebody shows to the one they spoke with."""

    email: bool = False
    phone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Who of a visitor and a member said that they spoke, and what each shares."""

    visitor_said_at_utc: datetime | None = None
    member_said_at_utc: datetime | None = None
    visitor_shares: Shared = Shared()
    member_shares: Shared = Shared()

    @property
    def is_mutual(self) -> bool:
        """Whether both have said so, and neither took it back."""
        return self.visitor_said_at_utc is not None and self.member_said_at_utc is not None


def reach_shown(spoken: Spoken | None, email: str, phone: str, shares: Shared) -> list[str]:
    """Return how the other can be reached: nothing until both have pressed, then what the other shares."""
    if spoken is None or not spoken.is_mutual:
        return []
    return [text for text, is_shared in ((phone, shares.phone), (email, shares.email)) if is_shared and text]


def refusals_to_speak(visit_day: date, today: date, *, has_come: bool) -> list[Refusal]:
    """Return every reason why “we spoke” cannot be said of this visit today."""
    if visit_day > today or not has_come:
        return [Refusal(code="welcome.not_met_yet")]
    if today > visit_day + ASKED_FOR:
        return [Refusal(code="welcome.spoke_too_late", facts={"days": ASKED_FOR.days})]
    return []
