"""Writes the demo's invented slips and thank-yous: rows in a few statements, and each fact in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy import insert

from app.core.events import DomainEvent
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MemberBrief
from app.plugins.referrals.demo.words import FAMILY_NAMES, FIRMS, FIRST_NAMES, NEEDS, OWN_NEEDS
from app.plugins.referrals.domain.basis import Basis, Tier, Urgency
from app.plugins.referrals.domain.expiry import forgotten_on
from app.plugins.referrals.domain.keys import ProspectId, SlipId, ThankYouId
from app.plugins.referrals.domain.slip import ENDS, Act, SlipState
from app.plugins.referrals.interface import (
    BusinessThanked,
    SlipAcknowledged,
    SlipClosed,
    SlipDeclined,
    SlipPassed,
    SlipProgressed,
    SlipWithdrawn,
)
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.models_reports import QualityCheckRow, ReportRow

_THANKED_FOR = 0.8
"""How many of the slips that were won are thanked for with an amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One step in the life of an invented slip."""

    act: Act
    state: SlipState
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSlip:
    """A slip of the demo: between whom, whose need, and what became of it so far."""

    id: SlipId
    giver: MemberBrief
    receiver: MemberBrief
    tier: Tier
    life: Sequence[Moment]

    @property
    def last(self) -> Moment:
        """The latest step."""
        return self.life[-1]

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to come."""
        return self.last.state in ENDS


@dataclass(kw_only=True)
class Pile:
    """The rows of one group, kept together until `write`. `told` holds what a giver says of a slip where chance has no part in it."""

    work: UnitOfWork
    group: DemoGroup
    chance: Random
    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)
    told: dict[SlipId, str] = field(default_factory=dict)

    @property
    def group_id(self) -> GroupId:
        """The group's key."""
        return GroupId(self.group.group_id)

    @property
    def now(self) -> datetime:
        """The instant at which the demo is loaded."""
        return self.work.now

    def day_of(self, instant: datetime) -> date:
        """Return the group's day of `instant`."""
        return local_day(instant, self.group.zone)

    def add_slip(self, giver: MemberBrief, receiver: MemberBrief, life: Sequence[Moment]) -> SlipId:
        """Put a slip with its prospect, its steps and maybe its thank-you on the pile; return its key."""
        tier = Tier.INSIDE if self.chance.random() < 0.22 else Tier.OUTSIDE
        slip = InventedSlip(
            id=SlipId(self.work.ids.key()), giver=giver, receiver=receiver, tier=tier, life=life
        )
        _add_slip_row(self, slip, _add_prospect(self, slip))
        _add_steps(self, slip)
        if slip.last.state is SlipState.WON and self.chance.random() < _THANKED_FOR:
            _add_thanks(self, slip)
        return slip.id

    def add_row(self, table: type[Any], **values: Any) -> None:
        """Put one row on the pile."""
        self.rows.setdefault(table, []).append({"group_id": self.group_id, **values})

    def write(self) -> None:
        """Write every row, those first on which others hang."""
        for table in (ProspectRow, SlipRow, StepRow, ThankYouRow, ReportRow, QualityCheckRow):
            if self.rows.get(table):
                self.work.session.execute(insert(table), self.rows[table])


def _add_slip_row(pile: Pile, slip: InventedSlip, prospect_id: ProspectId) -> None:
    chance = pile.chance
    how_well = chance.choices((1, 2, 3, 4, 5), (8, 24, 36, 21, 11))[0]
    basis = chance.choices(list(Basis), (25, 35, 25, 15))[0]
    pile.add_row(
        SlipRow,
        id=slip.id,
        public_id=pile.work.ids.public_id(),
        giver_member_id=slip.giver.id,
        receiver_member_id=slip.receiver.id,
        prospect_id=prospect_id,
        tier=slip.tier.value,
        how_well=how_well,
        basis=basis.value,
        about=chance.choice(OWN_NEEDS if slip.tier is Tier.INSIDE else NEEDS),
        urgency=chance.choices(list(Urgency), (55, 8, 22, 15))[0].value,
        origin="paper" if chance.random() < 0.1 else "online",
        **_standing(slip),
    )
    pile.work.record(
        SlipPassed(
            group_id=pile.group_id,
            slip_id=slip.id,
            giver_member_id=slip.giver.id,
            receiver_member_id=slip.receiver.id,
            tier=slip.tier.value,
            how_well=how_well,
            basis=basis.value,
        )
    )


