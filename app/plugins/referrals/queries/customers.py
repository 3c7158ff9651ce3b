"""Whom a giver may ask what came of a slip: its prospect, once the giver has given their sealed report.

Only of a slip from outside: of one from inside the giver's own firm is the customer, and would confirm the giver's own word.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.access.domain.address import folded_address
from app.core.errors import Refused
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.interface import ReferredCustomer
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.queries.reports import own_report
from app.plugins.referrals.queries.rights import held_about

_SLIP: Any = SlipRow.__table__
_NOTHING_CAME = (SlipState.WITHDRAWN.value, SlipState.DECLINED.value)


class StoredReferredCustomers:
    """Answers `ReferredCustomers` from the slips and what they hold of their prospects."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def to_ask(self, group_id: GroupId, slip: str, giver: MemberId) -> ReferredCustomer | None:
        """Return the customer of a slip that the member gave and has reported on; else None. Three statements at most."""
        found = self._found(group_id, _SLIP.c.public_id == slip)
        if found is None or found.giver_member_id != giver:
            return None
        said = own_report(self._session, group_id, SlipId(found.slip_id), giver, Report.HANDLING)
        return replace(found, answer=said.answer) if said is not None else None

    def of_slip(self, group_id: GroupId, slip_id: int) -> ReferredCustomer | None:
        """Return the customer of a slip as long as they may be asked; else None. Two statements."""
        return self._found(group_id, _SLIP.c.id == slip_id)

    def _found(self, group_id: GroupId, which: Any) -> ReferredCustomer | None:
        slip = self._session.scalar(
            select(_SLIP.c.public_id).where(
                and_(
                    _SLIP.c.group_id == group_id,
                    _SLIP.c.state.not_in(_NOTHING_CAME),
                    _SLIP.c.tier == Tier.OUTSIDE.value,
                    which,
                )
            )
        )
        held = None if slip is None else held_about(self._session, group_id, slip)
        if held is None or held.giver is None or held.receiver is None:
            return None
        return ReferredCustomer(
            slip_id=held.slip_id,
            giver_member_id=held.giver,
            giver_name=held.giver_name,
            receiver_member_id=held.receiver,
            receiver_name=held.receiver_name,
            name=held.name,
            address=_address(held.contact) if held.has_agreed else "",
        )


def _address(contact: str) -> str:
    try:
        return folded_address(contact)
    except Refused:
        return ""
