"""When a prospect is forgotten: so many months after the slip has ended, as the group has set it."""

from calendar import monthrange
from datetime import date, timedelta

from app.core.errors import Refusal

KEPT_FOR = timedelta(days=365)
"""How long a prospect of a slip that is still open is kept without a word of either side."""

MONTHS_KEPT = 12
"""How many months after the end, where a group has not chosen."""
FEWEST_MONTHS, MOST_MONTHS = 1, 36


def forgotten_on(ended_on: date, months: int = MONTHS_KEPT) -> date:
    """Return the day on which the prospect of a slip that ended on `ended_on` is to be forgotten.

    It is the same day of the month, or the last one where the month is shorter.
    """
    year, month = divmod(ended_on.year * 12 + ended_on.month - 1 + months, 12)
    return date(year, month + 1, min(ended_on.day, monthrange(year, month + 1)[1]))


def refusals_for_months(months: int | None) -> list[Refusal]:
    """Return why prospects cannot be kept for so many months."""
    if months is not None and FEWEST_MONTHS <= months <= MOST_MONTHS:
        return []
    facts = {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}
    return [Refusal(code="referrals.months_bad", facts=facts, field="months")]
