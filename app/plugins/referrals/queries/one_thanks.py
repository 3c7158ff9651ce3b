"""One thank-you as its two sides may see it, with what it said before it was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import ThankYouId
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.models_rights import ThankYouVersionRow

_THANKS: Any = ThankYouRow.__table__
_BEFORE: Any = ThankYouVersionRow.__table__
_SLIP: Any = SlipRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_THANKER: Any = _MEMBER.alias("thanker")
_THANKER_PERSON: Any = _PERSON.alias("thanker_person")
_THANKED: Any = _MEMBER.alias("thanked")
_THANKED_PERSON: Any = _PERSON.alias("thanked_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThankYou:
    """A thank-you; `slip` is the public id of the slip it is for, or empty. `withdrawn_at` once it was taken back."""

    id: ThankYouId
    public_id: str
    thanker: MemberId | None
    thanker_name: str
    thanked: MemberId | None
    thanked_public_id: str
    thanked_name: str
    amount_minor: int
    currency: str
    thanked_on: date
    note: str
    slip: str
    version: int
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the thank-you said before, and until when."""

    version: int
    amount_minor: int
    currency: str
    thanked_on: date
    note: str
    until_utc: datetime


def thank_you_for(
    session: Session, group_id: GroupId, public_id: str, member_id: MemberId
) -> ThankYou | None:
    """Return the thank-you if the member gave or got it; to everyone else it does not exist."""
    of_group = _THANKS.c.group_id
    query = (
        select(
            _THANKS,
            func.coalesce(_THANKER_PERSON.c.name, _THANKS.c.thanker_outside).label("thanker_name"),
            func.coalesce(_THANKED_PERSON.c.name, _THANKS.c.thanked_outside).label("thanked_name"),
            func.coalesce(_THANKED.c.public_id, "").label("thanked_public_id"),
            func.coalesce(_SLIP.c.public_id, "").label("slip"),
        )
        .select_from(_THANKS)
        .outerjoin(
            _THANKER, and_(_THANKER.c.group_id == of_group, _THANKER.c.id == _THANKS.c.thanker_member_id)
        )
        .outerjoin(_THANKER_PERSON, _THANKER_PERSON.c.id == _THANKER.c.person_id)
        .outerjoin(
            _THANKED, and_(_THANKED.c.group_id == of_group, _THANKED.c.id == _THANKS.c.thanked_member_id)
        )
        .outerjoin(_THANKED_PERSON, _THANKED_PERSON.c.id == _THANKED.c.person_id)
        .outerjoin(_SLIP, and_(_SLIP.c.group_id == of_group, _SLIP.c.id == _THANKS.c.slip_id))
        .where(
            of_group == group_id,
            _THANKS.c.public_id == public_id,
            or_(_THANKS.c.thanker_member_id == member_id, _THANKS.c.thanked_member_id == member_id),
        )
    )
    row = session.execute(query).one_or_none()
    return _thank_you(row) if row else None


def before_of(session: Session, group_id: GroupId, thank_you_id: ThankYouId) -> Sequence[Before]:
    """Return what the thank-you said before, the latest first."""
    query = (
        select(
            _BEFORE.c.version,
            _BEFORE.c.amount_minor,
            _BEFORE.c.currency,
            _BEFORE.c.thanked_on,
            _BEFORE.c.note,
            _BEFORE.c.until_utc,
        )
        .where(_BEFORE.c.group_id == group_id, _BEFORE.c.thank_you_id == thank_you_id)
        .order_by(_BEFORE.c.version.desc())
    )
    return [
        Before(
            version=row.version,
            amount_minor=row.amount_minor,
            currency=row.currency,
            thanked_on=row.thanked_on,
            note=row.note,
            until_utc=row.until_utc,
        )
        for row in session.execute(query)
    ]


def _thank_you(row: Any) -> ThankYou:
    return ThankYou(
        id=ThankYouId(row.id),
        public_id=row.public_id,
        thanker=_member(row.thanker_member_id),
        thanker_name=row.thanker_name,
        thanked=_member(row.thanked_member_id),
        thanked_public_id=row.thanked_public_id,
        thanked_name=row.thanked_name,
        amount_minor=row.amount_minor,
        currency=row.currency,
        thanked_on=row.thanked_on,
        note=row.note,
        slip=row.slip,
        version=row.version,
        withdrawn_at=row.withdrawn_at_utc,
    )


def _member(key: int | None) -> MemberId | None:
    return None if key is None else MemberId(key)
