"""What waits for the viewer's sealed word: once more at the next meeting, after an import, and a drawn slip."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.http.page import GroupPage
from app.plugin_api import Task
from app.plugins.referrals.domain.quality import ASKED_FOR
from app.plugins.referrals.queries.confidence import DrawnSlip, waiting_words


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what the viewer may still say; each hangs on their own reports and answers alone."""
    waiting = waiting_words(
        page.work.session, page.group.id, page.viewer.member_id, now=page.work.now, today=page.today
    )
    looking_back = [_look_back(page)] if waiting.looks_back else []
    return [
        *_of_the_meeting(page, waiting.reports_since),
        *(_check(page, one) for one in waiting.drawn),
        *looking_back,
    ]


def _of_the_meeting(page: GroupPage, since: Sequence[datetime]) -> Sequence[Task]:
    """Ask once more at the next meeting after a slip could first be reported on, until the one after it begins."""
    if not since:
        return ()
    begun = page.meetings_near.begun
    if len(begun) < 2:
        return ()
    before, latest = begun
    missing = sum(before.starts_at_utc < instant <= latest.starts_at_utc for instant in since)
    if not missing:
        return ()
    text = ngettext(
        "How did it go? %(num)d slip waits for your sealed word.",
        "How did it go? %(num)d slips wait for your sealed word.",
        missing,
    )
    return (Task(text=text, url=page.url("referrals.reports"), order=25),)


def _look_back(page: GroupPage) -> Task:
    text = _("Your last 26 weeks of slips: what came of them?")
    return Task(text=text, url=page.url("referrals.looking_back"), order=45)


def _check(page: GroupPage, one: DrawnSlip) -> Task:
    return Task(
        text=_("Three private questions about a slip from %(name)s.", name=one.giver_name),
        url=page.url("referrals.check", slip=one.slip),
        order=30,
        due_on=one.week + ASKED_FOR,
    )
