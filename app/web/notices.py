"""A member's own notices."""

from app.core.notices.queries import latest_notices
from app.core.notices.services import mark_read
from app.http.page import Answer, GroupPage

SHOWN = 60


def notices(page: GroupPage) -> Answer:
    """Show the viewer's latest notices, unread ones marked."""
    lines = latest_notices(page.work.session, page.group.id, page.viewer.member_id, SHOWN, now=page.work.now)
    return page.render("group/notices.html", notices=lines)


def read_all(page: GroupPage) -> Answer:
    """Note that the viewer has seen them all."""
    mark_read(page.work, group_id=page.group.id, member_id=page.viewer.member_id)
    page.work.commit()
    return page.go("notices")
