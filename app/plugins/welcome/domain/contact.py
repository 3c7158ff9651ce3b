"""Who is there for a newcomer? Whoever holds the office nearest to it and has the fewest newcomers to look after."""

from collections.abc import Iterable, Mapping, Sequence

from app.core.groups.domain.office import LEADERS, Office
from app.core.ids import MemberId

NEAREST: Sequence[frozenset[Office]] = (
    frozenset({Office.MENTOR}),
    frozenset({Office.MEMBERSHIP_COMMITTEE}),
    LEADERS,
)
"""Offices in the order in which they are asked."""


def contact_for(
    newcomer: MemberId,
    holders: Iterable[tuple[MemberId, frozenset[Office]]],
    looked_after: Mapping[MemberId, int],
) -> MemberId | None:
    """Return the contact, or None where nobody but the newcomer holds an office.

    `looked_after` counts the newcomers each member is there for already; between equals the longest-known key wins.
    """
    others = [(member, offices) for member, offices in holders if member != newcomer]
    for offices in NEAREST:
        fit = [member for member, held in others if held & offices]
        if fit:
            return min(fit, key=lambda member: (looked_after.get(member, 0), member))
    return None
