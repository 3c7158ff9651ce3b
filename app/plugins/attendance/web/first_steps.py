"""What a new group does first with attendance: try the room's screen, before everybody stands in front of it."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.access.events import DeviceOpened
from app.http.page import GroupPage
from app.plugin_api import Step


def first_steps(page: GroupPage) -> Sequence[Step]:
    """Return the one step."""
    return [
        Step(
            key="screen",
            text=_("Open the room’s screen once before the first meeting, to see how members sign in."),
            url=page.url("attendance.overview"),
            done_by=DeviceOpened,
            order=50,
        )
    ]
