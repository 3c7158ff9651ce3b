"""Which thank-you business a member gave and was given, and what a slip was thanked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.models import SlipRow, ThankYouRow

_THANKS: Any = ThankYouRow.__table__
_SLIP: Any = SlipRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class ThankYouLine:
    """A thank-you as one of its two sides sees it; `slip` is the public id of the slip it is for, or empty."""

    public_id: str
    is_given: bool
    other_name: str
    amount_minor: int
    currency: str
    thanked_on: date
    note: str
    slip: str
    is_taken_back: bool


def thanks_of(session: Session, group_id: GroupId, member_id: MemberId, most: int) -> list[ThankYouLine]:
    """Return the latest `most` thank-yous that the member gave or was given, the newest first."""
    own = or_(_THANKS.c.thanker_member_id == member_id, _THANKS.c.thanked_member_id == member_id)
    return _lines(session, group_id, member_id, own, most)


def thanks_for(
    session: Session, group_id: GroupId, member_id: MemberId, slip_id: SlipId
) -> list[ThankYouLine]:
    """Return what was thanked for that slip, as the member on one side of it sees it."""
    own = or_(_THANKS.c.thanker_member_id == member_id, _THANKS.c.thanked_member_id == member_id)
    return _lines(session, group_id, member_id, and_(_THANKS.c.slip_id == slip_id, own), 50)


def thanks_between(
    session: Session, group_id: GroupId, member_id: MemberId, other: MemberId, most: int
) -> list[ThankYouLine]:
    """Return the latest thank-yous between the member and another, both ways, the newest first."""
    pair = or_(
        and_(_THANKS.c.thanker_member_id == member_id, _THANKS.c.thanked_member_id == other),
        and_(_THANKS.c.thanker_member_id == other, _THANKS.c.thanked_member_id == member_id),
    )
    return _lines(session, group_id, member_id, pair, most)


def _lines(
    session: Session, group_id: GroupId, member_id: MemberId, which: ColumnElement[bool], most: int
) -> list[ThankYouLine]:
    is_given = _THANKS.c.thanker_member_id == member_id
    other = case((is_given, _THANKS.c.thanked_member_id), else_=_THANKS.c.thanker_member_id)
    outside = case((is_given, _THANKS.c.thanked_outside), else_=_THANKS.c.thanker_outside)
    query = (
        select(
            case((is_given, 1), else_=0).label("is_given"),
            func.coalesce(_PERSON.c.name, outside).label("other_name"),
            _THANKS.c.public_id,
            _THANKS.c.withdrawn_at_utc,
            _THANKS.c.amount_minor,
            _THANKS.c.currency,
            _THANKS.c.thanked_on,
            _THANKS.c.note,
            func.coalesce(_SLIP.c.public_id, "").label("slip"),
        )
        .select_from(_THANKS)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _THANKS.c.group_id, _MEMBER.c.id == other))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_SLIP, and_(_SLIP.c.group_id == _THANKS.c.group_id, _SLIP.c.id == _THANKS.c.slip_id))
        .where(_THANKS.c.group_id == group_id, which)
        .order_by(_THANKS.c.thanked_on.desc(), _THANKS.c.id.desc())
        .limit(most)
    )
    return [_line(row) for row in session.execute(query)]


def _line(row: Any) -> ThankYouLine:
    return ThankYouLine(
        public_id=row.public_id,
        is_taken_back=row.withdrawn_at_utc is not None,
        is_given=bool(row.is_given),
        other_name=row.other_name,
        amount_minor=row.amount_minor,
        currency=row.currency,
        thanked_on=row.thanked_on,
        note=row.note,
        slip=row.slip,
    )
