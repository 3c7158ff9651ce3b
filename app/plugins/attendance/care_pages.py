"""Pages of excuses, leave and care: what is a member's own, and what an office decides in confidence."""

from datetime import timedelta

from app.plugin_api import Job, Page, Subscription
from app.plugins.attendance import permissions as may
from app.plugins.attendance.interface import ArrivalCorrected, RecordReopened, RecordSubmitted
from app.plugins.attendance.web import asking, care, coming, deciding

_BOTH = ("GET", "POST")
_POST = ("POST",)

FOR_MEMBERS = (
    Page(rule="/away", view=asking.away, permission=may.OWN_ASK),
    Page(rule="/away/excuse", view=asking.away_excuse, permission=may.OWN_ASK, methods=_BOTH),
    Page(rule="/away/leave", view=asking.away_leave, permission=may.OWN_ASK, methods=_BOTH),
    Page(rule="/away/excuses/<excuse>/back", view=asking.excuse_back, permission=may.OWN_ASK, methods=_POST),
    Page(rule="/away/leaves/<leave>/back", view=asking.leave_back, permission=may.OWN_ASK, methods=_POST),
    Page(rule="/away/leaves/<leave>/over", view=asking.leave_over, permission=may.OWN_ASK, methods=_BOTH),
    Page(rule="/coming", view=coming.coming, permission=may.OWN_VIEW),
    Page(rule="/coming/seen", view=coming.coming_seen, permission=may.OWN_VIEW, methods=_POST),
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
    Page(rule="/care", view=care.cares, permission=may.CARE_LEAD),
    Page(rule="/care/conversations/<care>", view=care.one_care, permission=may.CARE_LEAD, methods=_BOTH),
    Page(
        rule="/care/conversations/<care>/close", view=care.care_over, permission=may.CARE_LEAD, methods=_POST
    ),
    Page(rule="/care/words/<letter>", view=care.care_words, permission=may.CARE_LEAD, methods=_BOTH),
    Page(rule="/care/numbers", view=care.care_numbers, permission=may.CARE_LEAD, methods=_BOTH),
)
LOOKED_AFTER = (
    Subscription(event=RecordSubmitted, handler=coming.look_after_submission, when=coming.by_hand),
    Subscription(event=RecordReopened, handler=coming.look_after_reopening),
    Subscription(event=ArrivalCorrected, handler=coming.look_after_correction),
)
LOOK_AFTER = Job(name="care", every=timedelta(hours=6), run=coming.look_after_group)
