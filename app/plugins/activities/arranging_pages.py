"""The addresses of arranged talks, one's own notes and promises, and what the house does by itself."""

from collections.abc import Sequence
from datetime import timedelta

from app.plugin_api import Job, Page, Subscription
from app.plugins.activities import permissions as may
from app.plugins.activities.interface import OneToOneRecorded
from app.plugins.activities.services.talked import by_hand, settle_recorded
from app.plugins.activities.web import arranged, arranging_house, ask, commitments, notes, people, sheet, talk

_BOTH = ("GET", "POST")
_PRESS = ("POST",)
_ONE = "/arranged/<arrangement>"

_ARRANGING = (
    Page(rule="/people", view=people.people, permission=may.OWN_VIEW),
    Page(rule="/people/rhythm", view=people.rhythm, permission=may.TALK_ARRANGE, methods=_PRESS),
    Page(rule="/people/<member>", view=people.wish, permission=may.TALK_ARRANGE, methods=_BOTH),
    Page(rule="/ask", view=ask.ask, permission=may.TALK_ARRANGE, methods=_BOTH),
    Page(rule=_ONE, view=arranged.arranged, permission=may.OWN_VIEW),
    Page(rule=f"{_ONE}/times", view=ask.other_times, permission=may.TALK_ARRANGE, methods=_BOTH),
    Page(rule=f"{_ONE}/take", view=arranged.take_time, permission=may.TALK_ARRANGE, methods=_PRESS),
    Page(rule=f"{_ONE}/decline", view=arranged.decline_talk, permission=may.TALK_ARRANGE, methods=_PRESS),
    Page(rule=f"{_ONE}/call-off", view=arranged.call_off_talk, permission=may.TALK_ARRANGE, methods=_PRESS),
    Page(rule=f"{_ONE}/talked", view=arranged.we_talked, permission=may.OWN_RECORD, methods=_PRESS),
    Page(rule=f"{_ONE}/note", view=arranged.prepare, permission=may.OWN_RECORD, methods=_PRESS),
    Page(rule=f"{_ONE}/sheet", view=sheet.sheet, permission=may.OWN_VIEW),
    Page(rule=f"{_ONE}/calendar.ics", view=sheet.talk_calendar, permission=may.OWN_VIEW),
)

_OWN = (
    Page(rule="/talks/<talk>/note", view=talk.note_talked, permission=may.OWN_RECORD, methods=_PRESS),
    Page(rule="/notes", view=notes.notes, permission=may.OWN_VIEW),
    Page(rule="/notes/<note>/delete", view=notes.unnote, permission=may.OWN_RECORD, methods=_PRESS),
    Page(rule="/promises", view=commitments.commitments, permission=may.PROMISE_KEEP, methods=_BOTH),
    Page(
        rule="/promises/quickly",
        view=commitments.promise_quickly,
        permission=may.PROMISE_KEEP,
        methods=_PRESS,
    ),
    Page(
        rule="/promises/<commitment>",
        view=commitments.commitment,
        permission=may.PROMISE_KEEP,
        methods=_BOTH,
    ),
    Page(
        rule="/promises/<commitment>/done",
        view=commitments.promise_kept,
        permission=may.PROMISE_KEEP,
        methods=_PRESS,
    ),
    Page(
        rule="/promises/<commitment>/let-go",
        view=commitments.promise_let_go,
        permission=may.PROMISE_KEEP,
        methods=_PRESS,
    ),
)

PAGES: Sequence[Page] = (*_ARRANGING, *_OWN)

JOBS = (
    Job(name="talks", every=timedelta(minutes=15), run=arranging_house.look_after),
    Job(name="promises", every=timedelta(hours=1), run=arranging_house.nudge_in_time),
    Job(name="forget", every=timedelta(hours=12), run=arranging_house.forget, also_when_off=True),
)

SUBSCRIPTIONS = (Subscription(event=OneToOneRecorded, handler=settle_recorded, when=by_hand),)
