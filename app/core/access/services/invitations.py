"""Invitations: sent, sent again, sent to a corrected address, and accepted by coming in."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.access.domain.address import folded_address
from app.core.access.domain.code import CodeKey
from app.core.access.domain.secret import hash_of
from app.core.access.events import AccountInvited, AddressCorrected, InvitationAccepted
from app.core.access.models import AccountLinkRow, AccountRow, AccountSessionRow, InvitationRow
from app.core.access.queries import AccountLine, account_by_email, account_of_person
from app.core.access.services.joining import account_to_invite, is_in_group, join_where_invited
from app.core.access.services.links import LinkAddress, LinkOwner, NewLink, end_links, new_link
from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.ids import AccountId, GroupId, MemberId, PersonId
from app.core.notices.services import Letter, write_to
from app.core.sentences import N_
from app.core.work import UnitOfWork

INVITATION_LIVES = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inviting:
    """What every invitation of one act shares: the group, who invites (None: the terminal), and how links are made."""

    group: Group
    by: MemberId | None
    address: LinkAddress
    key: CodeKey


def invite(work: UnitOfWork, member: MemberLine, inviting: Inviting) -> None:
    """Mail the member, in the group's name, a link and a code that let them in; the caller commits.

    An address that is known outside the group gets its mail like any: who is behind it shows when they accept.
    Refused as `access.address_missing` where none is known, `access.bad_address`, or `access.address_taken` where
    another member of the group signs in with it.
    """
    if not member.email:
        raise Refused([Refusal(code="access.address_missing", facts={"name": member.name}, field="email")])
    account = account_to_invite(work, inviting.group.id, member)
    owner = LinkOwner(account_id=account.id, address=account.email, group_id=inviting.group.id)
    made = new_link(work, owner, purpose="invitation", lives=INVITATION_LIVES, key=inviting.key)
    mail_id = write_to(
        work,
        person_id=account.person_id,
        language=account.language,
        address=account.email,
        group_id=inviting.group.id,
        letter=_letter(account, made, inviting),
    )
    _note_sent(work, inviting, member.id, mail_id=mail_id, link_hash=hash_of(made.token))
    work.record(AccountInvited(group_id=inviting.group.id, account_id=account.id))


def accept_invitations(work: UnitOfWork, person_id: PersonId) -> None:
    """Note that the person came in, for every group that invited them; the caller commits.

    A group that knew them by a typed name and address only learns who they are where they used its own invitation.
    """
    join_where_invited(work, person_id)
    members = select(MemberRow.group_id, MemberRow.id).where(MemberRow.person_id == person_id)
    for group_id, member_id in work.session.execute(members).all():
        opened = work.session.execute(
            update(InvitationRow)
            .where(
                InvitationRow.group_id == group_id,
                InvitationRow.member_id == member_id,
                InvitationRow.accepted_at_utc.is_(None),
            )
            .values(accepted_at_utc=work.now)
            .returning(InvitationRow.member_id)
        ).one_or_none()
        if opened is not None:
            work.record(InvitationAccepted(group_id=GroupId(group_id), member_id=MemberId(member_id)))


def correct_address(work: UnitOfWork, group_id: GroupId, member: MemberLine, email: str) -> MemberLine:
    """Put the member's address right and return the member with it; the caller commits.

    Where nobody ever came in with the old one and no other group knows the person, they sign in with the new one
    from now on, and what was mailed to the old one opens nothing. Else the way they sign in is theirs to change.
    Refused as `access.address_taken` where another member of the group signs in with it; one that is known outside
    the group is taken like any.
    """
    address = folded_address(email)
    account = account_of_person(work.session, member.person_id)
    signs_in = account is not None and account.email != address and _is_the_groups_to_change(work, account)
    if account is not None and signs_in:
        _sign_in_with(work, group_id, account, address)
    work.session.execute(
        update(InvitationRow)
        .where(InvitationRow.group_id == group_id, InvitationRow.member_id == member.id)
        .values(link_hash="")
    )
    work.session.execute(
        update(MemberRow)
        .where(MemberRow.group_id == group_id, MemberRow.id == member.id)
        .values(email=address, version=MemberRow.version + 1)
    )
    work.record(AddressCorrected(group_id=group_id, member_id=member.id, signs_in_with_it=signs_in))
    return replace(member, email=address)


def _sign_in_with(work: UnitOfWork, group_id: GroupId, account: AccountLine, address: str) -> None:
    """Give an account that nobody ever used its new address, or forget it where the address has one already."""
    holder = account_by_email(work.session, address)
    if holder is None:
        work.session.execute(update(AccountRow).where(AccountRow.id == account.id).values(email=address))
        end_links(work, account.id)
        return
    if is_in_group(work, group_id, holder.person_id):
        raise Refused([Refusal(code="access.address_taken", facts={"address": address}, field="email")])
    work.session.execute(delete(AccountLinkRow).where(AccountLinkRow.account_id == account.id))
    work.session.execute(delete(AccountRow).where(AccountRow.id == account.id))


def _is_the_groups_to_change(work: UnitOfWork, account: AccountLine) -> bool:
    """Return whether nobody came in with this account yet, and no second group, nor the network, relies on it."""
    if account.password_hash is not None or _came_in(work, account.id, account.person_id):
        return False
    if work.session.scalar(select(AccountRow.is_site_admin).where(AccountRow.id == account.id)):
        return False
    groups = select(MemberRow.group_id).where(MemberRow.person_id == account.person_id).limit(2)
    return len(work.session.scalars(groups).all()) < 2


def _came_in(work: UnitOfWork, account_id: AccountId, person_id: PersonId) -> bool:
    accepted = exists().where(
        MemberRow.person_id == person_id,
        InvitationRow.group_id == MemberRow.group_id,
        InvitationRow.member_id == MemberRow.id,
        InvitationRow.accepted_at_utc.is_not(None),
    )
    signed_in = exists().where(AccountSessionRow.account_id == account_id)
    return bool(work.session.scalar(select(accepted | signed_in)))


def _note_sent(
    work: UnitOfWork, inviting: Inviting, member_id: MemberId, *, mail_id: int | None, link_hash: str
) -> None:
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    latest = {
        "invited_by_member_id": inviting.by,
        "mail_id": mail_id,
        "link_hash": link_hash,
        "sent_at_utc": work.now,
    }
    first = {"group_id": inviting.group.id, "member_id": member_id, "first_sent_at_utc": work.now}
    row = dialect.insert(InvitationRow).values(**latest, **first, times_sent=1)
    again = {**latest, "times_sent": InvitationRow.times_sent + 1}
    work.session.execute(row.on_conflict_do_update(index_elements=["group_id", "member_id"], set_=again))


def _letter(account: AccountLine, made: NewLink, inviting: Inviting) -> Letter:
    return Letter(
        kind="access.invitation",
        subject=N_("Your invitation to %(group)s"),
        body=N_(
            "Hello %(name)s,\n\n%(group)s keeps its meetings and referrals in Givefirst, and you are one of its members.\n"
            "Open this link and press the button there. You need no password, and your phone stays signed in:\n\n%(link)s\n\n"
            "Reading this on another device? Choose “Sign in” there and type this code beside your address:\n\n    %(code)s\n\n"
            "Link and code are good once, within 14 days. If you did not expect this mail, you need do nothing.\n"
        ),
        subject_key=hash_of(made.token)[:16],
        facts={
            "group": inviting.group.name,
            "name": account.name,
            "link": inviting.address.with_token(made.token),
            "code": made.code,
        },
        lives=INVITATION_LIVES,
    )
