"""What other components may know of credibility: that a scheme was chosen and who takes part. Never what it says of anybody."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class SchemeChosen(DomainEvent):
    """The group has chosen by which published scheme its records are computed, or moved to a newer version of its choice."""

    kind: ClassVar[str] = "credibility.scheme_chosen"

    scheme: str
    number: int
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class NetworkSchemeMade(DomainEvent):
    """An administrator of the network made a version of its scheme. It belongs to no group."""

    kind: ClassVar[str] = "credibility.network_scheme_made"

    number: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class AppealFiled(DomainEvent):
    """A member disagreed with a counted report on them. Sealed: only they and those who decide know."""

    kind: ClassVar[str] = "credibility.appeal_filed"
    sealed: ClassVar[bool] = True

    appeal_id: int


@dataclass(frozen=True, kw_only=True)
class AppealEnded(DomainEvent):
    """A disagreement was decided, or its time passed. How it ended is in no event. Sealed."""

    kind: ClassVar[str] = "credibility.appeal_ended"
    sealed: ClassVar[bool] = True

    appeal_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerAsked(DomainEvent):
    """A giver made a link by which the customer of a slip is asked how it went. Sealed: only the giver knows."""

    kind: ClassVar[str] = "credibility.customer_asked"
    sealed: ClassVar[bool] = True

    slip_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerConfirmed(DomainEvent):
    """A customer answered both questions with yes. Any other answer is no event. Sealed: no page tells anybody of which slip."""

    kind: ClassVar[str] = "credibility.customer_confirmed"
    sealed: ClassVar[bool] = True

    slip_id: int


@dataclass(frozen=True, kw_only=True)
class PartSaid(DomainEvent):
    """A member said whether they take part: yes, no or object. Sealed: it is nobody else's news."""

    kind: ClassVar[str] = "credibility.part_said"
    sealed: ClassVar[bool] = True

    member_id: MemberId
    says: str


@dataclass(frozen=True, kw_only=True)
class RecordLookedAt(DomainEvent):
    """An administrator looked at a member's record at the terminal. Sealed: the member reads the day on their own page. Who leads reads that there was a look, not at whom."""

    kind: ClassVar[str] = "credibility.record_looked_at"
    sealed: ClassVar[bool] = True

    member_id: MemberId
