"""What a good code is traded for: a ticket that keeps the instant of the scan, so that signing in first makes nobody late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TICKET_LIVES = timedelta(minutes=30)
"""How long after the scan the member may take to sign in to their account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTicket:
    """A scan of the room's code, kept by the browser that scanned. `scanned_at` is the server's, aware."""

    group_slug: str
    meeting_public_id: str
    scanned_at: datetime

    def is_good(self, group_slug: str, now: datetime) -> bool:
        """Return whether it still opens the meeting of that group; never one from the future."""
        return self.group_slug == group_slug and self.scanned_at <= now <= self.scanned_at + TICKET_LIVES


def ticket_after_scan(held: ScanTicket | None, scanned: ScanTicket) -> ScanTicket:
    """Return the ticket to keep: the first scan of a meeting stands while it is good, for that is the arrival."""
    if (
        held is not None
        and held.meeting_public_id == scanned.meeting_public_id
        and held.is_good(scanned.group_slug, scanned.scanned_at)
    ):
        return held
    return scanned
