"""Who looks at a page: a signed-in person, and the same person as a member of the group they look at."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.groups.domain.office import Office
from app.core.ids import AccountId, DeviceId, GroupId, MeetingId, MemberId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person whose session is alive, read afresh at every request. `token_hash` names the session."""

    account_id: AccountId
    person_id: PersonId
    name: str
    first_name: str
    email: str
    language: str
    token_hash: str
    confirmed_at_utc: datetime
    seen_at_utc: datetime
    is_site_admin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person as a member of one group, with the offices they hold there today.

    `joined_on` is when the membership of today began, `first_joined_on` when they first became a member, ever.
    """

    account_id: AccountId
    person_id: PersonId
    member_id: MemberId
    member_public_id: str
    name: str
    first_name: str
    offices: frozenset[Office]
    joined_on: date
    first_joined_on: date

    @property
    def display_name(self) -> str:
        """The name in full, as the page's frame shows it."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of a group, known by its token. A `screen` belongs to one meeting."""

    id: DeviceId
    group_id: GroupId
    kind: str
    meeting_id: MeetingId | None
