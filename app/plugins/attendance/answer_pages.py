"""Pages of what members say beforehand: by a link of the reminder, signed in, and entered by a leader."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.plugin_api import Job, Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.web import answer_links, answers, apologies

_BOTH = ("GET", "POST")

FOR_ANYBODY = (
    Page(rule="/answer/<token>", view=answers.answer, permission=PUBLIC),
    Page(rule="/answer/<token>", view=answers.give_answer, permission=PUBLIC, methods=("POST",)),
)
FOR_MEMBERS = (
    Page(
        rule="/meetings/<meeting>/answer", view=answers.own_answer, permission=may.OWN_ANSWER, methods=_BOTH
    ),
)
FOR_OFFICES = (
    Page(
        rule="/meetings/<meeting>/apologies",
        view=apologies.apologies,
        permission=may.APOLOGIES_ENTER,
        methods=_BOTH,
    ),
    Page(
        rule="/meetings/<meeting>/apologies/keep",
        view=apologies.keep_apologies,
        permission=may.APOLOGIES_ENTER,
        methods=("POST",),
    ),
)
REMINDER = Job(name="reminder", every=timedelta(minutes=5), run=answer_links.remind)
