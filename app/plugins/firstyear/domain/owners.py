"""Whose matter is it? Each open one has an owner while anybody but the newcomer holds an office that can have it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.groups.domain.office import LEADERS, Office
from app.core.ids import MemberId

NEAREST: Sequence[frozenset[Office]] = (
    frozenset({Office.MEMBERSHIP_COMMITTEE}),
    frozenset({Office.MENTOR}),
    LEADERS,
)
"""Offices in the order in which they are asked to look after somebody's first year."""

Holders = Mapping[MemberId, frozenset[Office]]
"""The offices of today's members; who holds none may be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something open about `subject`; `is_named` where an office chose the owner by hand, who then needs no office."""

    key: Hashable
    subject: MemberId
    owner: MemberId | None
    is_named: bool = False


def owner_for(subject: MemberId, holders: Holders, owned: Mapping[MemberId, int]) -> MemberId | None:
    """Return who looks after `subject`, or None where nobody else holds such an office.

    `owned` counts what each has already; between equals the longest-known key wins.
    """
    for offices in NEAREST:
        fit = [member for member, held in holders.items() if member != subject and held & offices]
        if fit:
            return min(fit, key=lambda member: (owned.get(member, 0), member))
    return None


def may_keep(matter: Matter, holders: Holders, present: frozenset[MemberId]) -> bool:
    """Return whether the owner of a matter can go on with it."""
    if matter.owner is None or matter.owner == matter.subject or matter.owner not in present:
        return False
    return matter.is_named or any(holders.get(matter.owner, frozenset()) & offices for offices in NEAREST)


def owners_anew(
    matters: Iterable[Matter], holders: Holders, present: frozenset[MemberId]
) -> dict[Hashable, MemberId | None]:
    """Return the matters that change hands, each with the next owner; those that stay where they are are left out."""
    here = {member: offices for member, offices in holders.items() if member in present}
    kept: list[Matter] = []
    orphaned: list[Matter] = []
    for matter in matters:
        (kept if may_keep(matter, here, present) else orphaned).append(matter)
    owned: Counter[MemberId] = Counter(matter.owner for matter in kept if matter.owner is not None)
    changes: dict[Hashable, MemberId | None] = {}
    for matter in orphaned:
        owner = owner_for(matter.subject, here, owned)
        if owner is not None:
            owned[owner] += 1
        if owner != matter.owner:
            changes[matter.key] = owner
    return changes
