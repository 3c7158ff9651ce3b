"""Care, in its order: the member sees it first, then an office may call, then write a note, then a letter, then close it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.errors import Refusal
from app.core.groups.domain.office import Office
from app.core.ids import MemberId
from app.core.sentences import N_

MEMBER_FIRST_FOR = timedelta(days=3)
"""So long a trend is the member's alone, unless they have looked at it before."""
ASKED_OFFICES: Final = (Office.MEMBERSHIP_COMMITTEE, Office.VICE_PRESIDENT, Office.PRESIDENT)
"""Whose it is to ask how somebody is: the first of these that somebody else than the member holds."""
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_PRIVATE = 150, 4_000, 1_000


class CareState(StrEnum):
    """Where a trend stands. The value is what the database keeps."""

    NOTICED = "noticed"
    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


class Step(StrEnum):
    """What an office does, in this order. The value is what the database keeps."""

    CALL = "call"
    NOTE = "note"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one step; `version` 0 where they are the usual ones."""

    subject: str
    body: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedStep:
    """What an office is about to note or to send: `note` stays with it, `subject` and `body` go to the member."""

    step: Step
    done_on: date | None
    note: str = ""
    subject: str = ""
    body: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the member gets it in writing."""
        return self.step is not Step.CALL


PLACES: Mapping[str, str] = {
    "first_name": N_("the member’s first name"),
    "group": N_("the group’s name"),
    "sender": N_("your own name"),
}
USUAL_WORDS: Mapping[Step, Words] = {
    Step.CALL: Words(
        subject=N_("How are you, {first_name}?"),
        body=N_(
            "Say that you are calling because you missed them, not to check. Ask how they are and how the firm is. "
            "Ask whether something in {group} could make it easier to come. Offer leave or an excuse where it fits, "
            "and agree on nothing that they do not want."
        ),
    ),
    Step.NOTE: Words(
        subject=N_("We miss you at {group}"),
        body=N_(
            "Dear {first_name},\n\nthank you for the talk. You were missed at {group}, and we would like to know what "
            "would help you to be there. If illness or family keeps you away, ask for leave: it costs you nothing.\n\n"
            "Warmly,\n{sender}\n"
        ),
    ),
    Step.LETTER: Words(
        subject=N_("Your place in {group}"),
        body=N_(
            "Dear {first_name},\n\nwe spoke, and we wrote to you. Each place in {group} stands for a profession, and the "
            "others rely on it being filled. If it goes on like this, your membership may be reviewed; people decide "
            "that, with you, and not a number. Please tell us by the next meeting how you see it.\n\nYours,\n{sender}\n"
        ),
    ),
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_BEFORE = {Step.NOTE: Step.CALL, Step.LETTER: Step.NOTE}


def opens_at(noticed_at: datetime) -> datetime:
    """Return from when on the office may know, where the member does not look at it before."""
    return noticed_at + MEMBER_FIRST_FOR


def is_to_open(noticed_at: datetime, seen_at: datetime | None, now: datetime) -> bool:
    """Return whether the member looked at it, or has had the time to."""
    return seen_at is not None or now >= opens_at(noticed_at)


def office_for(holders: Mapping[MemberId, Collection[Office]], about: MemberId) -> Office | None:
    """Return whose it is to ask, by who holds which office today; None where nobody else holds any."""
    return next(
        (
            office
            for office in ASKED_OFFICES
            if any(office in held and member_id != about for member_id, held in holders.items())
        ),
        None,
    )


def next_step(done: Collection[Step]) -> Step:
    """Return what comes next: nothing is left out, and a letter may follow a letter."""
    return next((step for step in Step if step not in done), Step.LETTER)


def refusals_for_step(
    state: CareState, wanted: WantedStep, done: Collection[Step], *, noticed_on: date, today: date
) -> list[Refusal]:
    """Return why this step cannot be taken now."""
    if state is not CareState.OPEN:
        return [Refusal(code="attendance.care_not_open")]
    refusals = []
    before = _BEFORE.get(wanted.step)
    if before is not None and before not in done:
        refusals.append(Refusal(code="attendance.care_order"))
    if wanted.done_on is None or not noticed_on <= wanted.done_on <= today:
        refusals.append(
            Refusal(code="attendance.care_day", facts={"first": noticed_on, "last": today}, field="done_on")
        )
    if len(wanted.note) > LONGEST_PRIVATE:
        refusals.append(
            Refusal(code="attendance.note_too_long", facts={"limit": LONGEST_PRIVATE}, field="note")
        )
    if wanted.is_sent:
        refusals += refusals_for_words(wanted.subject, wanted.body)
    return refusals


def refusals_for_closing(state: CareState, reason: str) -> list[Refusal]:
    """Return why the conversation cannot be closed."""
    if state is not CareState.OPEN:
        return [Refusal(code="attendance.care_not_open")]
    if not reason.strip():
        return [Refusal(code="attendance.reason_needed", field="reason")]
    if len(reason) > LONGEST_PRIVATE:
        return [Refusal(code="attendance.note_too_long", facts={"limit": LONGEST_PRIVATE}, field="reason")]
    return []


def refusals_for_words(subject: str, body: str) -> list[Refusal]:
    """Return why these words cannot be kept or sent: something is missing, too long, or names a place there is not."""
    refusals = []
    for field, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if not text.strip():
            refusals.append(Refusal(code="attendance.care_words_missing", field=field))
        if len(text) > longest:
            refusals.append(Refusal(code="attendance.note_too_long", facts={"limit": longest}, field=field))
        unknown = sorted({place for place in _PLACE.findall(text) if place not in PLACES})
        if unknown:
            facts = {
                "unknown": ", ".join(f"{{{one}}}" for one in unknown[:5]),
                "known": ", ".join(f"{{{one}}}" for one in PLACES),
            }
            refusals.append(Refusal(code="attendance.care_unknown_place", facts=facts, field=field))
    return refusals


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return `text` with its places filled in, each once: what is filled in is never read as a place again."""
    return _PLACE.sub(lambda found: facts.get(found.group(1), ""), text)
