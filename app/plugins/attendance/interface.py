"""What other plugins may know of attendance: its events, and how often a member came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MeetingId, MemberId


@dataclass(frozen=True, kw_only=True)
class ArrivalRecorded(DomainEvent):
    """A member signed in. The arrival lies from `earliest_utc` to `latest_utc`; `grade` says what vouches for it."""

    kind: ClassVar[str] = "attendance.arrival_recorded"

    meeting_id: MeetingId
    member_id: MemberId
    status: str
    arrived_at_utc: datetime
    earliest_utc: datetime
    latest_utc: datetime
    grade: str
    rules_version: int | None


@dataclass(frozen=True, kw_only=True)
class AttendanceMarked(DomainEvent):
    """A letter was written into an open record: by a leader, by its submission or from a file (`batch_id`)."""

    kind: ClassVar[str] = "attendance.marked"

    meeting_id: MeetingId
    member_id: MemberId
    status: str
    old_status: str | None
    arrived_at_utc: datetime | None
    origin: str
    grade: str | None
    batch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MarkTakenBack(DomainEvent):
    """A letter was taken back: the member has none for this meeting until the next is written."""

    kind: ClassVar[str] = "attendance.mark_taken_back"

    meeting_id: MeetingId
    member_id: MemberId
    old_status: str


@dataclass(frozen=True, kw_only=True)
class ClaimDecided(DomainEvent):
    """Somebody who keeps the record said whether a member who was counted by a claim is here."""

    kind: ClassVar[str] = "attendance.claim_decided"

    meeting_id: MeetingId
    member_id: MemberId
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class ArrivalCorrected(DomainEvent):
    """A leader changed a mark of a submitted record; the reason stands beside the ledger entry.

    `status` is None where the mark was taken back.
    """

    kind: ClassVar[str] = "attendance.arrival_corrected"

    meeting_id: MeetingId
    member_id: MemberId
    status: str | None
    old_status: str | None
    arrived_at_utc: datetime | None
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class RecordSubmitted(DomainEvent):
    """The record of a meeting was closed; from now on it feeds PALMS. Not `is_by_hand` where a file brought it."""

    kind: ClassVar[str] = "attendance.record_submitted"

    meeting_id: MeetingId
    record_version: int
    is_by_hand: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordReopened(DomainEvent):
    """A submitted record was opened again; the reason stands beside the ledger entry."""

    kind: ClassVar[str] = "attendance.record_reopened"

    meeting_id: MeetingId
    record_version: int


@dataclass(frozen=True, kw_only=True)
class CutOffChanged(DomainEvent):
    """Meetings from `effective_on` on are judged by another cut-off, in minutes after the start."""

    kind: ClassVar[str] = "attendance.cut_off_changed"

    rules_version: int
    cut_off_minutes: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class RulesChanged(DomainEvent):
    """Meetings from `effective_on` on are counted by other rules; with a `fresh_start` earlier ones no more."""

    kind: ClassVar[str] = "attendance.rules_changed"

    rules_version: int
    effective_on: date
    fresh_start: bool


@dataclass(frozen=True, kw_only=True)
class PresentationsBegan(DomainEvent):
    """Somebody who keeps the record said that the presentations began: until then one was on time."""

    kind: ClassVar[str] = "attendance.presentations_began"

    meeting_id: MeetingId
    began_at_utc: datetime


@dataclass(frozen=True, kw_only=True)
class PresentationsTakenBack(DomainEvent):
    """It was a slip of the finger: the presentations had not begun, and the planned minute counts again."""

    kind: ClassVar[str] = "attendance.presentations_taken_back"

    meeting_id: MeetingId


@dataclass(frozen=True, kw_only=True)
class MemberAnswered(DomainEvent):
    """A member said beforehand whether they come, or a leader entered what they wrote: `answer` is what it comes to."""

    kind: ClassVar[str] = "attendance.member_answered"

    meeting_id: MeetingId
    member_id: MemberId
    answer: str
    via: str


@dataclass(frozen=True, kw_only=True)
class GuestSignedIn(DomainEvent):
    """Somebody who is no member signed in at the tablet: `guest` is visitor, guest or observer.

    `at_utc` finds them in `GuestsAtTheDoor`, for no name stands in an event; None in what was noted before it was kept.
    """

    kind: ClassVar[str] = "attendance.guest_signed_in"

    meeting_id: MeetingId
    guest: str
    at_utc: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SignInWaits(DomainEvent):
    """A tap on the tablet waits for a leader; `why` is a short code. Both ids are None where it names none of the group."""

    kind: ClassVar[str] = "attendance.sign_in_waits"

    meeting_id: MeetingId | None
    member_id: MemberId | None
    why: str


@dataclass(frozen=True, kw_only=True)
class SignInDecided(DomainEvent):
    """Somebody who keeps the record had their say of a tap that waited: `said` is on-time, late, here or not-here."""

    kind: ClassVar[str] = "attendance.sign_in_decided"

    meeting_id: MeetingId
    member_id: MemberId | None
    said: str


@dataclass(frozen=True, kw_only=True)
class DoorChanged(DomainEvent):
    """The group's tablet asks for something else beside the name."""

    kind: ClassVar[str] = "attendance.door_changed"

    asks: str
    guests_allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestAtTheDoor:
    """Somebody who signed in at the tablet and is no member; `guest` is visitor, guest or observer."""

    name: str
    firm: str
    guest: str
    at_utc: datetime


