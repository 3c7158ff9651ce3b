"""Which sign-ins wait for a leader's word, who made them, and which name did this browser claim?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.evidence import HowClaimed
from app.plugins.attendance.models import ClaimRow
from app.plugins.attendance.queries.marks import MARK

CLAIM: Any = ClaimRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__

CLAIM_COLUMNS = (
    CLAIM.c.how.label("claim_how"),
    CLAIM.c.vouched_by_member_id,
    CLAIM.c.is_here.label("claim_is_here"),
    CLAIM.c.decided_at_utc.label("claim_decided_at_utc"),
)
IS_ITS_CLAIM = and_(
    CLAIM.c.group_id == MARK.c.group_id,
    CLAIM.c.meeting_id == MARK.c.meeting_id,
    CLAIM.c.member_id == MARK.c.member_id,
)

_OF_BROWSER: Select[Any] = (
    select(
        CLAIM.c.member_id,
        CLAIM.c.claimed_at_utc,
        CLAIM.c.decided_at_utc,
        _MEMBER.c.public_id,
        _PERSON.c.name,
        _PERSON.c.given_name,
    )
    .select_from(
        CLAIM.join(
            _MEMBER, and_(_MEMBER.c.group_id == CLAIM.c.group_id, _MEMBER.c.id == CLAIM.c.member_id)
        ).join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    )
    .where(
        CLAIM.c.group_id == bindparam("group_id"),
        CLAIM.c.meeting_id == bindparam("meeting_id"),
        CLAIM.c.device_key == bindparam("device_key"),
        CLAIM.c.how == HowClaimed.OWN_NAME.value,
    )
    .order_by(CLAIM.c.claimed_at_utc)
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """How a sign-in was claimed, who vouched for it, and what the leader said; `waits` until they did."""

    how: str
    vouched_by: MemberId | None
    is_here: bool | None
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClaim:
    """The one name that a browser claimed at a meeting."""

    member_id: MemberId
    public_id: str
    name: str
    first_name: str
    claimed_at_utc: datetime
    waits: bool


def claim_line(row: Any) -> ClaimLine | None:
    """Return the claim that stands in a row of CLAIM_COLUMNS; None where there is none."""
    if row.claim_how is None:
        return None
    return ClaimLine(
        how=row.claim_how,
        vouched_by=MemberId(row.vouched_by_member_id) if row.vouched_by_member_id else None,
        is_here=row.claim_is_here,
        waits=row.claim_decided_at_utc is None,
    )


def claim_of_browser(
    session: Session, group_id: GroupId, meeting_id: MeetingId, device_key: str | None
) -> OwnClaim | None:
    """Return the name that this browser claimed at the meeting, or None."""
    if device_key is None:
        return None
    key = {"group_id": group_id, "meeting_id": meeting_id, "device_key": device_key}
    row = session.execute(_OF_BROWSER, key).one_or_none()
    if row is None:
        return None
    return OwnClaim(
        member_id=MemberId(row.member_id),
        public_id=row.public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        claimed_at_utc=row.claimed_at_utc,
        waits=row.decided_at_utc is None,
    )


def vouched_for(session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId) -> int:
    """Return for how many people beside them the member vouched at the meeting."""
    query = (
        select(func.count())
        .select_from(CLAIM)
        .where(
            CLAIM.c.group_id == group_id,
            CLAIM.c.meeting_id == meeting_id,
            CLAIM.c.vouched_by_member_id == member_id,
        )
    )
    return session.execute(query).scalar_one()
