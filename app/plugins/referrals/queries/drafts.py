"""Which slips does a member keep unsent? Asked for their author alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.draft import Typed, read
from app.plugins.referrals.models_drafts import DraftRow

_DRAFT: Any = DraftRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A slip that its author has not passed yet, as it stands at `version`."""

    public_id: str
    typed: Typed
    saved_at: datetime
    version: int


def drafts_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[Draft]:
    """Return the member's drafts, the one kept last first."""
    query = (
        select(_DRAFT)
        .where(_DRAFT.c.group_id == group_id, _DRAFT.c.member_id == member_id)
        .order_by(_DRAFT.c.saved_at_utc.desc(), _DRAFT.c.public_id)
    )
    return [_draft(row) for row in session.execute(query)]


def draft_of(session: Session, group_id: GroupId, member_id: MemberId, public_id: str) -> Draft | None:
    """Return one draft of the member, or None."""
    query = select(_DRAFT).where(
        _DRAFT.c.group_id == group_id, _DRAFT.c.member_id == member_id, _DRAFT.c.public_id == public_id
    )
    row = session.execute(query).one_or_none()
    return _draft(row) if row else None


def number_of_drafts(session: Session, group_id: GroupId, member_id: MemberId) -> int:
    """Return how many drafts the member keeps."""
    query = select(func.count()).where(_DRAFT.c.group_id == group_id, _DRAFT.c.member_id == member_id)
    return session.scalar(query) or 0


def _draft(row: Any) -> Draft:
    return Draft(
        public_id=row.public_id, typed=read(row.typed), saved_at=row.saved_at_utc, version=row.version
    )
