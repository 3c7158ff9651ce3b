"""What a group sets about joining, and what cannot be set."""

from dataclasses import dataclass

from app.core.errors import Refusal
from app.plugins.joining.domain.deciding import Rule

FEWEST_DAYS, MOST_DAYS, USUAL_DAYS = 7, 90, 30
FEWEST_MONTHS, MOST_MONTHS, USUAL_MONTHS = 1, 12, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a group takes people in; `version` is 0 where it never changed anything.

    `is_open`: people may apply online. `approval_days`: how long an approval keeps the seat. `keep_months`: how long an
    application is kept after the decision.
    """

    is_open: bool = False
    rule: Rule = Rule.MAJORITY
    approval_days: int = USUAL_DAYS
    keep_months: int = USUAL_MONTHS
    version: int = 0


def refusals_for_settings(rule: str, approval_days: int | None, keep_months: int | None) -> list[Refusal]:
    """Return every reason why this cannot be set."""
    refusals = []
    if rule not in set(Rule):
        refusals.append(Refusal(code="joining.rule_missing", field="rule"))
    if approval_days is None or not FEWEST_DAYS <= approval_days <= MOST_DAYS:
        facts = {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
        refusals.append(Refusal(code="joining.days_odd", facts=facts, field="approval_days"))
    if keep_months is None or not FEWEST_MONTHS <= keep_months <= MOST_MONTHS:
        facts = {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}
        refusals.append(Refusal(code="joining.months_odd", facts=facts, field="keep_months"))
    return refusals
