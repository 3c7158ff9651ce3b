"""What the welcome brings to the pages of the house: the contact's task, the console's line, a meeting's visitors."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.core.local_time import local_day
from app.http.page import GroupPage
from app.plugin_api import MeetingBrief, Panel, Step, Task
from app.plugins.welcome import permissions as may
from app.plugins.welcome.interface import PublicPageOpened, WordsKept
from app.plugins.welcome.queries.visitors import incomplete_count, visitors_of_meeting
from app.plugins.welcome.web.asked import recent_newcomers
from app.plugins.welcome.web.expected import calls_asked, meeting_in_view
from app.plugins.welcome.web.greeters import visitors_at
from app.plugins.welcome.web.greeting_house import LIVE_SECONDS, guests_of_next_meeting
from app.plugins.welcome.web.visitors import kind_words, sees_all

_CALL_WITHIN = timedelta(days=1)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the new members for the offices that look after them, and for a newcomer who their contact is."""
    lines = recent_newcomers(page)
    panels = list(_expected_panel(page))
    own = next((line for line in lines if line.member_id == page.viewer.member_id), None)
    if own is not None and own.contact_id is not None:
        title = _("Your contact in the first weeks")
        context = {"newcomer": own}
        panels.append(
            Panel(key="contact", title=title, template="welcome/panel_contact.html", context=context, order=5)
        )
    to_call = [line for line in lines if line.called_at_utc is None]
    if page.may(may.NEWCOMERS_VIEW) and to_call:
        panels.append(
            Panel(
                key="newcomers",
                title=_("First calls to new members"),
                template="welcome/panel_newcomers.html",
                context={"newcomers": to_call},
                url=page.url("welcome.newcomers"),
                order=35,
            )
        )
    return panels


def _expected_panel(page: GroupPage) -> Sequence[Panel]:
    """Return, for those who look after visitors, who is expected next, whom nobody receives, which calls wait; nothing where none."""
    if not page.may(may.VISITORS_EDIT):
        return ()
    meeting = meeting_in_view(page)
    count = visitors_at(page, meeting).not_here_yet if meeting is not None else 0
    calls = calls_asked(page)
    guests = guests_of_next_meeting(page)
    if not count and not calls and guests is None:
        return ()
    late = sum(call.is_overdue(page.work.now) for call in calls)
    return (
        Panel(
            key="expected",
            title=_("Guests and calls"),
            template="welcome/panel_expected.html",
            context={
                "meeting": meeting,
                "count": count,
                "calls": len(calls),
                "late": late,
                "guests": guests,
            },
            url=page.url("welcome.expected"),
            order=30,
            live_seconds=LIVE_SECONDS if guests is not None and guests.is_today else 0,
        ),
    )


def _calls_to_make(page: GroupPage) -> list[Task]:
    return [
        Task(
            text=_("Call %(name)s, who visited you: within a day it means most.", name=call.name),
            url=page.url("welcome.visitor", visitor=call.public_id),
            order=9,
            due_on=local_day(call.due_at_utc, page.group.zone),
        )
        for call in calls_asked(page)
        if call.owner == page.viewer.member_id
    ]


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return the visitors and the newcomers the viewer is to call."""
    return _calls_to_make(page) + [
        Task(
            text=_("Call %(name)s, who has just joined: you are the contact.", name=line.name),
            url=page.url("welcome.one_newcomer", member=line.public_id),
            order=10,
            due_on=line.started_on + _CALL_WITHIN,
        )
        for line in recent_newcomers(page)
        if line.contact_id == page.viewer.member_id and line.called_at_utc is None
    ]


def meeting_panels(page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
    """Return who visits this meeting; names for everybody, how to reach them for the offices alone."""
    lines = visitors_of_meeting(page.work.session, page.group.id, meeting.id)
    return (
        Panel(
            key="visitors",
            title=_("Visitors"),
            template="welcome/panel_visitors.html",
            context={
                "lines": [(line, sees_all(page, line)) for line in lines],
                "kinds": kind_words(),
                "day": meeting.local_date,
            },
            url=page.url("welcome.visitors"),
            order=40,
        ),
    )


def first_steps(page: GroupPage) -> Sequence[Step]:
    """Return the first steps: the page for those who think of visiting, words for those who will join."""
    return (
        Step(
            key="public-page",
            text=_("Open the public page, on which visitors read what to expect and register"),
            url=page.url("welcome.public_page"),
            done_by=PublicPageOpened,
            order=65,
        ),
        Step(
            key="words",
            text=_("Write the first message that new members get, in your own words"),
            url=page.url("welcome.words"),
            done_by=WordsKept,
            order=70,
        ),
    )


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return what the next holder of the office takes over: visitors nobody can reach, newcomers nobody has called."""
    matters = []
    if office in {Office.VISITOR_HOST, *LEADERS}:
        count = incomplete_count(page.work.session, page.group.id)
        text = ngettext(
            "%(num)d visitor cannot be reached yet: complete what is known.",
            "%(num)d visitors cannot be reached yet: complete what is known.",
            count,
        )
        matters += [Task(text=text, url=page.url("welcome.visitors"), order=40)] if count else []
        matters += [
            Task(
                text=_("%(name)s visited and has not been called yet.", name=call.name),
                url=page.url("welcome.visitor", visitor=call.public_id),
                order=35,
            )
            for call in calls_asked(page)
        ]
    if office in {Office.MENTOR, Office.MEMBERSHIP_COMMITTEE, *LEADERS}:
        matters += [
            Task(
                text=_("%(name)s joined and has not been called yet.", name=line.name),
                url=page.url("welcome.one_newcomer", member=line.public_id),
                order=30,
            )
            for line in recent_newcomers(page)
            if line.called_at_utc is None
        ]
    return matters
