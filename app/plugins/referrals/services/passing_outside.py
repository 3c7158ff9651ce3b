"""Passing a slip to somebody who is in no group: kept and counted; the house writes to nobody, the giver tells what came of it."""

from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.elsewhere import refusals_for_outside
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.rules import Offer, refusals_for_words
from app.plugins.referrals.domain.slip import passed
from app.plugins.referrals.interface import SlipPassed
from app.plugins.referrals.store import NewSlip, add_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOutside:
    """A slip to somebody in no group, by name; `public_id` becomes the slip's own."""

    group: Group
    today: date
    giver: MemberId
    receiver_outside: str
    offer: Offer
    public_id: str


def pass_outside(work: UnitOfWork, command: PassOutside) -> SlipId:
    """Keep the slip, which counts as given; refused with every reason at once."""
    refusals = [
        *refusals_for_outside(command.receiver_outside),
        *refusals_for_words(command.offer, today=command.today),
    ]
    if refusals:
        raise Refused(refusals)
    offer = replace(command.offer, known_how="")
    new = NewSlip(
        id=SlipId(work.ids.key()),
        public_id=command.public_id,
        prospect_id=ProspectId(work.ids.key()),
        slip=passed(giver=command.giver, receiver=None, now=work.now),
        offer=offer,
        agreed_on=offer.agreed_on or command.today,
        receiver_outside=command.receiver_outside,
    )
    add_slip(work.session, command.group.id, new)
    work.record(
        SlipPassed(
            group_id=command.group.id,
            slip_id=new.id,
            giver_member_id=command.giver,
            receiver_member_id=None,
            tier=offer.tier,
            how_well=offer.how_well,
            basis=offer.basis,
        )
    )
    work.commit()
    return new.id
