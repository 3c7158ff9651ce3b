"""What becomes of open slips when their receiver leaves: handed back, and each giver told."""

from dataclasses import replace
from datetime import date

from app.core.errors import Refusal
from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded
from app.core.groups.queries import member_by_key
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.expiry import forgotten_on
from app.plugins.referrals.domain.keys import ProspectId
from app.plugins.referrals.domain.slip import Act, Side, Slip, SlipState, step_taken
from app.plugins.referrals.interface import SlipWithdrawn
from app.plugins.referrals.queries.one_slip import OpenSlip, open_slips_to
from app.plugins.referrals.queries.parties import GroupLine, former_receivers, group_line, is_member
from app.plugins.referrals.queries.settings import settings_of
from app.plugins.referrals.services.carrying import carried, record_in_both, tell_elsewhere
from app.plugins.referrals.services.telling import (
    HANDED_BACK,
    OF_HAND_BACK,
    OF_HAND_BACK_ELSEWHERE,
    Addresses,
    News,
    keep_untold,
    tell,
)
from app.plugins.referrals.store import NewStep, let_prospect_expire, move_slip


def hand_back_from_former(work: UnitOfWork, group: Group) -> int:
    """Take back every slip that is still open with a former member, tell its giver, and return how many. A job: must not commit.

    Who ends a membership may set its last day ahead; until then the receiver is a member and is passed slips.
    """
    standing = group_line(work.session, group.id)
    former = former_receivers(work.session, group.id, local_day(work.now, group.zone))
    return sum(_hand_back_all(work, standing, receiver) for receiver in former)


def hand_back_slips(work: UnitOfWork, event: MembershipEnded) -> None:
    """Take every open slip back from a receiver who leaves, and tell its giver.

    Nothing happens to the slips of somebody who is a member again. The house commits it with the delivery.
    """
    left = member_by_key(work.session, event.group_id, event.member_id)
    if left.ended_on is not None:
        _hand_back_all(work, group_line(work.session, event.group_id), event.member_id)


def _hand_back_all(work: UnitOfWork, group: GroupLine, receiver: MemberId) -> int:
    left = member_by_key(work.session, group.id, receiver)
    slips = open_slips_to(work.session, group.id, receiver)
    for found in slips:
        _hand_back(work, group, found, left.name)
    return len(slips)


def _hand_back(work: UnitOfWork, group: GroupLine, found: OpenSlip, receiver_name: str) -> None:
    after = step_taken(
        found.slip, act=Act.HAND_BACK, target=SlipState.WITHDRAWN, side=Side.HOUSE, now=work.now
    )
    if isinstance(after, Refusal):
        raise TypeError(
            f"Slip {found.id} is {found.slip.state} and cannot be handed back; open slips alone can."
        )
    step = NewStep(act=Act.HAND_BACK, from_state=found.slip.state, by_member_id=None)
    other = carried(work, group.id, found.slip)
    move_slip(work.session, group.id, found.id, after, step)
    if found.prospect_id is not None:
        _let_expire(work, group.id, group.zone, found.prospect_id)
    record_in_both(work, SlipWithdrawn(group_id=group.id, slip_id=found.id, handed_back=True), other)
    if found.slip.is_untold(work.now) and found.slip.receiver is not None:
        keep_untold(work, group.id, found.slip.receiver, slip=found.public_id, path=_path(group, found))
    if other is not None:
        _let_expire(work, other.group.id, other.group.zone, other.prospect_id)
        news = replace(_news(found, after, receiver_name), body=OF_HAND_BACK_ELSEWHERE)
        tell_elsewhere(work, other, news, Addresses(path="", link=""))
    _tell_giver(work, group, found, after, receiver_name)


def _let_expire(work: UnitOfWork, group_id: GroupId, zone: str, prospect_id: ProspectId) -> None:
    months = settings_of(work.session, group_id).prospect_months
    let_prospect_expire(work.session, group_id, prospect_id, forgotten_on(local_day(work.now, zone), months))


def _tell_giver(work: UnitOfWork, group: GroupLine, found: OpenSlip, after: Slip, receiver_name: str) -> None:
    """Tell the giver, if they are still there. The mail has no link: nobody's browser stands behind this act."""
    today: date = local_day(work.now, group.zone)
    if found.slip.giver is None or not is_member(work.session, group.id, found.slip.giver, today):
        return
    news = _news(found, after, receiver_name)
    tell(work, group, found.slip.giver, news, Addresses(path=_path(group, found), link=""))


def _news(found: OpenSlip, after: Slip, receiver_name: str) -> News:
    return News(
        kind="referrals.slip_hand-back",
        sentence=HANDED_BACK,
        body=OF_HAND_BACK,
        name=receiver_name,
        subject=found.public_id,
        number=after.version,
    )


def _path(group: GroupLine, found: OpenSlip) -> str:
    return f"/g/{group.slug}/referrals/slips/{found.public_id}"
