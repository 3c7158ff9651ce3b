"""Passing a slip to a member of another group: a row in each, linked by the exchange, and the receiver told there."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.errors import Refusal, Refused
from app.core.exchange.queries import MemberElsewhere, member_elsewhere
from app.core.exchange.store import open_exchange
from app.core.groups.domain.standing import Group
from app.core.ids import ExchangeId, GroupId, MemberId, PersonId
from app.core.notices.hours import Topic
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.elsewhere import refusals_for_elsewhere, with_group
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.rules import Offer, refusals_for_words
from app.plugins.referrals.domain.slip import AT_ONCE, Slip, passed
from app.plugins.referrals.interface import SlipPassed
from app.plugins.referrals.queries.elsewhere import KIND, PLUGIN, other_slip
from app.plugins.referrals.services.carrying import tell_elsewhere
from app.plugins.referrals.services.telling import NEW_SLIP, OF_SLIP, PASSED, Addresses, News
from app.plugins.referrals.store import NewSlip, add_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class PassElsewhere:
    """A slip to a member of another group, `named` by the group's slug and their public id there."""

    group: Group
    today: date
    giver: MemberId
    giver_person: PersonId
    giver_name: str
    named: tuple[str, str]
    offer: Offer
    public_id: str
    addresses: Addresses
    told_after: timedelta = AT_ONCE


def pass_elsewhere(work: UnitOfWork, command: PassElsewhere) -> SlipId:
    """Keep the slip in both groups and tell the receiver; refused with every reason at once.

    Each group's row holds its own member, and of the other name and group alone. The receiver's row has a public id
    and a prospect of its own.
    """
    group = command.group
    found = member_elsewhere(work.session, group.id, work.now, PLUGIN, named=command.named)
    refusals = [
        *_about_receiver(command, found),
        *refusals_for_words(command.offer, today=command.today),
    ]
    if refusals or found is None:
        raise Refused(refusals)
    exchange = ExchangeId(work.ids.key())
    slip = passed(
        giver=command.giver, receiver=None, now=work.now, exchange=exchange, told_after=command.told_after
    )
    ours = _new(work, command, slip, command.public_id)
    ours = replace(ours, receiver_outside=with_group(found.name, found.group.name))
    theirs = _new(work, command, replace(slip, giver=None, receiver=found.member_id), work.ids.public_id())
    theirs = replace(theirs, giver_outside=with_group(command.giver_name, group.name))
    open_exchange(work.session, exchange, KIND, ((group.id, ours.id), (found.group.id, theirs.id)))
    for group_id, new in ((group.id, ours), (found.group.id, theirs)):
        add_slip(work.session, group_id, new)
        work.record(_passed_event(group_id, new))
    _tell(work, command, slip)
    work.commit()
    return ours.id


def _about_receiver(command: PassElsewhere, found: MemberElsewhere | None) -> list[Refusal]:
    if found is None:
        return refusals_for_elsewhere(giver=command.giver_person, receiver=None, is_here=False)
    return refusals_for_elsewhere(giver=command.giver_person, receiver=found.person_id, is_here=found.is_here)


def _new(work: UnitOfWork, command: PassElsewhere, slip: Slip, public_id: str) -> NewSlip:
    return NewSlip(
        id=SlipId(work.ids.key()),
        public_id=public_id,
        prospect_id=ProspectId(work.ids.key()),
        slip=slip,
        offer=replace(command.offer, known_how=""),
        agreed_on=command.offer.agreed_on or command.today,
    )


def _passed_event(group_id: GroupId, new: NewSlip) -> SlipPassed:
    return SlipPassed(
        group_id=group_id,
        slip_id=new.id,
        giver_member_id=new.slip.giver,
        receiver_member_id=new.slip.receiver,
        tier=new.offer.tier,
        how_well=new.offer.how_well,
        basis=new.offer.basis,
    )


def _tell(work: UnitOfWork, command: PassElsewhere, slip: Slip) -> None:
    news = News(
        kind=NEW_SLIP,
        sentence=PASSED,
        body=OF_SLIP,
        name=command.giver_name,
        subject=command.public_id,
        topic=Topic.WAITING,
        not_before=slip.told_from,
    )
    other = other_slip(work.session, command.group.id, slip.exchange)
    if other is not None:
        tell_elsewhere(work, other, news, command.addresses)
