"""What happens to groups, memberships and offices."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId, PersonId


@dataclass(frozen=True, kw_only=True)
class GroupFounded(DomainEvent):
    """A group came into being."""

    kind: ClassVar[str] = "groups.group_founded"


@dataclass(frozen=True, kw_only=True)
class MembershipStarted(DomainEvent):
    """A person became a member, for the first time or again.

    `is_newcomer` is False where somebody who was a member before the house knew the group was put on its list:
    founders, rosters, the demo. Only newcomers are welcomed.
    """

    kind: ClassVar[str] = "groups.membership_started"

    member_id: MemberId
    person_id: PersonId
    started_on: date
    is_newcomer: bool = True


@dataclass(frozen=True, kw_only=True)
class MemberCorrected(DomainEvent):
    """An editor put right what the group shows of a member: name, trade, firm, phone."""

    kind: ClassVar[str] = "groups.member_corrected"

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(DomainEvent):
    """A membership ended; `ended_on` is its last day."""

    kind: ClassVar[str] = "groups.membership_ended"

    member_id: MemberId
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class OfficeTaken(DomainEvent):
    """A member took an office."""

    kind: ClassVar[str] = "groups.office_taken"

    member_id: MemberId
    office: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class OfficeLeft(DomainEvent):
    """A member's term of an office ended; `ended_on` is its last day."""

    kind: ClassVar[str] = "groups.office_left"

    member_id: MemberId
    office: str
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class TermChanged(DomainEvent):
    """A term that had not begun was given other days."""

    kind: ClassVar[str] = "groups.term_changed"

    member_id: MemberId
    office: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class GroupChanged(DomainEvent):
    """Settings of the group were changed; `changed` names which, as codes: `name, zone`."""

    kind: ClassVar[str] = "groups.group_changed"

    changed: str


@dataclass(frozen=True, kw_only=True)
class PluginSwitched(DomainEvent):
    """A plugin was switched on or off for the group."""

    kind: ClassVar[str] = "groups.plugin_switched"

    plugin: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class MailWordsKept(DomainEvent):
    """The group's words for one of its mails were changed, to own ones or back to the usual ones."""

    kind: ClassVar[str] = "groups.mail_words_kept"

    wording: str
    are_own: bool


@dataclass(frozen=True, kw_only=True)
class MemberErased(DomainEvent):
    """What was kept of a former member is erased; their row stays for the counts of others."""

    kind: ClassVar[str] = "groups.member_erased"

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class RecordsMerged(DomainEvent):
    """Two records were of one human: whatever was of `gone_member_id` is of `kept_member_id` from now on.

    Entries of before go on naming the one that is gone.
    """

    kind: ClassVar[str] = "groups.records_merged"

    kept_member_id: MemberId
    gone_member_id: MemberId
