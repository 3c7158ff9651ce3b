"""Who puts members right on a page of the group: the viewer, with their offices of today."""

from app.core.access.services.putting_right import Editor
from app.http.page import GroupPage


def editor(page: GroupPage) -> Editor:
    """Return the viewer as the one who changes what the group keeps of a member."""
    return Editor(
        group_id=page.group.id,
        member_id=page.viewer.member_id,
        offices=page.viewer.offices,
        today=page.today,
    )
