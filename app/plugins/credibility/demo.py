"""The demo's records: the weeks counted one after another as they would have been, and who said that they take part."""

from datetime import timedelta
from random import Random

from app.core.groups.queries import group_by_slug
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.credibility.domain.reports import weekly_day
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
