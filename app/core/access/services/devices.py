"""Devices of a group: opened by a leader, taken over by a one-time pass, known by a narrow token, revocable."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from app.core.access.domain.secret import hash_of
from app.core.access.events import DeviceOpened, DeviceRevoked
from app.core.access.models import DeviceRow
from app.core.errors import Refusal, Refused
from app.core.ids import DeviceId, GroupId, MeetingId, MemberId
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDevice:
    """A device just opened, with the one-time pass that a browser trades for its token."""

    id: DeviceId
    one_time_pass: str


def open_device(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    kind: str,
    label: str,
    opened_by: MemberId,
    expires_at_utc: datetime,
    meeting_id: MeetingId | None = None,
    one_time_pass: str = "",
) -> OpenedDevice:
    """Open a device of the group and return its one-time pass, which is made here if not given; the caller commits."""
    opened = OpenedDevice(id=DeviceId(work.ids.key()), one_time_pass=one_time_pass or work.ids.secret())
    work.session.execute(
        insert(DeviceRow).values(
            group_id=group_id,
            id=opened.id,
            kind=kind,
            label=label,
            pass_hash=hash_of(opened.one_time_pass),
            meeting_id=meeting_id,
            opened_by_member_id=opened_by,
            created_at_utc=work.now,
            expires_at_utc=expires_at_utc,
        )
    )
    work.record(
        DeviceOpened(group_id=group_id, opened_device_id=opened.id, device_kind=kind, meeting_id=meeting_id)
    )
    return opened


def trade_pass(work: UnitOfWork, *, group_id: GroupId, one_time_pass: str) -> tuple[str, datetime]:
    """Trade the pass for the device's token, once; return the token and when it expires. The caller commits.

    Refused as `access.pass_over` where the pass was traded already, the device was closed, or neither ever was.
    """
    token = work.ids.secret()
    traded = work.session.execute(
        update(DeviceRow)
        .where(
            DeviceRow.group_id == group_id,
            DeviceRow.pass_hash == hash_of(one_time_pass),
            DeviceRow.revoked_at_utc.is_(None),
            DeviceRow.expires_at_utc > work.now,
        )
        .values(pass_hash=None, token_hash=hash_of(token))
        .returning(DeviceRow.expires_at_utc)
    ).one_or_none()
    if traded is None:
        raise Refused([Refusal(code="access.pass_over")])
    return token, traded.expires_at_utc


def revoke_device(work: UnitOfWork, *, group_id: GroupId, device_id: DeviceId) -> None:
    """Close a device of the group: it is out at the next contact. The caller commits."""
    work.session.execute(
        update(DeviceRow)
        .where(DeviceRow.group_id == group_id, DeviceRow.id == device_id, DeviceRow.revoked_at_utc.is_(None))
        .values(revoked_at_utc=work.now)
    )
    work.record(DeviceRevoked(group_id=group_id, revoked_device_id=device_id))
