"""What waits for one member's word: disagreements they were asked to decide, and whether they take part. One statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.models import PartRow
from app.plugins.credibility.models_appeals import AppealRow, DeciderRow

_PART: Any = PartRow.__table__
_APPEAL: Any = AppealRow.__table__
_DECIDER: Any = DeciderRow.__table__
_PART_SAID = 0
"""No key of an appeal: in its place where a row is what was said of taking part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWords:
    """The open appeals that wait for the member, each with the instant until which; what they said of taking part, or nothing."""

    appeals: Mapping[str, datetime]
    said_of_part: str


def waiting_words(session: Session, group_id: GroupId, member_id: MemberId) -> WaitingWords:
    """Return what waits for this member's word; of what others said, nothing is read."""
    appeals = (
        select(_APPEAL.c.id, _APPEAL.c.public_id.label("word"), _APPEAL.c.due_at_utc)
        .join(
            _DECIDER,
            (_DECIDER.c.group_id == _APPEAL.c.group_id) & (_DECIDER.c.appeal_id == _APPEAL.c.id),
        )
        .where(
            _APPEAL.c.group_id == group_id,
            _APPEAL.c.state == AppealState.OPEN.value,
            _DECIDER.c.member_id == member_id,
            _DECIDER.c.says == "",
        )
    )
    part = select(literal(_PART_SAID), _PART.c.says, _PART.c.said_at_utc).where(
        _PART.c.group_id == group_id, _PART.c.member_id == member_id
    )
    rows = sorted(session.execute(union_all(appeals, part)).all(), key=lambda row: row.id)
    return WaitingWords(
        appeals={row.word: row.due_at_utc for row in rows if row.id != _PART_SAID},
        said_of_part="".join(row.word for row in rows if row.id == _PART_SAID),
    )
