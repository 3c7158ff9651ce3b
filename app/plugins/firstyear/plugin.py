"""The first year, as a table of contents: induction, mentor, plan, talks, renewal, leaving."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC
from app.core.groups.domain.office import Office
from app.core.groups.events import MembershipEnded, MembershipStarted, OfficeLeft, RecordsMerged
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import DemoGroup, Job, Manifest, NavItem, Page, Panel, Plugin, Subscription, Task
from app.plugins.firstyear import interface as happened
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.demo import fill_demo
from app.plugins.firstyear.domain.refusals import SENTENCES
from app.plugins.firstyear.mails import MAILS
from app.plugins.firstyear.services.beginning import (
    begin_stay,
    of_a_newcomer,
    order_after_leaving,
    order_after_merge,
    order_after_office,
)
from app.plugins.firstyear.services.leaving import ask_leavers, forget_leavers
from app.plugins.firstyear.services.order import put_in_order
from app.plugins.firstyear.services.talks import forget_talks
from app.plugins.firstyear.web import house, mine, office, question, talks

_POST = ("POST",)


class FirstYearPlugin(Plugin):
    """From joining to the first anniversary and beyond: somebody is there for each newcomer, by name."""

    manifest: ClassVar[Manifest] = Manifest(
        name="firstyear",
        title=N_("First year and renewal"),
        version="0.1.0",
        summary=N_(
            "Induction, a mentor, a plan of the first weeks, talks when they are due, a question at the end."
        ),
        uses=("welcome", "activities", "giving", "attendance"),
        permissions=may.PERMISSIONS,
        publishes=(
            happened.StayBegun,
            happened.MentorAsked,
            happened.MentorFound,
            happened.MentorLost,
            happened.StepDone,
            happened.StepsKept,
            happened.TalkSettled,
            happened.TalkMoved,
            happened.LeaverAsked,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (*_OWN, *_TALKS, *_OFFICE)

    def public_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/question/<token>", view=question.question, permission=PUBLIC),
            Page(rule="/question/<token>", view=question.give_answer, permission=PUBLIC, methods=_POST),
        )

    def subscriptions(self) -> Sequence[Subscription]:
        return (
            Subscription(event=MembershipStarted, handler=begin_stay, when=of_a_newcomer),
            Subscription(event=MembershipEnded, handler=order_after_leaving),
            Subscription(event=OfficeLeft, handler=order_after_office),
            Subscription(event=RecordsMerged, handler=order_after_merge),
        )

    def jobs(self) -> Sequence[Job]:
        return (
            Job(name="put-in-order", every=timedelta(hours=1), run=put_in_order),
            Job(name="ask-leavers", every=timedelta(hours=3), run=ask_leavers),
            Job(name="forget-talks", every=timedelta(hours=12), run=forget_talks, also_when_off=True),
            Job(name="forget-leavers", every=timedelta(hours=12), run=forget_leavers, also_when_off=True),
        )

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(title=_("First year"), url=page.url("firstyear.mine"), order=36, permission=may.OWN_VIEW),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        return house.open_matters(page, office)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


_OWN = (
    Page(rule="/", view=mine.mine, permission=may.OWN_VIEW),
    Page(rule="/offer", view=mine.offer, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/offer/take-back", view=mine.take_back_offer, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/plans/<stay>", view=mine.plan, permission=may.OWN_VIEW),
    Page(rule="/plans/<stay>/people/<member>/met", view=mine.met, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/plans/<stay>/people/<member>/aside", view=mine.aside, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/mentoring/<mentoring>", view=mine.mentoring, permission=may.OWN_VIEW, name="mentoring"),
    Page(rule="/mentoring/<mentoring>/yes", view=mine.accept, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/mentoring/<mentoring>/not-now", view=mine.decline, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/mentoring/<mentoring>/back", view=mine.back, permission=may.OWN_VIEW, methods=_POST),
)
_TALKS = (
    Page(rule="/talks", view=talks.written, permission=may.WORDS_READ),
    Page(rule="/talks/<review>", view=talks.talk, permission=may.OWN_VIEW),
    Page(rule="/talks/<review>/held", view=talks.held, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/talks/<review>/later", view=talks.later, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/talks/<review>/owner", view=talks.owner, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/talks/<review>/wishes", view=talks.wishes, permission=may.OWN_VIEW, methods=_POST),
)
_OFFICE = (
    Page(rule="/newcomers", view=office.newcomers, permission=may.STAYS_KEEP),
    Page(rule="/newcomers/<stay>", view=office.newcomer, permission=may.OWN_VIEW),
    Page(rule="/newcomers/<stay>/mentor", view=office.ask, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/newcomers/<stay>/keeper", view=office.keep, permission=may.OWN_VIEW, methods=_POST),
    Page(rule="/newcomers/<stay>/steps/<number>", view=office.done, permission=may.OWN_VIEW, methods=_POST),
    Page(
        rule="/newcomers/<stay>/steps/<number>/undo",
        view=office.undone,
        permission=may.OWN_VIEW,
        methods=_POST,
    ),
    Page(rule="/steps", view=office.steps, permission=may.STAYS_KEEP, methods=("GET", "POST")),
    Page(rule="/leavers", view=office.leavers, permission=may.EXITS_READ),
    Page(rule="/leavers/<leaver>/nothing", view=office.nothing, permission=may.EXITS_READ, methods=_POST),
)


plugin = FirstYearPlugin
