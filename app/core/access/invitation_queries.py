"""Reading invitations: where each member of a group stands between the mail and the open door."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Exists, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from app.core.access.domain.invitation import InvitationFacts, InvitationState, state_of
from app.core.access.models import AccountRow, AccountSessionRow, InvitationRow
from app.core.database import table_of
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.notices.models import OutgoingMailRow
from app.core.people.models import PersonRow

_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_ACCOUNT = table_of(AccountRow)
_SESSION = table_of(AccountSessionRow)
_INVITATION = table_of(InvitationRow)
_MAIL = table_of(OutgoingMailRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """A member with their invitation. `email` is the address that the group writes to; `said` is why mail came back."""

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


def invitation_lines(session: Session, group_id: GroupId, day: date) -> list[InvitationLine]:
    """Return the members on `day` in alphabetical order, each with their invitation. One statement."""
    has_opened = case(
        (
            or_(
                _INVITATION.c.accepted_at_utc.is_not(None),
                _ACCOUNT.c.password_hash.is_not(None),
                exists().where(_SESSION.c.account_id == _ACCOUNT.c.id),
            ),
            1,
        ),
        else_=0,
    )
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
            has_opened.label("has_opened"),
        )
        .select_from(_MEMBER)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_ACCOUNT, _ACCOUNT.c.person_id == _MEMBER.c.person_id)
        .outerjoin(_INVITATION, invited)
        .outerjoin(_MAIL, _MAIL.c.id == _INVITATION.c.mail_id)
        .where(_MEMBER.c.group_id == group_id, _is_member_on(day))
        .order_by(_PERSON.c.sort_name, _MEMBER.c.id)
    )
    return [
        InvitationLine(
            member_id=MemberId(row.id),
            member_public_id=row.public_id,
            name=row.name,
            sort_name=row.sort_name,
            email=row.account_email or row.email,
            state=state_of(
                InvitationFacts(
                    has_opened=bool(row.has_opened),
                    is_invited=row.sent_at_utc is not None,
                    mail_state=row.mail_state or "",
                )
            ),
            times_sent=row.times_sent or 0,
            sent_at_utc=row.sent_at_utc,
            opened_at_utc=row.accepted_at_utc,
            said=row.last_error or "",
        )
        for row in rows
    ]


def _is_member_on(day: date) -> Exists:
    return exists().where(
        _MEMBERSHIP.c.group_id == _MEMBER.c.group_id,
        _MEMBERSHIP.c.member_id == _MEMBER.c.id,
        _MEMBERSHIP.c.started_on <= day,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= day),
    )
