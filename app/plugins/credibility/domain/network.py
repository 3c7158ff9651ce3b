"""What a network may set of a scheme, and within which bounds: as far as the promises of every scheme still hold.

One colleague stays one voice, a bad report weighs as a good one, and nothing is shown before five reports by three
independent colleagues are in: with fewer, a record would name its authors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.errors import Refusal
from app.plugins.credibility.domain.scheme import STANDARD, Constants

NETWORK_SCHEME: Final = "network"
"""The name under which a group chooses the scheme of its network."""

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From where to where a network may set one constant; `is_whole` where only whole numbers make sense."""

    least: float
    most: float
    is_whole: bool = False


SETTINGS: Final[Mapping[str, Bounds]] = {
    "prior": Bounds(least=0.5, most=0.95),
    "kappa": Bounds(least=1, most=20),
    "half_life": Bounds(least=90, most=730, is_whole=True),
    "mutual_factor": Bounds(least=0, most=1),
    "mutual_window": Bounds(least=0, most=365, is_whole=True),
    "new_voice": Bounds(least=0.25, most=1),
    "min_tenure": Bounds(least=28, most=730, is_whole=True),
    "min_attended": Bounds(least=3, most=50, is_whole=True),
    "min_given": Bounds(least=1, most=50, is_whole=True),
    "min_outcomes": Bounds(least=5, most=50, is_whole=True),
    "min_independent": Bounds(least=3, most=25, is_whole=True),
    "min_evidence": Bounds(least=1.25, most=10),
}
"""The constants that a network sets; `bad_weight` and `cap` are 1 in every scheme of a group."""


def refusals_for_scheme(
    name: str, effective_on: date | None, values: Mapping[str, float | None], today: date
) -> list[Refusal]:
    """Return all that is wrong with a version of the network's scheme; a value that is None was no number."""
    refusals = []
    if not name.strip():
        refusals.append(Refusal(code="credibility.no_name", field="name"))
    if len(name.strip()) > LONGEST_NAME:
        refusals.append(Refusal(code="credibility.long_name", field="name", facts={"most": LONGEST_NAME}))
    if effective_on is None or effective_on < today:
        refusals.append(Refusal(code="credibility.past_day", field="effective_on"))
    return refusals + [_refusal(name, SETTINGS[name]) for name in SETTINGS if not _fits(name, values)]


def network_constants(values: Mapping[str, float | None]) -> Constants:
    """Return the constants that these values make; what is not named is as in `standard`."""
    given = {name: value for name, value in values.items() if name in SETTINGS and value is not None}
    return Constants(**{name: given.get(name, getattr(STANDARD, name)) for name in SETTINGS})


def _fits(name: str, values: Mapping[str, float | None]) -> bool:
    bounds, value = SETTINGS[name], values.get(name)
    if value is None or not bounds.least <= value <= bounds.most:
        return False
    return not bounds.is_whole or value == int(value)


def _refusal(name: str, bounds: Bounds) -> Refusal:
    facts = {"least": bounds.least, "most": bounds.most}
    if bounds.is_whole:
        return Refusal(code="credibility.whole_out_of_bounds", field=name, facts=facts)
    return Refusal(code="credibility.out_of_bounds", field=name, facts=facts)
