"""What other components may know of joining: its events, in ids, codes and days."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class JoiningSet(DomainEvent):
    """The group changed how people apply and how it is decided."""

    kind: ClassVar[str] = "joining.set"

    is_open: bool
    rule: str
    approval_days: int
    keep_months: int


@dataclass(frozen=True, kw_only=True)
class SeatsChanged(DomainEvent):
    """The lists of wanted seats or of neighbouring trades changed; `what` is wanted, not-wanted, near or not-near."""

    kind: ClassVar[str] = "joining.seats_changed"

    what: str


@dataclass(frozen=True, kw_only=True)
class ApplicationOpened(DomainEvent):
    """An applicant proved their address, and the application waits for a decision."""

    kind: ClassVar[str] = "joining.application_opened"

    application_id: int


@dataclass(frozen=True, kw_only=True)
class ReferenceAnswered(DomainEvent):
    """A referee answered; what they said is for those who decide alone."""

    kind: ClassVar[str] = "joining.reference_answered"

    application_id: int
    reference_id: int


@dataclass(frozen=True, kw_only=True)
class VoteCast(DomainEvent):
    """A vote was cast or changed; what it says stands in no event."""

    kind: ClassVar[str] = "joining.vote_cast"

    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationDecided(DomainEvent):
    """The committee decided; `outcome` is approved, declined, later, or open where it takes the matter up again."""

    kind: ClassVar[str] = "joining.application_decided"

    application_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(DomainEvent):
    """The applicant took the application back."""

    kind: ClassVar[str] = "joining.application_withdrawn"

    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApprovalLapsed(DomainEvent):
    """Nobody took the seat in time: it is free again."""

    kind: ClassVar[str] = "joining.approval_lapsed"

    application_id: int


@dataclass(frozen=True, kw_only=True)
class SameMemberConfirmed(DomainEvent):
    """The committee said that the applicant is this former member, or (None) that they are not."""

    kind: ClassVar[str] = "joining.same_member_confirmed"

    application_id: int
    member_id: MemberId | None


@dataclass(frozen=True, kw_only=True)
class SeatTaken(DomainEvent):
    """An approved applicant took the seat and is a member."""

    kind: ClassVar[str] = "joining.seat_taken"

    application_id: int
    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class ApplicationForgotten(DomainEvent):
    """Everything that was written about an applicant is forgotten; the count stays."""

    kind: ClassVar[str] = "joining.application_forgotten"

    application_id: int
