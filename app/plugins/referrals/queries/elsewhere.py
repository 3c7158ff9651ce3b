"""A slip as it lies in the other group: asked of the exchange, for those who change both sides at once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.exchange.queries import OtherGroup, other_side
from app.core.ids import ExchangeId, GroupId, MemberId
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.models import SlipRow

KIND = "referrals.slip"
PLUGIN = "referrals"

_SLIP: Any = SlipRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSlip:
    """The row of the other group, with its own member; of ours it knows a name."""

    group: OtherGroup
    id: SlipId
    public_id: str
    prospect_id: ProspectId
    member_id: MemberId
    our_name: str
    """How our member stands on it: name and group."""


def other_slip(session: Session, group_id: GroupId, exchange: ExchangeId | None) -> OtherSlip | None:
    """Return the other group's row, with both sides held until the commit; None for a slip within this group."""
    if exchange is None:
        return None
    side = other_side(session, group_id, exchange, PLUGIN)
    row = session.execute(
        select(
            _SLIP.c.public_id,
            _SLIP.c.prospect_id,
            _SLIP.c.giver_member_id,
            _SLIP.c.giver_outside,
            _SLIP.c.receiver_member_id,
            _SLIP.c.receiver_outside,
        ).where(_SLIP.c.group_id == side.group.id, _SLIP.c.id == side.thing_id)
    ).one()
    is_giver = row.giver_member_id is not None
    return OtherSlip(
        group=side.group,
        id=SlipId(side.thing_id),
        public_id=row.public_id,
        prospect_id=ProspectId(row.prospect_id),
        member_id=MemberId(row.giver_member_id if is_giver else row.receiver_member_id),
        our_name=row.receiver_outside if is_giver else row.giver_outside,
    )
