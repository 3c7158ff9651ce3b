"""The demo's records: the weeks counted one after another, who said that they take part, and a disagreement to decide."""

from datetime import date, timedelta
from random import Random

from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.credibility.domain.appeals import may_appeal
from app.plugins.credibility.domain.reports import Facet, weekly_day
from app.plugins.credibility.queries import secret
from app.plugins.credibility.services.appealing import keep_appeal
from app.plugins.credibility.services.counting import count_as_of
from app.plugins.credibility.store import put_part

_NO, _NOT_ASKED = 0.06, 0.12
_SETTLED = timedelta(days=91)


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Let most settled members take part, then count each Monday since the first meeting."""
    found = group_by_slug(work.session, group.slug)
    if found is None or not group.meetings:
        return
    chance: Random = group.chance("credibility")
    settled = {member.id for member in group.members_on(group.today - _SETTLED)}
    for member in group.members:
        draw = chance.random()
        if member.id in settled and draw >= _NO + _NOT_ASKED:
            put_part(work.session, found.id, member.id, "yes", work.now)
        elif member.id in settled and draw < _NO:
            put_part(work.session, found.id, member.id, "no", work.now)
    day, last = weekly_day(group.meetings[0].local_date) + timedelta(days=7), weekly_day(group.today)
    while day <= last:
        count_as_of(work, found, day)
        day += timedelta(days=7)
    _disagree(work, found, group.today)


def _disagree(work: UnitOfWork, group: Group, today: date) -> None:
    """Let one member disagree with the worst of what was lately reported."""
    lately = [
        row
        for row in secret.all_evidence(work.session, group.id)
        if row.facet is Facet.HANDLING and row.published_on and may_appeal(row.published_on, today)
    ]
    if lately:
        row = min(lately, key=lambda one: (one.worth, one.id))
        keep_appeal(
            work, group, row, "I called the same week. The customer was away, as I wrote then.", is_first=True
        )
