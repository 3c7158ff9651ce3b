"""Which referrals did a member pass, on which day and to whom? The acts alone, whatever came of them."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.local_time import instant_of, local_day
from app.core.people.models import PersonRow
from app.plugins.giving.interface import GivenOn
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import SlipRow

_SLIP: Any = SlipRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


class ActsOfGiving:
    """Answers `ReferralsGiven` from the slips themselves."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def given_by(self, group_id: GroupId, member_id: MemberId, since: date, zone: str) -> Sequence[GivenOn]:
        """Return the referrals that the member passed on `since` or later and that stand, the latest first."""
        receiver = func.coalesce(_PERSON.c.name, _SLIP.c.receiver_outside).label("receiver")
        lately = or_(
            and_(_SLIP.c.historic_on.is_(None), _SLIP.c.passed_at_utc >= instant_of(since, time.min, zone)),
            _SLIP.c.historic_on >= since,
        )
        query = (
            select(receiver, _SLIP.c.passed_at_utc, _SLIP.c.historic_on)
            .select_from(_SLIP)
            .outerjoin(
                _MEMBER,
                and_(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == _SLIP.c.receiver_member_id),
            )
            .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .where(
                _SLIP.c.group_id == group_id,
                _SLIP.c.giver_member_id == member_id,
                _SLIP.c.state != SlipState.WITHDRAWN.value,
                lately,
            )
            .order_by(_SLIP.c.passed_at_utc.desc(), _SLIP.c.id)
        )
        return [
            GivenOn(day=row.historic_on or local_day(row.passed_at_utc, zone), name=row.receiver or "")
            for row in self._session.execute(query)
        ]
