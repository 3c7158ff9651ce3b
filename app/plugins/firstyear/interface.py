"""What other components may know of the first year: what happened, in ids and codes. What was said in a talk is in none."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class StayBegun(DomainEvent):
    """A newcomer is looked after from now on; `is_again` where they were a member before."""

    kind: ClassVar[str] = "firstyear.stay_begun"

    member_id: MemberId
    is_again: bool


@dataclass(frozen=True, kw_only=True)
class MentorAsked(DomainEvent):
    """Somebody was asked to be a mentor. Sealed: who was asked and said no is nobody's news."""

    kind: ClassVar[str] = "firstyear.mentor_asked"
    sealed: ClassVar[bool] = True

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class MentorFound(DomainEvent):
    """Somebody accepted to be a newcomer's mentor."""

    kind: ClassVar[str] = "firstyear.mentor_found"

    member_id: MemberId
    mentor_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class MentorLost(DomainEvent):
    """A newcomer has no mentor any more."""

    kind: ClassVar[str] = "firstyear.mentor_lost"

    member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class StepDone(DomainEvent):
    """The office went through a step of the induction with a newcomer, or (not `is_done`) took that back."""

    kind: ClassVar[str] = "firstyear.step_done"

    member_id: MemberId
    number: int
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class StepsKept(DomainEvent):
    """The group wrote the steps of the induction in its own words."""

    kind: ClassVar[str] = "firstyear.steps_kept"


@dataclass(frozen=True, kw_only=True)
class TalkSettled(DomainEvent):
    """A review or renewal talk was held, skipped or called off (`state`). Sealed; what came of it stands in no event."""

    kind: ClassVar[str] = "firstyear.talk_settled"
    sealed: ClassVar[bool] = True

    talk_id: int
    talk: str
    state: str


@dataclass(frozen=True, kw_only=True)
class TalkMoved(DomainEvent):
    """A talk was put on another day. Sealed."""

    kind: ClassVar[str] = "firstyear.talk_moved"
    sealed: ClassVar[bool] = True

    talk_id: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class LeaverAsked(DomainEvent):
    """Somebody who left was asked the one question. Sealed; whether they answered stands in no event."""

    kind: ClassVar[str] = "firstyear.leaver_asked"
    sealed: ClassVar[bool] = True

    exit_id: int
