"""The calendar of a group, and one meeting's page with the parts that plugins bring."""

from datetime import timedelta

from app.core.access import permissions as may
from app.core.errors import NotFound
from app.core.meetings.queries import last_meetings, meeting_by_public_id, meetings_between
from app.http.page import Answer, GroupPage
from app.plugin_api import MeetingBrief
from app.plugin_runtime.runtime import runtime
from app.web.home import drawn

SHOWN_AHEAD = timedelta(weeks=12)
SHOWN_BACK = 26


def meetings(page: GroupPage) -> Answer:
    """List the meetings to come and the latest ones held."""
    session, group_id = page.work.session, page.group.id
    ahead = meetings_between(session, group_id, page.today, page.today + SHOWN_AHEAD)
    held = last_meetings(session, group_id, page.work.now, SHOWN_BACK)
    upcoming = [one for one in ahead if one.ends_at_utc > page.work.now]
    past = [one for one in reversed(held) if one.ends_at_utc <= page.work.now]
    return page.render(
        "group/meetings.html", upcoming=upcoming, past=past, may_change=page.may(may.MEETINGS_EDIT)
    )


def meeting(page: GroupPage, meeting: str) -> Answer:
    """Show one meeting."""
    found = meeting_by_public_id(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    brief = MeetingBrief(
        id=found.id,
        public_id=found.public_id,
        local_date=found.local_date,
        starts_at_utc=found.starts_at_utc,
        ends_at_utc=found.ends_at_utc,
        state=found.state.value,
    )
    panels = drawn(page, runtime().dispatch.meeting_panels(page, brief))
    may_change = page.may(may.MEETINGS_EDIT) and page.work.now < found.starts_at_utc
    return page.render("group/meeting.html", meeting=found, panels=panels, may_change=may_change)
