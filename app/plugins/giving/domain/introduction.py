"""An introduction: who is made known to whom and why, how both agree before contacts are shown, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.sentences import N_
from app.plugins.giving.domain.ask import too_long

LONGEST_REASON = 1_000
OUTCOME_ASKED_AFTER = timedelta(days=14)
"""How long after both agreed each of the two is asked what came of it."""

LAPSES_AFTER = timedelta(days=30)
"""How long an introduction waits for the two; after that it rests, and nobody is asked any more."""


class IntroductionState(StrEnum):
    """How an introduction stands."""

    OFFERED = "offered"
    MADE = "made"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    LAPSED = "lapsed"


STATE_WORDS: Mapping[IntroductionState, str] = {
    IntroductionState.OFFERED: N_("waits for a yes"),
    IntroductionState.MADE: N_("both said yes"),
    IntroductionState.DECLINED: N_("not now"),
    IntroductionState.TAKEN_BACK: N_("taken back"),
    IntroductionState.LAPSED: N_("rests"),
}


class Word(StrEnum):
    """What one of the two says to an introduction."""

    YES = "yes"
    NO = "no"


class Outcome(StrEnum):
    """What one of the two says came of it."""

    HELPED = "helped"
    TALKED = "talked"
    NOTHING = "nothing"


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.HELPED: N_("It led to something"),
    Outcome.TALKED: N_("We spoke"),
    Outcome.NOTHING: N_("Nothing came of it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody named on the form: a present or former member of the group."""

    member_id: MemberId
    name: str
    joined_on: date
    ended_on: date | None

    def is_member_on(self, day: date) -> bool:
        """Return whether they belong to the group on `day`."""
        return self.joined_on <= day and (self.ended_on is None or day <= self.ended_on)


def refusals_for_introduction(
    *, by: MemberId, one: Named | None, other: Named | None, why: str, today: date, stands_already: bool
) -> list[Refusal]:
    """Return every reason why these two cannot be introduced to each other."""
    refusals = [
        *refusals_for_named(one, by=by, today=today, field="one"),
        *refusals_for_named(other, by=by, today=today, field="other"),
    ]
    if one is not None and other is not None and one.member_id == other.member_id:
        refusals.append(Refusal(code="giving.same_person", field="other"))
    if stands_already:
        refusals.append(Refusal(code="giving.introduced_already", field="again"))
    if not why:
        refusals.append(Refusal(code="giving.why_missing", field="why"))
    return [*refusals, *too_long({"why": (why, LONGEST_REASON)})]


def refusals_for_named(named: Named | None, *, by: MemberId, today: date, field: str) -> list[Refusal]:
    """Return why this cannot be whom the form means: nobody, oneself, or somebody who has left."""
    if named is None:
        return [Refusal(code="giving.nobody_named", field=field)]
    if named.member_id == by:
        return [Refusal(code="giving.oneself_named", field=field)]
    if not named.is_member_on(today):
        return [Refusal(code="giving.named_left", facts={"name": named.name}, field=field)]
    return []


def state_after(one_says: str, other_says: str) -> IntroductionState:
    """Return how an introduction stands once these words were said; silence is an empty text."""
    if Word.NO in (one_says, other_says):
        return IntroductionState.DECLINED
    if one_says == other_says == Word.YES:
        return IntroductionState.MADE
    return IntroductionState.OFFERED


def contacts_are_shown(state: str) -> bool:
    """Return whether the two may see how to reach each other: only once both have said yes."""
    return state == IntroductionState.MADE


def asks_outcome(state: str, made_at: datetime | None, said: str, now: datetime) -> bool:
    """Return whether one of the two is still to say what came of it, at the earliest after two weeks."""
    if state != IntroductionState.MADE or made_at is None or said:
        return False
    return now >= made_at + OUTCOME_ASKED_AFTER