class GuestsAtTheDoor(Protocol):
    """Answers who signed in at the tablet and is no member, for those who look after visitors."""

    def of_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> Sequence[GuestAtTheDoor]:
        """Return the guests of the meeting in the order in which they came; one statement."""
        ...


class InTheRoom(Protocol):
    """Answers who has signed in at a meeting that is on, for those who receive guests; one statement a call."""

    def arrivals(self, group_id: GroupId, meeting_id: MeetingId) -> Mapping[MemberId, datetime]:
        """Return who signed in and when; the hour is for what has to be done now, and is shown to nobody."""
        ...


class AttendanceHistory(Protocol):
    """How often members came; submitted records only, one statement a call."""

    def attended(self, group_id: GroupId, member_id: MemberId) -> int:
        """Return at how many meetings the member was in person, on time or late, imported ones included."""
        ...

    def attended_by_member(self, group_id: GroupId) -> Mapping[MemberId, int]:
        """Return the same for every member who ever was there; one statement."""
        ...

    def attended_days(self, group_id: GroupId) -> Mapping[MemberId, Sequence[date]]:
        """Return the days of these meetings for every member who ever was there, the first first; one statement."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InOneRoom:
    """At how many meetings two members both were, and the day of the latest, if any."""

    meetings: int
    last_on: date | None


class MeetingsTogether(Protocol):
    """Answers how often two members were at the same meeting; submitted records only, one statement a call."""

    def of_two(self, group_id: GroupId, member_id: MemberId, other: MemberId) -> InOneRoom:
        """Return how often both were there in person, on time or late, imported meetings included."""
        ...


class MembersAway(Protocol):
    """Answers who is not to be expected at a meeting; one statement a call."""

    def at_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> frozenset[MemberId]:
        """Return the members who said that they cannot come or send somebody, and those on approved leave."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOfLeave:
    """The days of an approved leave, both included. What it is for stays with the member and the office."""

    first: date
    last: date


class LeavesApproved(Protocol):
    """Answers when members are on leave, so that nothing is asked of them meanwhile; one statement a call."""

    def of_members(
        self, group_id: GroupId, member_ids: Collection[MemberId]
    ) -> Mapping[MemberId, Sequence[DaysOfLeave]]:
        """Return the approved leaves of these members, the earliest first; who has none is left out."""
        ...


class AttendedBetween(Protocol):
    """Answers how often a member came in some days; submitted records only, one statement a call."""

    def attended_between(self, group_id: GroupId, member_id: MemberId, first: date, last: date) -> int:
        """Return at how many meetings of these days the member was in person, on time or late."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CameLately:
    """How a member came in some days: meetings they were expected at (leave left out), in person, on time, by a substitute."""

    meetings: int
    in_person: int
    on_time: int
    by_substitute: int


class ShowingUp(Protocol):
    """Answers how a member came in some days, in plain counts; submitted records only, one statement a call."""

    def came_between(self, group_id: GroupId, member_id: MemberId, first: date, last: date) -> CameLately:
        """Return the counts of these days; nothing but zeros for who has no letter in them."""
        ...
