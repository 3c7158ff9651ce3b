"""Words for leads: what was reported on them, why so much, what it comes to with its interval, and what is missing."""

from collections.abc import Collection

from flask_babel import gettext as _

from app.plugins.credibility.domain.estimate import Condition, Estimate
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import OwnLeads
from app.plugins.credibility.web.words import condition, interval, reasons

_TEN = 10


def leads_words(estimate: Estimate) -> str:
    """Return the estimate of leads as a sentence with its interval: colleagues and the member read the same."""
    low, high = interval(estimate)
    return str(
        _(
            "Leads given: about %(tenths)s in 10 are real, between %(low)s and %(high)s in 100, as far as all reports on leads can tell.",
            tenths=round(estimate.p * _TEN),
            low=low,
            high=high,
        )
    )


def own_lead_sentences(leads: OwnLeads, unknown: Collection[Condition], *, is_shown: bool) -> list[str]:
    """Return what the reports on one's own leads come to, and whether the group reads it.

    `is_shown` says whether it sees the record; of conditions that are `unknown` nothing is said.
    """
    says = leads_words(leads.estimate)
    if not leads.is_open:
        return [says, _missing(leads, unknown)]
    if not is_shown:
        return [says, str(_("Your group reads this beside your record, once that is shown."))]
    return [says, str(_("Your group reads this beside your record."))]


def _missing(leads: OwnLeads, unknown: Collection[Condition]) -> str:
    lacking = [
        condition(measure)
        for measure in leads.gate
        if not measure.is_met and measure.condition not in unknown
    ]
    if not lacking:
        return str(_("Your group reads nothing of it yet: the same six conditions hold for leads."))
    missing = (
        str(_("%(what)s: %(has)s of %(needs)s", what=what, has=has, needs=needs))
        for what, has, needs in lacking
    )
    return str(
        _(
            "Your group reads nothing of it yet: the same six conditions hold for leads, counted on these reports alone. Not yet there: %(missing)s.",
            missing="; ".join(missing),
        )
    )


def said_of_lead(row: Evidence) -> str:
    """Return what a report on a lead said."""
    if row.worth == 1.0:
        return str(_("the lead was real"))
    return str(_("the lead was real in part") if row.worth else _("the lead was not real"))


def why_of_lead(row: Evidence, constants: Constants) -> str:
    """Return why a report on a lead weighs what it weighs."""
    return str(_("%(voice)s; times how well you introduced it", voice=reasons(row, constants)))
