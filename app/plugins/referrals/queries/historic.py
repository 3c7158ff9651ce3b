"""What files brought: which historic slips and thank-yous stand, and which of a file were touched since."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId
from app.core.local_time import Period
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import SlipId, ThankYouId
from app.plugins.referrals.models import SlipRow, ThankYouRow

_SLIP: Any = SlipRow.__table__
_THANKS: Any = ThankYouRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_GIVER: Any = aliased(_MEMBER)
_GIVER_PERSON: Any = aliased(_PERSON)
_RECEIVER: Any = aliased(_MEMBER)
_RECEIVER_PERSON: Any = aliased(_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtSlip:
    """A slip that a file brought; touched where a step was taken or business was thanked for it."""

    id: SlipId
    public_id: str
    giver_name: str
    receiver_name: str
    is_touched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtThanks:
    """A thank-you that a file brought, and whether it was changed since."""

    id: ThankYouId
    public_id: str
    thanked_name: str
    amount_minor: int
    currency: str
    is_touched: bool


def standing_slips(session: Session, group_id: GroupId, day: date) -> Counter[Hashable]:
    """Return how many historic slips of a day stand, by giver, receiver and tier."""
    columns = (
        _SLIP.c.giver_member_id,
        _SLIP.c.giver_outside,
        _SLIP.c.receiver_member_id,
        _SLIP.c.receiver_outside,
        _SLIP.c.tier,
    )
    query = (
        select(*columns, func.count())
        .where(_SLIP.c.group_id == group_id, _SLIP.c.historic_on == day)
        .group_by(*columns)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in session.execute(query)})


def standing_thanks(session: Session, group_id: GroupId, day: date) -> Counter[Hashable]:
    """Return how many imported thank-yous of a day stand, by the person thanked, amount and currency."""
    columns = (
        _THANKS.c.thanked_member_id,
        _THANKS.c.thanked_outside,
        _THANKS.c.amount_minor,
        _THANKS.c.currency,
    )
    query = (
        select(*columns, func.count())
        .where(_THANKS.c.group_id == group_id, _THANKS.c.thanked_on == day, _THANKS.c.batch_id.is_not(None))
        .group_by(*columns)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in session.execute(query)})


def written_here(session: Session, group_id: GroupId, period: Period, zone: str) -> int:
    """Return how many slips were passed and thanks given in the house itself in those days."""
    slips = (
        select(func.count())
        .select_from(_SLIP)
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.historic_on.is_(None),
            _SLIP.c.passed_at_utc >= period.starts_at_utc(zone),
            _SLIP.c.passed_at_utc < period.ends_before_utc(zone),
        )
        .scalar_subquery()
    )
    thanks = (
        select(func.count())
        .select_from(_THANKS)
        .where(
            _THANKS.c.group_id == group_id,
            _THANKS.c.batch_id.is_(None),
            _THANKS.c.thanked_on.between(period.first, period.last),
        )
        .scalar_subquery()
    )
    return int(session.scalar(select(slips + thanks)) or 0)


def brought_slips(session: Session, group_id: GroupId, batch_id: int) -> list[BroughtSlip]:
    """Return the slips that the file brought and that still stand."""
    of_group = _SLIP.c.group_id
    is_thanked = exists().where(_THANKS.c.group_id == of_group, _THANKS.c.slip_id == _SLIP.c.id)
    query = (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            func.coalesce(_GIVER_PERSON.c.name, _SLIP.c.giver_outside).label("giver_name"),
            func.coalesce(_RECEIVER_PERSON.c.name, _SLIP.c.receiver_outside).label("receiver_name"),
            or_(_SLIP.c.version > 1, is_thanked).label("is_touched"),
        )
        .select_from(_SLIP)
        .outerjoin(_GIVER, and_(_GIVER.c.group_id == of_group, _GIVER.c.id == _SLIP.c.giver_member_id))
        .outerjoin(_GIVER_PERSON, _GIVER_PERSON.c.id == _GIVER.c.person_id)
        .outerjoin(
            _RECEIVER, and_(_RECEIVER.c.group_id == of_group, _RECEIVER.c.id == _SLIP.c.receiver_member_id)
        )
        .outerjoin(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .where(of_group == group_id, _SLIP.c.batch_id == batch_id)
        .order_by(_SLIP.c.id)
    )
    return [
        BroughtSlip(
            id=SlipId(row.id),
            public_id=row.public_id,
            giver_name=row.giver_name,
            receiver_name=row.receiver_name,
            is_touched=bool(row.is_touched),
        )
        for row in session.execute(query)
    ]


def brought_thanks(session: Session, group_id: GroupId, batch_id: int) -> list[BroughtThanks]:
    """Return the thank-yous that the file brought and that still stand."""
    of_group = _THANKS.c.group_id
    query = (
        select(
            _THANKS.c.id,
            _THANKS.c.public_id,
            func.coalesce(_PERSON.c.name, _THANKS.c.thanked_outside).label("thanked_name"),
            _THANKS.c.amount_minor,
            _THANKS.c.currency,
            _THANKS.c.version,
        )
        .select_from(_THANKS)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == of_group, _MEMBER.c.id == _THANKS.c.thanked_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(of_group == group_id, _THANKS.c.batch_id == batch_id)
        .order_by(_THANKS.c.id)
    )
    return [
        BroughtThanks(
            id=ThankYouId(row.id),
            public_id=row.public_id,
            thanked_name=row.thanked_name,
            amount_minor=row.amount_minor,
            currency=row.currency,
            is_touched=row.version > 1,
        )
        for row in session.execute(query)
    ]
