"""What a group is, as every page knows it, and where a person stands in it today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.groups.domain.office import Office, Term
from app.core.ids import GroupId, MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as pages know it. `zone` is IANA, `currency` ISO 4217, `locale` BCP 47, `vocabulary` a pack's key.

    `is_found_by_others`: members of other groups that chose the same find its members, and they theirs.
    """

    id: GroupId
    slug: str
    name: str
    kind: str
    zone: str
    currency: str
    locale: str
    settling_in_days: int
    vocabulary: str = "standard"
    is_found_by_others: bool = False
    founded_at_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChoice:
    """A group that a person may open."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person's place in a group on one day: the membership, the offices, and what is switched on there.

    `joined_on` is when the membership of that day began, `first_joined_on` when they first became a member, ever.
    """

    group: Group
    member_id: MemberId
    member_public_id: str
    offices: frozenset[Office]
    switched_on: frozenset[str]
    unread_notices: int
    other_groups: tuple[GroupChoice, ...]
    joined_on: date
    first_joined_on: date


def joined_by(day: date, terms: Iterable[Term]) -> date | None:
    """Return when the latest of a person's memberships that cover `day` began, or None where none does."""
    return max((term.first for term in terms if term.covers(day)), default=None)


def offices_on(day: date, held: Iterable[tuple[Office, Term]]) -> frozenset[Office]:
    """Return the offices whose terms cover `day`."""
    return frozenset(office for office, term in held if term.covers(day))
