"""What referrals add to PALMS: given and received, inside and outside, and thank-you business."""

from collections.abc import Sequence
from operator import attrgetter

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.plugin_api import PalmsColumn
from app.plugins.referrals.queries.totals import PalmsTotals


def palms_columns(work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
    """Return the five columns. Two statements."""
    totals = PalmsTotals(work.session, work.now).palms_totals(group.id, period.first, period.last, group.zone)
    columns = (
        ("RGI", _("Referrals given inside"), 10, "rgi", ""),
        ("RGO", _("Referrals given outside"), 20, "rgo", ""),
        ("RRI", _("Referrals received inside"), 30, "rri", ""),
        ("RRO", _("Referrals received outside"), 40, "rro", ""),
        ("TYFCB", _("Thank-you business"), 70, "thank_you_minor", group.currency),
    )
    return [
        PalmsColumn(
            code=code,
            title=title,
            values={member: number for member, one in totals.items() if (number := attrgetter(name)(one))},
            order=order,
            currency=currency,
        )
        for code, title, order, name, currency in columns
    ]
