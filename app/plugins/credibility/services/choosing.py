"""Choosing a scheme: a new version from today, and every record made anew by it; two schemes are never mixed."""

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.scheme import GROUP_SCHEMES
from app.plugins.credibility.interface import SchemeChosen
from app.plugins.credibility.queries.choices import scheme_of
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.credibility.store_schemes import add_scheme


def choose_scheme(work: UnitOfWork, group: Group, scheme: str) -> bool:
    """Keep the scheme, rebuild the group's records by it, and commit; return False where it was in force already."""
    if scheme not in GROUP_SCHEMES:
        raise Refused([Refusal(code="credibility.no_scheme", field="scheme")])
    if scheme == scheme_of(work.session, group.id):
        return False
    today = local_day(work.now, group.zone)
    number = add_scheme(work.session, group.id, (scheme, 1), today, work.now)
    for _one in rebuild(work, group):
        pass
    work.record(SchemeChosen(group_id=group.id, scheme=scheme, number=number))
    work.commit()
    return True
