"""Carrying a step to the row of the other group, in the same transaction as the step itself."""

from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.referrals.domain.slip import Act, Slip, SlipState
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.queries.elsewhere import OtherSlip

_SLIP: Any = SlipRow.__table__


def carry_step(
    session: Session, other: OtherSlip, slip: Slip, *, act: Act, from_state: SlipState | None, note: str
) -> None:
    """Let the other group's row stand as `slip` does; nobody there took the step, so it names no member."""
    group_id: GroupId = other.group.id
    number = session.execute(
        update(_SLIP)
        .where(_SLIP.c.group_id == group_id, _SLIP.c.id == other.id)
        .values(
            state=slip.state.value,
            acknowledged_at_utc=slip.acknowledged_at,
            closed_at_utc=slip.closed_at,
            news_at_utc=slip.news_at,
            version=_SLIP.c.version + 1,
        )
        .returning(_SLIP.c.version)
    ).scalar_one()
    session.execute(
        insert(StepRow).values(
            group_id=group_id,
            slip_id=other.id,
            number=number,
            act=act.value,
            from_state=from_state.value if from_state else None,
            to_state=slip.state.value,
            at_utc=slip.news_at,
            by_member_id=None,
            note=note,
        )
    )
