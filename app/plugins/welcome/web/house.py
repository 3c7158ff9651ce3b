"""What the welcome brings to the pages of the house: the contact's task, the console's line, a meeting's visitors."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.http.page import GroupPage
from app.plugin_api import MeetingBrief, Panel, Step, Task
from app.plugins.welcome import permissions as may
from app.plugins.welcome.interface import WordsKept
from app.plugins.welcome.queries.visitors import incomplete_count, visitors_of_meeting
from app.plugins.welcome.web.asked import recent_newcomers
from app.plugins.welcome.web.visitors import kind_words, sees_all

_CALL_WITHIN = timedelta(days=1)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the new members for the offices that look after them, and for a newcomer who their contact is."""
    lines = recent_newcomers(page)
    own = next((line for line in lines if line.member_id == page.viewer.member_id), None)
    panels = []
    if own is not None and own.contact_id is not None:
        title = _("Your contact in the first weeks")
        context = {"newcomer": own}
        panels.append(
            Panel(key="contact", title=title, template="welcome/panel_contact.html", context=context, order=5)
        )
    if page.may(may.NEWCOMERS_VIEW) and lines:
        panels.append(
            Panel(
                key="newcomers",
                title=_("New members"),
                template="welcome/panel_newcomers.html",
                context={"newcomers": lines},
                url=page.url("welcome.newcomers"),
                order=35,
            )
        )
    return panels


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return the newcomers the viewer is to call."""
    return [
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
    """Return the one first step: words for those who will join."""
    return (
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
