"""Words for what the arithmetic says: conditions, reasons of a weight, months; never a grade."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.local_time import local_day
from app.plugins.attendance.interface import CameLately
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.confirming import CONFIRMED, KNOWN, NEW
from app.plugins.credibility.domain.estimate import Condition, Estimate, Measure
from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import Surfaced

PART_WORDS: Mapping[str, object] = {
    "yes": _l("Yes: once there is history enough, members of this group may see my record."),
    "no": _l(
        "No, not now. What was counted is deleted at once, and what I disagree with ends undecided. Nothing more is counted about me; I can say yes later."
    ),
    "object": _l(
        "I object to such a record. It does what a no does: what was counted is deleted at once, what I disagree with ends undecided, and nothing more is counted."
    ),
}

WORD_WORDS: Mapping[str, object] = {
    "uphold": _l("No: it does not say fairly how it was."),
    "keep": _l("Yes: it may stand."),
}

YES_OR_NO: Mapping[str, object] = {"yes": _l("Yes"), "no": _l("No")}

STATE_WORDS: Mapping[AppealState, object] = {
    AppealState.OPEN: _l("This is being decided."),
    AppealState.UPHELD: _l("Decided: the report counts no more."),
    AppealState.REJECTED: _l("Decided: the report counts."),
    AppealState.LAPSED: _l("It was not decided in time. The report counts."),
    AppealState.MOOT: _l("The report stands no more; nothing is left to decide."),
}

AGAIN_WORDS: Mapping[str | None, object] = {
    "yes": _l("yes"),
    "not-sure": _l("not sure"),
    "no": _l("no"),
    None: _l("not told: without contact within a week a report counts as not good, whatever the answer was"),
}

WORTH_WORDS: Mapping[float, object] = {1.0: _l("as good"), 0.5: _l("as half"), 0.0: _l("as not good")}

_TEN = 10
_MOST_DIGITS = 9
_MOST_PARTS = 999
"""As many digits behind the point, or parts of a whole, as the form of a network's scheme takes."""

_AS_GOOD_AS_EQUAL = 1e-12


def sentences_of(shown: Surfaced) -> list[str]:
    """Return what members read of a colleague's record: how many reported, how many were called soon, what would come next."""
    reported = ngettext(
        "%(num)s colleague reported on %(referrals)s referrals.",
        "%(num)s colleagues reported on %(referrals)s referrals.",
        shown.colleagues,
        referrals=shown.referrals,
    )
    return [reported, *_called_words(shown), again(shown.estimate)]


def _called_words(shown: Surfaced) -> list[str]:
    """Return how many were called soon, of those whose slip tells when: a slip from a file does not."""
    if not shown.calls_known:
        return []
    if shown.calls_known == shown.referrals:
        return [
            ngettext(
                "%(num)s of the %(referrals)s was called within a week.",
                "%(num)s of the %(referrals)s were called within a week.",
                shown.called_soon,
                referrals=shown.referrals,
            )
        ]
    return [
        ngettext(
            "%(num)s of the %(known)s whose slip tells when was called within a week.",
            "%(num)s of the %(known)s whose slip tells when were called within a week.",
            shown.called_soon,
            known=shown.calls_known,
        )
    ]


def facets_of(shown: Surfaced, came: CameLately | None) -> list[tuple[str, str]]:
    """Return what stands beside the estimate and apart from it, each with its plain counts of the last 26 weeks."""
    lines: list[tuple[str, str]] = []
    if came is not None and came.meetings:
        lines.append((str(_("Shows up")), _came_words(came)))
    if came is not None and came.in_person:
        on_time = _("on time at %(num)s of %(all)s meetings", num=came.on_time, all=came.in_person)
        lines.append((str(_("On time")), str(on_time)))
    referrals = ngettext("%(num)s referral", "%(num)s referrals", shown.gives.referrals)
    colleagues = ngettext("%(num)s colleague", "%(num)s colleagues", shown.gives.colleagues)
    gives = _("%(referrals)s to %(colleagues)s", referrals=referrals, colleagues=colleagues)
    lines.append((str(_("Gives")), str(gives)))
    return lines


def _came_words(came: CameLately) -> str:
    attended = _("attended %(num)s of %(all)s meetings", num=came.in_person, all=came.meetings)
    if not came.by_substitute:
        return str(attended)
    return str(
        ngettext(
            "%(attended)s, %(num)s by a substitute",
            "%(attended)s, %(num)s by substitutes",
            came.by_substitute,
            attended=attended,
        )
    )


def again(estimate: Estimate) -> str:
    """Return the estimate as a sentence in tenths."""
    tenths = round(estimate.p * _TEN)
    return str(_("About %(tenths)s in 10 would refer again.", tenths=tenths))


def cell_of(shown: Surfaced) -> str:
    """Return the estimate with what it rests on in a few words, for a column that says above what it is of."""
    words: str = ngettext(
        "about %(tenths)s in 10, by %(num)s colleague",
        "about %(tenths)s in 10, by %(num)s colleagues",
        shown.colleagues,
        tenths=round(shown.estimate.p * _TEN),
    )
    return words


