"""Joining a group under an address that is known elsewhere: the member stands for themselves until they accept."""

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import aliased

from app.core.access.domain.address import folded_address
from app.core.access.events import MemberRecognised
from app.core.access.models import AccountLinkRow, AccountRow, InvitationRow
from app.core.access.queries import AccountLine, account_by_email, account_by_key, account_of_person
from app.core.access.services.accounts import open_account
from app.core.database import table_of
from app.core.errors import Refusal, Refused
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.ids import GroupId, MemberId, PersonId
from app.core.intake.traces import traces_anywhere
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork


def account_to_invite(work: UnitOfWork, group_id: GroupId, member: MemberLine) -> AccountLine:
    """Return the account that the member's invitation lets in: their own, the one of their address, or a new one.

    The answer is the same whether the address is known outside the group or not. Refused as `access.address_taken`
    where another member of this group signs in with it; the caller commits.
    """
    own = account_of_person(work.session, member.person_id)
    if own is not None:
        return own
    holder = account_by_email(work.session, folded_address(member.email))
    if holder is None:
        return account_by_key(
            work.session, open_account(work, person_id=member.person_id, email=member.email)
        )
    if is_in_group(work, group_id, holder.person_id):
        raise Refused([Refusal(code="access.address_taken", facts={"address": holder.email}, field="email")])
    return holder


def is_in_group(work: UnitOfWork, group_id: GroupId, person_id: PersonId) -> bool:
    """Return whether the person is, or was, a member of the group."""
    member = select(MemberRow.id).where(MemberRow.group_id == group_id, MemberRow.person_id == person_id)
    return work.session.scalar(member) is not None


def is_invited(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> bool:
    """Return whether the member was sent an invitation, to an account of their own or to one that others know."""
    sent = exists().where(InvitationRow.group_id == group_id, InvitationRow.member_id == member_id)
    return bool(work.session.scalar(select(sent)))


def join_where_invited(work: UnitOfWork, person_id: PersonId) -> None:
    """Make the person the member whom they were invited as, where they used the invitation's link or code.

    What hangs on the member stays. Where they are in that group already, nothing changes. The caller commits.
    """
    for group_id, member_id, typed_id in _accepted(work, person_id):
        if is_in_group(work, group_id, person_id):
            continue
        work.session.execute(
            update(MemberRow)
            .where(MemberRow.group_id == group_id, MemberRow.id == member_id)
            .values(person_id=person_id, version=MemberRow.version + 1)
        )
        work.record(MemberRecognised(group_id=group_id, member_id=member_id, person_id=person_id))
        if not traces_anywhere(work.session, table_of(PersonRow), [typed_id], besides=frozenset()):
            work.session.execute(delete(PersonRow).where(PersonRow.id == typed_id))


def _accepted(work: UnitOfWork, person_id: PersonId) -> list[tuple[GroupId, MemberId, PersonId]]:
    """Return the members without an account whose invitation to this person's address was used, as they stand."""
    latest, used, own = aliased(AccountLinkRow), aliased(AccountLinkRow), aliased(AccountRow)
    rows = work.session.execute(
        select(MemberRow.group_id, MemberRow.id, MemberRow.person_id)
        .join(
            InvitationRow,
            (InvitationRow.group_id == MemberRow.group_id) & (InvitationRow.member_id == MemberRow.id),
        )
        .join(latest, latest.token_hash == InvitationRow.link_hash)
        .join(AccountRow, AccountRow.id == latest.account_id)
        .where(
            AccountRow.person_id == person_id,
            MemberRow.person_id != person_id,
            InvitationRow.accepted_at_utc.is_(None),
            ~exists().where(own.person_id == MemberRow.person_id),
            exists().where(
                used.account_id == AccountRow.id,
                used.group_id == MemberRow.group_id,
                used.purpose == "invitation",
                used.used_at_utc >= InvitationRow.first_sent_at_utc,
            ),
        )
    )
    return [(GroupId(row[0]), MemberId(row[1]), PersonId(row[2])) for row in rows.all()]
