"""What the group gave in a period, for its leaders: counts without the names of slips, and the PALMS figures by member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from app.core.groups.queries import members_between
from app.core.local_time import Period
from app.http.page import Answer, GroupPage
from app.http.periods import asked_period
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.queries.looking import CurrencySum, thanks_by_currency
from app.plugins.referrals.queries.totals import PalmsTotals, group_counts
from app.plugins.referrals.web.looking import group_tabs

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """What PALMS says of one member in the period; `public_id` is empty where it is of several together."""

    public_id: str
    name: str
    palms: PalmsReferrals


def totals(page: GroupPage) -> Answer:
    """Show the totals of the days `?from=` to `?to=`; the last four weeks where nothing else is asked for."""
    asked = asked_period(page, FOUR_WEEKS)
    period = asked.period
    answer = page.render(
        "referrals/totals.html",
        asked=asked,
        tabs=group_tabs(page, "referrals.totals"),
        others=_other_currencies(page, period),
        rows=_rows(page, period),
        rows_url="#by-member",
        counts=group_counts(page.work.session, page.group.id, period, page.group.zone, now=page.work.now),
    )
    return answer, asked.status


def _other_currencies(page: GroupPage, period: Period) -> list[CurrencySum]:
    """Return what was thanked for in other currencies than the group's, which PALMS leaves out."""
    sums = thanks_by_currency(page.work.session, page.group.id, period)
    return [one for one in sums if one.currency != page.group.currency]


def _rows(page: GroupPage, period: Period) -> list[MemberRow]:
    session, group = page.work.session, page.group
    palms = PalmsTotals(session, page.work.now).palms_totals(group.id, period.first, period.last, group.zone)
    members = members_between(session, group.id, period.first, period.last)
    rows = [
        MemberRow(public_id=line.public_id, name=line.name, palms=palms.get(line.id, PalmsReferrals()))
        for line in members
    ]
    unlisted = [one for member_id, one in palms.items() if member_id not in {line.id for line in members}]
    return [*rows, _together(unlisted)] if unlisted else rows


def _together(unlisted: Sequence[PalmsReferrals]) -> MemberRow:
    """Return what belongs to people who were no members in the period: somebody thanked after they had left."""
    return MemberRow(
        public_id="",
        name=_("No longer members"),
        palms=PalmsReferrals(
            rgi=sum(one.rgi for one in unlisted),
            rgo=sum(one.rgo for one in unlisted),
            rri=sum(one.rri for one in unlisted),
            rro=sum(one.rro for one in unlisted),
            thank_you_minor=sum(one.thank_you_minor for one in unlisted),
        ),
    )
