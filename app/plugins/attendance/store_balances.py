"""Writing opening balances: what an earlier system counted of each listed name, put in by a file and taken out with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, or_
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.intake.summary_header import Measure
from app.core.intake.summary_line import SummaryCounts
from app.plugins.attendance.models import OpeningBalanceRow

_BALANCE: Any = OpeningBalanceRow.__table__
_AT_ONCE = 500

COLUMN_OF = {
    Measure.PRESENT: "p",
    Measure.ABSENT: "a",
    Measure.LATE: "l",
    Measure.MEDICAL: "m",
    Measure.SUBSTITUTE: "s",
    Measure.GIVEN_INSIDE: "rgi",
    Measure.GIVEN_OUTSIDE: "rgo",
    Measure.RECEIVED_INSIDE: "rri",
    Measure.RECEIVED_OUTSIDE: "rro",
    Measure.VISITORS: "visitors",
    Measure.ONE_TO_ONES: "one_to_ones",
    Measure.LEARNING_UNITS: "learning_units",
    Measure.TESTIMONIALS: "testimonials",
}
"""The column of each count; money has its own, in minor units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBalance:
    """One row to be kept. `member_id` None: somebody who left before, or money from outside the group."""

    key: int
    group_id: GroupId
    member_id: MemberId | None
    listed_name: str
    first_day: date
    last_day: date
    meetings: int | None
    said: SummaryCounts
    thank_you_minor: int
    currency: str
    batch_id: int

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        counts = {column: self.said.count(measure) for measure, column in COLUMN_OF.items()}
        return {
            **counts,
            "group_id": self.group_id,
            "id": self.key,
            "member_id": self.member_id,
            "listed_name": self.listed_name,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "meetings": self.meetings,
            "thank_you_minor": self.thank_you_minor,
            "currency": self.currency,
            "batch_id": self.batch_id,
            "version": 1,
        }


def add_balances(session: Session, balances: Sequence[NewBalance]) -> None:
    """Keep the rows; the caller commits."""
    for start in range(0, len(balances), _AT_ONCE):
        session.execute(
            insert(_BALANCE), [balance.values() for balance in balances[start : start + _AT_ONCE]]
        )


def remove_balances(
    session: Session, group_id: GroupId, batch_id: int, *, also_touched: Collection[int]
) -> int:
    """Take out the rows of a batch that nobody touched since, and those of `also_touched`; return how many went."""
    untouched = _BALANCE.c.version == 1
    gone = session.execute(
        delete(_BALANCE)
        .where(
            _BALANCE.c.group_id == group_id,
            _BALANCE.c.batch_id == batch_id,
            or_(untouched, _BALANCE.c.id.in_(list(also_touched))) if also_touched else untouched,
        )
        .returning(_BALANCE.c.id)
    )
    return len(gone.all())
