"""Evidence is deleted after five half-lives, on its day, wherever it lies: also where credibility or referrals is off."""

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import day_of
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.services.counting import KEPT_HALF_LIVES, take_away
from app.plugins.credibility.store_appeals import one_at_a_time


def forget_evidence(work: UnitOfWork, group: Group) -> int:
    """Delete the counted reports that are too old, with what was said against them; return how many. The caller commits.

    The weekly counting does so too, and does not run in a group that switched credibility off.
    """
    constants = constants_in_force(work.session, group.id)
    oldest = day_of(work.now) - KEPT_HALF_LIVES * constants.half_life
    if not _before(work, group, oldest):
        return 0
    one_at_a_time(work.session, group.id)
    gone = _before(work, group, oldest)
    take_away(work, group, gone, constants)
    return len(gone)


def _before(work: UnitOfWork, group: Group, day: float) -> list[Evidence]:
    return [row for row in secret.all_evidence(work.session, group.id) if row.day < day]
