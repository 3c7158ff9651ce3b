"""Looking at referrals: the group's own answer, one's own period, who passed to whom, and how far slips come."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.local_time import Period
from app.http.downloads import FileKind
from app.http.page import Answer, GroupPage
from app.http.periods import AskedPeriod, asked_period
from app.plugins.referrals.domain import looking as rules
from app.plugins.referrals.queries.looking import journeys_in
from app.plugins.referrals.web.boxes import tabs_of
from app.plugins.referrals.web.looking_matrix import RECEIVED, matrix_of, matrix_rows
from app.plugins.referrals.web.looking_own import own_of
from app.plugins.referrals.web.wording import state_words

_DAYS_FROM = timedelta(hours=48)


def answer(page: GroupPage) -> Answer:
    """Answer for the group whether anyone ever got firm work from it, or say what is still missing."""
    return page.render(
        "referrals/looking_answer.html",
        period=answer_period(page),
        answer=group_answer(page),
        fewest=rules,
        wait_words=wait_words,
        files=[(kind.name, page.url(f"referrals.answer_{kind}")) for kind in FileKind],
        tabs=tabs_of(page, "referrals.answer"),
    )


def own(page: GroupPage) -> Answer:
    """Show what the viewer gave and received in a period; to the viewer alone."""
    asked = asked_period(page)
    shown = page.render(
        "referrals/looking_own.html",
        asked=asked,
        own=own_of(page, asked.period),
        between=page.urls("referrals.between", "member"),
        files=offered(page, asked, "referrals.own"),
        tabs=tabs_of(page, "referrals.own"),
    )
    return shown, asked.status


def matrix(page: GroupPage) -> Answer:
    """Show who passed slips to whom in a period, both ways round: `?way=received` turns it."""
    asked = asked_period(page)
    found = matrix_of(page, asked.period)
    way = {"way": RECEIVED} if found.is_received else {}
    turned: dict[str, Any] = {} if found.is_received else {"way": RECEIVED}
    shown = page.render(
        "referrals/looking_matrix.html",
        asked=asked,
        matrix=found,
        rows=matrix_rows(page, found),
        way=RECEIVED if found.is_received else "",
        turned_url=page.url("referrals.matrix", **asked.in_address, **turned),
        files=offered(page, asked, "referrals.matrix", **way),
        tabs=group_tabs(page, "referrals.matrix"),
    )
    return shown, asked.status


def funnel(page: GroupPage) -> Answer:
    """Show how far the slips of a period came, with the times between; withheld where they are too few."""
    asked = asked_period(page)
    shown = page.render(
        "referrals/looking_funnel.html",
        asked=asked,
        funnel=group_funnel(page, asked.period),
        fewest=rules,
        wait_words=wait_words,
        state_words=state_words,
        files=offered(page, asked, "referrals.funnel"),
        tabs=group_tabs(page, "referrals.funnel"),
    )
    return shown, asked.status


def group_funnel(page: GroupPage, period: Period) -> rules.Funnel | None:
    """Return the funnel of the group, or None where it would tell how a single slip does."""
    return rules.group_funnel(
        journeys_in(page.work.session, page.group.id, period, page.group.zone, now=page.work.now)
    )


def answer_period(page: GroupPage) -> Period:
    """Return the months that the group's own answer is about."""
    return rules.full_months(page.today)


def group_answer(page: GroupPage) -> rules.GroupAnswer | None:
    """Return the group's own answer as it stood when its last full month was over."""
    period, zone = answer_period(page), page.group.zone
    slips = journeys_in(page.work.session, page.group.id, period, zone, now=page.work.now)
    return rules.answer_of(slips, period.ends_before_utc(zone))


def offered(page: GroupPage, asked: AskedPeriod, endpoint: str, **address: Any) -> list[tuple[str, str]]:
    """Return the files of a page as kind and address; their endpoints are its own with the kind behind it."""
    query = {**asked.in_address, **address}
    return [(kind.name, page.url(f"{endpoint}_{kind}", **query)) for kind in FileKind]


def group_tabs(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs above the pages of the group's referrals, as the macro `tabs` takes them."""
    titles = {
        "referrals.totals": _("Counts"),
        "referrals.matrix": _("Who to whom"),
        "referrals.funnel": _("From passed to won"),
        "referrals.type_in_pile": _("From paper"),
        "referrals.shares": _("Quality"),
        "referrals.forget": _("Forget somebody"),
    }
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title in titles.items()
    ]


def group_addresses(page: GroupPage) -> tuple[str, ...]:
    """Return where the pages of the group's referrals are that do not lie below its counts."""
    return tuple(page.url(f"referrals.{name}") for name in ("matrix", "funnel", "shares", "forget"))


def wait_words(took: timedelta) -> str:
    """Return how long it took: in hours below two days, else in whole days; what was begun counts."""
    hours = max(1, -(-took // timedelta(hours=1)))
    if took < _DAYS_FROM:
        said: str = ngettext("%(num)s hour", "%(num)s hours", hours)
        return said
    days: str = ngettext("%(num)s day", "%(num)s days", -(-took // timedelta(days=1)))
    return days
