"""The weekly job: the week is counted, and a group that chose its network's scheme moves to the version whose day has come."""

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.network import NETWORK_SCHEME
from app.plugins.credibility.domain.reports import weekly_day
from app.plugins.credibility.queries.choices import choice_of
from app.plugins.credibility.queries.facts import is_all_known
from app.plugins.credibility.queries.network import network_scheme_on
from app.plugins.credibility.services.choosing import put_in_force
from app.plugins.credibility.services.counting import count_week
from app.plugins.credibility.store_appeals import one_at_a_time


def count_and_follow(work: UnitOfWork, group: Group) -> int:
    """Count the week, once, then follow the network where the group chose to; return how much was done. The caller commits."""
    return count_week(work, group) + follow_network(work, group)


def follow_network(work: UnitOfWork, group: Group) -> bool:
    """Move to the newest version of the network's scheme whose day had come by the weekly day, if the group has an older one.

    Every report is weighed anew, those of this week too, so nothing is left of the older version. While referrals or
    attendance is off nothing is weighed, and the group moves when both are on again.
    """
    if not _newer_version(work, group):
        return False
    one_at_a_time(work.session, group.id)
    version = _newer_version(work, group)
    if not version:
        return False
    day = weekly_day(local_day(work.now, group.zone))
    put_in_force(work, group, (NETWORK_SCHEME, version), day)
    return True


def _newer_version(work: UnitOfWork, group: Group) -> int:
    """Return the version to move to, or 0."""
    choice = choice_of(work.session, group.id)
    if choice.scheme != NETWORK_SCHEME or not is_all_known(work, group):
        return 0
    newest = network_scheme_on(work.session, weekly_day(local_day(work.now, group.zone)))
    return newest.number if newest is not None and newest.number > choice.version else 0
