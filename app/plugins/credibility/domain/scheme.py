"""The constants of a scheme: named, dated, published. Changing one makes another scheme; two are never mixed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from math import inf, isfinite
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """What the arithmetic is fed with. Days are days of 24 hours since any fixed instant; weights have no unit.

    `prior` (m) is where an estimate starts and `kappa` how many reports that start is worth. What is `half_life` days old
    counts half. A favour returned within `mutual_window` days counts `mutual_factor`; a colleague without a record
    speaks with `new_voice`. A bad report is multiplied by `bad_weight`. One colleague counts for at most `cap` reports. The
    `min_…` are the gate: nothing is shown before all are met.
    """

    prior: float = 0.75
    kappa: float = 3.0
    half_life: float = 365.0
    mutual_factor: float = 1 / 3
    mutual_window: float = 90.0
    bad_weight: float = 1.0
    new_voice: float = 0.5
    cap: float = 1.0
    min_tenure: float = 91.0
    min_attended: float = 10.0
    min_given: float = 3.0
    min_outcomes: float = 5.0
    min_independent: float = 3.0
    min_evidence: float = 1.75

    def __post_init__(self) -> None:
        faults = [
            *(f"{name} is {getattr(self, name)!r}, not between 0 and 1" for name in self._shares()),
            *(f"{name} is {getattr(self, name)!r}, not above 0" for name in self._positive()),
            *(f"{name} is {getattr(self, name)!r}, below 0" for name in self._not_negative()),
        ]
        if faults:
            raise BadConstants("; ".join(faults))

    def _shares(self) -> list[str]:
        return [name for name in ("prior", "mutual_factor", "new_voice") if not 0 <= getattr(self, name) <= 1]

    def _positive(self) -> list[str]:
        names = ("kappa", "half_life", "cap")
        return [name for name in names if not (getattr(self, name) > 0 and isfinite(getattr(self, name)))]

    def _not_negative(self) -> list[str]:
        gates = [field.name for field in fields(self) if field.name.startswith("min_")]
        return [name for name in ("mutual_window", "bad_weight", *gates) if not getattr(self, name) >= 0]


class BadConstants(ValueError):
    """Constants that no scheme can have; the message names each with its value."""


STANDARD: Final = Constants()
"""For weekly groups of 25 members and more."""

SMALL_GROUP: Final = replace(STANDARD, min_evidence=1.25)
"""For groups under 25 members: records appear earlier, and somewhat more colluders pass."""

MONTHLY: Final = replace(STANDARD, min_attended=4)
"""For groups that meet every month."""

RATINGS: Final = Constants(
    prior=0.85,
    kappa=0.5,
    half_life=90.0,
    mutual_window=inf,
    bad_weight=2.0,
    min_tenure=0,
    min_attended=0,
    min_given=0,
    min_outcomes=0,
    min_independent=0,
    min_evidence=1.0,
)
"""For the public who-trusts-whom benchmark, where there are ratings and no meetings."""

PROFILES: Final[Mapping[str, Constants]] = {
    "standard": STANDARD,
    "small_group": SMALL_GROUP,
    "monthly": MONTHLY,
    "ratings": RATINGS,
}
"""The schemes by the names that `config` uses."""


def constants_of(config: Mapping[str, Any]) -> Constants:
    """Return the constants that `config` names: those of its `profile` (else `standard`), with its single settings.

    A `mutual_window` of null is unlimited. Raises BadConstants that says all that is wrong at once.
    """
    profile = str(config.get("profile", "standard")).replace(" ", "_").replace("-", "_")
    if profile not in PROFILES:
        raise BadConstants(f"there is no profile {profile!r}; there are {', '.join(sorted(PROFILES))}")
    settings = {name: value for name, value in config.items() if name != "profile"}
    known = {field.name for field in fields(Constants)}
    faults = [f"there is no setting {name!r}" for name in sorted(set(settings) - known)]
    values = {name: _number(name, value, faults) for name, value in settings.items() if name in known}
    if faults:
        raise BadConstants("; ".join(faults))
    return replace(PROFILES[profile], **values)


def _number(name: str, value: Any, faults: list[str]) -> float:
    if value is None and name == "mutual_window":
        return inf
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.append(f"{name} is {value!r}, not a number")
        return 0.0
    return float(value)


GROUP_SCHEMES: Final = ("standard", "small_group", "monthly")
"""What a group may choose from."""

SHIPPED_ON: Final = date(2026, 11, 23)
"""The day on which the first versions of these were published; none of them has been changed since."""
