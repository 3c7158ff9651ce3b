"""Putting a slip right while its receiver has not had it yet; they are told, and see the newest words."""

from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.rules import Offer, refusals_for_words
from app.plugins.referrals.domain.slip import Act, Side, SlipState, step_taken
from app.plugins.referrals.interface import SlipEdited
from app.plugins.referrals.queries.one_slip import SlipView, prospect_of, slip_for
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.services.carrying import carried, record_in_both, tell_elsewhere
from app.plugins.referrals.services.telling import BY_ACT, OF_STEP, Addresses, News, tell
from app.plugins.referrals.store import NewStep, move_slip, rewrite_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSlip:
    """The words of a slip once more, over the version its giver saw. An empty contact leaves the one that is kept."""

    group: Group
    today: date
    slip: str
    giver: MemberId
    giver_name: str
    offer: Offer
    seen_version: int
    addresses: Addresses


def edit_slip(work: UnitOfWork, command: EditSlip) -> None:
    """Keep the new words as one more version and tell a receiver who knows of the slip; refused with every reason at once.

    `NotFound` for everyone but giver and receiver, and once the prospect is forgotten; `referrals.changed_meanwhile` where the slip has moved on.
    """
    group = command.group
    view = slip_for(work.session, group.id, command.slip, command.giver, now=work.now)
    if view is None or view.prospect_id is None or view.prospect_is_forgotten:
        raise NotFound
    side = view.slip.side_of(command.giver)
    if side is not Side.GIVER:
        raise Refused([Refusal(code="referrals.only_giver")])
    if command.seen_version != view.slip.version:
        raise Refused([Refusal(code="referrals.changed_meanwhile")])
    after = step_taken(view.slip, act=Act.EDIT, target=SlipState.PASSED, side=side, now=work.now)
    offer = _with_contact(work, command, view)
    refusals = refusals_for_words(offer, today=command.today)
    if isinstance(after, Refusal):
        raise Refused([after, *refusals])
    if refusals:
        raise Refused(refusals)
    other = carried(work, group.id, view.slip)
    step = NewStep(act=Act.EDIT, from_state=view.slip.state, by_member_id=command.giver)
    move_slip(work.session, group.id, view.id, after, step)
    _rewrite(work, (group.id, view.id, view.prospect_id), offer, command)
    edited = SlipEdited(
        group_id=group.id, slip_id=view.id, tier=offer.tier, how_well=offer.how_well, basis=offer.basis
    )
    record_in_both(work, edited, other)
    if other is not None:
        _rewrite(work, (other.group.id, other.id, other.prospect_id), offer, command)
    if not view.slip.is_untold(work.now):
        if other is not None:
            tell_elsewhere(work, other, _news(command, view, after.version), command.addresses)
        _tell_receiver(work, command, view, after.version)
    work.commit()


def _rewrite(
    work: UnitOfWork, slip: tuple[GroupId, SlipId, ProspectId], offer: Offer, command: EditSlip
) -> None:
    rewrite_slip(work.session, slip, offer, agreed_on=offer.agreed_on or command.today)


def _with_contact(work: UnitOfWork, command: EditSlip, view: SlipView) -> Offer:
    if command.offer.prospect_contact or view.prospect_id is None:
        return command.offer
    kept = prospect_of(work.session, command.group.id, view.prospect_id)
    return replace(command.offer, prospect_contact=kept.contact if kept else "")


def _tell_receiver(work: UnitOfWork, command: EditSlip, view: SlipView, version: int) -> None:
    receiver = candidate(work.session, command.group.id, view.receiver_public_id)
    if receiver is None or not receiver.is_member_on(command.today):
        return
    tell(work, command.group, receiver.member_id, _news(command, view, version), command.addresses)


def _news(command: EditSlip, view: SlipView, version: int) -> News:
    return News(
        kind="referrals.slip_edit",
        sentence=BY_ACT[Act.EDIT],
        body=OF_STEP,
        name=command.giver_name,
        subject=view.public_id,
        number=version,
    )
