"""Referrals: slips from the giver to the result and back, and thank-you business."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded
from app.core.ids import MemberId
from app.core.local_time import Period
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Exported,
    Importer,
    Job,
    Manifest,
    MemberBrief,
    NavItem,
    Page,
    PalmsColumn,
    Panel,
    Plugin,
    Step,
    Subscription,
    Task,
)
from app.plugins.giving.interface import ReferralsGiven
from app.plugins.referrals import (
    clock_pages,
    drafts_pages,
    elsewhere_pages,
    looking_pages,
    paper_pages,
    report_pages,
    rights_pages,
)
from app.plugins.referrals import interface as happened
from app.plugins.referrals import permissions as may
from app.plugins.referrals.demo.story import fill
from app.plugins.referrals.domain.refusals import SENTENCES
from app.plugins.referrals.mails import MAILS
from app.plugins.referrals.queries.acts_of_giving import ActsOfGiving
from app.plugins.referrals.queries.customers import StoredReferredCustomers
from app.plugins.referrals.queries.history import StoredSlipHistory
from app.plugins.referrals.queries.owed import StoredOwed
from app.plugins.referrals.queries.totals import PalmsTotals
from app.plugins.referrals.services.handing_back import hand_back_slips
from app.plugins.referrals.services.of_a_person import erase_outside, export_slips
from app.plugins.referrals.services.slips_import import SlipsAuditImporter
from app.plugins.referrals.web import (
    beside,
    boxes,
    editing,
    first_steps,
    house,
    palms,
    passing,
    readout,
    report_tasks,
    slip,
    thanks,
    totals,
)
from app.plugins.referrals.web.looking import group_addresses


class ReferralsPlugin(Plugin):
    """Slips and thank-you business of a group."""

    manifest = Manifest(
        name="referrals",
        title=N_("Referrals"),
        version="0.1.0",
        summary=N_("Pass slips, tell what came of them, thank for business."),
        uses=("activities", "attendance", "giving"),
        permissions=may.ALL,
        publishes=(
            happened.SlipPassed,
            happened.SlipEdited,
            happened.SlipAcknowledged,
            happened.SlipTried,
            happened.SlipProgressed,
            happened.SlipReopened,
            happened.SlipClosed,
            happened.SlipDeclined,
            happened.SlipWithdrawn,
            happened.SlipHelpAnswered,
            happened.SlipHelpGiven,
            happened.ProspectOpened,
            happened.BusinessThanked,
            happened.SlipsImportUndone,
            happened.ThanksCorrected,
            happened.ThanksTakenBack,
            happened.ProspectForgotten,
            happened.ProspectTimeSet,
            happened.ReportGiven,
            happened.QualityCheckDrawn,
            happened.QualityCheckAnswered,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        on_in_new_groups=True,
        settings="referrals.settings",
        suits=("referral-group",),
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=boxes.inbox, permission=may.OWN_VIEW),
            Page(rule="/live", view=boxes.inbox_live, permission=may.OWN_VIEW),
            Page(rule="/given", view=boxes.outbox, permission=may.OWN_VIEW),
            Page(rule="/given/live", view=boxes.outbox_live, permission=may.OWN_VIEW),
            Page(rule="/pass", view=passing.pass_on, permission=may.SLIP_PASS, methods=("GET", "POST")),
            Page(rule="/pass/beside/<member>", view=beside.beside_choice, permission=may.SLIP_PASS),
            Page(rule="/slips/<slip>", view=slip.slip, permission=may.OWN_VIEW),
            Page(
                rule="/slips/<slip>/edit",
                view=editing.edit,
                permission=may.SLIP_PASS,
                methods=("GET", "POST"),
            ),
            Page(rule="/slips/<slip>/live", view=slip.slip_live, permission=may.OWN_VIEW),
            Page(
                rule="/slips/<slip>/prospect", view=slip.prospect, permission=may.OWN_VIEW, methods=("POST",)
            ),
            Page(
                rule="/slips/<slip>/steps/<act>",
                view=slip.step,
                permission=may.SLIP_ANSWER,
                methods=("POST",),
            ),
            Page(rule="/thanks", view=thanks.thanks, permission=may.BUSINESS_THANK, methods=("GET", "POST")),
            Page(rule="/totals", view=totals.totals, permission=may.TOTALS_VIEW),
            Page(rule="/since", view=readout.since, permission=may.READOUT_VIEW),
            *clock_pages.PAGES,
            *elsewhere_pages.PAGES,
            *drafts_pages.PAGES,
            *looking_pages.PAGES,
            *paper_pages.PAGES,
            *report_pages.PAGES,
            *rights_pages.PAGES,
        )

    def public_routes(self) -> Sequence[Page]:
        return (
            *clock_pages.FOR_ANYBODY,
            *drafts_pages.FOR_ANYBODY,
            *report_pages.FOR_ANYBODY,
            *rights_pages.FOR_ANYBODY,
        )

    def jobs(self) -> Sequence[Job]:
        return (
            clock_pages.CLOCK,
            clock_pages.HANDING_BACK,
            drafts_pages.OLD_DRAFTS,
            *report_pages.JOBS,
            rights_pages.FORGETTING,
        )

    def subscriptions(self) -> Sequence[Subscription]:
        return (Subscription(event=MembershipEnded, handler=hand_back_slips),)

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {
            happened.ReferralTotals: PalmsTotals(work.session, work.now),
            ReferralsGiven: ActsOfGiving(work.session),
            happened.SlipHistory: StoredSlipHistory(work.session, work.now),
            happened.ReferredCustomers: StoredReferredCustomers(work.session),
            happened.ReportsOwed: StoredOwed(work.session),
        }

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(title=_("Referrals"), url=page.url("referrals.inbox"), order=20, permission=may.OWN_VIEW),
            NavItem(
                title=_("Referrals of the group"),
                url=page.url("referrals.totals"),
                also=group_addresses(page),
                order=60,
                permission=may.TOTALS_VIEW,
            ),
            NavItem(
                title=_("Slips since last week"),
                url=page.url("referrals.since"),
                order=61,
                permission=may.READOUT_VIEW,
            ),
            NavItem(
                title=_("Help with slips"),
                url=page.url("referrals.help_page"),
                order=62,
                permission=may.HELP_GIVE,
            ),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return [*house.tasks(page), *report_tasks.tasks(page)]

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def first_steps(self, page: GroupPage) -> Sequence[Step]:
        return first_steps.first_steps(page)

    def importers(self) -> Sequence[Importer]:
        return (SlipsAuditImporter(),)

    def palms_columns(self, work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
        return palms.palms_columns(work, group, period)

    def export_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
        return export_slips(work, group, member_id)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return erase_outside(work, group, member_id)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill(work, group)


plugin = ReferralsPlugin
