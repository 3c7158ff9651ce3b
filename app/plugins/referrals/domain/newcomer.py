"""Is a receiver still so new in the group that the giver is asked how they know them?"""

from datetime import date, timedelta


def settles_in(joined_on: date, today: date, settling_in_days: int) -> bool:
    """Return whether a member who joined then is in the group's settling-in period on `today`."""
    return today < joined_on + timedelta(days=settling_in_days)
