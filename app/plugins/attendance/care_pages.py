"""Pages of excuses, leave and care: what is a member's own, and what an office decides in confidence."""

from app.plugin_api import Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.web import asking, deciding

_BOTH = ("GET", "POST")
_POST = ("POST",)

FOR_MEMBERS = (
    Page(rule="/away", view=asking.away, permission=may.OWN_ASK),
    Page(rule="/away/excuse", view=asking.away_excuse, permission=may.OWN_ASK, methods=_BOTH),
    Page(rule="/away/leave", view=asking.away_leave, permission=may.OWN_ASK, methods=_BOTH),
    Page(rule="/away/excuses/<excuse>/back", view=asking.excuse_back, permission=may.OWN_ASK, methods=_POST),
    Page(rule="/away/leaves/<leave>/back", view=asking.leave_back, permission=may.OWN_ASK, methods=_POST),
    Page(rule="/away/leaves/<leave>/over", view=asking.leave_over, permission=may.OWN_ASK, methods=_BOTH),
)
FOR_OFFICES = (
    Page(rule="/deciding", view=deciding.deciding, permission=may.ASKED_DECIDE),
    Page(
        rule="/deciding/excuses/<excuse>",
        view=deciding.decide_one_excuse,
        permission=may.ASKED_DECIDE,
        methods=_BOTH,
    ),
    Page(
        rule="/deciding/leaves/<leave>",
        view=deciding.decide_one_leave,
        permission=may.ASKED_DECIDE,
        methods=_BOTH,
    ),
    Page(
        rule="/deciding/enter-excuse", view=deciding.enter_excuse, permission=may.ASKED_DECIDE, methods=_BOTH
    ),
    Page(rule="/deciding/enter-leave", view=deciding.enter_leave, permission=may.ASKED_DECIDE, methods=_BOTH),
)
