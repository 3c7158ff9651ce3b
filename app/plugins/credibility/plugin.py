"""Credibility, as a table of contents: counted weekly from sealed reports, shown only with history enough."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from click import Command
from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Desk,
    Exported,
    Job,
    Manifest,
    MemberBrief,
    MemberColumn,
    NavItem,
    Page,
    Panel,
    Plugin,
    SlipBrief,
    Subscription,
    Task,
)
from app.plugins.credibility import interface as happened
from app.plugins.credibility import permissions as may
from app.plugins.credibility.cli.commands import commands
from app.plugins.credibility.demo import fill_demo
from app.plugins.credibility.domain.refusals import SENTENCES
from app.plugins.credibility.mails import MAILS
from app.plugins.credibility.services.confirming import forget_customer, forget_links
from app.plugins.credibility.services.deciding import forget_old, look_after
from app.plugins.credibility.services.following import count_and_follow
from app.plugins.credibility.services.forgetting import forget_evidence
from app.plugins.credibility.services.of_a_person import (
    erase_record,
    export_decisions,
    merge_records,
)
from app.plugins.credibility.services.weeks_ahead import faults_of
from app.plugins.credibility.web import appeals, customers, house, network_schemes, own, schemes
from app.plugins.referrals.interface import ProspectForgotten


class CredibilityPlugin(Plugin):
    """How referrals given to a member were handled, as colleagues reported: secret until there is history enough."""

    manifest: ClassVar[Manifest] = Manifest(
        name="credibility",
        title=N_("Credibility"),
        version="0.1.0",
        summary=N_(
            "A record of how referrals were handled, shown only with history enough and with its reasons."
        ),
        uses=("referrals", "attendance"),
        permissions=may.ALL,
        publishes=(
            happened.SchemeChosen,
            happened.NetworkSchemeMade,
            happened.PartSaid,
            happened.AppealFiled,
            happened.AppealEnded,
            happened.RecordLookedAt,
            happened.CustomerAsked,
            happened.CustomerConfirmed,
        ),
        sentences=SENTENCES,
        settings="credibility.schemes",
        mails=MAILS,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=own.own, permission=may.OWN_VIEW, methods=("GET", "POST")),
            Page(
                rule="/reports/<evidence>/disagree",
                view=appeals.disagree,
                permission=may.OWN_VIEW,
                methods=("GET", "POST"),
            ),
            Page(
                rule="/appeals/<appeal>",
                view=appeals.appeal,
                permission=may.RECORDS_VIEW,
                methods=("GET", "POST"),
            ),
            Page(
                rule="/slips/<slip>/customer",
                view=customers.ask,
                permission=may.CUSTOMER_ASK,
                methods=("GET", "POST"),
            ),
            Page(rule="/schemes", view=schemes.schemes, permission=may.RECORDS_VIEW),
            Page(
                rule="/schemes/choose",
                view=schemes.choose,
                permission=may.SCHEME_CHOOSE,
                methods=("POST",),
            ),
            Page(
                rule="/schemes/network",
                view=network_schemes.network_scheme,
                permission=may.RECORDS_VIEW,
                methods=("GET", "POST"),
            ),
        )

    def public_routes(self) -> Sequence[Page]:
        return (
            Page(
                rule="/confirm/<token>",
                view=customers.confirm,
                permission=PUBLIC,
                methods=("GET", "POST"),
            ),
            Page(rule="/thanks", view=customers.answered, permission=PUBLIC),
        )

    def subscriptions(self) -> Sequence[Subscription]:
        return (Subscription(event=ProspectForgotten, handler=forget_customer),)

    def jobs(self) -> Sequence[Job]:
        return (
            Job(name="count-week", every=timedelta(hours=1), run=count_and_follow),
            Job(name="appeals", every=timedelta(hours=1), run=look_after),
            Job(name="forget-evidence", every=timedelta(days=1), run=forget_evidence, also_when_off=True),
            Job(name="forget-appeals", every=timedelta(days=1), run=forget_old, also_when_off=True),
            Job(name="forget-links", every=timedelta(days=1), run=forget_links, also_when_off=True),
        )

    def commands(self, desk: Desk) -> Sequence[Command]:
        return commands(desk)

    def faults(self, work: UnitOfWork, group: Group) -> Sequence[str]:
        return faults_of(work, group)

    def export_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
        return export_decisions(work, group, member_id)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return erase_record(work, group, member_id)

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        merge_records(work, group, kept, gone)

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def receiver_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.receiver_panels(page, member)

    def member_columns(self, page: GroupPage, members: Sequence[MemberBrief]) -> Sequence[MemberColumn]:
        return house.member_columns(page, members)

    def slip_panels(self, page: GroupPage, slip: SlipBrief) -> Sequence[Panel]:
        return customers.slip_panels(page, slip)

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
