"""What did the record say of a member before the last tap? Kept beside the mark, so that no browser has to carry it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.status import status_of
from app.plugins.attendance.queries.marks import BLANK, MARK, MarkLine

TAKEN_BACK = "taken back"
"""Stands in place of what was before, once a tap was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What stood before the last writing: the mark, and whether a claim waited. `is_taken_back` once it stands again."""

    mark: MarkLine = BLANK
    claim_waited: bool = False
    is_taken_back: bool = False


def former_text(mark: MarkLine, *, claim_waited: bool) -> str:
    """Return what is kept of a mark that is about to be written over."""
    said = {
        "status": mark.status.value if mark.status else None,
        "arrived": _text(mark.arrived_at_utc),
        "earliest": _text(mark.earliest_utc) if mark.earliest_utc != mark.arrived_at_utc else None,
        "latest": _text(mark.latest_utc) if mark.latest_utc != mark.arrived_at_utc else None,
        "grade": mark.grade,
        "origin": mark.origin,
        "device": mark.device_key,
        "substitute": mark.substitute_id,
        "rules": mark.rules_version,
        "by": mark.recorded_by,
        "batch": mark.batch_id,
        "waited": claim_waited or None,
    }
    return json.dumps({name: value for name, value in said.items() if value is not None})


def former_of(
    session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId
) -> Former | None:
    """Return what stood before the mark that stands now, or None where nothing is kept of it."""
    query = select(MARK.c.stood_before).where(
        MARK.c.group_id == group_id, MARK.c.meeting_id == meeting_id, MARK.c.member_id == member_id
    )
    kept = session.execute(query).scalar_one_or_none()
    if not kept:
        return None
    if kept == TAKEN_BACK:
        return Former(is_taken_back=True)
    said: dict[str, Any] = json.loads(kept)
    return Former(mark=_mark(said), claim_waited=bool(said.get("waited")))


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _mark(said: dict[str, Any]) -> MarkLine:
    arrived = said.get("arrived")
    return MarkLine(
        status=status_of(said.get("status")),
        arrived_at_utc=_instant(arrived),
        earliest_utc=_instant(said.get("earliest", arrived)),
        latest_utc=_instant(said.get("latest", arrived)),
        grade=said.get("grade"),
        origin=said.get("origin", ""),
        device_key=said.get("device"),
        substitute_id=said.get("substitute"),
        rules_version=said.get("rules"),
        recorded_by=MemberId(said["by"]) if "by" in said else None,
        batch_id=said.get("batch"),
    )
