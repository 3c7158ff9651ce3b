"""What other components may know of the welcome: its events, and which visitors came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
