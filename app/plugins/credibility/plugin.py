"""Credibility, as a table of contents: counted weekly from sealed reports, shown only with history enough."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from flask_babel import gettext as _

from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Job,
    Manifest,
    MemberBrief,
    MemberColumn,
    NavItem,
    Page,
    Panel,
    Plugin,
    Task,
)
from app.plugins.credibility import interface as happened
from app.plugins.credibility import permissions as may
from app.plugins.credibility.demo import fill_demo
from app.plugins.credibility.domain.refusals import SENTENCES
from app.plugins.credibility.services.counting import count_week
from app.plugins.credibility.web import house, own, schemes


class CredibilityPlugin(Plugin):
    """How referrals given to a member were handled, as colleagues reported: secret until there is history enough."""

    manifest: ClassVar[Manifest] = Manifest(
        name="credibility",
        title=N_("Credibility"),
        version="0.1.0",
        summary=N_(
            "A record of how referrals were handled, shown only with history enough and with its reasons."
        ),
        requires=("referrals", "attendance"),
        permissions=may.ALL,
        publishes=(happened.SchemeChosen, happened.PartSaid),
        sentences=SENTENCES,
        settings="credibility.schemes",
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=own.own, permission=may.OWN_VIEW, methods=("GET", "POST")),
            Page(rule="/schemes", view=schemes.schemes, permission=may.RECORDS_VIEW),
            Page(
                rule="/schemes/choose",
                view=schemes.choose,
                permission=may.SCHEME_CHOOSE,
                methods=("POST",),
            ),
        )

    def jobs(self) -> Sequence[Job]:
        return (Job(name="count-week", every=timedelta(hours=1), run=count_week),)

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def receiver_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def member_columns(self, page: GroupPage, members: Sequence[MemberBrief]) -> Sequence[MemberColumn]:
        return house.member_columns(page, members)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("Your record"),
                url=page.url("credibility.own"),
                also=(page.url("credibility.schemes"),),
                order=28,
                permission=may.OWN_VIEW,
            ),
        )

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


plugin = CredibilityPlugin
