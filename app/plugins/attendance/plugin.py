"""Attendance, as a table of contents."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC, SCREEN
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.downloads import FileKind
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    FoundingField,
    HandoverFile,
    Importer,
    Job,
    Manifest,
    MeetingBrief,
    MemberBrief,
    NavItem,
    Page,
    Panel,
    Plugin,
    Step,
    Subscription,
    Task,
)
from app.plugins.attendance import (
    answer_pages,
    care_pages,
    door_pages,
    offline_pages,
    rule_pages,
    tablet_pages,
)
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain import care_events
from app.plugins.attendance.domain.refusals import SENTENCES
from app.plugins.attendance.interface import (
    ArrivalCorrected,
    ArrivalRecorded,
    AttendanceHistory,
    AttendanceMarked,
    AttendedBetween,
    ClaimDecided,
    CutOffChanged,
    DoorChanged,
    GuestsAtTheDoor,
    GuestSignedIn,
    InTheRoom,
    LeavesApproved,
    MarkTakenBack,
    MeetingsTogether,
    MemberAnswered,
    MembersAway,
    PresentationsBegan,
    PresentationsTakenBack,
    RecordReopened,
    RecordSubmitted,
    RulesChanged,
    ShowingUp,
    SignInDecided,
    SignInWaits,
)
from app.plugins.attendance.mails import MAILS
from app.plugins.attendance.queries.away import StoredAway
from app.plugins.attendance.queries.door_guests import StoredGuests
from app.plugins.attendance.queries.history import StoredHistory
from app.plugins.attendance.queries.in_the_room import StoredRoom
from app.plugins.attendance.queries.rebuilding import faults_of
from app.plugins.attendance.queries.together import StoredTogether
from app.plugins.attendance.queries.told import ToldOfMembers
from app.plugins.attendance.services import forgetting
from app.plugins.attendance.services.demo import fill_demo
from app.plugins.attendance.services.founding import CUT_OFF, begin_with_cut_off
from app.plugins.attendance.services.handkept_import import HandKeptImporter
from app.plugins.attendance.services.of_a_person import erase_keys, make_room
from app.plugins.attendance.services.rule_sets import ensure_rule_set
from app.plugins.attendance.services.summary_import import SummaryImporter
from app.plugins.attendance.services.weekly_import import WeeklyAttendanceImporter
from app.plugins.attendance.web import (
    answer_panels,
    arriving,
    care_tasks,
    closing,
    coming,
    cut_off,
    first_steps,
    handover_files,
    months,
    open_matters,
    overview,
    palms_files,
    palms_typing,
    panels,
    record,
    room_screen,
)

_BOTH = ("GET", "POST")

_PAGES_TO_LOOK_AT = (
    Page(rule="/", view=overview.overview, permission=may.OWN_VIEW),
    Page(rule="/months", view=months.months, permission=may.GRID_VIEW),
    Page(rule="/mine", view=overview.mine, permission=may.OWN_VIEW),
    Page(rule="/members/<member>", view=overview.of_member, permission=may.GRID_VIEW),
    Page(rule="/palms", view=overview.palms, permission=may.PALMS_VIEW),
    Page(rule="/palms/type", view=palms_typing.palms_to_type, permission=may.PALMS_VIEW),
    Page(rule="/cut-off", view=cut_off.cut_off, permission=may.RULES_EDIT, methods=_BOTH),
)


def _files(rule: str, name: str, sender: palms_files.Sender, permission: str) -> list[Page]:
    return [
        Page(rule=f"{rule}.{kind}", name=f"{name}_{kind}", view=sender(kind), permission=permission)
        for kind in FileKind
    ]


_FILES = (
    *_files("/palms", "palms", palms_files.palms, may.PALMS_VIEW),
    *_files("/grid", "grid", palms_files.grid, may.GRID_VIEW),
    *_files("/months", "months", months.months_file, may.GRID_VIEW),
    *_files("/mine", "mine", palms_files.mine, may.OWN_VIEW),
    *_files("/members/<member>", "of_member", palms_files.of_member, may.GRID_VIEW),
)

_PAGES_OF_A_RECORD = (
    Page(rule="/meetings/<meeting>", view=record.meeting, permission=may.OWN_VIEW),
    Page(rule="/meetings/<meeting>/numbers", view=record.numbers, permission=may.RECORD_EDIT),
    Page(
        rule="/meetings/<meeting>/members/<member>",
        view=record.mark,
        permission=may.RECORD_EDIT,
        methods=_BOTH,
    ),
    Page(
        rule="/meetings/<meeting>/members/<member>/left-early",
        view=record.left_early,
        permission=may.RECORD_EDIT,
        methods=("POST",),
    ),
    Page(rule="/meetings/<meeting>/submit", view=closing.submit, permission=may.RECORD_EDIT, methods=_BOTH),
    Page(rule="/meetings/<meeting>/reopen", view=closing.reopen, permission=may.RECORD_EDIT, methods=_BOTH),
)

_PAGES_OF_A_SIGN_IN = (
    Page(
        rule="/meetings/<meeting>/screen",
        view=room_screen.open_screen,
        permission=may.SCREEN_OPEN,
        methods=("POST",),
    ),
    Page(
        rule="/meetings/<meeting>/screen/close",
        view=room_screen.close_screens,
        permission=may.SCREEN_OPEN,
        methods=("POST",),
    ),
    Page(rule="/code", view=arriving.code, permission=may.OWN_SIGN_IN, methods=_BOTH),
    Page(rule="/arrive", view=arriving.arrive, permission=may.OWN_SIGN_IN),
    Page(rule="/arrive", view=arriving.sign_in, permission=may.OWN_SIGN_IN, methods=("POST",)),
    Page(rule="/arrived/<meeting>", view=arriving.arrived, permission=may.OWN_SIGN_IN),
)


class AttendancePlugin(Plugin):
    """Who came and when: sign-in at the door, the record of each meeting, the grid and PALMS."""

    manifest: ClassVar[Manifest] = Manifest(
        name="attendance",
        title=N_("Attendance"),
        version="1.0.0",
        summary=N_("Sign-in at the meeting, the record of each meeting, the grid, and PALMS of any period."),
        permissions=may.PERMISSIONS,
        publishes=(
            ArrivalRecorded,
            ArrivalCorrected,
            AttendanceMarked,
            ClaimDecided,
            MarkTakenBack,
            MemberAnswered,
            RecordSubmitted,
            RecordReopened,
            CutOffChanged,
            RulesChanged,
            PresentationsBegan,
            PresentationsTakenBack,
            *care_events.ALL,
            GuestSignedIn,
            SignInWaits,
            SignInDecided,
            DoorChanged,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            *_PAGES_TO_LOOK_AT,
            *_FILES,
            *_PAGES_OF_A_RECORD,
            *_PAGES_OF_A_SIGN_IN,
            *door_pages.FOR_MEMBERS,
            *door_pages.FOR_OFFICES,
            *tablet_pages.FOR_MEMBERS,
            *tablet_pages.FOR_OFFICES,
            *answer_pages.FOR_MEMBERS,
            *answer_pages.FOR_OFFICES,
            *rule_pages.FOR_MEMBERS,
            *rule_pages.FOR_OFFICES,
            *care_pages.FOR_MEMBERS,
            *care_pages.FOR_OFFICES,
        )

    def door_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/screen", view=room_screen.screen, permission=SCREEN),
            Page(rule="/screen/state", view=room_screen.screen_state, permission=SCREEN),
            Page(rule="/screen/code.svg", view=room_screen.screen_code, permission=SCREEN),
            *door_pages.FOR_STEWARDS,
            *rule_pages.FOR_STEWARDS,
            *tablet_pages.FOR_STEWARDS,
            *tablet_pages.FOR_TABLETS,
            *offline_pages.FOR_TABLETS,
        )

    def public_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/scan/<meeting>/<code>", view=arriving.scan, permission=PUBLIC),
            *door_pages.FOR_ANYBODY,
            *tablet_pages.FOR_ANYBODY,
            *answer_pages.FOR_ANYBODY,
            *offline_pages.FOR_ANYBODY,
            Page(rule="/screen/<one_time_pass>", view=room_screen.take_screen, permission=PUBLIC),
            Page(
                rule="/screen/<one_time_pass>",
                view=room_screen.become_screen,
                permission=PUBLIC,
                methods=("POST",),
            ),
        )

    def importers(self) -> Sequence[Importer]:
        return (WeeklyAttendanceImporter(), SummaryImporter(), HandKeptImporter())

    def jobs(self) -> Sequence[Job]:
        return (answer_pages.REMINDER, care_pages.LOOK_AFTER, tablet_pages.FORGETTING, forgetting.FORGETTING)

    def subscriptions(self) -> Sequence[Subscription]:
        return care_pages.LOOKED_AFTER

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        told = ToldOfMembers(work.session)
        return {
            AttendanceHistory: StoredHistory(work.session),
            GuestsAtTheDoor: StoredGuests(work.session),
            InTheRoom: StoredRoom(work.session),
            MeetingsTogether: StoredTogether(work.session),
            MembersAway: StoredAway(work.session),
            LeavesApproved: told,
            AttendedBetween: told,
            ShowingUp: told,
        }

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("Attendance"), url=page.url("attendance.overview"), order=10, permission=may.OWN_VIEW
            ),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return [*panels.home_panels(page), *answer_panels.home_panels(page), *coming.home_panels(page)]

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return [*panels.tasks(page), *care_tasks.tasks(page)]

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return panels.member_panels(page, member)

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        return [*panels.meeting_panels(page, meeting), *answer_panels.meeting_panels(page, meeting)]

    def founding_fields(self) -> Sequence[FoundingField]:
        return (CUT_OFF,)

    def founded(self, work: UnitOfWork, group: Group, answers: Mapping[str, int]) -> None:
        begin_with_cut_off(work, group.id, answers)

    def turned_on(self, work: UnitOfWork, group_id: GroupId) -> None:
        ensure_rule_set(work, group_id)

    def first_steps(self, page: GroupPage) -> Sequence[Step]:
        return first_steps.first_steps(page)

    def handover_files(self, page: GroupPage, office: Office) -> Sequence[HandoverFile]:
        return handover_files.handover_files(page, office)

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        return [*open_matters.open_matters(page, office), *care_tasks.open_matters(page, office)]

    def faults(self, work: UnitOfWork, group: Group) -> Sequence[str]:
        return faults_of(work.session, group.id)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return erase_keys(work, group, member_id)

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        make_room(work, group, kept, gone)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


plugin = AttendancePlugin
