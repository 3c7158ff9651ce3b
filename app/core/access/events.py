"""What happens to accounts and devices."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import AccountId, DeviceId, MeetingId, MemberId, PersonId


@dataclass(frozen=True, kw_only=True)
class AccountInvited(DomainEvent):
    """A person was sent a link and a code with which to come in; again, if the first mail was lost."""

    kind: ClassVar[str] = "access.account_invited"

    account_id: AccountId


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(DomainEvent):
    """An invited member signed in for the first time: they opened the door."""

    kind: ClassVar[str] = "access.invitation_accepted"

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class MemberRecognised(DomainEvent):
    """A member who stood under a typed name accepted as somebody whom the house knows: they are this person from now on."""

    kind: ClassVar[str] = "access.member_recognised"

    member_id: MemberId
    person_id: PersonId


@dataclass(frozen=True, kw_only=True)
class AddressCorrected(DomainEvent):
    """An editor put a member's mail address right; where nobody had signed in with the old one, it signs in no more."""

    kind: ClassVar[str] = "access.address_corrected"

    member_id: MemberId
    signs_in_with_it: bool


@dataclass(frozen=True, kw_only=True)
class PasswordSet(DomainEvent):
    """A person made or changed their password; every other session of theirs ended."""

    kind: ClassVar[str] = "access.password_set"

    account_id: AccountId


@dataclass(frozen=True, kw_only=True)
class DeviceOpened(DomainEvent):
    """A leader opened a device of the group."""

    kind: ClassVar[str] = "access.device_opened"

    opened_device_id: DeviceId
    device_kind: str
    meeting_id: MeetingId | None


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(DomainEvent):
    """A leader closed a device of the group; it is out at the next contact."""

    kind: ClassVar[str] = "access.device_revoked"

    revoked_device_id: DeviceId
