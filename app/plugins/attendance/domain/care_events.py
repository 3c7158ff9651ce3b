"""What happens with excuses, leave, leaving early and care. Kinds of illness or leave stand in no event: a chain forgets nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MeetingId, MemberId


@dataclass(frozen=True, kw_only=True)
class ExcuseAsked(DomainEvent):
    """An excuse was asked for one meeting, by the member or entered for them."""

    kind: ClassVar[str] = "attendance.excuse_asked"
    sealed: ClassVar[bool] = True

    excuse_id: int
    meeting_id: MeetingId
    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class ExcuseSettled(DomainEvent):
    """An excuse was `approved` or `declined` by an office, or `withdrawn` by the member."""

    kind: ClassVar[str] = "attendance.excuse_settled"
    sealed: ClassVar[bool] = True

    excuse_id: int
    meeting_id: MeetingId
    member_id: MemberId
    state: str


@dataclass(frozen=True, kw_only=True)
class LeaveAsked(DomainEvent):
    """A leave was asked for, by the member or entered for them."""

    kind: ClassVar[str] = "attendance.leave_asked"
    sealed: ClassVar[bool] = True

    leave_id: int
    member_id: MemberId
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class LeaveSettled(DomainEvent):
    """A leave was `approved`, `declined`, `withdrawn`, or ended early: `last_day` is the end that counts."""

    kind: ClassVar[str] = "attendance.leave_settled"
    sealed: ClassVar[bool] = True

    leave_id: int
    member_id: MemberId
    state: str
    last_day: date


@dataclass(frozen=True, kw_only=True)
class LeftEarlyNoted(DomainEvent):
    """Somebody who was there left before the end; None where that was taken back. The letter stays as it is."""

    kind: ClassVar[str] = "attendance.left_early_noted"

    meeting_id: MeetingId
    member_id: MemberId
    left_early_at_utc: datetime | None


@dataclass(frozen=True, kw_only=True)
class CareMoved(DomainEvent):
    """A trend was `noticed`, opened for an office (`open`), `closed`, or holds no more (`gone`)."""

    kind: ClassVar[str] = "attendance.care_moved"
    sealed: ClassVar[bool] = True

    care_id: int
    member_id: MemberId
    state: str


@dataclass(frozen=True, kw_only=True)
class CareStepTaken(DomainEvent):
    """An office called, or wrote a note or a letter."""

    kind: ClassVar[str] = "attendance.care_step_taken"
    sealed: ClassVar[bool] = True

    care_id: int
    member_id: MemberId
    step: str


@dataclass(frozen=True, kw_only=True)
class CareWordsKept(DomainEvent):
    """The group chose its own words for a step of care, or its own numbers (`step` is then `numbers`)."""

    kind: ClassVar[str] = "attendance.care_words_kept"

    step: str


ALL = (
    ExcuseAsked,
    ExcuseSettled,
    LeaveAsked,
    LeaveSettled,
    LeftEarlyNoted,
    CareMoved,
    CareStepTaken,
    CareWordsKept,
)
"""What the manifest publishes of them."""
