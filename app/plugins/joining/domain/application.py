"""An application as rules know it: its states, what may follow, what was typed, and until when it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_
from app.plugins.joining.domain.seats import refusals_for_trade

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an application waits for its own address to be proven; then nothing of it is left."""
UNDECIDED_MONTHS = 12
"""How long an application is kept that nobody decides."""
MOST_YEARS = 80
LONGEST_WHY = 3_000
_LONGEST_LINE = 200
_STARTS_AHEAD = timedelta(days=366)


class State(StrEnum):
    """Where an application stands."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    LATER = "later"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    TAKEN = "taken"


STATE_WORDS: Mapping[State, str] = {
    State.UNCONFIRMED: N_("address not confirmed yet"),
    State.OPEN: N_("to be decided"),
    State.LATER: N_("waits for a seat"),
    State.APPROVED: N_("approved, seat kept"),
    State.DECLINED: N_("declined"),
    State.WITHDRAWN: N_("withdrawn"),
    State.LAPSED: N_("lapsed"),
    State.TAKEN: N_("seat taken"),
}

FOLLOWS: Mapping[State, frozenset[State]] = {
    State.UNCONFIRMED: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.APPROVED, State.DECLINED, State.LATER, State.WITHDRAWN, State.LAPSED}),
    State.LATER: frozenset({State.OPEN, State.WITHDRAWN, State.LAPSED}),
    State.APPROVED: frozenset({State.TAKEN, State.LATER, State.LAPSED, State.WITHDRAWN}),
    State.LAPSED: frozenset({State.OPEN}),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.TAKEN: frozenset(),
}
LIVE = frozenset({State.UNCONFIRMED, State.OPEN, State.LATER, State.APPROVED})
"""While it is one of these, a second application from the same address is the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefereeTyped:
    """A referee as the applicant typed them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an applicant typed. `years` is None where it is no number, `years_typed` what stood there."""

    name: str
    firm: str
    trade: str
    email: str
    phone: str
    why: str
    years: int | None
    years_typed: str
    referees: tuple[RefereeTyped, RefereeTyped]
    consents: bool


def may_become(state: State, target: State) -> bool:
    """Return whether an application may go from one state to the other."""
    return target in FOLLOWS[state]


def refusals_for(typed: Typed) -> list[Refusal]:
    """Return every reason why this cannot be sent, but for what is wrong with addresses."""
    refusals = refusals_for_trade(typed.trade, "trade")
    if not typed.name:
        refusals.append(Refusal(code="joining.name_missing", field="name"))
    for field in ("name", "firm", "phone"):
        if len(getattr(typed, field)) > _LONGEST_LINE:
            refusals.append(Refusal(code="joining.too_long", facts={"longest": _LONGEST_LINE}, field=field))
    if not typed.why:
        refusals.append(Refusal(code="joining.why_missing", field="why"))
    if len(typed.why) > LONGEST_WHY:
        refusals.append(Refusal(code="joining.too_long", facts={"longest": LONGEST_WHY}, field="why"))
    if typed.years_typed and (typed.years is None or typed.years > MOST_YEARS):
        refusals.append(Refusal(code="joining.years_odd", facts={"most": MOST_YEARS}, field="years"))
    refusals += _refusals_for_referees(typed)
    if not typed.consents:
        refusals.append(Refusal(code="joining.consent_missing", field="consents"))
    return refusals


def _refusals_for_referees(typed: Typed) -> list[Refusal]:
    refusals = []
    for number, one in enumerate(typed.referees, start=1):
        if not one.name or len(one.name) > _LONGEST_LINE:
            refusals.append(Refusal(code="joining.referee_name", field=f"referee{number}_name"))
        if one.email and one.email.casefold() == typed.email.casefold():
            refusals.append(Refusal(code="joining.referee_self", field=f"referee{number}_email"))
    first, second = (one.email.casefold() for one in typed.referees)
    if first and first == second:
        refusals.append(Refusal(code="joining.referee_twice", field="referee2_email"))
    return refusals


def refusals_for_start(starts_on: date | None, today: date) -> list[Refusal]:
    """Return why a membership cannot start on that day."""
    if starts_on is None:
        return [Refusal(code="joining.start_missing", field="starts_on")]
    if not today <= starts_on <= today + _STARTS_AHEAD:
        return [Refusal(code="joining.start_far", facts={"day": starts_on}, field="starts_on")]
    return []


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
