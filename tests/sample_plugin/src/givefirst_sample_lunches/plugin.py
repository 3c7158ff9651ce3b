"""Lunches, as a table of contents."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.groups.events import MembershipEnded
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import Manifest, MeetingBrief, NavItem, Page, Panel, Plugin, Subscription, Task
from givefirst_sample_lunches import permissions as may
from givefirst_sample_lunches.domain.refusals import SENTENCES
from givefirst_sample_lunches.interface import LunchAnswered, LunchCompany
from givefirst_sample_lunches.queries import StoredCompany
from givefirst_sample_lunches.services import take_off_the_list
from givefirst_sample_lunches.web import house, views


class LunchesPlugin(Plugin):
    """Who comes to lunch after the meeting."""

    manifest: ClassVar[Manifest] = Manifest(
        name="lunches",
        title=N_("Lunches"),
        version="1.0.0",
        summary=N_("Say whether you come to lunch after the meeting; whoever books the table sees how many."),
        permissions=may.ALL,
        publishes=(LunchAnswered,),
        sentences=SENTENCES,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=views.lunches, permission=may.ANSWER_GIVE),
            Page(
                rule="/meetings/<meeting>", view=views.answer, permission=may.ANSWER_GIVE, methods=("POST",)
            ),
            Page(rule="/table", view=views.table, permission=may.TABLE_BOOK),
        )

    def subscriptions(self) -> Sequence[Subscription]:
        return (Subscription(event=MembershipEnded, handler=take_off_the_list),)

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {LunchCompany: StoredCompany(work.session)}

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        url = page.url("lunches.lunches")
        return (NavItem(title=_("Lunch"), url=url, order=50, permission=may.ANSWER_GIVE),)

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        return house.meeting_panels(page, meeting)
