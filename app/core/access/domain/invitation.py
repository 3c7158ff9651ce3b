"""Where an invitation stands: not sent, on its way, sent, came back, or the person opened the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

AGAIN_AFTER = timedelta(days=2)
"""How long an invitation may lie unread before all such ones are sent again together."""


class InvitationState(StrEnum):
    """Where an invitation stands."""

    NOT_INVITED = "not-invited"
    WAITING = "waiting"
    SENT = "sent"
    OPENED = "opened"
    CAME_BACK = "came-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFacts:
    """What is known of one member's invitation. `mail_state` is the outbox's word for the latest mail, or empty."""

    has_opened: bool
    is_invited: bool
    mail_state: str = ""


def state_of(facts: InvitationFacts) -> InvitationState:
    """Return where the invitation stands; somebody who signed in once has opened the door, invited or not."""
    if facts.has_opened:
        return InvitationState.OPENED
    if not facts.is_invited:
        return InvitationState.NOT_INVITED
    by_mail = {
        "waiting": InvitationState.WAITING,
        "refused": InvitationState.CAME_BACK,
        "bounced": InvitationState.CAME_BACK,
        "expired": InvitationState.CAME_BACK,
    }
    return by_mail.get(facts.mail_state, InvitationState.SENT)


def is_due_again(state: InvitationState, sent_at_utc: datetime | None, now: datetime) -> bool:
    """Return whether the invitation goes out again with all that were not opened for two days."""
    return state is InvitationState.SENT and sent_at_utc is not None and now - sent_at_utc >= AGAIN_AFTER
