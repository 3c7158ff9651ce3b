"""What a member may say of a meeting beforehand, until when, and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId

LONGEST_NAME = 200


class Intent(StrEnum):
    """What a member intends. The value is what the database keeps."""

    COMING = "coming"
    LATE = "late"
    SUBSTITUTE = "substitute"
    APOLOGIES = "apologies"


class Via(StrEnum):
    """How an answer was given: by the link of a mail, on a page, or entered by a leader."""

    MAIL = "mail"
    PAGE = "page"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of one meeting by or for one member."""

    member_id: MemberId
    intent: Intent
    via: Via
    substitute_name: str = ""
    said_by: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAhead:
    """What the rules of answering ask of a meeting. Instants are UTC."""

    starts_at_utc: datetime
    ends_at_utc: datetime
    takes_place: bool


def refusals_for_answer(
    meeting: MeetingAhead, intent: Intent, substitute_name: str, *, was_member: bool, now: datetime
) -> list[Refusal]:
    """Return why a member cannot say this of the meeting; they may change their mind until it begins."""
    refusals = _refusals_for_words(meeting, intent, substitute_name, was_member=was_member)
    if now >= meeting.starts_at_utc:
        refusals.append(Refusal(code="attendance.answer_too_late"))
    return refusals


def refusals_for_apology(
    meeting: MeetingAhead, intent: Intent, substitute_name: str, *, was_member: bool, now: datetime
) -> list[Refusal]:
    """Return why a leader cannot enter what a member wrote them; there is time until the meeting ends."""
    refusals = _refusals_for_words(meeting, intent, substitute_name, was_member=was_member)
    if now >= meeting.ends_at_utc:
        refusals.append(Refusal(code="attendance.apology_too_late"))
    return refusals


def _refusals_for_words(
    meeting: MeetingAhead, intent: Intent, substitute_name: str, *, was_member: bool
) -> list[Refusal]:
    refusals = []
    if not meeting.takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled"))
    if not was_member:
        refusals.append(Refusal(code="attendance.not_expected"))
    if intent is Intent.SUBSTITUTE and not substitute_name.strip():
        refusals.append(Refusal(code="attendance.answer_needs_name", field="substitute_name"))
    if len(substitute_name) > LONGEST_NAME:
        refusals.append(
            Refusal(
                code="attendance.answer_name_too_long",
                facts={"limit": LONGEST_NAME},
                field="substitute_name",
            )
        )
    return refusals
