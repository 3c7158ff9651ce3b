"""What would change one's own record, said with its numbers: what is missing, what one more report would do, until when it lasts."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from math import ceil, log2
from typing import Final

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.plugins.credibility.domain.estimate import Condition, Measure
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.queries.shown import TAKES_PART, Own
from app.plugins.credibility.web.words import number, share_of

_HUNDRED = 100
REFERRALS: Final = "referrals"
ATTENDANCE: Final = "attendance"
KNOWN_BY: Final[Mapping[Condition, str]] = {
    Condition.ATTENDED: ATTENDANCE,
    Condition.GIVEN: REFERRALS,
    Condition.OUTCOMES: REFERRALS,
    Condition.INDEPENDENT: REFERRALS,
    Condition.EVIDENCE: REFERRALS,
}
"""Which plugin moves a condition: while it is off, nothing a member does would."""

_COUNTED_BY_OTHERS: Final = {Condition.ATTENDED, Condition.GIVEN}
"""What the other plugins count; what was reported is counted here, and is known while they are off."""


def what_would_change(own: Own, today: date) -> list[str]:
    """Return the sentences for the member's own eyes."""
    if own.says in {"no", "object"}:
        return [
            str(_("A yes below. From the next Monday on, what was reported and still stands is counted."))
        ]
    missing = [
        sentence
        for measure in own.gate
        if not measure.is_met and KNOWN_BY.get(measure.condition) not in own.off
        for sentence in _missing(own, measure, today)
    ]
    if own.says != TAKES_PART:
        missing.append(str(_("Your yes: without it nobody else sees anything.")))
    lasting = list(_until(own, today)) if own.is_open else []
    coming = [] if REFERRALS in own.off else list(_one_more(own))
    return [*missing, *coming, *lasting]


def while_off(off: Collection[str], constants: Constants) -> list[str]:
    """Return a sentence for each plugin that is off and without which no record can open by these constants."""
    sentences: list[str] = []
    if ATTENDANCE in off and constants.min_attended > 0:
        sentences.append(
            str(
                _(
                    "Attendance is switched off in this group. While it is off nobody knows who came, so no record can open."
                )
            )
        )
    if REFERRALS in off and constants.min_given > 0:
        sentences.append(
            str(
                _(
                    "Referrals is switched off in this group. While it is off nothing is passed or reported, so no record can open."
                )
            )
        )
    return sentences


def unknown_of(own: Own) -> frozenset[Condition]:
    """Return the conditions of which nobody knows how far they are: the plugin that counts them is off."""
    return frozenset(
        measure.condition
        for measure in own.gate
        if not measure.is_met
        and measure.condition in _COUNTED_BY_OTHERS
        and KNOWN_BY[measure.condition] in own.off
    )


def _missing(own: Own, measure: Measure, today: date) -> Iterator[str]:
    lacks = max(1, ceil(measure.needs - max(0.0, measure.has)))
    if measure.condition is Condition.TENURE:
        day = format_date(today + timedelta(days=lacks), "long")
        yield str(
            _(
                "Time: on %(day)s you have been a member for %(needs)s days.",
                day=day,
                needs=number(measure.needs),
            )
        )
    elif measure.condition is Condition.ATTENDED:
        yield ngettext(
            "One more meeting in person. A substitute keeps your seat, but does not count here.",
            "%(num)s more meetings in person. A substitute keeps your seat, but does not count here.",
            lacks,
        )
    elif measure.condition is Condition.GIVEN:
        yield ngettext(
            "One more referral of yours to a colleague.",
            "%(num)s more referrals of yours to colleagues.",
            lacks,
        )
    elif measure.condition is Condition.OUTCOMES:
        yield ngettext(
            "One more report. A colleague is asked when a referral has ended, or after two weeks: so tell how it went.",
            "%(num)s more reports. A colleague is asked when a referral has ended, or after two weeks: so tell how it went.",
            lacks,
        )
    elif measure.condition is Condition.INDEPENDENT:
        yield ngettext(
            "A report by one more colleague who is independent: to whom you passed nothing in the %(days)s days before.",
            "Reports by %(num)s more colleagues who are independent: to whom you passed nothing in the %(days)s days before.",
            lacks,
            days=number(own.constants.mutual_window),
        )
    else:
        yield _more_evidence(measure, own.constants)


def _more_evidence(measure: Measure, constants: Constants) -> str:
    """Say how much is missing, and what one more voice brings: its weight, whatever it says, where it has not spoken before."""
    lacks = ceil(round(_HUNDRED * (measure.needs - measure.has), 6)) / _HUNDRED
    missing = _("Newer evidence: %(lacks)s is missing.", lacks=number(lacks, 2))
    brings = ngettext(
        "A report by an independent colleague who has not spoken yet brings %(each)s, so about one is enough.",
        "A report by an independent colleague who has not spoken yet brings %(each)s, so about %(num)s are enough.",
        max(1, ceil(round(lacks / constants.new_voice, 6))) if constants.new_voice else 1,
        each=share_of(constants.new_voice),
    )
    otherwise = _(
        "A colleague with a record of their own brings their estimate instead. A favour returned brings either times %(share)s.",
        share=share_of(constants.mutual_factor),
    )
    return f"{missing} {brings} {otherwise}"


def _one_more(own: Own) -> Iterator[str]:
    """Say what the next report of a colleague without a record would do, either way, where there is an estimate to move."""
    if not own.voices:
        return
    constants, estimate = own.constants, own.estimate
    start, mass = constants.kappa * constants.prior, estimate.evidence + constants.kappa
    well = (estimate.good + start + constants.new_voice) / (mass + constants.new_voice)
    badly = (estimate.good + start) / (mass + constants.bad_weight * constants.new_voice)
    yield str(
        _(
            "The next word. If one more independent colleague without a record says yes and you called within a week: from %(now)s in 100 to %(well)s. If they say no: to %(badly)s.",
            now=number(_HUNDRED * estimate.p),
            well=number(_HUNDRED * well),
            badly=number(_HUNDRED * badly),
        )
    )


def _until(own: Own, today: date) -> Iterator[str]:
    """Say when the evidence has faded below what is needed, if nothing new comes."""
    if own.constants.min_evidence <= 0:
        return
    days = own.constants.half_life * log2(own.estimate.evidence / own.constants.min_evidence)
    month = format_date(today + timedelta(days=int(days)), "MMMM y")
    yield str(
        _(
            "Time. What is %(half_life)s days old counts half: if nothing new comes, it is a blank again from %(month)s on.",
            half_life=number(own.constants.half_life),
            month=month,
        )
    )
