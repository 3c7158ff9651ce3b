"""From which numbers on does this group look after somebody? One statement."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.attendance.domain.care_patterns import BOUNDS, USUAL, CareNumbers
from app.plugins.attendance.models_care import CareNumbersRow

_NUMBERS: Any = CareNumbersRow.__table__


def numbers_of(session: Session, group_id: GroupId) -> CareNumbers:
    """Return the group's own numbers, or the usual ones."""
    row = session.execute(select(_NUMBERS).where(_NUMBERS.c.group_id == group_id)).one_or_none()
    if row is None:
        return USUAL
    return CareNumbers(version=row.version, **{name: getattr(row, name) for name in BOUNDS})
