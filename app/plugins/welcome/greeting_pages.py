"""Greetings, as a table of contents: pages, what is heard, what happens by itself, what is published."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.core.meetings.events import HolidayDeclared, MeetingCancelled
from app.plugin_api import Job, Page, Subscription
from app.plugins.welcome import interface as happened
from app.plugins.welcome import permissions as may
from app.plugins.welcome.services import greeting_alerts as alerts
from app.plugins.welcome.services import greeting_forgotten as forgotten
from app.plugins.welcome.web import for_visitor, greeters, greetings, spoke

_TAP = ("POST",)
_GREETING = "/greetings/<greeting>"
_GREETERS = "/greeters/<meeting>"
_OFFER = "/greetings/offer/<meeting>"
_PERSON = "/v/<secret>/people/<member>"

FOR_MEMBERS = (
    Page(rule="/greetings", view=greetings.own_greetings, permission=may.VISITOR_NOTE),
    Page(rule=_GREETING, view=greetings.greeting, permission=may.VISITOR_NOTE),
    Page(rule=f"{_GREETING}/answer", view=greetings.answer, permission=may.VISITOR_NOTE, methods=_TAP),
    Page(rule=f"{_GREETING}/with", view=greetings.with_guest, permission=may.VISITOR_NOTE, methods=_TAP),
    Page(rule=f"{_GREETING}/step", view=greetings.step, permission=may.VISITOR_NOTE, methods=_TAP),
    Page(
        rule=f"{_OFFER}/visitors/<visitor>",
        view=greetings.offer_for_visitor,
        permission=may.VISITOR_NOTE,
        methods=_TAP,
    ),
    Page(
        rule=f"{_OFFER}/newcomers/<member>",
        view=greetings.offer_for_newcomer,
        permission=may.VISITOR_NOTE,
        methods=_TAP,
    ),
    Page(rule="/spoke", view=spoke.spoke, permission=may.VISITOR_NOTE),
    Page(rule="/spoke/shown", view=spoke.be_shown, permission=may.VISITOR_NOTE, methods=_TAP),
    Page(rule="/spoke/<visitor>", view=spoke.we_spoke, permission=may.VISITOR_NOTE, methods=_TAP),
    Page(
        rule="/spoke/<visitor>/take-back",
        view=spoke.take_spoke_back,
        permission=may.VISITOR_NOTE,
        methods=_TAP,
    ),
    Page(
        rule="/people/<member>/aside", view=spoke.put_person_aside, permission=may.VISITOR_NOTE, methods=_TAP
    ),
)

FOR_OFFICES = (
    Page(rule="/greeters", view=greeters.greeters, permission=may.VISITORS_EDIT),
    Page(rule=_GREETERS, view=greeters.greeters_of, permission=may.VISITORS_EDIT),
    Page(rule=f"{_GREETERS}/sheet", view=greeters.sheet, permission=may.VISITORS_EDIT),
    Page(
        rule=f"{_GREETERS}/visitors/<visitor>",
        view=greeters.ask_for_visitor,
        permission=may.VISITORS_EDIT,
        methods=_TAP,
    ),
    Page(
        rule=f"{_GREETERS}/newcomers/<member>",
        view=greeters.ask_for_newcomer,
        permission=may.VISITORS_EDIT,
        methods=_TAP,
    ),
    Page(rule=f"{_GREETING}/take-over", view=greetings.take, permission=may.VISITORS_EDIT, methods=_TAP),
    Page(rule=f"{_GREETING}/free", view=greetings.let_go, permission=may.VISITORS_EDIT, methods=_TAP),
)

FOR_VISITORS = (
    Page(rule=f"{_PERSON}/aside", view=for_visitor.person_aside, permission=PUBLIC, methods=_TAP),
    Page(rule=f"{_PERSON}/spoke", view=for_visitor.visitor_spoke, permission=PUBLIC, methods=_TAP),
    Page(rule=f"{_PERSON}/take-back", view=for_visitor.visitor_spoke_back, permission=PUBLIC, methods=_TAP),
)

HEARD = (
    Subscription(event=happened.VisitorArrived, handler=alerts.alert_on_arrival),
    Subscription(event=happened.ArrivalTakenBack, handler=alerts.arrival_was_no_arrival),
    Subscription(event=happened.VisitCalledOff, handler=alerts.free_after_call_off),
    Subscription(event=happened.VisitMoved, handler=alerts.free_after_move),
    Subscription(event=happened.VisitForgotten, handler=forgotten.forget_door_of_visitor),
    Subscription(event=happened.VisitorTakenBack, handler=forgotten.forget_door_of_mistake),
    Subscription(event=MeetingCancelled, handler=alerts.free_after_cancelling),
    Subscription(event=HolidayDeclared, handler=alerts.free_on_holiday),
)

JOBS = (
    Job(name="look-after-greetings", every=timedelta(minutes=1), run=alerts.look_after_greetings),
    Job(
        name="forget-greetings",
        every=timedelta(hours=1),
        run=forgotten.forget_door,
        also_when_off=True,
    ),
)

PUBLISHED = (
    happened.GreeterAsked,
    happened.GreeterAccepted,
    happened.GreeterFreed,
    happened.GuestMet,
    happened.GuestWaits,
    happened.ContactReleased,
    happened.ContactHidden,
)
