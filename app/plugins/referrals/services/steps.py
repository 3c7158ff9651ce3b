"""The steps of a slip's life: the receiver's word, the giver's withdrawal; the other side is told of each at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.events import DomainEvent
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.money import Amount
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.expiry import forgotten_on
from app.plugins.referrals.domain.keys import SlipId, ThankYouId
from app.plugins.referrals.domain.rules import refusals_for_note
from app.plugins.referrals.domain.slip import Act, Side, Slip, SlipState, step_taken
from app.plugins.referrals.interface import (
    BusinessThanked,
    SlipAcknowledged,
    SlipClosed,
    SlipDeclined,
    SlipProgressed,
    SlipReopened,
    SlipTried,
    SlipWithdrawn,
)
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.queries.settings import settings_of
from app.plugins.referrals.services.carrying import (
    carried,
    keep_untold_elsewhere,
    record_in_both,
    tell_elsewhere,
)
from app.plugins.referrals.services.sums import TypedSum, amounts_meant
from app.plugins.referrals.services.telling import OF_STEP, Addresses, News, keep_untold, sentence_for, tell
from app.plugins.referrals.store import NewStep, NewThankYou, add_thank_you, let_prospect_expire, move_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """A step as a member takes it: which slip, at which version they saw it, and the note they wrote.

    `target` is the result when the act is to close (None where none was chosen), else the state the act leads to. `sums` are what they typed
    as thank-you business for a slip that was won.
    """

    group: Group
    today: date
    slip: str
    member: MemberId
    member_name: str
    act: Act
    target: SlipState | None
    seen_version: int
    note: str = ""
    sums: Sequence[TypedSum] = ()
    addresses: Addresses


TARGETS = {
    Act.ACKNOWLEDGE: SlipState.ACKNOWLEDGED,
    Act.TRY: SlipState.ACKNOWLEDGED,
    Act.PROGRESS: SlipState.IN_PROGRESS,
    Act.DECLINE: SlipState.DECLINED,
    Act.WITHDRAW: SlipState.WITHDRAWN,
    Act.UNDO: SlipState.WITHDRAWN,
    Act.REOPEN: SlipState.IN_PROGRESS,
}
"""Where each act but closing leads."""

_PLAIN_EVENTS: Mapping[Act, Callable[..., DomainEvent]] = {
    Act.TRY: SlipTried,
    Act.PROGRESS: SlipProgressed,
    Act.DECLINE: SlipDeclined,
    Act.WITHDRAW: SlipWithdrawn,
    Act.UNDO: SlipWithdrawn,
    Act.REOPEN: SlipReopened,
}
"""What happens by each act that says no more than which slip it was."""


def take_step(work: UnitOfWork, command: TakeStep) -> SlipState:
    """Take the step, tell the other side, and return where the slip stands; refused with every reason at once.

    To those who are neither giver nor receiver the slip does not exist (`NotFound`). A slip that changed since it
    was seen is refused as `referrals.changed_meanwhile`.
    """
    group = command.group
    view = slip_for(work.session, group.id, command.slip, command.member, now=work.now)
    side = view.slip.side_of(command.member) if view else None
    if view is None or side is None:
        raise NotFound
    after, amounts = _judged(view, side, work, command)
    step = NewStep(
        act=command.act, from_state=view.slip.state, by_member_id=command.member, note=command.note
    )
    other = carried(work, group.id, view.slip)
    move_slip(work.session, group.id, view.id, after, step)
    if view.prospect_id is not None and view.slip.is_open != after.is_open:
        kept = [(group.id, view.prospect_id), *([(other.group.id, other.prospect_id)] if other else [])]
        for group_id, prospect_id in kept:
            day = _forgotten_on(view, after, work, group_id, command)
            let_prospect_expire(work.session, group_id, prospect_id, day)
    for event in _events(group.id, view, after, command):
        record_in_both(work, event, other)
    for amount in amounts:
        _thank_giver(work, view, amount, command)
    if other is not None and view.slip.is_untold(work.now):
        keep_untold_elsewhere(work, other)
    elif other is not None:
        tell_elsewhere(work, other, _news(view, after, command), command.addresses)
    _tell_other(work, view, side, after, command)
    work.commit()
    return after.state


def _judged(view: SlipView, side: Side, work: UnitOfWork, command: TakeStep) -> tuple[Slip, Sequence[Amount]]:
    """Return the slip after the step and the amounts to thank for, or refuse with every reason."""
    if command.seen_version != view.slip.version:
        raise Refused([Refusal(code="referrals.changed_meanwhile")])
    after = step_taken(view.slip, act=command.act, target=command.target, side=side, now=work.now)
    meant = _meant(view, side, command)
    said = (after, *refusals_for_note(command.note), *meant)
    refusals = [one for one in said if isinstance(one, Refusal)]
    if refusals or isinstance(after, Refusal):
        raise Refused(refusals)
    return after, [one for one in meant if isinstance(one, Amount)]


def _meant(view: SlipView, side: Side, command: TakeStep) -> Sequence[Amount | Refusal]:
    if command.sums and side is Side.GIVER and view.slip.is_told_by_giver:
        return [Refusal(code="referrals.amount_for_outside", field=command.sums[0].field)]
    if command.sums and command.target is not SlipState.WON:
        return [Refusal(code="referrals.amount_without_win", field=command.sums[0].field)]
    return amounts_meant(command.group, command.sums)


def _events(group_id: GroupId, view: SlipView, after: Slip, command: TakeStep) -> list[DomainEvent]:
    """Return what happened: the first word of the receiver, whichever it is, is also the acknowledgement."""
    happened: list[DomainEvent] = []
    if view.slip.acknowledged_at is None and after.acknowledged_at is not None:
        happened.append(SlipAcknowledged(group_id=group_id, slip_id=view.id))
    if command.act is not Act.ACKNOWLEDGE:
        happened.append(_event(group_id, view.id, after.state, command.act))
    return happened


def _event(group_id: GroupId, slip_id: SlipId, state: SlipState, act: Act) -> DomainEvent:
    if act is Act.CLOSE:
        return SlipClosed(group_id=group_id, slip_id=slip_id, result=state.value)
    return _PLAIN_EVENTS[act](group_id=group_id, slip_id=slip_id)


def _thank_giver(work: UnitOfWork, view: SlipView, amount: Amount, command: TakeStep) -> None:
    """Credit the amount to the giver of the slip: a member, one who has left, or somebody outside by name."""
    new = NewThankYou(
        id=ThankYouId(work.ids.key()),
        public_id=work.ids.public_id(),
        thanker=command.member,
        thanked=view.slip.giver,
        thanked_outside="" if view.slip.giver is not None else view.giver_name,
        slip_id=view.id,
        amount_minor=amount.minor,
        currency=amount.currency,
        thanked_on=command.today,
    )
    add_thank_you(work.session, command.group.id, new, work.now)
    work.record(
        BusinessThanked(
            group_id=command.group.id,
            thank_you_id=new.id,
            thanked_member_id=new.thanked,
            slip_id=view.id,
            amount_minor=amount.minor,
            currency=amount.currency,
            thanked_on=command.today,
        )
    )


def _forgotten_on(
    view: SlipView, after: Slip, work: UnitOfWork, group_id: GroupId, command: TakeStep
) -> date | None:
    """Return the day on which the prospect is forgotten: today where nobody was told of them and nobody will call."""
    if after.is_open:
        return None
    if view.slip.is_untold(work.now):
        return command.today
    return forgotten_on(command.today, settings_of(work.session, group_id).prospect_months)


def _tell_other(work: UnitOfWork, view: SlipView, side: Side, after: Slip, command: TakeStep) -> None:
    """Tell the other side, unless they have left the group and could not open the page.

    Who has not been told of the slip yet hears of no step either; taken back so early, they never hear of it.
    """
    if view.slip.is_untold(work.now) and view.slip.receiver is not None:
        keep_untold(
            work, command.group.id, view.slip.receiver, slip=view.public_id, path=command.addresses.path
        )
        return
    other = view.receiver_public_id if side is Side.GIVER else view.giver_public_id
    told = candidate(work.session, command.group.id, other)
    if told is None or not told.is_member_on(command.today):
        return
    tell(work, command.group, told.member_id, _news(view, after, command), command.addresses)


def _news(view: SlipView, after: Slip, command: TakeStep) -> News:
    return News(
        kind=f"referrals.slip_{command.act.value}",
        sentence=sentence_for(command.act, after.state),
        body=OF_STEP,
        name=command.member_name,
        subject=view.public_id,
        number=after.version,
    )
