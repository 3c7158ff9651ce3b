"""What is open in attendance for those who are asked to keep the records: for the hand-over of an office."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.http.page import GroupPage
from app.plugin_api import Task
from app.plugins.attendance.queries.waiting import WaitingMeeting
from app.plugins.attendance.web.waiting import waiting_of


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return the records of past meetings that nobody submitted, and the claims that nobody decided."""
    if office not in LEADERS:
        return ()
    waiting = waiting_of(page)
    claims = [
        _matter(
            page,
            one,
            ngettext(
                "%(num)d member says they were at the meeting, and nobody has confirmed it.",
                "%(num)d members say they were at the meeting, and nobody has confirmed it.",
                one.number,
            ),
        )
        for one in waiting.claims
    ]
    taps = [
        _matter(page, one, _("Sign-ins of the tablet wait for a word: on time, late or not here."))
        for one in waiting.taps
    ]
    return [
        *claims,
        *taps,
        *(
            _matter(page, one, _("The record of the meeting is not submitted."))
            for one in waiting.open_records
        ),
    ]


def _matter(page: GroupPage, meeting: WaitingMeeting, text: str) -> Task:
    url = page.url("attendance.meeting", meeting=meeting.public_id)
    return Task(text=text, url=url, order=10, due_on=meeting.local_date)
