"""Reading invitations: where each member of a group stands between the mail and the open door."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.access.domain.invitation import InvitationFacts, InvitationState, state_of
from app.core.access.models import AccountRow, AccountSessionRow, InvitationRow
from app.core.access.queries import LinkLine
from app.core.database import table_of
from app.core.groups.models import GroupRow, MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.notices.models import OutgoingMailRow
from app.core.people.models import PersonRow

_GROUP = table_of(GroupRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_ACCOUNT = table_of(AccountRow)
_SESSION = table_of(AccountSessionRow)
_INVITATION = table_of(InvitationRow)
_MAIL = table_of(OutgoingMailRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """A member with their invitation. `email` is the address that the group writes to; `said` is why mail came back.

    `is_also` names the member of this group, present or former, who signs in with the address already, or is empty.
    """

    member_id: MemberId
    member_public_id: str
    name: str
    sort_name: str
    email: str
    state: InvitationState
    times_sent: int
    sent_at_utc: datetime | None
    opened_at_utc: datetime | None
    said: str
    is_also: str


def invitation_lines(session: Session, group_id: GroupId, day: date) -> list[InvitationLine]:
    """Return the members on `day` in alphabetical order, each with their invitation. One statement."""
    invited = and_(
        _INVITATION.c.group_id == _MEMBER.c.group_id,
        _INVITATION.c.member_id == _MEMBER.c.id,
    )
    rows = session.execute(
        select(
            _MEMBER.c.id,
            _MEMBER.c.public_id,
            _MEMBER.c.email,
            _PERSON.c.name,
            _PERSON.c.sort_name,
            _ACCOUNT.c.email.label("account_email"),
            _INVITATION.c.times_sent,
            _INVITATION.c.sent_at_utc,
            _INVITATION.c.accepted_at_utc,
            _MAIL.c.state.label("mail_state"),
            _MAIL.c.last_error,
            _has_opened().label("has_opened"),
            _is_also().label("is_also"),
        )
        .select_from(_MEMBER)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_ACCOUNT, _ACCOUNT.c.person_id == _MEMBER.c.person_id)
        .outerjoin(_INVITATION, invited)
        .outerjoin(_MAIL, _MAIL.c.id == _INVITATION.c.mail_id)
        .where(_MEMBER.c.group_id == group_id, _is_member_on(day))
        .order_by(_PERSON.c.sort_name, _MEMBER.c.id)
    )
    return [_line(row) for row in rows]


def invitation_sent_at(session: Session, group_id: GroupId, member_id: MemberId) -> datetime | None:
    """Return when the member's invitation was last sent, or None where none ever was."""
    query = select(_INVITATION.c.sent_at_utc).where(
        _INVITATION.c.group_id == group_id, _INVITATION.c.member_id == member_id
    )
    return session.execute(query).scalar_one_or_none()


def group_that_asks(session: Session, link: LinkLine) -> str:
    """Return the name of the group that an invitation comes from, or nothing where the person was in it all along."""
    if link.purpose != "invitation" or link.group_id is None:
        return ""
    is_in_it = exists().where(
        _MEMBER.c.group_id == link.group_id, _MEMBER.c.person_id == link.account.person_id
    )
    query = select(_GROUP.c.name).where(_GROUP.c.id == link.group_id, ~is_in_it)
    return session.scalar(query) or ""


def _is_also() -> ScalarSelect[str]:
    """Return the name of the other member of the group who signs in with the address that a member is known by."""
    other, account, person = _MEMBER.alias("other"), _ACCOUNT.alias("others_account"), _PERSON.alias("others")
    return (
        select(person.c.name)
        .join(account, account.c.person_id == person.c.id)
        .join(other, other.c.person_id == person.c.id)
        .where(
            other.c.group_id == _MEMBER.c.group_id,
            other.c.id != _MEMBER.c.id,
            account.c.email == func.lower(_MEMBER.c.email),
        )
        .correlate(_MEMBER)
        .scalar_subquery()
    )


def _is_member_on(day: date) -> Exists:
    return exists().where(
        _MEMBERSHIP.c.group_id == _MEMBER.c.group_id,
        _MEMBERSHIP.c.member_id == _MEMBER.c.id,
        _MEMBERSHIP.c.started_on <= day,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= day),
    )


def _has_opened() -> ColumnElement[int]:
    """Return 1 for a member whose account was ever used: accepted, with a password, or signed in now."""
    signed_in = exists().where(_SESSION.c.account_id == _ACCOUNT.c.id)
    used = or_(_INVITATION.c.accepted_at_utc.is_not(None), _ACCOUNT.c.password_hash.is_not(None), signed_in)
    return case((used, 1), else_=0)


def _line(row: Any) -> InvitationLine:
    facts = InvitationFacts(
        has_opened=bool(row.has_opened),
        is_invited=row.sent_at_utc is not None,
        mail_state=row.mail_state or "",
    )
    return InvitationLine(
        member_id=MemberId(row.id),
        member_public_id=row.public_id,
        name=row.name,
        sort_name=row.sort_name,
        email=row.account_email or row.email,
        state=state_of(facts),
        times_sent=row.times_sent or 0,
        sent_at_utc=row.sent_at_utc,
        opened_at_utc=row.accepted_at_utc,
        said=row.last_error or "",
        is_also=row.is_also or "" if row.account_email is None else "",
    )
