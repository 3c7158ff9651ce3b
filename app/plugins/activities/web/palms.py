"""What activities add to PALMS: one-to-ones, each for both of the two, and learning units."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.plugin_api import PalmsColumn
from app.plugins.activities.queries.totals import learning_units, talk_counts


def palms_columns(work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
    """Return both columns. Two statements."""
    return (
        PalmsColumn(
            code="1-2-1",
            title=_("One-to-ones"),
            values=talk_counts(work.session, group.id, period),
            order=60,
        ),
        PalmsColumn(
            code="CEU",
            title=_("Learning units"),
            values=learning_units(work.session, group.id, period),
            order=80,
        ),
    )
