"""The demo's records: who said that they take part, the weeks counted one after another, and a disagreement to decide.

Some members play a part, so that a newcomer meets every reason for a blank; what their slips and meetings need for it is in the
demos of referrals and attendance. Everybody else answers by chance.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug, switched_on
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.credibility.domain.appeals import may_appeal
from app.plugins.credibility.domain.reports import Facet, weekly_day
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import shown_of_all
from app.plugins.credibility.services.appealing import keep_appeal
from app.plugins.credibility.services.counting import count_as_of
from app.plugins.credibility.store import put_part

_NO, _NOT_ASKED = 0.06, 0.12
_SETTLED = timedelta(days=91)
_PLAYED_BY: Final[Mapping[str, tuple[int, ...]]] = {
    "yes": (0, 1, 2, 8, 13, 16, 17, 21, 24, 25),
    "no": (10,),
    "object": (19,),
    "": (5,),
}
"""What those say who play a part, by their number among all who ever came into the demo; empty: nothing yet."""


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Let settled members say whether they take part, then count each Monday since the first meeting, where it is on."""
    found = group_by_slug(work.session, group.slug)
    if found is None or not group.meetings or "credibility" not in switched_on(work.session, found.id):
        return
    for member, says in _said(group).items():
        put_part(work.session, found.id, member, says, work.now)
    day, last = weekly_day(group.meetings[0].local_date) + timedelta(days=7), weekly_day(group.today)
    while day <= last:
        count_as_of(work, found, day)
        day += timedelta(days=7)
    _disagree(work, found, group.today)


def _said(group: DemoGroup) -> Mapping[MemberId, str]:
    """Return what members said; those who have not settled in were not asked yet."""
    chance: Random = group.chance("credibility")
    settled = {member.id for member in group.members_on(group.today - _SETTLED)}
    played = {place: says for says, places in _PLAYED_BY.items() for place in places}
    said: dict[MemberId, str] = {}
    for place, member in enumerate(sorted(member.id for member in group.members)):
        draw = chance.random()
        by_chance = "no" if draw < _NO else "" if draw < _NO + _NOT_ASKED else "yes"
        says = played.get(place, by_chance)
        if says and member in settled:
            said[member] = says
    return said


def _disagree(work: UnitOfWork, group: Group, today: date) -> None:
    """Let a member disagree with a report of late: one who is shown and has the fewest to spare, with the worst."""
    lately = [
        row
        for row in secret.all_evidence(work.session, group.id)
        if row.facet is Facet.HANDLING and row.published_on and may_appeal(row.published_on, today)
    ]
    if not lately:
        return
    known = secret.standings(work.session, group.id)
    shown = shown_of_all(work, group, {row.about_member_id for row in lately})

    def place(row: Evidence) -> tuple[bool, int, float, int]:
        outcomes = known[row.whose].shown.outcomes
        return row.about_member_id not in shown, outcomes, row.worth, row.id

    words = "I called the same week. The customer was away, as I wrote then."
    keep_appeal(work, group, min(lately, key=place), words, is_first=True)
