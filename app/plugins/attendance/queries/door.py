"""What does the group's door ask, which tablets does it have, and how does a member prove who they are?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.access.domain.secret import hash_of
from app.core.access.models import DeviceRow
from app.core.groups.models import MemberRow
from app.core.ids import DeviceId, GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.door import Asks, Door
from app.plugins.attendance.models_door import DoorRow, MemberKeyRow, TabletRow

TABLET_KIND = "tablet"

_DEVICE: Any = DeviceRow.__table__
_TABLET: Any = TabletRow.__table__
_DOOR: Any = DoorRow.__table__
_KEY: Any = MemberKeyRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_IS_ITS_DEVICE = and_(_DEVICE.c.group_id == _TABLET.c.group_id, _DEVICE.c.id == _TABLET.c.device_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletLine:
    """A tablet of the group that is not revoked; `is_in_use` once a machine typed its code."""

    device_id: DeviceId
    public_id: str
    label: str
    opened_by: str
    opened_at_utc: datetime
    code_expires_at_utc: datetime
    is_in_use: bool
    last_contact_at_utc: datetime | None
    waiting: int
    clock_off_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberKey:
    """How a member proves who they are: whether there is a PIN and a code, and what they are checked against."""

    member_id: MemberId
    pin_hash: str | None = None
    pin_set_at_utc: datetime | None = None
    code_hash: str | None = None
    code_serial: int = 0


def tablets_of(session: Session, group_id: GroupId, now: datetime) -> list[TabletLine]:
    """Return the group's tablets, the oldest first."""
    query = (
        select(
            _TABLET,
            _DEVICE.c.label,
            _DEVICE.c.created_at_utc,
            _DEVICE.c.token_hash.is_not(None).label("is_in_use"),
            _PERSON.c.name.label("opened_by"),
        )
        .select_from(
            _TABLET.join(_DEVICE, _IS_ITS_DEVICE)
            .join(
                _MEMBER,
                and_(_MEMBER.c.group_id == _DEVICE.c.group_id, _MEMBER.c.id == _DEVICE.c.opened_by_member_id),
            )
            .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        )
        .where(_TABLET.c.group_id == group_id, *_is_good(now))
        .order_by(_TABLET.c.device_id)
    )
    return [_tablet_line(row) for row in session.execute(query)]


def tablet_of_code(session: Session, group_id: GroupId, code: str, now: datetime) -> DeviceId | None:
    """Return the tablet that a one-time code is for; None where it was typed before, is late, or never was."""
    query = (
        select(_TABLET.c.device_id)
        .select_from(_TABLET.join(_DEVICE, _IS_ITS_DEVICE))
        .where(
            _TABLET.c.group_id == group_id,
            _TABLET.c.code_expires_at_utc > now,
            _DEVICE.c.pass_hash == hash_of(code),
            *_is_good(now),
        )
    )
    found = session.scalar(query)
    return DeviceId(found) if found is not None else None


def door_of(session: Session, group_id: GroupId) -> Door:
    """Return how the group's tablet signs people in."""
    row = session.execute(select(_DOOR).where(_DOOR.c.group_id == group_id)).one_or_none()
    if row is None:
        return Door()
    return Door(asks=Asks(row.asks), guests_allowed=row.guests_allowed, version=row.version)


def member_key(session: Session, group_id: GroupId, member_id: MemberId) -> MemberKey:
    """Return how the member proves who they are."""
    found = member_keys(session, group_id, [member_id])
    return found.get(member_id) or MemberKey(member_id=member_id)


def member_keys(
    session: Session, group_id: GroupId, member_ids: Collection[MemberId]
) -> dict[MemberId, MemberKey]:
    """Return how each of these members proves who they are; who has neither PIN nor code is left out."""
    query = select(_KEY).where(_KEY.c.group_id == group_id, _KEY.c.member_id.in_(list(member_ids)))
    return {MemberId(row.member_id): _key(row) for row in session.execute(query)}


def member_of_code(session: Session, group_id: GroupId, code_hash: str) -> MemberId | None:
    """Return whose personal code has that hash."""
    query = select(_KEY.c.member_id).where(_KEY.c.group_id == group_id, _KEY.c.code_hash == code_hash)
    found = session.scalar(query)
    return MemberId(found) if found is not None else None


def _is_good(now: datetime) -> tuple[Any, ...]:
    return (
        _DEVICE.c.kind == TABLET_KIND,
        _DEVICE.c.revoked_at_utc.is_(None),
        _DEVICE.c.expires_at_utc > now,
    )


def _tablet_line(row: Any) -> TabletLine:
    return TabletLine(
        device_id=DeviceId(row.device_id),
        public_id=row.public_id,
        label=row.label,
        opened_by=row.opened_by,
        opened_at_utc=row.created_at_utc,
        code_expires_at_utc=row.code_expires_at_utc,
        is_in_use=bool(row.is_in_use),
        last_contact_at_utc=row.last_contact_at_utc,
        waiting=row.waiting,
        clock_off_ms=row.clock_off_ms,
    )


def _key(row: Any) -> MemberKey:
    return MemberKey(
        member_id=MemberId(row.member_id),
        pin_hash=row.pin_hash,
        pin_set_at_utc=row.pin_set_at_utc,
        code_hash=row.code_hash,
        code_serial=row.code_serial,
    )