def interval(estimate: Estimate) -> tuple[int, int]:
    """Return the estimate less and plus its spread, in percent from 0 to 100."""
    low, high = estimate.p - estimate.deviation, estimate.p + estimate.deviation
    return round(100 * max(0.0, low)), round(100 * min(1.0, high))


def number(value: float, digits: int = 0) -> str:
    """Return a number with so many digits behind the point, as the group writes it."""
    return str(format_decimal(value, format="0" + ("." + "0" * digits if digits else "")))


def condition(measure: Measure) -> tuple[str, str, str]:
    """Return one line of the checklist: what it is, how much there is of it, and how much is needed."""
    words = {
        Condition.TENURE: _("Days as a member"),
        Condition.ATTENDED: _("Meetings attended in person"),
        Condition.GIVEN: _("Referrals given"),
        Condition.OUTCOMES: _("Reports that are in"),
        Condition.INDEPENDENT: _("Independent colleagues who reported"),
        Condition.EVIDENCE: _("Evidence, which fades with time"),
    }
    digits = 2 if measure.condition is Condition.EVIDENCE else 0
    has = max(0.0, measure.has) if digits else float(max(0, int(measure.has)))
    return str(words[measure.condition]), number(has, digits), number(measure.needs, digits)


def met_words(met: int) -> str:
    """Return how many of the six conditions are met."""
    words: str = ngettext(
        "%(num)s of the six conditions below is met.", "%(num)s of the six conditions below are met.", met
    )
    return words


def reasons(row: Evidence, constants: Constants) -> str:
    """Return why a report weighs what it weighs by the constants in force: a change of the scheme weighs every report anew."""
    voices = {
        NEW: _("a colleague without a record of their own: %(share)s", share=share_of(constants.new_voice)),
        KNOWN: _("a colleague with a record: their own estimate"),
        CONFIRMED: _("a colleague without a record of their own, confirmed by the customer: a full voice"),
    }
    voice = voices[row.voice]
    if row.is_independent:
        return str(voice)
    share = share_of(constants.mutual_factor)
    return str(_("%(voice)s; a favour returned: × %(share)s", voice=voice, share=share))


def said(row: Evidence) -> str:
    """Return what a report said, as it counts."""
    if row.worth == 1.0:
        return str(_("called within a week as far as the slip tells, would refer again"))
    return str(_("not sure") if row.worth else _("not called within a week, or would not refer again"))


def day_in(zone: str) -> Callable[[datetime], date]:
    """Return the filter of a page that makes an instant a day of the group."""
    return lambda at: local_day(at, zone)


def month_of(row: Evidence) -> str:
    """Return the month in which a report counted, and no more: its day would name its author."""
    return month_name((EPOCH + timedelta(days=row.day)).date())


def month_name(day: date) -> str:
    """Return the month of a day in words."""
    return str(format_date(day, "MMMM y"))


def worth_of(worth: float) -> str:
    """Return what a report is worth, as one writes it by hand: 1, ½ or 0."""
    return "½" if worth == 0.5 else number(worth)


def share_of(share: float) -> str:
    """Return a share, or another constant of a scheme, as one writes it by hand: with its own digits, none lost, or as 1/3.

    What stands here can be typed into the form of a network's scheme and is the same there.
    """
    if abs(round(share, _MOST_DIGITS) - share) > _AS_GOOD_AS_EQUAL:
        parts = Fraction(share).limit_denominator(_MOST_PARTS)
        if abs(float(parts) - share) < _AS_GOOD_AS_EQUAL:
            return f"{parts.numerator}/{parts.denominator}"
    return str(format_decimal(round(share, _MOST_DIGITS), format="0." + "#" * _MOST_DIGITS))


def seen_by() -> list[tuple[str, str]]:
    """Return who sees what of a record."""
    return [
        (str(who), str(sees))
        for who, sees in (
            (_("You"), _("Everything on this page.")),
            (
                _("Members of this group"),
                _(
                    "Once all six conditions are met and you said yes: the sentences and the line above, and plain counts of the last 26 weeks. Until then a blank like every other."
                ),
            ),
            (
                _("Who leads the group"),
                _(
                    "What every member sees. Once the group sees five records, also how many, how many reports are owed between their members, and how many would stay by another scheme. And the days on which an administrator looked at a record, not whose."
                ),
            ),
            (_("Whoever holds another office"), _("What every member sees, and no more.")),
            (
                _("Those who decide, if you disagree"),
                _("That one referral with its dates, who passed it, the report, and your reason."),
            ),
            (_("The colleague who reported"), _("Their own report, which they can correct at any time.")),
            (
                _("An administrator of this installation"),
                _("Nothing on any page. A command shows them what you see; each use is noted here, for you."),
            ),
            (_("Everybody else"), _("Nothing.")),
        )
    ]
