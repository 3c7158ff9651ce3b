"""Writes the referrals and thank-yous of a slips audit, historic and silent, and takes them away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from app.core.groups.domain.standing import Group
from app.core.local_time import instant_of
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import SlipId, ThankYouId
from app.plugins.referrals.interface import BusinessThanked, SlipPassed, SlipsImportUndone
from app.plugins.referrals.queries.historic import (
    BroughtSlip,
    BroughtThanks,
    brought_slips,
    brought_thanks,
)
from app.plugins.referrals.services.slips_plan import PlannedSlip, PlannedThanks, SlipsPlan
from app.plugins.referrals.store_historic import (
    FromFile,
    HistoricSlip,
    HistoricThanks,
    add_historic_slips,
    add_historic_thanks,
    remove_slips,
    remove_thanks,
)

_NOON = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How much went, and how much stays because somebody touched it since."""

    slips: int
    thanks: int
    kept: int


def take_in_slips(work: UnitOfWork, group: Group, plan: SlipsPlan, batch_id: int) -> None:
    """Write the planned slips and thank-yous, each a fact of the ledger; nobody is told. The caller commits."""
    if plan.day is None:
        raise ValueError(f"The slips of batch {batch_id} have no day; apply a preview that asks nothing.")
    file = FromFile(
        batch_id=batch_id,
        day=plan.day,
        on_the_day=instant_of(plan.day, _NOON, group.zone),
        now=work.now,
    )
    slips = [_historic_slip(work, one) for one in plan.slips]
    thanks = [_historic_thanks(work, one) for one in plan.thanks]
    add_historic_slips(work.session, group.id, slips, file)
    add_historic_thanks(work.session, group.id, thanks, file)
    for slip in slips:
        work.record(
            SlipPassed(
                group_id=group.id,
                slip_id=slip.id,
                giver_member_id=slip.giver,
                receiver_member_id=slip.receiver,
                tier=slip.tier,
                how_well=None,
                basis="",
                historic_on=plan.day,
            )
        )
    for one in thanks:
        work.record(
            BusinessThanked(
                group_id=group.id,
                thank_you_id=one.id,
                thanked_member_id=one.thanked,
                slip_id=None,
                amount_minor=one.amount_minor,
                currency=one.currency,
                thanked_on=plan.day,
            )
        )


def key_of(one: BroughtSlip | BroughtThanks) -> str:
    """Return the key by which a touched line is named in the answer."""
    return f"{'slip' if isinstance(one, BroughtSlip) else 'thanks'}:{one.public_id}"


def take_back_slips(work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]) -> Undone:
    """Take away what the file brought, without what was touched since unless its key is given. The caller commits."""
    slips = brought_slips(work.session, group.id, batch_id)
    thanks = brought_thanks(work.session, group.id, batch_id)
    going_slips = [one.id for one in slips if _goes(one, also_touched)]
    going_thanks = [one.id for one in thanks if _goes(one, also_touched)]
    remove_slips(work.session, group.id, going_slips)
    remove_thanks(work.session, group.id, going_thanks)
    undone = Undone(
        slips=len(going_slips),
        thanks=len(going_thanks),
        kept=_count(slips, thanks) - len(going_slips) - len(going_thanks),
    )
    if going_slips or going_thanks:
        work.record(
            SlipsImportUndone(group_id=group.id, batch_id=batch_id, slips=undone.slips, thanks=undone.thanks)
        )
    return undone


def _goes(one: BroughtSlip | BroughtThanks, also_touched: frozenset[str]) -> bool:
    return not one.is_touched or key_of(one) in also_touched


def _count(slips: Sequence[BroughtSlip], thanks: Sequence[BroughtThanks]) -> int:
    return len(slips) + len(thanks)


def _historic_slip(work: UnitOfWork, one: PlannedSlip) -> HistoricSlip:
    return HistoricSlip(
        id=SlipId(work.ids.key()),
        public_id=work.ids.public_id(),
        giver=one.giver,
        giver_outside=one.giver_outside,
        receiver=one.receiver,
        receiver_outside=one.receiver_outside,
        tier=one.tier,
    )


def _historic_thanks(work: UnitOfWork, one: PlannedThanks) -> HistoricThanks:
    return HistoricThanks(
        id=ThankYouId(work.ids.key()),
        public_id=work.ids.public_id(),
        thanked=one.thanked,
        thanked_outside=one.thanked_outside,
        amount_minor=one.amount_minor,
        currency=one.currency,
    )
