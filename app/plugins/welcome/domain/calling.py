"""The call after a visit: who makes it, and until when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from app.core.groups.domain.office import LEADERS, Office
from app.core.ids import MemberId
from app.plugins.welcome.domain.visitor import VisitorKind

CALLED_WITHIN = timedelta(hours=24)
MADE_UP_TO = timedelta(days=3)
"""How long after a meeting a call is still put on somebody's list."""

CALLED = frozenset({VisitorKind.FIRST.value, VisitorKind.REPEAT.value, VisitorKind.OBSERVER.value})
"""As what somebody came who is called: guests of other groups and substitutes have their own people."""

_OFFICES: Sequence[frozenset[Office]] = (frozenset({Office.VISITOR_HOST}),)
_ELSE: Sequence[frozenset[Office]] = (frozenset({Office.MEMBERSHIP_COMMITTEE}), LEADERS)


def due_at(meeting_ends_at: datetime) -> datetime:
    """Return until when the call is made."""
    return meeting_ends_at + CALLED_WITHIN


def caller_for(
    inviter: MemberId | None,
    holders: Iterable[tuple[MemberId, frozenset[Office]]],
    members: Collection[MemberId],
    open_calls: Mapping[MemberId, int],
) -> MemberId | None:
    """Return who calls: a visitor host, else whoever invited them, else the committee, else a leader; all members of today.

    Of several the one with the fewest calls to make. None only where the group has no member left who could.
    """
    held = [(member, offices) for member, offices in holders if member in members]
    for offices in _OFFICES:
        if fit := [member for member, theirs in held if theirs & offices]:
            return _freest(fit, open_calls)
    if inviter is not None and inviter in members:
        return inviter
    for offices in _ELSE:
        if fit := [member for member, theirs in held if theirs & offices]:
            return _freest(fit, open_calls)
    return min(members, default=None)


def _freest(fit: Sequence[MemberId], open_calls: Mapping[MemberId, int]) -> MemberId:
    return min(fit, key=lambda member: (open_calls.get(member, 0), member))
