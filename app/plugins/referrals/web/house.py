"""What referrals bring to the pages of the house: the home page, the console, a member's page, what waits."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.http.periods import in_address, last_days
from app.plugin_api import MemberBrief, Panel, Task
from app.plugins.referrals import permissions as may
from app.plugins.referrals.queries.boxes import dealings_between, open_slips_of
from app.plugins.referrals.queries.totals import group_counts
from app.plugins.referrals.queries.words_due import Due, WordDue, words_due
from app.plugins.referrals.web.fragments import LIVE_SECONDS
from app.plugins.referrals.web.lines import slip_lines
from app.plugins.referrals.web.office_help import office_tasks
from app.plugins.referrals.web.totals import FOUR_WEEKS

SILENT_AFTER = timedelta(days=14)
"""After how long without news an open slip is asked about."""

_MOST_LINES = 6


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the viewer's open slips, and for leaders the counts of the group."""
    return [_own_slips(page), *([_group_slips(page)] if page.may(may.TOTALS_VIEW) else [])]


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer's word: slips they received, and what is asked about the office's help."""
    due = words_due(
        page.work.session,
        page.group.id,
        page.viewer.member_id,
        now=page.work.now,
        silent_since=page.work.now - SILENT_AFTER,
        is_helper=page.may(may.HELP_GIVE),
    )
    own = [_task(page, word) for word in due if word.due is not Due.HELP]
    return [*own, *office_tasks(page, sum(word.due is Due.HELP for word in due))]


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return what went between the viewer and that member, for the viewer alone; nothing on one's own page."""
    session, group_id, viewer = page.work.session, page.group.id, page.viewer.member_id
    if member.id == viewer:
        return ()
    dealings = dealings_between(session, group_id, viewer, member.id, _MOST_LINES, now=page.work.now)
    return (
        Panel(
            key="between",
            title=_("Between you and %(name)s", name=member.first_name),
            template="referrals/panel_between.html",
            context={
                "member": member,
                "may_pass": member.is_member_on(page.today),
                "dealings": dealings,
                "lines": slip_lines(page, dealings.lines),
            },
            order=20,
        ),
    )


def _own_slips(page: GroupPage) -> Panel:
    slips = open_slips_of(
        page.work.session, page.group.id, page.viewer.member_id, _MOST_LINES, now=page.work.now
    )
    return Panel(
        key="own",
        title=_("Your open slips"),
        template="referrals/panel_own.html",
        context={"lines": slip_lines(page, slips)},
        url=page.url("referrals.inbox"),
        order=20,
        live_seconds=LIVE_SECONDS,
        button=(_("Pass a slip"), page.url("referrals.pass_on")) if page.may(may.SLIP_PASS) else None,
    )


def _group_slips(page: GroupPage) -> Panel:
    period = last_days(page.today, FOUR_WEEKS)
    rows_url = page.url("referrals.totals", **in_address(period))
    return Panel(
        key="group",
        title=_("Referrals in the last four weeks"),
        template="referrals/panel_group.html",
        context={
            "counts": group_counts(
                page.work.session, page.group.id, period, page.group.zone, now=page.work.now
            ),
            "rows_url": rows_url,
        },
        url=rows_url,
        order=40,
        live_seconds=LIVE_SECONDS,
    )


def _task(page: GroupPage, word: WordDue) -> Task:
    """Return what waits for the viewer's word: a slip not answered yet comes before one that waits for news."""
    texts = {
        Due.ANSWER: (_("%(name)s passed you a slip: tell them that you have it.", name=word.name), 15),
        Due.NEWS: (_("%(name)s waits for news of a slip.", name=word.name), 20),
        Due.ABOUT_HELP: (_("No news yet from %(name)s. Shall the office help?", name=word.name), 25),
    }
    text, order = texts[word.due]
    return Task(text=text, url=page.url("referrals.slip", slip=word.slip), order=order)
