"""How sealed reports read: the question to each side, the three answers, and what is said before one is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.local_time import local_day
from app.http.page import Page
from app.http.rendering import short_date
from app.plugins.referrals.domain.reports import Report, Spoken, latest_opening
from app.plugins.referrals.queries.one_slip import SlipView
from app.plugins.referrals.queries.reports import SlipToTell


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One report as a page asks for it; `said` is the viewer's own answer in words, or empty.

    `opens_by` is the day on which the viewer's word opens at the latest: no page says whether the other side has spoken.
    """

    slip: str
    title: str
    detail: str
    question: str
    answers: Mapping[str, str]
    warning: str
    said: str = ""
    opens_by: date | None = None


def question_of(report: Report, name: str) -> str:
    """Return the one question to the side whose report it is; `name` is who stands on the other."""
    words = {
        Report.HANDLING: _("Would you refer %(name)s again for this kind of job?", name=name),
        Report.LEAD: _("Was the lead from %(name)s real?", name=name),
    }
    return str(words[report])


def answers_of(report: Report) -> dict[str, str]:
    """Return the three answers with their words, in order."""
    if report is Report.HANDLING:
        return {"yes": _("Yes"), "not-sure": _("Not sure"), "no": _("No")}
    return {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}


def warning_of(name: str) -> str:
    """Return what is said plainly before a report is sent."""
    return str(_("Your name is not shown, but in a small group %(name)s may guess.", name=name))


def asked_about(page: Page, slip: SlipToTell) -> Asked:
    """Return the report on a slip of a list as it is asked for."""
    day = short_date(slip.historic_on or local_day(slip.passed_at_utc, page.group.zone))
    return Asked(
        slip=slip.public_id,
        title=slip.prospect_name or _("A referral"),
        detail=_way(slip.report, slip.other_name, day),
        question=question_of(slip.report, slip.other_name),
        answers=answers_of(slip.report),
        warning=warning_of(slip.other_name),
    )


def asked_on_slip(page: Page, view: SlipView, report: Report, own: Spoken | None) -> Asked:
    """Return the viewer's report as the slip's own page asks for it, or shows what they said."""
    name = view.receiver_name if report is Report.HANDLING else view.giver_name
    return Asked(
        slip=view.public_id,
        title="",
        detail="",
        question=question_of(report, name),
        answers=answers_of(report),
        warning=warning_of(name),
        said=answers_of(report)[own.answer] if own else "",
        opens_by=local_day(latest_opening(view.slip, own.first_at), page.group.zone) if own else None,
    )


def _way(report: Report, name: str, day: str) -> str:
    ways = {
        Report.HANDLING: _("to %(name)s, %(day)s", name=name, day=day),
        Report.LEAD: _("from %(name)s, %(day)s", name=name, day=day),
    }
    return str(ways[report])
