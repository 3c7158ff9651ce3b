"""Evidence is deleted after five half-lives, on its day, wherever it lies: also where credibility or referrals is off."""

from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import day_of
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.services.counting import KEPT_HALF_LIVES, take_away
from app.plugins.credibility.store_appeals import forget_appeared, one_at_a_time


def forget_evidence(work: UnitOfWork, group: Group) -> int:
    """Delete the counted reports that are too old, with what was said against them; return how much. The caller commits.

    The weekly counting does so too, and does not run in a group that switched credibility off.
    """
    constants = constants_in_force(work.session, group.id)
    kept_for = KEPT_HALF_LIVES * constants.half_life
    oldest = day_of(work.now) - kept_for
    forgotten = forget_appeared(work.session, group.id, (work.now - timedelta(days=kept_for)).date())
    if not _before(work, group, oldest):
        return forgotten
    one_at_a_time(work.session, group.id)
    gone = _before(work, group, oldest)
    take_away(work, group, gone, constants)
    return forgotten + len(gone)


def _before(work: UnitOfWork, group: Group, day: float) -> list[Evidence]:
    return [row for row in secret.all_evidence(work.session, group.id) if row.day < day]
