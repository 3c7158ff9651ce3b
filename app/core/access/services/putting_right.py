"""Putting a member right: whose change came first, and who may change the address that somebody signs in with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.access.events import AddressCorrected
from app.core.access.queries import account_of_person
from app.core.access.services.invitations import correct_address
from app.core.access.services.joining import is_invited
from app.core.errors import Refusal, Refused
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine, office_terms
from app.core.groups.services import Profile
from app.core.groups.welcoming import correct_profile
from app.core.ids import GroupId, MemberId
from app.core.people.domain.name import Name
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Who puts members right: in which group, with which offices, and the group's day on which they do it."""

    group_id: GroupId
    member_id: MemberId
    offices: frozenset[Office]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRight:
    """What is kept of a member from now on, and the version of the record that the editor had before them."""

    name: Name
    profile: Profile
    seen_version: int


def version_of(session: Session, group_id: GroupId, member_id: MemberId, *, locks: bool = False) -> int:
    """Return the version of the member's record; with `locks` nobody else changes it until the transaction ends."""
    query = select(MemberRow.version).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
    return session.scalars(query.with_for_update() if locks else query).one()


def put_right(work: UnitOfWork, editor: Editor, member: MemberLine, wanted: PutRight) -> None:
    """Keep what the editor wrote of the member; the caller commits.

    Refused as `groups.member_changed_meanwhile` where somebody was faster, else as the address or the name is.
    """
    if version_of(work.session, editor.group_id, member.id, locks=True) != wanted.seen_version:
        raise Refused([Refusal(code="groups.member_changed_meanwhile")])
    email = wanted.profile.email
    if not email and member.email:
        _empty_address(work, editor, member)
    elif email.casefold() != member.email.casefold():
        put_address_right(work, editor, member, email)
    correct_profile(work, editor.group_id, member.id, name=wanted.name, profile=wanted.profile)


def put_address_right(work: UnitOfWork, editor: Editor, member: MemberLine, email: str) -> MemberLine:
    """Do what `correct_address` does, if the editor may; else refused as `access.officers_address`.

    Whoever holds the address of an officer who never came in comes in with the office: leaders alone decide on it.
    """
    _refuse_officers_address(work, editor, member)
    return correct_address(work, editor.group_id, member, email)


def _empty_address(work: UnitOfWork, editor: Editor, member: MemberLine) -> None:
    """Forget an address that nobody signs in with; refused as `access.address_stays` where somebody does or is asked to."""
    _refuse_officers_address(work, editor, member)
    is_asked = is_invited(work, editor.group_id, member.id)
    if is_asked or account_of_person(work.session, member.person_id) is not None:
        raise Refused([Refusal(code="access.address_stays", facts={"name": member.name}, field="email")])
    work.session.execute(
        update(MemberRow)
        .where(MemberRow.group_id == editor.group_id, MemberRow.id == member.id)
        .values(email="", version=MemberRow.version + 1)
    )
    work.record(AddressCorrected(group_id=editor.group_id, member_id=member.id, signs_in_with_it=False))


def _refuse_officers_address(work: UnitOfWork, editor: Editor, member: MemberLine) -> None:
    if editor.offices & LEADERS or editor.member_id == member.id:
        return
    terms = office_terms(work.session, editor.group_id, editor.today)
    if any(term.member_id == member.id for term in terms):
        raise Refused([Refusal(code="access.officers_address", facts={"name": member.name}, field="email")])
