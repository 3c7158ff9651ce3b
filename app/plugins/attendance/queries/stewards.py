"""Who helps at the door of a meeting, and what does a one-time pass open?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.access.domain.secret import hash_of
from app.core.access.models import DeviceRow
from app.core.groups.models import MemberRow
from app.core.ids import DeviceId, GroupId, MeetingId
from app.core.people.models import PersonRow

STEWARD_KIND = "steward"
SCREEN_KIND = "screen"

_DEVICE: Any = DeviceRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardLine:
    """A door steward of a meeting: their number, who asked them, and whether the link was opened yet."""

    id: DeviceId
    number: str
    opened_by: str
    opened_at_utc: datetime
    is_in_use: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassLine:
    """What a one-time pass opens that nobody has used yet."""

    kind: str
    meeting_id: MeetingId


def stewards_of(
    session: Session, group_id: GroupId, meeting_id: MeetingId, now: datetime
) -> list[StewardLine]:
    """Return the stewards of the meeting whose link or device is still good, in the order in which they were asked."""
    query = (
        select(
            _DEVICE.c.id,
            _DEVICE.c.label,
            _DEVICE.c.created_at_utc,
            _DEVICE.c.token_hash.is_not(None).label("is_in_use"),
            _PERSON.c.name,
        )
        .select_from(
            _DEVICE.join(
                _MEMBER,
                and_(_MEMBER.c.group_id == _DEVICE.c.group_id, _MEMBER.c.id == _DEVICE.c.opened_by_member_id),
            ).join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        )
        .where(
            _DEVICE.c.group_id == group_id,
            _DEVICE.c.meeting_id == meeting_id,
            _DEVICE.c.kind == STEWARD_KIND,
            _DEVICE.c.revoked_at_utc.is_(None),
            _DEVICE.c.expires_at_utc > now,
        )
        .order_by(_DEVICE.c.id)
    )
    return [
        StewardLine(
            id=DeviceId(row.id),
            number=row.label,
            opened_by=row.name,
            opened_at_utc=row.created_at_utc,
            is_in_use=bool(row.is_in_use),
        )
        for row in session.execute(query)
    ]


def stewards_asked(session: Session, group_id: GroupId, meeting_id: MeetingId) -> int:
    """Return how many stewards were ever asked for the meeting, closed ones included."""
    query = select(_DEVICE.c.id).where(
        _DEVICE.c.group_id == group_id, _DEVICE.c.meeting_id == meeting_id, _DEVICE.c.kind == STEWARD_KIND
    )
    return len(session.execute(query).all())


def pass_opens(session: Session, group_id: GroupId, one_time_pass: str, now: datetime) -> PassLine | None:
    """Return what an unused pass of this group opens; None where it was used, is closed, late, or never was."""
    query = select(_DEVICE.c.kind, _DEVICE.c.meeting_id).where(
        _DEVICE.c.group_id == group_id,
        _DEVICE.c.pass_hash == hash_of(one_time_pass),
        _DEVICE.c.meeting_id.is_not(None),
        _DEVICE.c.revoked_at_utc.is_(None),
        _DEVICE.c.expires_at_utc > now,
    )
    row = session.execute(query).one_or_none()
    return PassLine(kind=row.kind, meeting_id=MeetingId(row.meeting_id)) if row else None
