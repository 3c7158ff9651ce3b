"""What the record says of one member at one meeting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.status import IN_THE_ROOM, Status, status_of
from app.plugins.attendance.models import MarkRow, SubstituteRow

MARK: Any = MarkRow.__table__
SUBSTITUTE: Any = SubstituteRow.__table__

MARK_COLUMNS = (
    MARK.c.status,
    MARK.c.arrived_at_utc,
    MARK.c.earliest_utc,
    MARK.c.latest_utc,
    MARK.c.grade,
    MARK.c.origin,
    MARK.c.device_key,
    MARK.c.substitute_id,
    MARK.c.rules_version.label("mark_rules_version"),
    MARK.c.recorded_by_member_id,
    MARK.c.batch_id,
    MARK.c.left_early_at_utc,
    MARK.c.excuse,
    MARK.c.updated_at_utc.label("mark_updated_at_utc"),
    MARK.c.version.label("mark_version"),
    SUBSTITUTE.c.name.label("substitute_name"),
    SUBSTITUTE.c.firm.label("substitute_firm"),
)
IS_ITS_SUBSTITUTE = and_(SUBSTITUTE.c.group_id == MARK.c.group_id, SUBSTITUTE.c.id == MARK.c.substitute_id)

_ONE: Select[Any] = (
    select(*MARK_COLUMNS)
    .select_from(MARK.outerjoin(SUBSTITUTE, IS_ITS_SUBSTITUTE))
    .where(
        MARK.c.group_id == bindparam("group_id"),
        MARK.c.meeting_id == bindparam("meeting_id"),
        MARK.c.member_id == bindparam("member_id"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """One mark. `status` is None where there is none or it was taken back; `version` is 0 before the first.

    `left_early_at_utc` is None unless somebody was there; `excuse` is the kind of an approved excuse.
    """

    status: Status | None = None
    arrived_at_utc: datetime | None = None
    earliest_utc: datetime | None = None
    latest_utc: datetime | None = None
    grade: str | None = None
    origin: str = ""
    device_key: str | None = None
    substitute_id: int | None = None
    rules_version: int | None = None
    recorded_by: MemberId | None = None
    batch_id: int | None = None
    updated_at_utc: datetime | None = None
    substitute_name: str = ""
    substitute_firm: str = ""
    left_early_at_utc: datetime | None = None
    excuse: str | None = None
    version: int = 0


BLANK = MarkLine()


def mark_of(session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId) -> MarkLine:
    """Return what the record says of the member, or the blank."""
    key = {"group_id": group_id, "meeting_id": meeting_id, "member_id": member_id}
    row = session.execute(_ONE, key).one_or_none()
    return mark_line(row) if row else BLANK


def mark_line(row: Any) -> MarkLine:
    """Return the mark that stands in a row of MARK_COLUMNS; nulls all along are the blank."""
    if row.mark_version is None:
        return BLANK
    return MarkLine(
        status=status_of(row.status),
        arrived_at_utc=row.arrived_at_utc,
        earliest_utc=row.earliest_utc,
        latest_utc=row.latest_utc,
        grade=row.grade,
        origin=row.origin,
        device_key=row.device_key,
        substitute_id=row.substitute_id,
        rules_version=row.mark_rules_version,
        recorded_by=MemberId(row.recorded_by_member_id) if row.recorded_by_member_id else None,
        batch_id=row.batch_id,
        updated_at_utc=row.mark_updated_at_utc,
        substitute_name=row.substitute_name or "",
        substitute_firm=row.substitute_firm or "",
        # Kept while another letter stands over it, so that taking that one back restores both.
        left_early_at_utc=row.left_early_at_utc if status_of(row.status) in IN_THE_ROOM else None,
        excuse=row.excuse,
        version=row.mark_version,
    )
