"""What one tap of a mail says, by a link that needs no account: which tap, on which slip, by whom, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.plugins.referrals.domain.slip import Act

TAP_LIVES = timedelta(days=30)
"""How long a link of a mail can be pressed."""


class Tap(StrEnum):
    """What a link says when it is pressed. The value stands in the link."""

    CALLED = "called"
    TRIED = "tried"
    NOT_FOR_ME = "not-for-me"
    HELP = "help"
    NO_HELP = "no-help"


ACT_OF_TAP = {Tap.CALLED: Act.PROGRESS, Tap.TRIED: Act.TRY, Tap.NOT_FOR_ME: Act.DECLINE}
"""The step of a slip's life that the receiver takes by each tap; the giver's two taps are no steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedTap:
    """What a link stands for. `seen` is the version of the slip when the mail was written: one word, one press."""

    tap: Tap
    slip: str
    member: str
    seen: int
    expires_at: datetime