def _standing(slip: InventedSlip) -> dict[str, Any]:
    """Return the columns that follow from the steps taken."""
    words = [moment for moment in slip.life if moment.act not in {Act.PASS, Act.WITHDRAW, Act.HAND_BACK}]
    return {
        "state": slip.last.state.value,
        "passed_at_utc": slip.life[0].at,
        "acknowledged_at_utc": words[0].at if words else None,
        "news_at_utc": slip.last.at,
        "closed_at_utc": slip.last.at if slip.has_ended else None,
        "version": len(slip.life),
    }


def _add_prospect(pile: Pile, slip: InventedSlip) -> ProspectId:
    chance, prospect_id = pile.chance, ProspectId(pile.work.ids.key())
    first = chance.choice(FIRST_NAMES)
    person = f"{first} {chance.choice(FAMILY_NAMES)}"
    outside = chance.choice((person, person, f"{person}, {chance.choice(FIRMS)}"))
    pile.add_row(
        ProspectRow,
        id=prospect_id,
        name=f"{person}, with {slip.giver.name}" if slip.tier is Tier.INSIDE else outside,
        contact=f"{first.lower()}.{chance.randrange(100, 999)}@prospect.example",
        agreed=True,
        agreed_on=pile.day_of(slip.life[0].at),
        created_at_utc=slip.life[0].at,
        expires_on=forgotten_on(pile.day_of(slip.last.at)) if slip.has_ended else None,
    )
    return prospect_id


def _add_steps(pile: Pile, slip: InventedSlip) -> None:
    by = {Act.PASS: slip.giver.id, Act.WITHDRAW: slip.giver.id, Act.HAND_BACK: None}
    before: SlipState | None = None
    for number, moment in enumerate(slip.life, 1):
        pile.add_row(
            StepRow,
            slip_id=slip.id,
            number=number,
            act=moment.act.value,
            from_state=before.value if before else None,
            to_state=moment.state.value,
            at_utc=moment.at,
            by_member_id=by.get(moment.act, slip.receiver.id),
            note=moment.note,
        )
        before = moment.state
        happened = _event(pile.group_id, slip.id, moment)
        if happened is not None:
            pile.work.record(happened)


def _event(group_id: GroupId, slip_id: SlipId, moment: Moment) -> DomainEvent | None:
    """Return what the step means; that the slip was passed is on record already."""
    if moment.act is Act.ACKNOWLEDGE:
        return SlipAcknowledged(group_id=group_id, slip_id=slip_id)
    if moment.act is Act.PROGRESS:
        return SlipProgressed(group_id=group_id, slip_id=slip_id)
    if moment.act is Act.CLOSE:
        return SlipClosed(group_id=group_id, slip_id=slip_id, result=moment.state.value)
    if moment.act is Act.DECLINE:
        return SlipDeclined(group_id=group_id, slip_id=slip_id)
    if moment.act in {Act.WITHDRAW, Act.HAND_BACK}:
        return SlipWithdrawn(group_id=group_id, slip_id=slip_id, handed_back=moment.act is Act.HAND_BACK)
    return None


def _add_thanks(pile: Pile, slip: InventedSlip) -> None:
    thank_you_id = ThankYouId(pile.work.ids.key())
    amount_minor = round(pile.chance.lognormvariate(7.0, 1.1)) * 100 + 10_000
    thanked_on = pile.day_of(slip.last.at)
    pile.add_row(
        ThankYouRow,
        id=thank_you_id,
        public_id=pile.work.ids.public_id(),
        thanker_member_id=slip.receiver.id,
        thanked_member_id=slip.giver.id,
        slip_id=slip.id,
        amount_minor=amount_minor,
        currency=pile.group.currency,
        thanked_on=thanked_on,
        created_at_utc=slip.last.at,
    )
    pile.work.record(
        BusinessThanked(
            group_id=pile.group_id,
            thank_you_id=thank_you_id,
            thanked_member_id=slip.giver.id,
            slip_id=slip.id,
            amount_minor=amount_minor,
            currency=pile.group.currency,
            thanked_on=thanked_on,
        )
    )
