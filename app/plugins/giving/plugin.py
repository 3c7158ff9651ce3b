"""Giving, as a table of contents: asks beside ways to help, introductions, contributions, words."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded
from app.core.ids import MemberId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Job,
    Manifest,
    MemberBrief,
    NavItem,
    Page,
    Panel,
    Plugin,
    Subscription,
    Task,
)
from app.plugins.giving import interface as happened
from app.plugins.giving import permissions as may
from app.plugins.giving.demo.story import fill
from app.plugins.giving.domain.refusals import SENTENCES
from app.plugins.giving.mails import MAILS
from app.plugins.giving.queries.begun import BegunGiving
from app.plugins.giving.services.looking_after import close_for_leaver
from app.plugins.giving.services.of_a_person import take_off_the_pages
from app.plugins.giving.web import house
from app.plugins.giving.web.pages import PAGES


class GivingPlugin(Plugin):
    """Giving before asking: nothing here is counted or ranked."""

    manifest: ClassVar[Manifest] = Manifest(
        name="giving",
        title=N_("Giving first"),
        version="0.1.0",
        summary=N_("Ask beside ways to help; introduce two members; thank and recommend in words."),
        permissions=may.ALL,
        publishes=(
            happened.AskOpened,
            happened.AskAnswered,
            happened.AskClosed,
            happened.IntroductionOffered,
            happened.IntroductionMade,
            happened.IntroductionEnded,
            happened.IntroductionOutcomeTold,
            happened.ThanksPublished,
            happened.TestimonialWritten,
            happened.WordsWithdrawn,
            happened.WordsHidden,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return PAGES

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {happened.GivingBegun: BegunGiving(work.session)}

    def subscriptions(self) -> Sequence[Subscription]:
        return (Subscription(event=MembershipEnded, handler=close_for_leaver),)

    def jobs(self) -> Sequence[Job]:
        return (Job(name="ask-what-came", every=timedelta(hours=6), run=house.ask_in_time),)

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (NavItem(title=_("Giving"), url=page.url("giving.asks"), order=27, permission=may.ASKS_VIEW),)

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return take_off_the_pages(work, group, member_id)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill(work, group)


plugin = GivingPlugin
