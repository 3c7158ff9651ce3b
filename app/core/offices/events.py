"""What happens to offers of an office. Who said no is in no event."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class OfficeOffered(DomainEvent):
    """Members were asked who takes an office for a term; `asked` is how many."""

    kind: ClassVar[str] = "offices.offered"

    offer_id: int
    office: str
    starts_on: date
    ends_on: date | None
    asked: int


@dataclass(frozen=True, kw_only=True)
class OfferTaken(DomainEvent):
    """A member took the office that was offered; its term is an event of its own."""

    kind: ClassVar[str] = "offices.offer_taken"

    offer_id: int
    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(DomainEvent):
    """A leader withdrew an offer before anybody took it."""

    kind: ClassVar[str] = "offices.offer_withdrawn"

    offer_id: int


@dataclass(frozen=True, kw_only=True)
class OfferExpired(DomainEvent):
    """The day came on which the term was to begin, and nobody had taken it."""

    kind: ClassVar[str] = "offices.offer_expired"

    offer_id: int
