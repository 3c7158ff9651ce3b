"""What lunches bring to the pages of the house: a panel on home and meeting, and a task in the week before."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.core.ids import MeetingId
from app.core.meetings.queries import meeting_at_hand
from app.http.page import GroupPage
from app.plugin_api import MeetingBrief, Panel, Task
from givefirst_sample_lunches.queries import answers_to

ASKED_BEFORE = timedelta(days=7)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return who comes to lunch after the next meeting, if there is one."""
    meeting = meeting_at_hand(page.work.session, page.group.id, page.work.now)
    return [_panel(page, meeting.id)] if meeting else []


def meeting_panels(page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
    """Return who comes to lunch after this meeting."""
    return [_panel(page, meeting.id)]


def tasks(page: GroupPage) -> Sequence[Task]:
    """Ask the viewer once whether they come, in the week before the meeting."""
    session, group_id = page.work.session, page.group.id
    meeting = meeting_at_hand(session, group_id, page.work.now)
    if meeting is None or meeting.starts_at_utc > page.work.now + ASKED_BEFORE:
        return ()
    if any(line.member_id == page.viewer.member_id for line in answers_to(session, group_id, meeting.id)):
        return ()
    return [
        Task(
            text=_("Say whether you come to lunch."),
            url=page.url("lunches.lunches"),
            due_on=meeting.local_date,
        )
    ]


def _panel(page: GroupPage, meeting_id: MeetingId) -> Panel:
    lines = answers_to(page.work.session, page.group.id, meeting_id)
    return Panel(
        key="company",
        title=_("Lunch after the meeting"),
        template="lunches/panel_company.html",
        context={"coming": [line.name for line in lines if line.is_coming]},
        url=page.url("lunches.lunches"),
        order=70,
    )
