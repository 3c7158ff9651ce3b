"""The hooks. This class is the specification: a plugin is a subclass that overrides what it needs.

Hooks that show something are called only where the plugin is on for the group and inside the request's unit
of work; a hook that raises loses its own part of the page only, logged with plugin and group (in tests it
raises). `demo_data` is called whether or not the plugin is on.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from click import Command

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.http.navigation import NavItem
from app.http.page import GroupPage
from app.plugin_api.contributions import (
    DemoGroup,
    Desk,
    Exported,
    FoundingField,
    HandoverFile,
    Importer,
    Job,
    MeetingBrief,
    MemberBrief,
    MemberColumn,
    Page,
    PalmsColumn,
    Panel,
    SlipBrief,
    Step,
    Subscription,
    Task,
)
from app.plugin_api.manifest import Manifest


class Plugin:
    """A feature that a group can switch on and off."""

    manifest: ClassVar[Manifest]

    def group_routes(self) -> Sequence[Page]:
        """Return the pages under `/g/<group>/<plugin>`. Called once, at start; each page is gated at every request."""
        return ()

    def door_routes(self) -> Sequence[Page]:
        """Return the pages under `/door/<group>/<plugin>`, whose permission is a device's. Called once, at start."""
        return ()

    def public_routes(self) -> Sequence[Page]:
        """Return the pages under `/visit/<group>/<plugin>`, for anybody; permission `public`. Called once, at start."""
        return ()

    def subscriptions(self) -> Sequence[Subscription]:
        """Return the events this plugin wants to hear of. Called once, at start; handlers run where it is on.

        A handler that raises leaves its delivery failed and visible; the worker tries it again.
        """
        return ()

    def importers(self) -> Sequence[Importer]:
        """Return the kinds of file this plugin can take in. Called once, at start; offered where it is on."""
        return ()

    def jobs(self) -> Sequence[Job]:
        """Return what the plugin does by itself. Called once, at start; each runs for every group where it is on."""
        return ()

    def commands(self, desk: Desk) -> Sequence[Command]:
        """Return what stands at the terminal under `flask <plugin>`: click commands and groups. Called once, at start.

        Each asks `desk` for its unit of work when it runs, and ends with a `ClickException` where it cannot do its work.
        """
        return ()

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        """Return who answers each read protocol of the plugin's `interface`, for one unit of work.

        Called when another plugin asks; must not write.
        """
        return {}

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        """Return entries of the group's navigation. Called once a page; must not query."""
        return ()

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        """Return parts of the group's home page. Called once a home page; about one query a panel."""
        return ()

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        """Return what waits for this viewer. Called once a home page."""
        return ()

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        """Return parts of a member's page. Called once such a page; `member` belongs to the page's group."""
        return ()

    def member_columns(self, page: GroupPage, members: Sequence[MemberBrief]) -> Sequence[MemberColumn]:
        """Return columns of the list of members. Called once such a list, with all that stand on it.

        As many statements for five members as for five hundred.
        """
        return ()

    def receiver_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        """Return what stands beside the choice of `member` as the receiver of a referral. Called once such a choice.

        The viewer is about to give them something; what is shown is no advice and orders nobody.
        """
        return ()

    def slip_panels(self, page: GroupPage, slip: SlipBrief) -> Sequence[Panel]:
        """Return parts of a slip's page. Called once such a page, for whichever of its two sides looks at it.

        What concerns one of them alone is answered to that one: ask who the viewer is.
        """
        return ()

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        """Return parts of a meeting's page. Called once such a page; `meeting` belongs to the page's group."""
        return ()

    def founding_fields(self) -> Sequence[FoundingField]:
        """Return what the page that founds a group asks for this plugin. Called once such a page, for plugins on at first."""
        return ()

    def founded(self, work: UnitOfWork, group: Group, answers: Mapping[str, int]) -> None:
        """Take the answers to `founding_fields`. Called once a founding, after `turned_on`, in its transaction.

        Must not commit; a raised error leaves the group unfounded, a `Refused` is shown on the form.
        """

    def first_steps(self, page: GroupPage) -> Sequence[Step]:
        """Return what a new group does first with this plugin. Called once a console, for those who edit settings."""
        return ()

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        """Return what is open for whoever holds `office`, for the hand-over. Called once such a page and office.

        Unlike `tasks` it is not about the viewer: it lists what the office's next holder takes over.
        """
        return ()

    def handover_files(self, page: GroupPage, office: Office) -> Sequence[HandoverFile]:
        """Return the files that whoever takes over `office` takes along. Called once such a page, file or pack.

        Only what the office may see, and the viewer too: a successor is shown the page before their term begins.
        """
        return ()

    def palms_columns(self, work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
        """Return the plugin's columns of PALMS for the group's days of `period`, one statement or two.

        Called once a PALMS, on the page or in a file; must not write.
        """
        return ()

    def faults(self, work: UnitOfWork, group: Group) -> Sequence[str]:
        """Return what is wrong with what the plugin keeps of a group, a line each. Called once a group by `flask doctor`.

        For facts that can be told from one another, such as rows against the ledger; must not write. A raised error ends
        the command.
        """
        return ()

    def export_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
        """Return what a member takes along beyond their labelled columns, which the house exports by itself.

        Called once a group of theirs, on or off; must not write. A raised error ends the export.
        """
        return ()

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        """Take away what is left of a member beyond their labelled columns; return how much that was.

        Called once a group of theirs, on or off, in the transaction of the erasure and before the columns are emptied;
        their memberships have ended. A second time it finds nothing. Must not commit; a raised error erases nothing.
        """
        return 0

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        """Make room before every key that points at `gone` is pointed at `kept`: two records of one human.

        Called on or off, in the transaction of the merge, where both have a record in the group. Needed only where rows
        of both would collide and one of them may go. Must not commit; a raised error or `Refused` merges nothing.
        """

    def turned_on(self, work: UnitOfWork, group_id: GroupId) -> None:
        """Prepare the group for the plugin. Called each time it is switched on, in the transaction of the switch.

        A raised error leaves the plugin off. Must not commit, and must work a second time.
        """

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        """Fill a group of the demo network. Called once a demo group, in the demo's own transaction; must not commit."""
