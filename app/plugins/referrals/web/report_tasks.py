"""What waits for the viewer's sealed word: once more at the next meeting, after an import, and a drawn slip."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.meetings.queries import last_meetings
from app.http.page import GroupPage
from app.plugin_api import Task
from app.plugins.referrals.domain.quality import ASKED_FOR
from app.plugins.referrals.queries.quality import checks_of
from app.plugins.referrals.queries.reports import count_to_tell_between, slips_to_look_back_on


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what the viewer may still say; each hangs on their own reports and answers alone."""
    return [*_of_the_meeting(page), *_of_an_import(page), *_of_the_quality_check(page)]


def _of_the_meeting(page: GroupPage) -> Sequence[Task]:
    """Ask once more at the next meeting after a slip could first be reported on, until the one after it begins."""
    begun = last_meetings(page.work.session, page.group.id, page.work.now, 2)
    if len(begun) < 2:
        return ()
    before, latest = begun
    missing = count_to_tell_between(
        page.work.session,
        page.group.id,
        page.viewer.member_id,
        after=before.starts_at_utc,
        until=latest.starts_at_utc,
    )
    if not missing:
        return ()
    text = ngettext(
        "How did it go? %(num)d slip waits for your sealed word.",
        "How did it go? %(num)d slips wait for your sealed word.",
        missing,
    )
    return (Task(text=text, url=page.url("referrals.reports"), order=25),)


def _of_an_import(page: GroupPage) -> Sequence[Task]:
    slips = slips_to_look_back_on(page.work.session, page.group.id, page.viewer.member_id, today=page.today)
    if not slips:
        return ()
    text = _("Your last 26 weeks of slips: what came of them?")
    return (Task(text=text, url=page.url("referrals.looking_back"), order=45),)


def _of_the_quality_check(page: GroupPage) -> Sequence[Task]:
    checks = checks_of(page.work.session, page.group.id, page.viewer.member_id, today=page.today)
    return [
        Task(
            text=_("Three private questions about a slip from %(name)s.", name=one.giver_name),
            url=page.url("referrals.check", slip=one.slip),
            order=30,
            due_on=one.week + ASKED_FOR,
        )
        for one in checks
    ]
