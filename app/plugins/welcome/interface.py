"""What other components may know of the welcome: its events, and which visitors came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MeetingId, MemberId


@dataclass(frozen=True, kw_only=True)
class VisitorNoted(DomainEvent):
    """A visitor was noted. `visit` is first, repeat, guest, substitute or observer; `batch_id` where a file told it."""

    kind: ClassVar[str] = "welcome.visitor_noted"

    visitor_id: int
    meeting_id: MeetingId | None
    invited_by_member_id: MemberId | None
    visit: str
    batch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class VisitorCompleted(DomainEvent):
    """What is known of a visitor was completed or put right."""

    kind: ClassVar[str] = "welcome.visitor_completed"

    visitor_id: int


@dataclass(frozen=True, kw_only=True)
class VisitorTakenBack(DomainEvent):
    """A visitor who was noted by mistake was taken off the list."""

    kind: ClassVar[str] = "welcome.visitor_taken_back"

    visitor_id: int


@dataclass(frozen=True, kw_only=True)
class VisitorsImportUndone(DomainEvent):
    """What a file had brought was taken away again; `visitors` is how many."""

    kind: ClassVar[str] = "welcome.visitors_import_undone"

    batch_id: int
    visitors: int


@dataclass(frozen=True, kw_only=True)
class ContactNamed(DomainEvent):
    """A newcomer has a member who is there for them; None where nobody could be named yet."""

    kind: ClassVar[str] = "welcome.contact_named"

    member_id: MemberId
    contact_member_id: MemberId | None


@dataclass(frozen=True, kw_only=True)
class NewcomerCalled(DomainEvent):
    """The contact spoke with the newcomer for the first time."""

    kind: ClassVar[str] = "welcome.newcomer_called"

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class WordsKept(DomainEvent):
    """The group wrote the first message that newcomers get in its own words."""

    kind: ClassVar[str] = "welcome.words_kept"


@dataclass(frozen=True, kw_only=True)
class VisitRegistered(DomainEvent):
    """Somebody registered for a visit on the public page."""

    kind: ClassVar[str] = "welcome.visit_registered"

    visitor_id: int
    meeting_id: MeetingId
    invited_by_member_id: MemberId | None


@dataclass(frozen=True, kw_only=True)
class VisitCalledOff(DomainEvent):
    """An expected visitor does not come: `by` is visitor, office or meeting (which was called off)."""

    kind: ClassVar[str] = "welcome.visit_called_off"

    visitor_id: int
    meeting_id: MeetingId | None
    by: str


@dataclass(frozen=True, kw_only=True)
class VisitMoved(DomainEvent):
    """An expected visitor comes to another meeting than before; `by` is visitor or office."""

    kind: ClassVar[str] = "welcome.visit_moved"

    visitor_id: int
    from_meeting_id: MeetingId | None
    meeting_id: MeetingId
    by: str


@dataclass(frozen=True, kw_only=True)
class VisitorArrived(DomainEvent):
    """An expected visitor is here."""

    kind: ClassVar[str] = "welcome.visitor_arrived"

    visitor_id: int
    meeting_id: MeetingId | None
    arrived_at_utc: datetime


@dataclass(frozen=True, kw_only=True)
class ArrivalTakenBack(DomainEvent):
    """An arrival was noted by mistake: the visitor is expected again."""

    kind: ClassVar[str] = "welcome.arrival_taken_back"

    visitor_id: int


@dataclass(frozen=True, kw_only=True)
class VisitorCalled(DomainEvent):
    """The call after a visit was made."""

    kind: ClassVar[str] = "welcome.visitor_called"

    visitor_id: int
    called_by_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class VisitAnswered(DomainEvent):
    """A visitor answered the one question; what they said stands elsewhere."""

    kind: ClassVar[str] = "welcome.visit_answered"

    visitor_id: int


@dataclass(frozen=True, kw_only=True)
class VisitForgotten(DomainEvent):
    """What was written about a visitor was deleted, on their wish (`by` visitor) or because its time had come (house)."""

    kind: ClassVar[str] = "welcome.visit_forgotten"

    visitor_id: int
    by: str


@dataclass(frozen=True, kw_only=True)
class PublicPageKept(DomainEvent):
    """The group's public page was changed."""

    kind: ClassVar[str] = "welcome.public_page_kept"

    is_open: bool


@dataclass(frozen=True, kw_only=True)
class PublicPageOpened(DomainEvent):
    """The group opened its public page to everybody."""

    kind: ClassVar[str] = "welcome.public_page_opened"


