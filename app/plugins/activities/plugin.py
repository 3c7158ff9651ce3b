"""Activities, as a table of contents: one-to-ones recorded once for both, and learning units."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
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
    MemberBrief,
    NavItem,
    Page,
    PalmsColumn,
    Panel,
    Plugin,
    Subscription,
    Task,
)
from app.plugins.activities import arranging_pages
from app.plugins.activities import interface as happened
from app.plugins.activities import permissions as may
from app.plugins.activities.demo.arranging import fill_arranging
from app.plugins.activities.demo.story import fill
from app.plugins.activities.domain.refusals import SENTENCES
from app.plugins.activities.mails import MAILS
from app.plugins.activities.queries.counted import CountedTalks
from app.plugins.activities.queries.readout import RecordedTalks
from app.plugins.activities.queries.together import StoredTalks
from app.plugins.activities.services.of_a_person import forget_wishes, make_room
from app.plugins.activities.services.slips_import import SlipsAuditImporter
from app.plugins.activities.web import arranging_house, house, learning, palms, quick_list, talk, totals, week
from app.plugins.referrals.interface import TalksToReadOut


class ActivitiesPlugin(Plugin):
    """One-to-ones and learning units of a group."""

    manifest = Manifest(
        name="activities",
        title=N_("One-to-ones and learning"),
        version="0.1.0",
        summary=N_("Arrange a one-to-one, record it once for both, and what you learned, in one line each."),
        uses=("referrals",),
        permissions=may.ALL,
        publishes=(
            happened.OneToOneRecorded,
            happened.OneToOneCorrected,
            happened.OneToOneTakenBack,
            happened.TalkAsked,
            happened.TalkAgreed,
            happened.TalkCalledOff,
            happened.LearningRecorded,
            happened.LearningCorrected,
            happened.LearningTakenBack,
            happened.ActivitiesImportUndone,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=week.week, permission=may.OWN_VIEW),
            Page(rule="/talks", view=week.record, permission=may.OWN_RECORD, methods=("POST",)),
            Page(rule="/talks/<talk>", view=talk.talk, permission=may.OWN_VIEW, methods=("GET", "POST")),
            Page(
                rule="/talks/<talk>/take-back", view=talk.untalk, permission=may.OWN_RECORD, methods=("POST",)
            ),
            Page(rule="/learning", view=week.learn, permission=may.OWN_RECORD, methods=("POST",)),
            Page(
                rule="/learning/<learning>",
                view=learning.learning,
                permission=may.OWN_VIEW,
                methods=("GET", "POST"),
            ),
            Page(
                rule="/learning/<learning>/take-back",
                view=learning.unlearn,
                permission=may.OWN_RECORD,
                methods=("POST",),
            ),
            Page(rule="/enter", view=quick_list.enter, permission=may.RECORD_EDIT, methods=("GET", "POST")),
            Page(
                rule="/enter/learning",
                view=quick_list.enter_learning,
                permission=may.RECORD_EDIT,
                methods=("POST",),
            ),
            Page(
                rule="/enter/<talk>/take-back",
                view=quick_list.unenter,
                permission=may.RECORD_EDIT,
                methods=("POST",),
            ),
            Page(rule="/group", view=totals.totals, permission=may.TOTALS_VIEW),
            *arranging_pages.PAGES,
        )

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("One-to-ones"),
                url=page.url("activities.week"),
                also=(
                    page.url("activities.people"),
                    page.url("activities.commitments"),
                    page.url("activities.notes"),
                ),
                order=25,
                permission=may.OWN_VIEW,
            ),
            NavItem(
                title=_("One-to-ones of the group"),
                url=page.url("activities.totals"),
                also=(page.url("activities.enter"),),
                order=62,
                permission=may.TOTALS_VIEW,
            ),
        )

    def subscriptions(self) -> Sequence[Subscription]:
        return arranging_pages.SUBSCRIPTIONS

    def jobs(self) -> Sequence[Job]:
        return arranging_pages.JOBS

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return arranging_house.tasks(page)

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {
            TalksToReadOut: RecordedTalks(work.session),
            happened.TalksTogether: StoredTalks(work.session),
            happened.TalksCounted: CountedTalks(work.session),
        }

    def importers(self) -> Sequence[Importer]:
        return (SlipsAuditImporter(),)

    def palms_columns(self, work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
        return palms.palms_columns(work, group, period)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return forget_wishes(work, group, member_id)

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        make_room(work, group, kept, gone)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill(work, group)
        fill_arranging(work, group)


plugin = ActivitiesPlugin
