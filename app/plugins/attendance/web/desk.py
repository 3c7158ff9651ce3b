"""Where a record is kept: at an officer's desk or on a door steward's phone. The acts are the same, the addresses differ."""

from dataclasses import dataclass
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.http.page import DoorPage, GroupPage
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.queries.meetings import meeting_of_key
from app.plugins.attendance.queries.roster import Roster
from app.plugins.attendance.web.found import roster_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who keeps the record of which meeting, and the addresses of the acts from where they stand."""

    page: GroupPage | DoorPage
    meeting: str
    recorder: Recorder

    @property
    def is_at_the_door(self) -> bool:
        """Whether this is a steward's phone, which sees names and letters only."""
        return isinstance(self.page, DoorPage)

    def url(self, act: str, **values: Any) -> str:
        """Return the address of an act: `meeting`, `mark`, `left_early`, `undo`, `decide`, `decide_tap`, `sheet`, `entry`, `submit`."""
        if self.is_at_the_door:
            return self.page.url(f"attendance.steward_{act}", **values)
        return self.page.url(f"attendance.{act}", meeting=self.meeting, **values)

    def go(self, act: str, at: str = "") -> Response:
        """Send the browser on to an act of this desk, after a form was accepted; `at` names a line of the page."""
        return redirect(f"{self.url(act)}{at}", 303)

    @property
    def roster(self) -> Roster:
        """The roster of the meeting, empty where nobody was a member on its day."""
        return roster_of(self.page, self.meeting)

    def render(self, template: str, **context: Any) -> str:
        """Return `template` filled in, with this desk as `desk`."""
        return self.page.render(template, desk=self, **context)


def office_desk(page: GroupPage, meeting: str) -> Desk:
    """Return the desk of the viewer, who holds an office."""
    return Desk(page=page, meeting=meeting, recorder=Recorder(member_id=page.viewer.member_id))


def door_desk(page: DoorPage) -> Desk:
    """Return the desk of a steward's phone: the one meeting that it was opened for."""
    found = None
    if page.device.meeting_id is not None:
        found = meeting_of_key(page.work.session, page.group.id, page.device.meeting_id)
    if found is None:
        raise NotFound
    return Desk(page=page, meeting=found.public_id, recorder=Recorder(device_id=page.device.id))
