"""A member's record as lines of text: the gate, each report, the voices, the sum; what the member sees, and no name but theirs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.plugins.credibility.domain.confirming import CONFIRMED, KNOWN, NEW
from app.plugins.credibility.domain.estimate import Condition, Measure
from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import Own, OwnLeads

CONDITION_WORDS = {
    Condition.TENURE: "days as a member",
    Condition.ATTENDED: "meetings attended in person",
    Condition.GIVEN: "referrals given",
    Condition.OUTCOMES: "reports that are in",
    Condition.INDEPENDENT: "independent colleagues who reported",
    Condition.EVIDENCE: "evidence, which fades with time",
}
PART_WORDS = {
    "yes": "takes part: the group sees the record once all is there",
    "no": "does not take part: nothing is counted",
    "object": "objected: nothing is counted",
    "": "has not said whether they take part: nobody else sees anything",
}
_REAL = {1.0: "real", 0.5: "partly", 0.0: "not real"}
_WORTH = {1.0: "good", 0.5: "not sure", 0.0: "bad"}


def sheet_of(own: Own, group: Group, *, name: str, at: datetime) -> list[str]:
    """Return the lines, on the day of `at`; whoever adds them up by hand comes to the same estimate."""
    return [
        f"{name}, {group.name}, {local_day(at, group.zone):%Y-%m-%d}",
        f"{PART_WORDS[own.says]}",
        "",
        "History enough:",
        *(f"  {_measure(one)}" for one in own.gate),
        "",
        *_reports(own),
        *_sums(own),
        *_leads(own.leads),
    ]


def _measure(one: Measure) -> str:
    has, needs = (
        (f"{one.has:.4f}", f"{one.needs:.4f}")
        if one.condition is Condition.EVIDENCE
        else (f"{max(0, int(one.has))}", f"{int(one.needs)}")
    )
    return f"{'there  ' if one.is_met else 'not yet'}  {CONDITION_WORDS[one.condition]}: {has} of {needs}"


def _reports(own: Own) -> Iterator[str]:
    if not own.rows:
        yield "Reports: none has been published."
        return
    yield f"Reports, published up to {own.since:%Y-%m-%d}:" if own.since else "Reports:"
    for row in own.rows:
        yield f"  {_month(row)}  {_WORTH.get(row.worth, row.worth):<8}  weight {row.weight:.6f}  {_reason(row, own)}"


def _leads(leads: OwnLeads) -> Iterator[str]:
    """Return what was reported on leads, which is no part of the sum above."""
    if not leads.rows:
        return
    yield ""
    yield "Reports on leads:"
    for row in leads.rows:
        yield f"  {_month(row)}  {_REAL.get(row.worth, row.worth):<8}  weight {row.weight:.6f}"
    yield f"p = {leads.estimate.p:.6f} ± {leads.estimate.deviation:.6f}, {'history enough' if leads.is_open else 'not enough yet'}"


def _month(row: Evidence) -> str:
    """Return the month alone: the day would name the colleague."""
    return f"{EPOCH + timedelta(days=row.day):%Y-%m}"


def _reason(row: Evidence, own: Own) -> str:
    if row.is_frozen:
        return "not counted: the member disagreed"
    voice = {
        NEW: f"a colleague without a record of their own: {own.constants.new_voice:.10g}",
        KNOWN: "a colleague with a record: their own estimate",
        CONFIRMED: "a colleague without a record of their own, confirmed by the customer: 1",
    }[row.voice]
    return voice if row.is_independent else f"{voice}; a favour returned: × {own.constants.mutual_factor:.6f}"


def _sums(own: Own) -> Iterator[str]:
    if not own.voices:
        return
    constants, estimate = own.constants, own.estimate
    yield ""
    yield "Voices today (reports faded, good, bad, share of each that counts):"
    for number, voice in enumerate(own.voices, 1):
        pair = voice.pair
        yield f"  {number:>3}  {pair.n:.6f}  {pair.good:.6f}  {pair.bad:.6f}  × {voice.share:.6f}"
    yield ""
    yield f"good = {estimate.good:.6f}, bad = {estimate.bad:.6f}"
    yield (
        f"p = (good + {constants.kappa:.10g} × {constants.prior:.10g}) / (good + bad + {constants.kappa:.10g}) = {estimate.p:.6f}"
        f" ± {estimate.deviation:.6f}"
    )
    yield "Shown to the group." if own.is_open and own.says == "yes" else "Not shown to the group."
