"""What a report is worth as evidence, on which day it counts, and when the weekly day is: pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.plugins.credibility.domain.scheme import Constants


class Facet(StrEnum):
    """What reports are about: how a receiver handled a referral, or whether a giver's lead was real."""

    HANDLING = "handling"
    LEAD = "lead"


EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SOON: Final = timedelta(days=7)
"""Within this time a receiver is to have been in touch."""

LEAD_PRIOR: Final = 0.85
"""Where the estimate of leads starts: most leads are real."""

_UNSAID_STRENGTH: Final = 3
_STRONGEST: Final = 5
_LEADS: Final[Mapping[str, float]] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_WEEKLY_DAY: Final = 0
"""New values appear on Mondays, in the group's zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The act of giving, as evidence needs it: when, how well introduced (1 to 5 or None), and when contact was first made.

    `given_at` is since when the receiver could know of it. Of a slip from a file (`is_historic`) nobody knows when contact
    was made: the giver's own word, asked for after the import, is all there is.
    """

    given_at: datetime
    how_well: int | None
    contacted_at: datetime | None
    is_historic: bool = False


def handling_worth(answer: str, act: Handed) -> float:
    """Return 1 for contact within seven days and yes, 0 for no contact within seven days or no, else ½.

    Where nobody knows when contact was made, that is held against nobody.
    """
    if answer == "no" or not (was_soon(act) or act.is_historic):
        return 0.0
    return 1.0 if answer == "yes" else 0.5


def answer_told(worth: float, act: Handed) -> str | None:
    """Return what the giver answered (yes, not-sure or no), as far as the worth and the slip tell; else None.

    Where no contact was made in time a report is worth nothing, whatever the answer was.
    """
    if worth:
        return "yes" if worth == 1.0 else "not-sure"
    return "no" if was_soon(act) or act.is_historic else None


def may_still_be_soon(act: Handed, at: datetime) -> bool:
    """Return whether nobody has been in touch by `at` and the seven days are not over: the worth is not known yet."""
    is_over = act.is_historic or at >= act.given_at + SOON
    return not is_over and (act.contacted_at is None or act.contacted_at > at)


def counts_from(act: Handed, *, opened_at: datetime, answered_at: datetime) -> float:
    """Return the day of a report: when it opened, or was corrected since; on a slip from a file, when it was answered."""
    return day_of(answered_at if act.is_historic else max(opened_at, answered_at))


def lead_worth(answer: str) -> float:
    """Return 1 where the lead was real, ½ where partly, 0 where not."""
    return _LEADS[answer]


def lead_strength(act: Handed) -> float:
    """Return the share by which a lead counts: as well as it was said to be introduced, of five steps."""
    return (act.how_well or _UNSAID_STRENGTH) / _STRONGEST


def constants_for(facet: Facet, constants: Constants) -> Constants:
    """Return the constants of the facet: leads start higher."""
    return constants if facet is Facet.HANDLING else replace(constants, prior=LEAD_PRIOR)


def day_of(instant: datetime) -> float:
    """Return an instant as days since 1970 in UTC."""
    return (instant - EPOCH) / timedelta(days=1)


def weekly_day(today: date) -> date:
    """Return the latest day up to `today` on which new values appear."""
    return today - timedelta(days=(today.weekday() - _WEEKLY_DAY) % 7)


def was_soon(act: Handed) -> bool:
    """Return whether the receiver was in touch within seven days."""
    return act.contacted_at is not None and act.contacted_at - act.given_at <= SOON
