"""What may be said of a member on a day, if anything: the estimate with its spread, and the gate of six conditions."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Standing, standing_on


class Condition(StrEnum):
    """One of the six things that history enough means."""

    TENURE = "tenure"
    ATTENDED = "attended"
    GIVEN = "given"
    OUTCOMES = "outcomes"
    INDEPENDENT = "independent"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the gate asks beside the reports: days since joining (None: never joined), meetings attended, slips given."""

    tenure_days: float | None = None
    attended: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How far one condition is: `has` of `needs`."""

    condition: Condition
    has: float
    needs: float

    @property
    def is_met(self) -> bool:
        """Whether there is enough."""
        return self.has >= self.needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The chance `p` that the next referral is handled well, with its spread; `good` and `bad` are the faded sums it rests on."""

    p: float
    deviation: float
    good: float
    bad: float

    @property
    def evidence(self) -> float:
        """The mass of the evidence."""
        return self.good + self.bad


def estimate_on(standing: Standing, t: float, constants: Constants) -> Estimate:
    """Return the estimate on day `t`. Whether it may be shown is the gate's to say."""
    now = standing_on(standing, t, constants)
    weight = now.good + now.bad + constants.kappa
    p = (now.good + constants.kappa * constants.prior) / weight
    return Estimate(p=p, deviation=sqrt(p * (1.0 - p) / (weight + 1.0)), good=now.good, bad=now.bad)


def gate(standing: Standing, history: History, t: float, constants: Constants) -> tuple[Measure, ...]:
    """Return the six conditions in their order, met or not; all met means that the estimate may be shown."""
    evidence = estimate_on(standing, t, constants).evidence
    tenure = -1.0 if history.tenure_days is None else history.tenure_days
    has = (tenure, history.attended, history.given, standing.outcomes, standing.independent, evidence)
    needs = (
        constants.min_tenure if history.tenure_days is not None or constants.min_tenure > 0 else tenure,
        constants.min_attended,
        constants.min_given,
        constants.min_outcomes,
        constants.min_independent,
        constants.min_evidence,
    )
    return tuple(
        Measure(condition=condition, has=one, needs=other)
        for condition, one, other in zip(Condition, has, needs, strict=True)
    )


def surfaced_on(standing: Standing, history: History, t: float, constants: Constants) -> Estimate | None:
    """Return the estimate if all six conditions are met on day `t`, else None."""
    if not all(measure.is_met for measure in gate(standing, history, t, constants)):
        return None
    return estimate_on(standing, t, constants)


def voice(published: float | None, constants: Constants, *, is_confirmed: bool = False) -> float:
    """Return how much a reporter's word weighs: their own estimate as last published, or the voice of somebody new.

    A customer who confirmed the report lifts a new voice to a full one; nothing is ever lowered.
    """
    if published is not None:
        return published
    return 1.0 if is_confirmed else constants.new_voice


def is_returned(t_act: float | None, t: float, constants: Constants) -> bool:
    """Say whether a report of day `t` on somebody is a favour returned: they gave to the reporter on `t_act`, not long before."""
    return t_act is not None and 0 <= t - t_act < constants.mutual_window
