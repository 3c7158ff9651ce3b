"""Which cut-offs has the group had, and from which day does each count?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.attendance.queries.meetings import RULE_SET


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetLine:
    """A rule set; `effective_on` None counts from the beginning."""

    version: int
    effective_on: date | None
    cut_off_minutes: int


def rule_sets_of(session: Session, group_id: GroupId) -> list[RuleSetLine]:
    """Return the group's rule sets, the latest first."""
    rows = session.execute(
        select(RULE_SET.c.version, RULE_SET.c.effective_on, RULE_SET.c.cut_off_minutes)
        .where(RULE_SET.c.group_id == group_id)
        .order_by(RULE_SET.c.version.desc())
    )
    return [
        RuleSetLine(
            version=row.version,
            effective_on=None if row.version == 1 else row.effective_on,
            cut_off_minutes=row.cut_off_minutes,
        )
        for row in rows
    ]
