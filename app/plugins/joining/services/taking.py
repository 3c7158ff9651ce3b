"""The seat is taken: the applicant says yes by their own link, and core makes them a member and invites them."""

from datetime import date

from babel.dates import format_date

from app.core.access.services.invitations import Inviting, invite
from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_key
from app.core.groups.services import Profile, start_membership
from app.core.groups.welcoming import NewMember, take_in
from app.core.local_time import local_day
from app.core.people.domain.name import Name
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import State, may_become
from app.plugins.joining.interface import ApplicationDecided, SeatTaken
from app.plugins.joining.queries.applications import ApplicationLine
from app.plugins.joining.services.applying import end_application, own_application, owners_of
from app.plugins.joining.services.deciding import refusals_for_seat
from app.plugins.joining.services.links import Links
from app.plugins.joining.services.telling import HAS_TAKEN, SEAT_WAS_GONE, tell_those_in_charge
from app.plugins.joining.store import change_application, one_at_a_time, remove_wanted


def take_seat(work: UnitOfWork, group: Group, secret: str, *, links: Links, inviting: Inviting) -> None:
    """Make the applicant a member in the seat that was kept, and mail them the invitation. Commits.

    A second time changes nothing. Where the seat was given away by hand meanwhile it is refused: the application waits for a
    seat, and the committee is told, which is committed.
    """
    one_at_a_time(work.session, group.id)
    found = own_application(work, group, secret)
    if found.state is State.TAKEN:
        return
    today = local_day(work.now, group.zone)
    is_in_time = found.approved_until is not None and today <= found.approved_until
    if not may_become(found.state, State.TAKEN) or not is_in_time:
        raise Refused([Refusal(code="joining.not_open")])
    starts_on = max(today, found.starts_on or today)
    if refusals_for_seat(work, group, found, starts_on):
        _let_wait(work, group, found, links)
        work.commit()
        raise Refused([Refusal(code="joining.seat_gone")])
    _take(work, group, found, starts_on, links=links, inviting=inviting)
    work.commit()


def _let_wait(work: UnitOfWork, group: Group, found: ApplicationLine, links: Links) -> None:
    values = {"state": State.LATER.value, "held_seat": None, "approved_until": None}
    if not change_application(work.session, group.id, found.id, found.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    owners = owners_of(work, group, found)
    tell_those_in_charge(work, group, (found, links), owners, SEAT_WAS_GONE)
    work.record(ApplicationDecided(group_id=group.id, application_id=found.id, outcome=State.LATER.value))


def _take(
    work: UnitOfWork,
    group: Group,
    found: ApplicationLine,
    starts_on: date,
    *,
    links: Links,
    inviting: Inviting,
) -> None:
    owners = owners_of(work, group, found)
    member = _member(work, group, found, starts_on)
    end_application(work, group, found, State.TAKEN, member_id=member.id)
    remove_wanted(work.session, group.id, seat=found.seat)
    invite(work, member, inviting)
    day = format_date(starts_on, "long", locale=group.locale.replace("-", "_"))
    tell_those_in_charge(work, group, (found, links), owners, HAS_TAKEN, facts={"day": day})
    work.record(SeatTaken(group_id=group.id, application_id=found.id, member_id=member.id))


def _member(work: UnitOfWork, group: Group, found: ApplicationLine, starts_on: date) -> MemberLine:
    """Return the member that the applicant is from now on, with their earlier record where they were one before.

    Their address was proven by the link: whoever is known by it is the same person. One whom the committee knows again
    under a new address keeps their record too, but signs in with the old one until an office corrects it.
    """
    if found.rejoins_id is None:
        given, _space, family = " ".join(found.name.split()).partition(" ")
        command = NewMember(
            name=Name(given=given, family=family),
            email=found.email,
            firm=found.firm,
            trade=found.trade,
            phone=found.phone,
            joined_on=starts_on,
        )
        return take_in(work, group, command)
    before = member_by_key(work.session, group.id, found.rejoins_id)
    profile = Profile(firm=found.firm, trade=found.trade, phone=found.phone, email=found.email)
    member_id = start_membership(
        work, group_id=group.id, person_id=before.person_id, started_on=starts_on, profile=profile
    )
    return member_by_key(work.session, group.id, member_id)
