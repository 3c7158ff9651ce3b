"""The demo's records: who said that they take part, the word of some customers, the weeks counted, a disagreement to decide.

Some members play a part, so that a newcomer meets every reason for a blank; what their slips and meetings need for it is in the
demos of referrals and attendance. Everybody else answers by chance.
"""

from collections.abc import Mapping
from datetime import date, time, timedelta
from random import Random
from typing import Final

from app.core.groups.domain.standing import Group
from app.core.groups.queries import belonging, group_by_slug, switched_on
from app.core.ids import MemberId
from app.core.local_time import instant_of
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.credibility.domain.appeals import may_appeal
from app.plugins.credibility.domain.confirming import NEW, can_be_confirmed
from app.plugins.credibility.domain.reports import Facet, weekly_day
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import shown_of_all
from app.plugins.credibility.services.appealing import keep_appeal
from app.plugins.credibility.services.confirming import keep_confirmation
from app.plugins.credibility.services.counting import count_as_of
from app.plugins.credibility.store import put_part

_NO, _NOT_ASKED = 0.06, 0.12
_SETTLED = timedelta(days=91)
_LATELY = timedelta(weeks=26)
_PLAYED_BY: Final[Mapping[str, tuple[int, ...]]] = {
    "yes": (0, 1, 2, 8, 13, 16, 17, 21, 24, 25),
    "no": (10,),
    "object": (19,),
    "": (5, 15),
}
"""What those say who play a part, by their number among all who ever came into the demo; empty: nothing yet."""
_CONFIRMED: Final = (0, 2)
"""On whom a customer has confirmed a report: the president and the member who sign in."""


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Let settled members say whether they take part, then count each Monday since the first meeting, where it is on."""
    found = group_by_slug(work.session, group.slug)
    if found is None or not group.meetings or "credibility" not in switched_on(work.session, found.id):
        return
    began = belonging(work.session, found.id, group.today)
    for member, says in _said(group).items():
        asked_on = max(group.meetings[0].local_date, began[member].first + _SETTLED)
        asked_at = instant_of(asked_on, time(), found.zone)
        put_part(work.session, found.id, member, says, asked_at)
    in_order = enumerate(sorted(member.id for member in group.members))
    waiting = {member for place, member in in_order if place in _CONFIRMED}
    day, last = weekly_day(group.meetings[0].local_date) + timedelta(days=7), weekly_day(group.today)
    while day <= last:
        count_as_of(work, found, day)
        if waiting and last - day <= _LATELY:
            _confirm(work, found, day, waiting)
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


def _confirm(work: UnitOfWork, group: Group, day: date, waiting: set[MemberId]) -> None:
    """Let the customer of a good report by a new voice confirm it, on each of these members; who has one waits no more."""
    at = instant_of(day, time(12), group.zone)
    for row in secret.evidence_about_all(work.session, group.id, Facet.HANDLING, sorted(waiting)):
        is_it = row.voice == NEW and row.is_independent and can_be_confirmed(row.facet, row.worth)
        if row.about_member_id in waiting and is_it and keep_confirmation(work, group, row.slip_id, at):
            waiting.discard(row.about_member_id)


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
