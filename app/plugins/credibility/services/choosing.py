"""Choosing a scheme: a new version from today, and every report weighed and every record made anew by it; two are never mixed."""

from datetime import date

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import AttendanceHistory
from app.plugins.credibility.domain.network import NETWORK_SCHEME
from app.plugins.credibility.domain.scheme import GROUP_SCHEMES
from app.plugins.credibility.interface import SchemeChosen
from app.plugins.credibility.queries.choices import choice_of, constants_in_force
from app.plugins.credibility.queries.network import network_scheme_on
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.credibility.services.reweighing import reweigh
from app.plugins.credibility.store_appeals import one_at_a_time
from app.plugins.credibility.store_schemes import add_scheme
from app.plugins.referrals.interface import SlipHistory


def choose_scheme(work: UnitOfWork, group: Group, scheme: str) -> bool:
    """Keep the scheme, make the group's records anew by it, and commit; return False where it was in force already.

    A newer version of the network's scheme comes to a group that has it by the weekly job (`services.following`) alone.
    """
    today = local_day(work.now, group.zone)
    version = _version_on(work, scheme, today)
    if version is None:
        raise Refused([Refusal(code="credibility.no_scheme", field="scheme")])
    if refusals := _refusals_for_what_is_off(work, group):
        raise Refused(refusals)
    one_at_a_time(work.session, group.id)
    if choice_of(work.session, group.id).scheme == scheme:
        return False
    put_in_force(work, group, (scheme, version), today)
    work.commit()
    return True


def put_in_force(work: UnitOfWork, group: Group, what: tuple[str, int], day: date) -> None:
    """Let the group have this version of a scheme from that day on, and make its records anew. The caller commits."""
    number = add_scheme(work.session, group.id, what, day, work.now)
    reweigh(work, group, constants_in_force(work.session, group.id))
    for _one in rebuild(work, group):
        pass
    scheme, version = what
    work.record(SchemeChosen(group_id=group.id, scheme=scheme, number=number, version=version))


def _refusals_for_what_is_off(work: UnitOfWork, group: Group) -> list[Refusal]:
    """Return which plugins have to be switched on first: without their facts every report would get a wrong weight."""
    asked = (
        (SlipHistory, Refusal(code="credibility.referrals_off")),
        (AttendanceHistory, Refusal(code="credibility.attendance_off")),
    )
    return [refusal for one, refusal in asked if work.reader(group.id, one) is None]


def _version_on(work: UnitOfWork, scheme: str, today: date) -> int | None:
    """Return the version of the scheme that can be chosen today, or None where there is none."""
    if scheme == NETWORK_SCHEME:
        found = network_scheme_on(work.session, today)
        return None if found is None else found.number
    return 1 if scheme in GROUP_SCHEMES else None
