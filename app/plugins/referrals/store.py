"""Writing slips, their steps and thank-yous; a slip moves on only from the version it was seen at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import ProspectId, SlipId, ThankYouId
from app.plugins.referrals.domain.rules import Offer
from app.plugins.referrals.domain.slip import ONLINE, PAPER, Act, Slip, SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.queries.elsewhere import other_slip
from app.plugins.referrals.store_elsewhere import carry_step

_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlip:
    """A slip to be kept, with the words of its giver; a side that is not of this group stands by its name.

    `typed_in_by` is who typed it in from paper for its giver.
    """

    id: SlipId
    public_id: str
    prospect_id: ProspectId
    slip: Slip
    offer: Offer
    agreed_on: date
    giver_outside: str = ""
    receiver_outside: str = ""
    typed_in_by: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to be kept: from which state, by whom (None: the house), and what they wrote."""

    act: Act
    from_state: SlipState | None
    by_member_id: MemberId | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThankYou:
    """A thank-you to be kept. Somebody who is no member here is thanked as `thanked_outside`, by name."""

    id: ThankYouId
    public_id: str
    thanker: MemberId
    thanked: MemberId | None
    slip_id: SlipId | None
    amount_minor: int
    currency: str
    thanked_on: date
    note: str = ""
    thanked_outside: str = ""


def add_slip(session: Session, group_id: GroupId, new: NewSlip) -> None:
    """Keep a slip with its prospect and its first step."""
    session.execute(insert(ProspectRow).values(_prospect_values(group_id, new)))
    session.execute(insert(SlipRow).values(_slip_values(group_id, new)))
    _add_step(
        session,
        group_id,
        new.id,
        new.slip,
        NewStep(act=Act.PASS, from_state=None, by_member_id=new.typed_in_by or new.slip.giver),
    )


def move_slip(session: Session, group_id: GroupId, slip_id: SlipId, slip: Slip, step: NewStep) -> None:
    """Keep the slip as it is after `step`, unless somebody was faster: then `referrals.changed_meanwhile`.

    A slip between two groups moves in both at once; who was faster there was faster here.
    """
    other = other_slip(session, group_id, slip.exchange)
    moved = session.execute(
        update(_SLIP)
        .where(_SLIP.c.group_id == group_id, _SLIP.c.id == slip_id, _SLIP.c.version == slip.version - 1)
        .values(
            state=slip.state.value,
            acknowledged_at_utc=slip.acknowledged_at,
            closed_at_utc=slip.closed_at,
            news_at_utc=slip.news_at,
            version=slip.version,
        )
        .returning(_SLIP.c.id)
    )
    if moved.one_or_none() is None:
        raise Refused([Refusal(code="referrals.changed_meanwhile")])
    _add_step(session, group_id, slip_id, slip, step)
    if other is not None:
        carry_step(session, other, slip, act=step.act, from_state=step.from_state, note=step.note)


def rewrite_slip(
    session: Session, slip: tuple[GroupId, SlipId, ProspectId], offer: Offer, *, agreed_on: date
) -> None:
    """Keep other words of the giver on a slip and its prospect."""
    group_id, slip_id, prospect_id = slip
    session.execute(
        update(_SLIP).where(_SLIP.c.group_id == group_id, _SLIP.c.id == slip_id).values(**_words_of(offer))
    )
    session.execute(
        update(_PROSPECT)
        .where(_PROSPECT.c.group_id == group_id, _PROSPECT.c.id == prospect_id)
        .values(**_prospect_words(offer, agreed_on))
    )


def let_prospect_expire(
    session: Session, group_id: GroupId, prospect_id: ProspectId, day: date | None
) -> None:
    """Note the day on which the prospect is to be forgotten; None while the slip is open."""
    session.execute(
        update(_PROSPECT)
        .where(_PROSPECT.c.group_id == group_id, _PROSPECT.c.id == prospect_id)
        .values(expires_on=day)
    )


def add_thank_you(session: Session, group_id: GroupId, new: NewThankYou, now: datetime) -> None:
    """Keep a thank-you."""
    session.execute(
        insert(ThankYouRow).values(
            group_id=group_id,
            id=new.id,
            public_id=new.public_id,
            thanker_member_id=new.thanker,
            thanked_member_id=new.thanked,
            thanked_outside=new.thanked_outside,
            slip_id=new.slip_id,
            amount_minor=new.amount_minor,
            currency=new.currency,
            thanked_on=new.thanked_on,
            note=new.note,
            created_at_utc=now,
        )
    )


def _add_step(session: Session, group_id: GroupId, slip_id: SlipId, slip: Slip, step: NewStep) -> None:
    session.execute(
        insert(StepRow).values(
            group_id=group_id,
            slip_id=slip_id,
            number=slip.version,
            act=step.act.value,
            from_state=step.from_state.value if step.from_state else None,
            to_state=slip.state.value,
            at_utc=slip.news_at,
            by_member_id=step.by_member_id,
            note=step.note,
        )
    )


def _prospect_values(group_id: GroupId, new: NewSlip) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": new.prospect_id,
        **_prospect_words(new.offer, new.agreed_on),
        "created_at_utc": new.slip.news_at,
    }


def _prospect_words(offer: Offer, agreed_on: date) -> dict[str, Any]:
    return {
        "name": offer.prospect_name,
        "contact": offer.prospect_contact,
        "agreed": offer.agreed,
        "agreed_how": offer.agreed_how,
        "agreed_on": agreed_on,
    }


def _words_of(offer: Offer) -> dict[str, Any]:
    return {
        "tier": offer.tier,
        "how_well": offer.how_well,
        "basis": offer.basis,
        "about": offer.about,
        "urgency": offer.urgency,
    }


def _slip_values(group_id: GroupId, new: NewSlip) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": new.id,
        "public_id": new.public_id,
        "giver_member_id": new.slip.giver,
        "giver_outside": new.giver_outside,
        "receiver_member_id": new.slip.receiver,
        "receiver_outside": new.receiver_outside,
        "exchange_id": new.slip.exchange,
        "prospect_id": new.prospect_id,
        "known_how": new.offer.known_how,
        "state": new.slip.state.value,
        **_words_of(new.offer),
        "origin": ONLINE if new.typed_in_by is None else PAPER,
        "passed_at_utc": new.slip.passed_at,
        "news_at_utc": new.slip.news_at,
        "told_from_utc": new.slip.told_from,
        "version": new.slip.version,
    }
