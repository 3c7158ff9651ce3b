"""The files of attendance that go with an office: PALMS and the grid of half a year."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.core.exports.table import Table
from app.core.groups.domain.office import Office
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.periods import last_days
from app.plugin_api import HandoverFile
from app.plugins.attendance import permissions as may
from app.plugins.attendance.queries.grid import grid_of
from app.plugins.attendance.web.palms_sheet import palms_of
from app.plugins.attendance.web.palms_tables import grid_table, palms_table

_HALF_A_YEAR = timedelta(weeks=26)


def handover_files(page: GroupPage, office: Office) -> Sequence[HandoverFile]:
    """Return what the office may see of attendance, and the viewer too."""
    period = last_days(page.today, _HALF_A_YEAR)
    offered = (
        (may.PALMS_VIEW, HandoverFile(name="palms", title=_("PALMS"), table=lambda: _palms(page, period))),
        (
            may.GRID_VIEW,
            HandoverFile(name="attendance", title=_("Who came when"), table=lambda: _grid(page, period)),
        ),
    )
    return [
        file
        for permission, file in offered
        if page.house.permission(permission).held_with(frozenset({office})) and page.may(permission)
    ]


def _palms(page: GroupPage, period: Period) -> Table:
    return palms_table(page, palms_of(page, period))


def _grid(page: GroupPage, period: Period) -> Table:
    found = grid_of(page.work.session, page.group.id, period, page.work.now)
    return grid_table(page, found, period)
