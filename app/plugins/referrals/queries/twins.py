"""Which slips did a giver lately pass to the same receiver for the same prospect?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.likeness import REMEMBERED, is_same_prospect
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow

_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A slip of the same giver that may be the same referral."""

    public_id: str
    prospect_name: str
    state: SlipState
    passed_at_utc: datetime


def twins_of(
    session: Session,
    group_id: GroupId,
    *,
    giver: MemberId,
    receiver: MemberId | str,
    prospect: tuple[str, str],
    now: datetime,
) -> list[Twin]:
    """Return the giver's slips of the last 30 days to the receiver for this prospect (name, contact), the latest first.

    A receiver who is not of this group is meant by the name that stands on the slip.
    Slips of others are not looked at: that there is one is nobody's business but theirs.
    """
    query = _passed_lately(group_id, giver, receiver, now)
    return [
        Twin(
            public_id=row.public_id,
            prospect_name=row.name,
            state=SlipState(row.state),
            passed_at_utc=row.passed_at_utc,
        )
        for row in session.execute(query)
        if is_same_prospect(*prospect, row.name, row.contact)
    ]


def _passed_lately(
    group_id: GroupId, giver: MemberId, receiver: MemberId | str, now: datetime
) -> Select[Any]:
    column = _SLIP.c.receiver_outside if isinstance(receiver, str) else _SLIP.c.receiver_member_id
    return (
        select(
            _SLIP.c.public_id,
            _SLIP.c.state,
            _SLIP.c.passed_at_utc,
            _PROSPECT.c.name,
            _PROSPECT.c.contact,
        )
        .select_from(_SLIP)
        .join(
            _PROSPECT, and_(_PROSPECT.c.group_id == _SLIP.c.group_id, _PROSPECT.c.id == _SLIP.c.prospect_id)
        )
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.giver_member_id == giver,
            column == receiver,
            _SLIP.c.passed_at_utc >= now - REMEMBERED,
            _SLIP.c.state != SlipState.WITHDRAWN,
            _PROSPECT.c.redacted_at_utc.is_(None),
        )
        .order_by(_SLIP.c.passed_at_utc.desc())
    )
