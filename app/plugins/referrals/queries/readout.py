"""What was passed and thanked for since an instant, to be read out: names of giver and receiver, never a prospect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.queries.told import is_told

_SLIP: Any = SlipRow.__table__
_THANKS: Any = ThankYouRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_GIVER: Any = aliased(_MEMBER)
_GIVER_PERSON: Any = aliased(_PERSON)
_RECEIVER: Any = aliased(_MEMBER)
_RECEIVER_PERSON: Any = aliased(_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipToReadOut:
    """A slip as it is read out; `tier` is inside or outside."""

    giver: str
    receiver: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksTogether:
    """Thank-you business of everybody in one sum, in the group's currency, and how many thank-yous it is."""

    count: int
    amount_minor: int


def slips_since(
    session: Session, group_id: GroupId, since_utc: datetime, *, now: datetime
) -> list[SlipToReadOut]:
    """Return the slips passed since then, the first first; without those taken back and those that files brought."""
    of_group = _SLIP.c.group_id
    query = (
        select(
            func.coalesce(_GIVER_PERSON.c.name, _SLIP.c.giver_outside).label("giver"),
            func.coalesce(_RECEIVER_PERSON.c.name, _SLIP.c.receiver_outside).label("receiver"),
            _SLIP.c.tier,
        )
        .select_from(_SLIP)
        .outerjoin(_GIVER, and_(_GIVER.c.group_id == of_group, _GIVER.c.id == _SLIP.c.giver_member_id))
        .outerjoin(_GIVER_PERSON, _GIVER_PERSON.c.id == _GIVER.c.person_id)
        .outerjoin(
            _RECEIVER, and_(_RECEIVER.c.group_id == of_group, _RECEIVER.c.id == _SLIP.c.receiver_member_id)
        )
        .outerjoin(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .where(
            of_group == group_id,
            _SLIP.c.is_historic.is_(False),
            _SLIP.c.state != SlipState.WITHDRAWN,
            is_told(now),
            _SLIP.c.passed_at_utc >= since_utc,
        )
        .order_by(_SLIP.c.passed_at_utc, _SLIP.c.id)
    )
    return [
        SlipToReadOut(giver=row.giver, receiver=row.receiver, tier=row.tier) for row in session.execute(query)
    ]


def thanks_since(session: Session, group_id: GroupId, since_utc: datetime, currency: str) -> ThanksTogether:
    """Return the thank-you business given since then in one sum, without that which files brought."""
    query = select(func.count(), func.coalesce(func.sum(_THANKS.c.amount_minor), 0)).where(
        _THANKS.c.group_id == group_id,
        _THANKS.c.batch_id.is_(None),
        _THANKS.c.currency == currency,
        _THANKS.c.withdrawn_at_utc.is_(None),
        _THANKS.c.created_at_utc >= since_utc,
    )
    count, amount = session.execute(query).one()
    return ThanksTogether(count=count, amount_minor=int(amount))
