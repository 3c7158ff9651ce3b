"""How many one-to-ones and learning units each member has in a period, for the offices: counts, never what was said."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.groups.queries import members_between
from app.http.page import Answer, GroupPage
from app.http.periods import AskedPeriod, asked_period
from app.plugins.activities.queries.acquaintance import pair_counts
from app.plugins.activities.queries.totals import group_counts, learning_units, talk_counts
from app.plugins.activities.web.week import SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTotals:
    """One member's counts; `public_id` is empty where it is of several together."""

    public_id: str
    name: str
    talks: int
    units: int


def totals(page: GroupPage) -> Answer:
    """Show the totals of the days `?from=` to `?to=`; the last twelve weeks where nothing else is asked for."""
    asked = asked_period(page, SHOWN)
    answer = page.render(
        "activities/totals.html",
        asked=asked,
        counts=group_counts(page.work.session, page.group.id, asked.period),
        pairs=pair_counts(page.work.session, page.group.id, page.today),
        rows=_rows(page, asked),
    )
    return answer, asked.status


def _rows(page: GroupPage, asked: AskedPeriod) -> list[MemberTotals]:
    session, group_id, period = page.work.session, page.group.id, asked.period
    talks, units = talk_counts(session, group_id, period), learning_units(session, group_id, period)
    members = members_between(session, group_id, period.first, period.last)
    rows = [
        MemberTotals(
            public_id=line.public_id,
            name=line.name,
            talks=talks.get(line.id, 0),
            units=units.get(line.id, 0),
        )
        for line in members
    ]
    gone = (talks.keys() | units.keys()) - {line.id for line in members}
    if not gone:
        return rows
    together = MemberTotals(
        public_id="",
        name=_("No longer members"),
        talks=sum(talks.get(one, 0) for one in gone),
        units=sum(units.get(one, 0) for one in gone),
    )
    return [*rows, together]
