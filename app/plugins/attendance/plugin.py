"""Attendance, as a table of contents."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC, SCREEN
from app.core.ids import GroupId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Importer,
    Manifest,
    MeetingBrief,
    MemberBrief,
    NavItem,
    Page,
    Panel,
    Plugin,
    Task,
)
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.refusals import SENTENCES
from app.plugins.attendance.interface import (
    ArrivalCorrected,
    ArrivalRecorded,
    AttendanceHistory,
    AttendanceMarked,
    CutOffChanged,
    MarkTakenBack,
    RecordReopened,
    RecordSubmitted,
)
from app.plugins.attendance.queries.history import StoredHistory
from app.plugins.attendance.services.demo import fill_demo
from app.plugins.attendance.services.rule_sets import ensure_rule_set
from app.plugins.attendance.services.weekly_import import WeeklyAttendanceImporter
from app.plugins.attendance.web import arriving, closing, cut_off, overview, panels, record, room_screen

_BOTH = ("GET", "POST")

_PAGES_TO_LOOK_AT = (
    Page(rule="/", view=overview.overview, permission=may.OWN_VIEW),
    Page(rule="/mine", view=overview.mine, permission=may.OWN_VIEW),
    Page(rule="/members/<member>", view=overview.of_member, permission=may.GRID_VIEW),
    Page(rule="/palms", view=overview.palms, permission=may.PALMS_VIEW),
    Page(rule="/palms.csv", view=overview.palms_file, permission=may.PALMS_VIEW),
    Page(rule="/cut-off", view=cut_off.cut_off, permission=may.RULES_EDIT, methods=_BOTH),
)

_PAGES_OF_A_RECORD = (
    Page(rule="/meetings/<meeting>", view=record.meeting, permission=may.OWN_VIEW),
    Page(rule="/meetings/<meeting>/numbers", view=record.numbers, permission=may.GRID_VIEW),
    Page(
        rule="/meetings/<meeting>/members/<member>",
        view=record.mark,
        permission=may.RECORD_EDIT,
        methods=_BOTH,
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
        uses=("referrals",),
        permissions=may.PERMISSIONS,
        publishes=(
            ArrivalRecorded,
            ArrivalCorrected,
            AttendanceMarked,
            MarkTakenBack,
            RecordSubmitted,
            RecordReopened,
            CutOffChanged,
        ),
        sentences=SENTENCES,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (*_PAGES_TO_LOOK_AT, *_PAGES_OF_A_RECORD, *_PAGES_OF_A_SIGN_IN)

    def door_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/screen", view=room_screen.screen, permission=SCREEN),
            Page(rule="/screen/state", view=room_screen.screen_state, permission=SCREEN),
            Page(rule="/screen/code.svg", view=room_screen.screen_code, permission=SCREEN),
        )

    def public_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/scan/<meeting>/<code>", view=arriving.scan, permission=PUBLIC),
            Page(rule="/screen/<one_time_pass>", view=room_screen.take_screen, permission=PUBLIC),
            Page(
                rule="/screen/<one_time_pass>",
                view=room_screen.become_screen,
                permission=PUBLIC,
                methods=("POST",),
            ),
        )

    def importers(self) -> Sequence[Importer]:
        return (WeeklyAttendanceImporter(),)

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {AttendanceHistory: StoredHistory(work.session)}

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("Attendance"), url=page.url("attendance.overview"), order=10, permission=may.OWN_VIEW
            ),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return panels.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return panels.tasks(page)

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return panels.member_panels(page, member)

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        return panels.meeting_panels(page, meeting)

    def turned_on(self, work: UnitOfWork, group_id: GroupId) -> None:
        ensure_rule_set(work, group_id)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


plugin = AttendancePlugin
