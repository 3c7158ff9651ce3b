"""Thanking for business, with a slip or without: credited to the person thanked, private to the two."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import ThankYouId
from app.plugins.referrals.domain.rules import (
    OUTSIDE,
    Candidate,
    refusals_for_note,
    refusals_for_thanked_slip,
    refusals_for_thanks,
)
from app.plugins.referrals.domain.slip import Side
from app.plugins.referrals.interface import BusinessThanked
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.services.sums import amount_meant
from app.plugins.referrals.services.telling import OF_THANKS, THANKED, Addresses, News, tell
from app.plugins.referrals.store import NewThankYou, add_thank_you


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveThanks:
    """Thanks as a member gives them. `thanked` is the public id they chose; with `slip` it is its giver who is thanked.

    Where they chose OUTSIDE, `thanked_outside` is the name. An empty `currency` is the group's.
    """

    group: Group
    today: date
    thanker: MemberId
    thanker_name: str
    thanked: str
    slip: str
    amount: str
    thanked_on: date | None
    note: str
    public_id: str
    addresses: Addresses
    thanked_outside: str = ""
    currency: str = ""


def give_thanks(work: UnitOfWork, command: GiveThanks) -> None:
    """Keep the thank-you and tell the person thanked, if they are a member; refused with every reason at once."""
    group = command.group
    view = (
        slip_for(work.session, group.id, command.slip, command.thanker, now=work.now)
        if command.slip
        else None
    )
    named, outside = _whom(command, view)
    thanked = candidate(work.session, group.id, named) if named != OUTSIDE else None
    amount = amount_meant(group, command.amount, command.currency)
    refusals = [
        *_refusals(command, view, (named, outside), thanked),
        *([amount] if isinstance(amount, Refusal) else []),
    ]
    if refusals or command.thanked_on is None or isinstance(amount, Refusal):
        raise Refused(refusals)
    new = NewThankYou(
        id=ThankYouId(work.ids.key()),
        public_id=command.public_id,
        thanker=command.thanker,
        thanked=thanked.member_id if thanked else None,
        thanked_outside=outside,
        slip_id=view.id if view else None,
        amount_minor=amount.minor,
        currency=amount.currency,
        thanked_on=command.thanked_on,
        note=command.note,
    )
    add_thank_you(work.session, group.id, new, work.now)
    work.record(_event(group, new))
    if thanked is not None and thanked.is_member_on(command.today):
        tell(work, group, thanked.member_id, _news(command), command.addresses)
    work.commit()


def _whom(command: GiveThanks, view: SlipView | None) -> tuple[str, str]:
    """Return whom the thanks are for, and the name of somebody who is no member here: of a slip, its giver."""
    if view is None:
        return command.thanked, command.thanked_outside if command.thanked == OUTSIDE else ""
    return (view.giver_public_id, "") if view.giver_public_id else (OUTSIDE, view.giver_name)


def _refusals(
    command: GiveThanks, view: SlipView | None, whom: tuple[str, str], thanked: Candidate | None
) -> list[Refusal]:
    named, outside = whom
    about_slip = []
    if command.slip:
        is_receiver = view is not None and view.slip.side_of(command.thanker) is Side.RECEIVER
        state = view.slip.state if view else None
        about_slip = refusals_for_thanked_slip(state, is_receiver=is_receiver)
    return [
        *about_slip,
        *refusals_for_thanks(
            named=named,
            thanker=command.thanker,
            thanked=thanked,
            thanked_on=command.thanked_on,
            today=command.today,
            outside=outside,
        ),
        *refusals_for_note(command.note),
    ]


def _event(group: Group, new: NewThankYou) -> BusinessThanked:
    return BusinessThanked(
        group_id=group.id,
        thank_you_id=new.id,
        thanked_member_id=new.thanked,
        slip_id=new.slip_id,
        amount_minor=new.amount_minor,
        currency=new.currency,
        thanked_on=new.thanked_on,
    )


def _news(command: GiveThanks) -> News:
    return News(
        kind="referrals.business_thanked",
        sentence=THANKED,
        body=OF_THANKS,
        name=command.thanker_name,
        subject=command.public_id,
    )
