"""What may be asked, until when, by whom it may be answered, and what is wrong with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_

LONGEST_WHAT = 160
LONGEST_WHY = 1_000
LONGEST_REPLY = 2_000
USUALLY_OPEN_FOR = timedelta(days=28)
LONGEST_OPEN = timedelta(days=91)
"""An ask that nobody took up in a quarter is better asked anew, in other words."""


class AskKind(StrEnum):
    """What a member asks the others for."""

    REFERRAL = "referral"
    INTRODUCTION = "introduction"
    ADVICE = "advice"


KIND_WORDS: Mapping[AskKind, str] = {
    AskKind.REFERRAL: N_("A referral"),
    AskKind.INTRODUCTION: N_("An introduction"),
    AskKind.ADVICE: N_("Advice"),
}

KIND_DETAILS: Mapping[AskKind, str] = {
    AskKind.REFERRAL: N_("Whom could you serve well, and why now?"),
    AskKind.INTRODUCTION: N_("Whom would you like to meet, and what for?"),
    AskKind.ADVICE: N_("I’m stuck with …"),
}

LEARN_WORDS = N_("Learn about me")
LEARN_DETAIL = N_("What do you do, for whom, and what should colleagues know of it?")


class AskState(StrEnum):
    """Whether an ask still stands. Past its last day it is over without anybody's doing."""

    OPEN = "open"
    HELPED = "helped"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """What was typed: `what` in a line, `why` in a few; `until_on` is the last day, None where it is none."""

    kind: str
    what: str
    why: str
    until_on: date | None


def is_settling_in(joined_on: date, today: date, settling_in_days: int) -> bool:
    """Return whether a member who joined then is still in the group's settling-in period."""
    return today < joined_on + timedelta(days=settling_in_days)


def reads_learn_about_me(kind: str, *, settling_in: bool) -> bool:
    """Return whether the ask reads “learn about me”: referrals are not asked for before people know each other."""
    return settling_in and kind == AskKind.REFERRAL


def is_open(state: str, until_on: date, today: date) -> bool:
    """Return whether the ask can still be answered on `today`."""
    return state == AskState.OPEN and today <= until_on


def refusals_for_ask(facts: AskFacts, today: date) -> list[Refusal]:
    """Return every reason why this cannot be asked."""
    refusals = []
    if facts.kind not in set(AskKind):
        refusals.append(Refusal(code="giving.kind_missing", field="kind"))
    if not facts.what:
        refusals.append(Refusal(code="giving.what_missing", field="what"))
    refusals += too_long({"what": (facts.what, LONGEST_WHAT), "why": (facts.why, LONGEST_WHY)})
    if facts.until_on is None:
        refusals.append(Refusal(code="giving.until_missing", field="until_on"))
    elif not today <= facts.until_on <= today + LONGEST_OPEN:
        last = today + LONGEST_OPEN
        refusals.append(Refusal(code="giving.until_out_of_range", facts={"last": last}, field="until_on"))
    return refusals


def refusals_for_reply(words: str, *, is_own: bool, is_open: bool, has_replied: bool) -> list[Refusal]:
    """Return every reason why this cannot be the answer to an ask."""
    refusals = []
    if is_own:
        refusals.append(Refusal(code="giving.own_ask"))
    if not is_open:
        refusals.append(Refusal(code="giving.ask_over"))
    if has_replied:
        refusals.append(Refusal(code="giving.answered_already"))
    if not words:
        refusals.append(Refusal(code="giving.words_missing", field="words"))
    return [*refusals, *too_long({"words": (words, LONGEST_REPLY)})]


def too_long(texts: Mapping[str, tuple[str, int]]) -> list[Refusal]:
    """Return a refusal for each field whose text is longer than it may be."""
    return [
        Refusal(code="giving.too_long", facts={"most": most, "length": len(text)}, field=field)
        for field, (text, most) in texts.items()
        if len(text) > most
    ]
