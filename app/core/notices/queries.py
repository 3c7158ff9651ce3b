"""Reading notices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId, PersonId
from app.core.notices.models import NoticeRow, OutgoingMailRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One sentence for a member; `path` is where it leads, or empty."""

    text: str
    path: str
    at_utc: datetime
    is_unread: bool


def latest_notices(
    session: Session, group_id: GroupId, member_id: MemberId, count: int, *, now: datetime
) -> list[NoticeLine]:
    """Return the member's latest notices, newest first, without those that are not to be told yet."""
    rows = session.execute(
        select(NoticeRow.text, NoticeRow.path, NoticeRow.at_utc, NoticeRow.read_at_utc)
        .where(NoticeRow.group_id == group_id, NoticeRow.member_id == member_id, NoticeRow.at_utc <= now)
        .order_by(NoticeRow.at_utc.desc(), NoticeRow.id.desc())
        .limit(count)
    )
    return [
        NoticeLine(text=row.text, path=row.path, at_utc=row.at_utc, is_unread=row.read_at_utc is None)
        for row in rows
    ]


def people_written_to(session: Session, *, kind: str, subject_key: str, period: str) -> set[PersonId]:
    """Return who has been written a mail of this kind about this subject and period, whatever became of it."""
    query = select(OutgoingMailRow.person_id).where(
        OutgoingMailRow.kind == kind,
        OutgoingMailRow.subject_key == subject_key,
        OutgoingMailRow.period == period,
    )
    return {PersonId(person_id) for person_id in session.scalars(query) if person_id is not None}
