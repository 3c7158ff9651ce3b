"""The talks of a membership: reviews at 3, 7 and 10 months, and a renewal talk each year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_
from app.plugins.firstyear.domain.dates import months_after, renewal_due, year_to_come


class TalkKind(StrEnum):
    """Which talk. The value is what the database keeps."""

    MONTH_3 = "month-3"
    MONTH_7 = "month-7"
    MONTH_10 = "month-10"
    RENEWAL = "renewal"


class TalkState(StrEnum):
    """How it stands with a talk; `off` means that there is nobody any more to talk with."""

    DUE = "due"
    HELD = "held"
    SKIPPED = "skipped"
    OFF = "off"


class Outcome(StrEnum):
    """What came of a talk: the first two of a review, the others of a renewal talk."""

    WELL = "well"
    HELP = "help"
    RENEW = "renew"
    LEAVE = "leave"
    AGAIN = "again"


class SeenBy(StrEnum):
    """Who reads what was written of a talk."""

    TWO = "two"
    COMMITTEE = "committee"


REVIEW_MONTHS: Mapping[TalkKind, int] = {TalkKind.MONTH_3: 3, TalkKind.MONTH_7: 7, TalkKind.MONTH_10: 10}
KIND_WORDS: Mapping[TalkKind, str] = {
    TalkKind.MONTH_3: N_("Talk after three months"),
    TalkKind.MONTH_7: N_("Talk after seven months"),
    TalkKind.MONTH_10: N_("Talk after ten months"),
    TalkKind.RENEWAL: N_("Talk about the next year"),
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.WELL: N_("It goes well"),
    Outcome.HELP: N_("Something is needed; see below"),
    Outcome.RENEW: N_("Stays for another year"),
    Outcome.LEAVE: N_("Would like to leave"),
    Outcome.AGAIN: N_("Not decided yet: we talk again"),
}
SEEN_BY_WORDS: Mapping[SeenBy, str] = {
    SeenBy.TWO: N_("the two of us alone"),
    SeenBy.COMMITTEE: N_("the two of us and the membership committee"),
}
QUESTIONS: Mapping[TalkKind, Sequence[str]] = {
    TalkKind.MONTH_3: (
        N_("What has been good so far, and what is different from what you expected?"),
        N_("Whom have you come to know? Whom would you still like to meet?"),
        N_("Is anything still unclear about how we do things here?"),
        N_("What can the group do for you in the next weeks?"),
    ),
    TalkKind.MONTH_7: (
        N_("Which kind of introduction helps you most? Do the others know it?"),
        N_("Whom could you help lately, and what would make that easier?"),
        N_("Which one-to-one did you learn most from?"),
        N_("Is there something in the group that you would like to take on?"),
    ),
    TalkKind.MONTH_10: (
        N_("Looking back: what was worth your time, and what was not?"),
        N_("Who speaks for you outside by now, and for whom do you speak?"),
        N_("What would have to change so that you gladly stay?"),
    ),
    TalkKind.RENEWAL: (
        N_("What did this year bring you, and what did you bring to others?"),
        N_("What would you like from the next year?"),
        N_("What should we as a group do differently?"),
        N_("Would you like to stay for another year?"),
    ),
}
OUTCOMES_OF_REVIEW = (Outcome.WELL, Outcome.HELP)
OUTCOMES_OF_RENEWAL = (Outcome.RENEW, Outcome.LEAVE, Outcome.AGAIN)

SHOWN_BEFORE = timedelta(days=14)
"""So long before its day a talk is a task of its owner."""

KEPT_MONTHS = 12
"""So many months after it was settled what was written of a talk is forgotten."""

LONGEST_WORDS, LONGEST_REASON = 4_000, 500
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A talk to be held about that day; `year` is the year of membership it belongs to."""

    kind: TalkKind
    year: int
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is written of a talk that took place."""

    held_on: date | None
    outcome: str
    words: str
    seen_by: str
    again_on: date | None = None


def first_talks(started_on: date, today: date) -> list[Planned]:
    """Return the talks to come: a review whose day is past when somebody is put on the list is not made up for."""
    reviews = [
        Planned(kind=kind, year=1, planned_on=months_after(started_on, months))
        for kind, months in REVIEW_MONTHS.items()
        if months_after(started_on, months) >= today
    ]
    return [*reviews, renewal(started_on, year_to_come(started_on, today))]


def renewal(started_on: date, year: int) -> Planned:
    """Return the renewal talk of that year."""
    return Planned(kind=TalkKind.RENEWAL, year=year, planned_on=renewal_due(started_on, year))


def outcomes_of(kind: TalkKind) -> Sequence[Outcome]:
    """Return what can come of such a talk."""
    return OUTCOMES_OF_RENEWAL if kind is TalkKind.RENEWAL else OUTCOMES_OF_REVIEW


def refusals_for_held(kind: TalkKind, held: Held, *, started_on: date, today: date) -> list[Refusal]:
    """Return every reason why this cannot be kept of a talk."""
    refusals = []
    if held.held_on is None or not started_on <= held.held_on <= today:
        refusals.append(
            Refusal(code="firstyear.held_when", facts={"first": started_on, "today": today}, field="held_on")
        )
    if held.outcome not in {one.value for one in outcomes_of(kind)}:
        refusals.append(Refusal(code="firstyear.outcome_missing", field="outcome"))
    if held.seen_by not in set(SeenBy):
        refusals.append(Refusal(code="firstyear.readers_missing", field="seen_by"))
    if len(held.words) > LONGEST_WORDS:
        refusals.append(Refusal(code="firstyear.too_long", facts={"longest": LONGEST_WORDS}, field="words"))
    if held.outcome == Outcome.AGAIN:
        refusals += refusals_for_day(held.again_on, today, field="again_on")
    return refusals


def refusals_for_day(day: date | None, today: date, *, field: str) -> list[Refusal]:
    """Return why a talk cannot be put on that day."""
    if day is None or not today <= day <= today + FARTHEST:
        return [
            Refusal(code="firstyear.day_ahead", facts={"first": today, "last": today + FARTHEST}, field=field)
        ]
    return []


def refusals_for_reason(reason: str) -> list[Refusal]:
    """Return why a talk cannot be moved or left out for that reason."""
    if not reason:
        return [Refusal(code="firstyear.reason_missing", field="reason")]
    if len(reason) > LONGEST_REASON:
        return [Refusal(code="firstyear.too_long", facts={"longest": LONGEST_REASON}, field="reason")]
    return []
