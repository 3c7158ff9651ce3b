"""What waits for the offices, asked once a page: the tasks, the private line and the hand-over want to know the same."""

from app.http.page import GroupPage
from app.plugins.attendance.queries.waiting import Waiting, waiting_for_leaders


def waiting_of(page: GroupPage) -> Waiting:
    """Return what waits in this group."""
    return page.asked_once(
        "attendance.waiting", lambda: waiting_for_leaders(page.work.session, page.group.id, page.work.now)
    )