@dataclass(frozen=True, kw_only=True)
class GreeterAsked(DomainEvent):
    """A member was asked to receive a guest of a meeting."""

    kind: ClassVar[str] = "welcome.greeter_asked"

    greeting_id: int
    meeting_id: MeetingId
    greeter_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class GreeterAccepted(DomainEvent):
    """A member said that they receive a guest: asked, by an offer of their own, or taking over at the door."""

    kind: ClassVar[str] = "welcome.greeter_accepted"

    greeting_id: int
    meeting_id: MeetingId
    greeter_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class GreeterFreed(DomainEvent):
    """A guest has no greeter any more: `why` is declined, withdrew, called-off, moved, left or replaced."""

    kind: ClassVar[str] = "welcome.greeter_freed"

    greeting_id: int
    meeting_id: MeetingId
    why: str


@dataclass(frozen=True, kw_only=True)
class GuestMet(DomainEvent):
    """The greeter is with the guest."""

    kind: ClassVar[str] = "welcome.guest_met"

    greeting_id: int


@dataclass(frozen=True, kw_only=True)
class GuestWaits(DomainEvent):
    """A guest is here and nobody is with them: the hosts were told."""

    kind: ClassVar[str] = "welcome.guest_waits"

    greeting_id: int


@dataclass(frozen=True, kw_only=True)
class ContactReleased(DomainEvent):
    """A visitor and a member both said that they spoke. Sealed: it is between the two."""

    kind: ClassVar[str] = "welcome.contact_released"
    sealed: ClassVar[bool] = True

    visitor_id: int
    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class ContactHidden(DomainEvent):
    """One of the two took it back, and neither sees how to reach the other. Sealed: it is between the two."""

    kind: ClassVar[str] = "welcome.contact_hidden"
    sealed: ClassVar[bool] = True

    visitor_id: int
    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorHeard:
    """A visitor as they may be read out at a meeting: a name, and who invited them, or nothing."""

    name: str
    invited_by: str


class VisitorsHeard(Protocol):
    """Answers which visitors came since the last meeting, to be read out."""

    def since(self, group_id: GroupId, since: datetime) -> Sequence[VisitorHeard]:
        """Return the visitors noted since that instant, not those from files, in the order they were noted."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedVisitor:
    """A visitor who registered for a meeting; `arrived_at_utc` once they are here. How they can be reached stays in welcome."""

    visitor_id: int
    public_id: str
    name: str
    firm: str
    trade: str
    invited_by_member_id: MemberId | None
    wants_greeter: bool
    listens_only: bool
    arrived_at_utc: datetime | None


class ExpectedVisitors(Protocol):
    """Answers who is expected at a meeting as a visitor; one statement a call."""

    def at_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> Sequence[ExpectedVisitor]:
        """Return those who registered and did not cancel, those who are here already too, in the order of their names."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVisitor:
    """A visitor with what they wrote of themselves, for the path from visitor to applicant."""

    visitor_id: int
    public_id: str
    name: str
    firm: str
    trade: str
    email: str
    phone: str
    invited_by_member_id: MemberId | None
    came_on: date


class VisitorsKnown(Protocol):
    """Answers what a visitor wrote of themselves. Ask it only for the visitor themselves or the offices that may see it."""

    def visitor(self, group_id: GroupId, public_id: str) -> KnownVisitor | None:
        """Return the visitor, or None where there is none or they are forgotten."""
        ...


class ContactsNamed(Protocol):
    """Answers who is there for a newcomer in the first weeks."""

    def of_newcomer(self, group_id: GroupId, member_id: MemberId, since: date) -> MemberId | None:
        """Return the contact of a member who joined on `since` or later; None where nobody is named."""
        ...


class VisitsOpen(Protocol):
    """Answers whether a group opened its public page: where it did not, it has no public page at all."""

    def is_open(self, group_id: GroupId) -> bool:
        """Return whether anybody may read the group's page and register."""
        ...


class WaysToJoin(Protocol):
    """Says where a visitor applies for membership. Answered by the plugin that takes applications, if there is one."""

    def apply_path(self, group_slug: str, visitor_public_id: str = "") -> str:
        """Return the path of the application, filled in for a visitor if one is named; empty where none are taken.

        The path names the visitor by a signed token, so that it can be given to nobody but the visitor.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """A seat of the group: its trade, the member who holds it, or that it is open, and whether the group looks for one."""

    trade: str
    held_by_member_id: MemberId | None
    is_wanted: bool


class SeatsKnown(Protocol):
    """Answers the seats of a group. Answered by the plugin that keeps seats, if there is one."""

    def of_group(self, group_id: GroupId) -> Sequence[SeatLine]:
        """Return held and wanted seats, in the order of their trades."""
        ...
