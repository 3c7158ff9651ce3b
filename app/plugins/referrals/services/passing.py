"""Passing a slip: judged, kept with its prospect, and the receiver told, all in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.notices.hours import Topic
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.newcomer import settles_in
from app.plugins.referrals.domain.rules import Candidate, Offer, refusals_for_pass
from app.plugins.referrals.domain.slip import AT_ONCE, passed
from app.plugins.referrals.interface import SlipPassed
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.services.telling import NEW_SLIP, OF_SLIP, PASSED, Addresses, News, tell
from app.plugins.referrals.store import NewSlip, add_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class PassSlip:
    """A slip as its giver sends it. `receiver` is the public id they chose; `public_id` becomes the slip's own.

    The receiver is told after `told_after`; until shortly before, the giver may undo it.
    """

    group: Group
    today: date
    giver: MemberId
    giver_name: str
    receiver: str
    offer: Offer
    public_id: str
    addresses: Addresses
    told_after: timedelta = AT_ONCE


def pass_slip(work: UnitOfWork, command: PassSlip) -> SlipId:
    """Pass the slip and tell the receiver, when its giver can no longer undo it; refused with every reason at once."""
    group = command.group
    receiver = candidate(work.session, group.id, command.receiver)
    refusals = refusals_for_pass(
        command.offer, giver=command.giver, named=command.receiver, receiver=receiver, today=command.today
    )
    if refusals or receiver is None:
        raise Refused(refusals)
    new = NewSlip(
        id=SlipId(work.ids.key()),
        public_id=command.public_id,
        prospect_id=ProspectId(work.ids.key()),
        slip=passed(
            giver=command.giver, receiver=receiver.member_id, now=work.now, told_after=command.told_after
        ),
        offer=_offer_to(command, receiver),
        agreed_on=command.offer.agreed_on or command.today,
    )
    keep_passed(work, group, new, giver_name=command.giver_name, addresses=command.addresses)
    work.commit()
    return new.id


def _offer_to(command: PassSlip, receiver: Candidate) -> Offer:
    """Return the offer; how the giver knows the receiver is kept only where the receiver is new in the group."""
    if settles_in(receiver.joined_on, command.today, command.group.settling_in_days):
        return command.offer
    return replace(command.offer, known_how="")


def keep_passed(
    work: UnitOfWork, group: Group, new: NewSlip, *, giver_name: str, addresses: Addresses
) -> None:
    """Keep a slip that was judged, and tell its receiver; the caller commits."""
    add_slip(work.session, group.id, new)
    work.record(_passed_event(group.id, new))
    if new.slip.receiver is None:
        return
    news = News(
        kind=NEW_SLIP,
        sentence=PASSED,
        body=OF_SLIP,
        name=giver_name,
        subject=new.public_id,
        topic=Topic.WAITING,
        not_before=new.slip.told_from,
    )
    tell(work, group, new.slip.receiver, news, addresses)


def _passed_event(group_id: GroupId, new: NewSlip) -> SlipPassed:
    return SlipPassed(
        group_id=group_id,
        slip_id=new.id,
        giver_member_id=new.slip.giver,
        receiver_member_id=new.slip.receiver,
        tier=new.offer.tier,
        how_well=new.offer.how_well,
        basis=new.offer.basis,
        typed_in_by_member_id=new.typed_in_by,
    )
