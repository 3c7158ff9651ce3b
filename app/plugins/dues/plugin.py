"""Dues, as a table of contents: who has paid what until when."""

from collections.abc import Sequence

from app.core.groups.domain.office import Office
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import DemoGroup, Importer, Manifest, NavItem, Page, Panel, Plugin, Task
from app.plugins.dues import interface as happened
from app.plugins.dues import permissions as may
from app.plugins.dues.demo import fill_demo
from app.plugins.dues.domain.refusals import SENTENCES
from app.plugins.dues.services.dues_import import DuesImporter
from app.plugins.dues.web import entries, house, mine

_BOTH = ("GET", "POST")


class DuesPlugin(Plugin):
    """Membership and other fees: noted by the three who run the group, seen by each member for themselves."""

    manifest = Manifest(
        name="dues",
        title=N_("Dues"),
        version="0.1.0",
        summary=N_("Who has paid what until when; each member sees their own alone."),
        permissions=may.PERMISSIONS,
        publishes=(
            happened.DueNoted,
            happened.DueCorrected,
            happened.DuePaid,
            happened.PaymentTakenBack,
            happened.DuesImportUndone,
        ),
        sentences=SENTENCES,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=entries.entries, permission=may.ENTRIES_EDIT, methods=_BOTH),
            Page(rule="/entries/<entry>", view=entries.entry, permission=may.ENTRIES_EDIT, methods=_BOTH),
            Page(
                rule="/entries/<entry>/paid",
                view=entries.paid,
                permission=may.ENTRIES_EDIT,
                methods=("POST",),
            ),
            Page(
                rule="/entries/<entry>/unpaid",
                view=entries.unpaid,
                permission=may.ENTRIES_EDIT,
                methods=("POST",),
            ),
            Page(rule="/mine", view=mine.mine, permission=may.OWN_VIEW),
        )

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return house.nav_items(page)

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        return house.open_matters(page, office)

    def importers(self) -> Sequence[Importer]:
        return (DuesImporter(),)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


plugin = DuesPlugin
