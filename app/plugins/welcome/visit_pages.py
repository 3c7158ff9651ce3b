"""Pages, jobs and subscriptions of visits: before, at the door, after."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.core.meetings.events import (
    HolidayDeclared,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlaceChanged,
)
from app.plugin_api import Job, Page, Subscription
from app.plugins.attendance.interface import GuestSignedIn
from app.plugins.welcome import permissions as may
from app.plugins.welcome.services.arriving import arrive_at_tablet
from app.plugins.welcome.web import expected, front, own_visit, page_settings, visit_acts

_BOTH = ("GET", "POST")
_POST = ("POST",)

FOR_ANYBODY = (
    Page(rule="", view=front.front, permission=PUBLIC, methods=_BOTH, is_front=True, name="front"),
    Page(rule="/thanks", view=front.thanks, permission=PUBLIC),
    Page(rule="/door.jpg", view=page_settings.door_photo, permission=PUBLIC),
    Page(rule="/v/<secret>", view=own_visit.own, permission=PUBLIC),
    Page(rule="/v/<secret>/change", view=own_visit.own_change, permission=PUBLIC, methods=_POST),
    Page(rule="/v/<secret>/call-off", view=own_visit.own_call_off, permission=PUBLIC, methods=_POST),
    Page(rule="/v/<secret>/day", view=own_visit.own_move, permission=PUBLIC, methods=_POST),
    Page(rule="/v/<secret>/answer", view=own_visit.own_answer, permission=PUBLIC, methods=_POST),
    Page(rule="/v/<secret>/forget", view=own_visit.own_forget, permission=PUBLIC, methods=_POST),
    Page(rule="/v/<secret>/settle/<which>", view=own_visit.own_settle, permission=PUBLIC, methods=_POST),
)
PAGES = (
    Page(rule="/expected", view=expected.expected, permission=may.VISITORS_EDIT),
    Page(rule="/expected/<visitor>/here", view=expected.arrived, permission=may.VISITORS_EDIT, methods=_POST),
    Page(
        rule="/expected/<visitor>/not-here",
        view=expected.not_arrived,
        permission=may.VISITORS_EDIT,
        methods=_POST,
    ),
    Page(
        rule="/visitors/<visitor>/called",
        view=expected.visitor_called,
        permission=may.VISITOR_NOTE,
        methods=_POST,
    ),
    Page(
        rule="/visitors/<visitor>/form",
        view=expected.form_sent,
        permission=may.VISITORS_EDIT,
        methods=_POST,
    ),
    Page(rule="/page", view=page_settings.public_page, permission=may.PAGE_EDIT, methods=_BOTH),
    Page(rule="/page/photo", view=page_settings.keep_photo, permission=may.PAGE_EDIT, methods=_POST),
    Page(rule="/page/door.jpg", view=page_settings.own_photo, permission=may.PAGE_EDIT),
)
JOBS = (
    Job(name="look-after-visits", every=timedelta(minutes=15), run=visit_acts.look_after),
    Job(name="forget-visitors", every=timedelta(hours=12), run=visit_acts.forget, also_when_off=True),
)
SUBSCRIPTIONS = (
    Subscription(event=GuestSignedIn, handler=arrive_at_tablet),
    Subscription(event=MeetingCancelled, handler=visit_acts.hear_of_no_meeting),
    Subscription(event=HolidayDeclared, handler=visit_acts.hear_of_no_meeting),
    Subscription(event=MeetingMoved, handler=visit_acts.hear_of_change),
    Subscription(event=MeetingPlaceChanged, handler=visit_acts.hear_of_change),
)
