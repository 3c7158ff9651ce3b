"""Words for what the arithmetic says: conditions, reasons of a weight, months; never a grade."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.local_time import local_day
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.estimate import Condition, Estimate, Measure
from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import Surfaced

PART_WORDS: Mapping[str, object] = {
    "yes": _l("Yes: once there is history enough, members of this group may see my record."),
    "no": _l("No, not now. Nothing is counted about me; I can say yes later."),
    "object": _l("I object to such a record. What was counted is deleted at once."),
}

SCHEME_WORDS: Mapping[str, object] = {
    "standard": _l("Standard: for weekly groups of 25 members and more"),
    "small_group": _l("Small group: for under 25 members; records appear earlier, on less evidence"),
    "monthly": _l("Monthly: four meetings attended instead of ten"),
}

WORD_WORDS: Mapping[str, object] = {
    "uphold": _l("No: it does not say fairly how the referral was handled."),
    "keep": _l("Yes: it may stand."),
}

STATE_WORDS: Mapping[AppealState, object] = {
    AppealState.OPEN: _l("This is being decided."),
    AppealState.UPHELD: _l("Decided: the report counts no more."),
    AppealState.REJECTED: _l("Decided: the report counts."),
    AppealState.LAPSED: _l("It was not decided in time. The report counts."),
    AppealState.MOOT: _l("The report was corrected or taken back; nothing is left to decide."),
}

_TEN = 10


def sentences_of(shown: Surfaced) -> list[str]:
    """Return what members read of a colleague's record: how many reported, how many were called soon, what would come next."""
    reported = ngettext(
        "%(num)s colleague reported on %(referrals)s referrals.",
        "%(num)s colleagues reported on %(referrals)s referrals.",
        shown.colleagues,
        referrals=shown.referrals,
    )
    called = _(
        "%(soon)s of the %(referrals)s were called within a week.",
        soon=shown.called_soon,
        referrals=shown.referrals,
    )
    return [reported, called, again(shown.estimate)]


def again(estimate: Estimate) -> str:
    """Return the estimate as a sentence in tenths."""
    tenths = round(estimate.p * _TEN)
    return str(_("About %(tenths)s in 10 would refer again.", tenths=tenths))


def interval(estimate: Estimate) -> tuple[int, int]:
    """Return the estimate less and plus its spread, in percent from 0 to 100."""
    low, high = estimate.p - estimate.deviation, estimate.p + estimate.deviation
    return round(100 * max(0.0, low)), round(100 * min(1.0, high))


def condition(measure: Measure) -> str:
    """Return one line of the checklist: how far it is, and of how much."""
    has, needs = max(0, int(measure.has)), int(measure.needs)
    words = {
        Condition.TENURE: _("Member for %(has)s of %(needs)s days", has=has, needs=needs),
        Condition.ATTENDED: _("Attended %(has)s of %(needs)s meetings in person", has=has, needs=needs),
        Condition.GIVEN: _("Gave %(has)s of %(needs)s referrals", has=has, needs=needs),
        Condition.OUTCOMES: _("%(has)s of %(needs)s reports are in", has=has, needs=needs),
        Condition.INDEPENDENT: _(
            "%(has)s of %(needs)s independent colleagues reported", has=has, needs=needs
        ),
        Condition.EVIDENCE: _(
            "Evidence of %(has)s, of %(needs)s needed; it fades with time",
            has=f"{measure.has:.2f}",
            needs=f"{measure.needs:.2f}",
        ),
    }
    return str(words[measure.condition])


def reasons(row: Evidence) -> str:
    """Return why a report weighs what it weighs."""
    voice = (
        _("a colleague without a record of their own: one half")
        if row.voice == "new"
        else _("a colleague with a record: their own estimate")
    )
    if row.is_independent:
        return str(voice)
    return str(_("%(voice)s; a favour returned: a third of it", voice=voice))


def said(row: Evidence) -> str:
    """Return what a report said, as it counts."""
    if row.worth == 1.0:
        return str(_("called within a week, would refer again"))
    return str(_("not sure") if row.worth else _("not called within a week, or would not refer again"))


def day_in(zone: str) -> Callable[[datetime], date]:
    """Return the filter of a page that makes an instant a day of the group."""
    return lambda at: local_day(at, zone)


def month_of(row: Evidence) -> str:
    """Return the month in which a report counted, and no more: its day would name its author."""
    return str(format_date((EPOCH + timedelta(days=row.day)).date(), "MMMM y"))
