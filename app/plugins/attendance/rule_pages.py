"""The pages about the rules: the button of the agenda, the rules themselves, trying them, and where members stand."""

from app.core.access.domain.permission import STEWARD
from app.plugin_api import Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.web import presentations

_BOTH = ("GET", "POST")
_POST = ("POST",)
_MEETING = "/meetings/<meeting>"

FOR_OFFICES = (
    Page(
        rule=f"{_MEETING}/presentations",
        view=presentations.presentations_begun,
        permission=may.RECORD_EDIT,
        methods=_POST,
    ),
    Page(
        rule=f"{_MEETING}/presentations/back",
        view=presentations.presentations_back,
        permission=may.RECORD_EDIT,
        methods=_POST,
    ),
)

FOR_STEWARDS = (
    Page(
        rule="/steward/presentations",
        view=presentations.steward_presentations_begun,
        permission=STEWARD,
        methods=_POST,
    ),
    Page(
        rule="/steward/presentations/back",
        view=presentations.steward_presentations_back,
        permission=STEWARD,
        methods=_POST,
    ),
)
