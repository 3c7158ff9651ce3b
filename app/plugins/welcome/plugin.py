"""Welcome, as a table of contents."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipStarted
from app.core.ids import MemberId
from app.core.local_time import Period
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Importer,
    Job,
    Manifest,
    MeetingBrief,
    NavItem,
    Page,
    PalmsColumn,
    Panel,
    Plugin,
    Step,
    Subscription,
    Task,
)
from app.plugins.giving.interface import PeopleToMeet, VisitorsBrought
from app.plugins.welcome import greeting_pages, visit_pages
from app.plugins.welcome import interface as happened
from app.plugins.welcome import permissions as may
from app.plugins.welcome.demo import fill_demo
from app.plugins.welcome.demo_greetings import fill_greetings
from app.plugins.welcome.domain.greeting_refusals import GREETING_SENTENCES
from app.plugins.welcome.domain.refusals import SENTENCES
from app.plugins.welcome.greeting_mails import GREETING_MAILS
from app.plugins.welcome.mails import MAILS
from app.plugins.welcome.queries.newcomers import NamedContacts
from app.plugins.welcome.queries.people_to_meet import KnownPeople
from app.plugins.welcome.queries.public_page import OpenPages
from app.plugins.welcome.queries.visitors import StoredVisitors, invited_by_member
from app.plugins.welcome.queries.visits import RegisteredVisitors
from app.plugins.welcome.services.newcomers import of_a_newcomer, welcome_newcomer
from app.plugins.welcome.services.slips_import import SlipsAuditImporter
from app.plugins.welcome.services.visitors_import import VisitorsImporter
from app.plugins.welcome.store_greeting import make_room
from app.plugins.welcome.web import greeting_house, house, newcomers, visitors

_BOTH = ("GET", "POST")


class WelcomePlugin(Plugin):
    """Visitors, noted in one line, and newcomers, who find a named contact waiting."""

    manifest: ClassVar[Manifest] = Manifest(
        name="welcome",
        title=N_("Welcome"),
        version="0.1.0",
        summary=N_("Note visitors in one line; a named contact and a first message for whoever joins."),
        uses=("activities", "attendance", "giving"),
        permissions=may.PERMISSIONS,
        publishes=(
            happened.VisitorNoted,
            happened.VisitorCompleted,
            happened.VisitorTakenBack,
            happened.VisitorsImportUndone,
            happened.ContactNamed,
            happened.NewcomerCalled,
            happened.WordsKept,
            happened.VisitRegistered,
            happened.VisitCalledOff,
            happened.VisitMoved,
            happened.VisitorArrived,
            happened.ArrivalTakenBack,
            happened.VisitorCalled,
            happened.VisitAnswered,
            happened.VisitForgotten,
            happened.PublicPageKept,
            happened.PublicPageOpened,
            *greeting_pages.PUBLISHED,
        ),
        sentences=SENTENCES | GREETING_SENTENCES,
        mails=(*MAILS, *GREETING_MAILS),
        settings="welcome.public_page",
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=visitors.visitors, permission=may.VISITOR_NOTE, methods=_BOTH),
            Page(
                rule="/visitors/<visitor>", view=visitors.visitor, permission=may.VISITOR_NOTE, methods=_BOTH
            ),
            Page(
                rule="/visitors/<visitor>/take-back",
                view=visitors.take_back,
                permission=may.VISITOR_NOTE,
                methods=("POST",),
            ),
            Page(rule="/newcomers", view=newcomers.newcomers, permission=may.NEWCOMERS_VIEW),
            Page(
                rule="/newcomers/<member>",
                view=newcomers.one_newcomer,
                permission=may.VISITOR_NOTE,
                methods=_BOTH,
            ),
            Page(
                rule="/newcomers/<member>/called",
                view=newcomers.called,
                permission=may.VISITOR_NOTE,
                methods=("POST",),
            ),
            Page(rule="/words", view=newcomers.words, permission=may.WORDS_EDIT, methods=_BOTH),
            *visit_pages.PAGES,
            *greeting_pages.FOR_MEMBERS,
            *greeting_pages.FOR_OFFICES,
        )

    def public_routes(self) -> Sequence[Page]:
        return (*visit_pages.FOR_ANYBODY, *greeting_pages.FOR_VISITORS)

    def subscriptions(self) -> Sequence[Subscription]:
        newcomers_heard = Subscription(event=MembershipStarted, handler=welcome_newcomer, when=of_a_newcomer)
        return (newcomers_heard, *visit_pages.SUBSCRIPTIONS, *greeting_pages.HEARD)

    def jobs(self) -> Sequence[Job]:
        return (*visit_pages.JOBS, *greeting_pages.JOBS)

    def importers(self) -> Sequence[Importer]:
        return (VisitorsImporter(), SlipsAuditImporter())

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        people, registered = KnownPeople(work), RegisteredVisitors(work.session)
        return {
            happened.VisitorsHeard: StoredVisitors(work.session),
            happened.ExpectedVisitors: registered,
            happened.VisitorsKnown: registered,
            happened.VisitsOpen: OpenPages(work.session),
            happened.ContactsNamed: NamedContacts(work),
            PeopleToMeet: people,
            VisitorsBrought: people,
        }

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("Visitors"), url=page.url("welcome.visitors"), order=35, permission=may.VISITOR_NOTE
            ),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return [*house.home_panels(page), *greeting_house.greeting_panels(page)]

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return [*house.tasks(page), *greeting_house.greeting_tasks(page)]

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        return house.meeting_panels(page, meeting)

    def first_steps(self, page: GroupPage) -> Sequence[Step]:
        return house.first_steps(page)

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        return house.open_matters(page, office)

    def palms_columns(self, work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
        counts = invited_by_member(work.session, group.id, period.first, period.last)
        return (PalmsColumn(code="V", title=_("Visitors invited"), values=counts, order=50),)

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        make_room(work.session, group.id, kept, gone)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)
        fill_greetings(work, group)


plugin = WelcomePlugin
