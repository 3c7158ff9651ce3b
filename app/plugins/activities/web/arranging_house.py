"""What arranged talks and promises bring to the pages of the house, and what they do by themselves."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import Panel, Task
from app.plugins.activities.domain.arranging import TalkState
from app.plugins.activities.services.arranging_in_time import forget_talks, look_after_talks
from app.plugins.activities.services.commitments import forget_in_time, nudge
from app.plugins.activities.web.arranging_forms import QuickPromiseForm
from app.plugins.activities.web.commitments import own_promises
from app.plugins.activities.web.people import colleagues, next_due, own_arrangements, own_wishes
from app.plugins.activities.web.places import places_in, promise_path, promise_url

_MOST_WISHES = 3
_SHOWN_AHEAD = timedelta(days=14)


def promise_panel(page: GroupPage) -> Panel:
    """Return the one line in which the viewer promises themself something, with what is open."""
    return Panel(
        key="promises",
        title=_("What you will do"),
        template="activities/panel_promises.html",
        context={
            "form": QuickPromiseForm(None, prefix="promise"),
            "open_count": len([one for one in own_promises(page) if one.is_open]),
        },
        url=page.url("activities.commitments"),
        order=42,
    )


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer: answers, talks to record, promises that are due, wishes of their own."""
    return [*_talks(page), *_promises(page), *_wishes(page)]


def look_after(work: UnitOfWork, group: Group) -> int:
    """Remind of talks, let asks rest, call off with who left; the house commits."""
    return look_after_talks(work, group, places_in(group))


def nudge_in_time(work: UnitOfWork, group: Group) -> int:
    """Nudge everybody once for what they promised until today; the house commits."""
    return nudge(work, group, promise_path, promise_url)


def forget(work: UnitOfWork, group: Group) -> int:
    """Forget talks that did not come about and promises, at their time; the house commits."""
    return forget_talks(work, group, places_in(group)) + forget_in_time(work, group, promise_path)


def _talks(page: GroupPage) -> list[Task]:
    viewer, found = page.viewer.member_id, []
    for one in own_arrangements(page):
        url = page.url("activities.arranged", arrangement=one.public_id)
        name = one.other_than(viewer).name
        if one.standing.waits_for == viewer:
            found.append(Task(text=_("Answer %(name)s about your one-to-one.", name=name), url=url, order=30))
        elif one.standing.state is TalkState.AGREED and one.standing.has_begun(page.work.now):
            found.append(Task(text=_("Did you and %(name)s talk? Record it.", name=name), url=url, order=45))
        elif one.standing.starts_at is not None and one.standing.state is TalkState.AGREED:
            day = local_day(one.standing.starts_at, page.group.zone)
            if day <= page.today + _SHOWN_AHEAD:
                text = _("Look at the sheet for your one-to-one with %(name)s.", name=name)
                sheet = page.url("activities.sheet", arrangement=one.public_id)
                found.append(Task(text=text, url=sheet, order=60, due_on=day))
    return found


def _promises(page: GroupPage) -> list[Task]:
    return [
        Task(
            text=_("You promised yourself: %(words)s", words=one.words),
            url=page.url("activities.commitment", commitment=one.public_id),
            order=50,
            due_on=one.due_on,
        )
        for one in own_promises(page)
        if one.is_open and one.due_on <= page.today
    ]


def _wishes(page: GroupPage) -> list[Task]:
    """Return whom the viewer wished to talk to by now, at most a few; else that any talk is due."""
    wishes = own_wishes(page)
    due = sorted(
        (one.due_on, one.name, one.public_id)
        for one in (colleagues(page) if wishes.of else ())
        if one.due_on is not None and one.due_on <= page.today and not one.arrangement
    )
    if due:
        return [
            Task(
                text=_("Ask %(name)s for a one-to-one, as you wished.", name=name),
                url=f"{page.url('activities.ask')}?{urlencode({'with': public_id})}",
                order=65,
                due_on=day,
            )
            for day, name, public_id in due[:_MOST_WISHES]
        ]
    day = next_due(page)
    is_on_its_way = any(one.standing.is_open for one in own_arrangements(page))
    if day is None or day > page.today or is_on_its_way:
        return []
    text = _("Ask somebody for a one-to-one, as you wished.")
    return [Task(text=text, url=page.url("activities.people"), order=65, due_on=day)]
