"""What is wrong with a one-to-one or a learning unit before it is kept: every reason at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.errors import Refusal
from app.core.ids import MemberId

LONGEST_PLACE = 120
LONGEST_NOTE = 2_000
LONGEST_WHAT = 200
FEWEST_UNITS, MOST_UNITS = 1, 20
FURTHEST_BACK = timedelta(days=365)
"""How long ago something may have been that is recorded now: older than that belongs in a file to import."""

CORRECTED_WITHIN = timedelta(days=7)
"""How long after it was recorded either of the two may correct it or take it back."""

NEIGHBOUR_DAYS = timedelta(days=1)
"""Two records of one pair so near to each other are asked about: people date the same talk a day apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody named as one of the two: the latest membership of a present or former member of the group."""

    member_id: MemberId
    name: str
    joined_on: date
    ended_on: date | None

    def is_member_on(self, day: date) -> bool:
        """Return whether they belong to the group on `day`."""
        return self.joined_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """What a one-to-one holds beside its two people: its day (None where none was given), place and private note."""

    held_on: date | None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningFacts:
    """What a learning unit holds: what was learned, its day and the number of units; None where unreadable."""

    what: str
    learned_on: date | None
    units: int | None


def refusals_for_pair(
    *, named: str, one: MemberId | None, partner: Partner | None, today: date, field: str = "partner"
) -> list[Refusal]:
    """Return why `one` cannot have met whom they `named`; `partner` is whom that means, if anyone."""
    if not named:
        return [Refusal(code="activities.partner_missing", field=field)]
    if partner is None:
        return [Refusal(code="activities.partner_unknown", field=field)]
    if partner.member_id == one:
        return [Refusal(code="activities.talk_with_oneself", field=field)]
    if not partner.is_member_on(today):
        return [Refusal(code="activities.partner_left", facts={"name": partner.name}, field=field)]
    return []


def refusals_for_talk(facts: TalkFacts, *, today: date) -> list[Refusal]:
    """Return what is wrong with the day, the place and the note."""
    lengths = {"place": (facts.place, LONGEST_PLACE), "note": (facts.note, LONGEST_NOTE)}
    return [*_about_day(facts.held_on, today, "held_on"), *too_long(lengths)]


def refusals_for_learning(facts: LearningFacts, *, today: date) -> list[Refusal]:
    """Return everything that is wrong with a learning unit."""
    refusals = [] if facts.what else [Refusal(code="activities.what_missing", field="what")]
    refusals += too_long({"what": (facts.what, LONGEST_WHAT)})
    refusals += _about_day(facts.learned_on, today, "learned_on")
    if facts.units is None or not FEWEST_UNITS <= facts.units <= MOST_UNITS:
        bounds = {"fewest": FEWEST_UNITS, "most": MOST_UNITS}
        refusals.append(Refusal(code="activities.units_out_of_range", facts=bounds, field="units"))
    return refusals


def may_be_corrected(recorded_at: datetime, now: datetime) -> bool:
    """Return whether what was recorded then may still be corrected or taken back."""
    return now <= recorded_at + CORRECTED_WITHIN


def _about_day(day: date | None, today: date, field: str) -> list[Refusal]:
    if day is None:
        return [Refusal(code="activities.day_missing", facts={"example": today.isoformat()}, field=field)]
    if day > today:
        return [Refusal(code="activities.day_in_future", field=field)]
    if day < today - FURTHEST_BACK:
        return [
            Refusal(
                code="activities.day_too_long_ago", facts={"earliest": today - FURTHEST_BACK}, field=field
            )
        ]
    return []


def too_long(texts: Mapping[str, tuple[str, int]]) -> list[Refusal]:
    """Return a refusal for each field whose text is longer than the most it takes."""
    return [
        Refusal(code="activities.too_long", facts={"most": most, "length": len(text)}, field=field)
        for field, (text, most) in texts.items()
        if len(text) > most
    ]
