"""Excuses and leave: who may ask for what, who decides, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.plugins.attendance.domain.excuse_kinds import EXCUSE_KINDS

LONGEST_NOTE = 500
ASKS_AGAIN = 1
"""After a decision, so many times more: a second look is fair, a third is a quarrel."""
LONGEST_LEAVE_WEEKS = 52
"""What is longer is no leave that a group could approve in one; one beyond the group's own weeks is said, not refused."""


class Asked(StrEnum):
    """Where something that was asked stands. The value is what the database keeps."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({Asked.APPROVED, Asked.DECLINED})


class LeaveKind(StrEnum):
    """What a leave is for. The value is what the database keeps."""

    MEDICAL = "medical"
    FAMILY = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a leave, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Days") -> bool:
        """Return whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    def is_longer_than(self, weeks: int) -> bool:
        """Return whether they are more than so many weeks."""
        return self.last - self.first >= timedelta(weeks=weeks)


def refusals_for_excuse(
    kind: str, note: str, *, takes_place: bool, was_member: bool, before: Sequence[Asked]
) -> list[Refusal]:
    """Return why an excuse cannot be asked; `before` is where those asked for the same meeting stand."""
    refusals = _refusals_for_note(note)
    if kind not in EXCUSE_KINDS:
        refusals.append(Refusal(code="attendance.excuse_kind", field="kind"))
    if not takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled", field="meeting"))
    if not was_member:
        refusals.append(Refusal(code="attendance.not_expected", field="meeting"))
    decided = sum(state in DECIDED for state in before)
    if Asked.ASKED in before:
        refusals.append(Refusal(code="attendance.excuse_asked_already", field="meeting"))
    elif decided > ASKS_AGAIN:
        refusals.append(Refusal(code="attendance.excuse_asked_twice", field="meeting"))
    elif decided and not note.strip():
        refusals.append(Refusal(code="attendance.excuse_again_needs_note", field="note"))
    return refusals


def refusals_for_leave(
    kind: str, days: Days | None, note: str, others: Sequence[Days], *, was_member: bool
) -> list[Refusal]:
    """Return why a leave cannot be asked; `others` are the member's leaves that are asked or approved."""
    refusals = _refusals_for_note(note)
    if kind not in set(LeaveKind):
        refusals.append(Refusal(code="attendance.leave_kind", field="kind"))
    if days is None or days.last < days.first:
        refusals.append(Refusal(code="attendance.leave_days", field="last_day"))
        return refusals
    if days.is_longer_than(LONGEST_LEAVE_WEEKS):
        refusals.append(
            Refusal(
                code="attendance.leave_far_too_long", facts={"most": LONGEST_LEAVE_WEEKS}, field="last_day"
            )
        )
    if not was_member:
        refusals.append(Refusal(code="attendance.leave_not_a_member", field="first_day"))
    refusals += [_overlap(days, other) for other in others if days.overlaps(other)]
    return refusals


def refusals_for_decision(
    state: Asked, word: str, *, decider: MemberId, about: MemberId, is_approved: bool
) -> list[Refusal]:
    """Return why the decision cannot stand: it is made once, by somebody else, and a no has its word."""
    if state is not Asked.ASKED:
        return [Refusal(code="attendance.decided_already")]
    refusals = _refusals_for_note(word, field="word")
    if decider == about:
        refusals.append(Refusal(code="attendance.not_ones_own"))
    if not is_approved and not word.strip():
        refusals.append(Refusal(code="attendance.word_needed", field="word"))
    return refusals


def refusals_for_ending(state: Asked, days: Days, last_day: date | None) -> list[Refusal]:
    """Return why an approved leave cannot end on `last_day` instead: it only ever becomes shorter."""
    if state is not Asked.APPROVED:
        return [Refusal(code="attendance.leave_not_running")]
    # The day before the first means that it never began.
    if last_day is None or not days.first - timedelta(days=1) <= last_day < days.last:
        return [
            Refusal(
                code="attendance.leave_ends_outside",
                facts={"first": days.first, "last": days.last},
                field="last_day",
            )
        ]
    return []


def _overlap(days: Days, other: Days) -> Refusal:
    return Refusal(
        code="attendance.leave_overlaps",
        facts={"first": days.first, "last": days.last, "other_first": other.first, "other_last": other.last},
        field="first_day",
    )


def _refusals_for_note(note: str, field: str = "note") -> list[Refusal]:
    if len(note) <= LONGEST_NOTE:
        return []
    return [Refusal(code="attendance.note_too_long", facts={"limit": LONGEST_NOTE}, field=field)]
