"""Taking somebody in: the person is found or made, becomes a member, and nothing is entered twice."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core.access.domain.address import folded_address
from app.core.access.models import AccountRow
from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.events import MemberCorrected
from app.core.groups.models import GroupRow, MemberRow
from app.core.groups.queries import MemberLine, member_by_key
from app.core.groups.services import Profile, start_membership
from app.core.ids import GroupId, MemberId, PersonId
from app.core.local_time import local_day
from app.core.people.domain.name import Name
from app.core.people.models import PersonRow
from app.core.people.services import add_person
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who joins, and since when; an empty address means that none is known.

    `is_newcomer` is False for people who were members before the house knew the group. `joins_known_person` is False
    where somebody merely typed the address: whom only other groups know by it joins when they accept the invitation.
    """

    name: Name
    email: str = ""
    firm: str = ""
    trade: str = ""
    phone: str = ""
    joined_on: date | None = None
    is_newcomer: bool = True
    joins_known_person: bool = True


def take_in(work: UnitOfWork, group: Group, command: NewMember) -> MemberLine:
    """Make the person a member of the group; refused with every reason at once. The caller commits.

    Somebody whom this group knows by the address keeps their record; whom another knows by it is the same person only
    if `joins_known_person`, else a person of the typed name. Two that take the same person in at once wait for each
    other at the group's row.
    """
    refusals, email = [], ""
    if not command.name.full:
        refusals.append(Refusal(code="groups.member_name_missing", field="given_name"))
    try:
        email = folded_address(command.email) if command.email else ""
    except Refused as bad:
        refusals += bad.refusals
    if refusals:
        raise Refused(refusals)
    work.session.execute(select(GroupRow.id).where(GroupRow.id == group.id).with_for_update())
    known = _member_with(work, group, email)
    if known is None and command.joins_known_person:
        known = _person_with(work, email)
    person_id = known or add_person(work, command.name)
    member_id = start_membership(
        work,
        group_id=group.id,
        person_id=person_id,
        started_on=command.joined_on or local_day(work.now, group.zone),
        profile=Profile(firm=command.firm, trade=command.trade, phone=command.phone, email=email),
        is_newcomer=command.is_newcomer,
    )
    return member_by_key(work.session, group.id, member_id)


def correct_profile(
    work: UnitOfWork, group_id: GroupId, member_id: MemberId, *, name: Name, profile: Profile
) -> None:
    """Put right what the group shows of a member; the address has its own way. The caller commits.

    The name is the person's: it changes only where no other group knows them. Refused as `groups.name_of_others`.
    """
    if not name.full:
        raise Refused([Refusal(code="groups.member_name_missing", field="given_name")])
    row = work.session.get_one(MemberRow, (group_id, member_id))
    row.firm, row.trade, row.phone = profile.firm, profile.trade, profile.phone
    row.version += 1
    person = work.session.get_one(PersonRow, row.person_id)
    if person.name != name.full:
        elsewhere = select(MemberRow.id).where(
            MemberRow.person_id == row.person_id, MemberRow.group_id != group_id
        )
        if work.session.scalar(elsewhere.limit(1)) is not None:
            raise Refused([Refusal(code="groups.name_of_others", field="given_name")])
        person.given_name, person.family_name = name.given, name.family
        person.name, person.sort_name = name.full, name.sorted_by
    work.session.flush()
    work.record(MemberCorrected(group_id=group_id, member_id=member_id))


def _person_with(work: UnitOfWork, email: str) -> PersonId | None:
    """Return the person who signs in with `email`, whatever groups they are in."""
    found = work.session.scalar(select(AccountRow.person_id).where(AccountRow.email == email))
    return PersonId(found) if found is not None else None


def _member_with(work: UnitOfWork, group: Group, email: str) -> PersonId | None:
    """Return the present or former member of this group who signs in with `email`, or whom it knows by it."""
    if not email:
        return None
    signs_in = (
        select(MemberRow.person_id)
        .join(AccountRow, AccountRow.person_id == MemberRow.person_id)
        .where(MemberRow.group_id == group.id, AccountRow.email == email)
    )
    shows = select(MemberRow.person_id).where(
        MemberRow.group_id == group.id, func.lower(MemberRow.email) == email
    )
    found = work.session.scalar(signs_in) or work.session.scalar(shows.limit(1))
    return PersonId(found) if found is not None else None
