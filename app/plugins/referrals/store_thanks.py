"""Changing a thank-you that stands: each earlier version is kept, and only the version that was seen is changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId
from app.core.money import Amount
from app.plugins.referrals.models import ThankYouRow
from app.plugins.referrals.models_rights import ThankYouVersionRow
from app.plugins.referrals.queries.one_thanks import ThankYou

_THANKS: Any = ThankYouRow.__table__


def correct_thank_you(
    session: Session, group_id: GroupId, found: ThankYou, said: tuple[Amount, date, str], now: datetime
) -> None:
    """Write amount, day and note over those of `found`, and keep what it said before."""
    amount, thanked_on, note = said
    values = {
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "thanked_on": thanked_on,
        "note": note,
    }
    _change(session, group_id, found, values)
    session.execute(
        insert(ThankYouVersionRow).values(
            group_id=group_id,
            thank_you_id=found.id,
            version=found.version,
            amount_minor=found.amount_minor,
            currency=found.currency,
            thanked_on=found.thanked_on,
            note=found.note,
            until_utc=now,
        )
    )


def withdraw_thank_you(session: Session, group_id: GroupId, found: ThankYou, now: datetime) -> None:
    """Note that the thank-you was taken back; what it said stays for its two sides."""
    _change(session, group_id, found, {"withdrawn_at_utc": now})


def _change(session: Session, group_id: GroupId, found: ThankYou, values: dict[str, Any]) -> None:
    changed = session.execute(
        update(_THANKS)
        .where(
            _THANKS.c.group_id == group_id,
            _THANKS.c.id == found.id,
            _THANKS.c.version == found.version,
            _THANKS.c.withdrawn_at_utc.is_(None),
        )
        .values({**values, "version": found.version + 1})
        .returning(_THANKS.c.id)
    )
    if changed.one_or_none() is None:
        raise Refused([Refusal(code="referrals.thanks_changed_meanwhile")])
