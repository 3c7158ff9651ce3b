"""What would the referrals and thank-yous of a slips audit change? What stands from earlier files is not written twice."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.intake.slips_audit import SlipKind, SlipLine
from app.core.intake.slips_audit_part import SlipsPart, beyond, name_outside
from app.core.local_time import Period
from app.plugins.referrals.queries.historic import standing_slips, standing_thanks, written_here

KINDS = (SlipKind.REFERRAL, SlipKind.BUSINESS)
"""The rows of a slips audit that referrals take in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlip:
    """A referral of the file; a side that is no member has a name instead."""

    row: int
    giver: MemberId | None
    giver_outside: str
    receiver: MemberId | None
    receiver_outside: str
    tier: str

    @property
    def key(self) -> Hashable:
        """By what it equals another: rows have no number and no date of their own."""
        return (self.giver, self.giver_outside, self.receiver, self.receiver_outside, self.tier)

    @property
    def concerns_a_member(self) -> bool:
        """Whether it lies between two people of whom one at least is a member."""
        return self.giver != self.receiver


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedThanks:
    """Thank-you business of the file; the person thanked has a name instead where they are no member."""

    row: int
    thanked: MemberId | None
    thanked_outside: str
    amount_minor: int
    currency: str

    @property
    def key(self) -> Hashable:
        """By what it equals another."""
        return (self.thanked, self.thanked_outside, self.amount_minor, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsPlan:
    """What would be written on `day` (None until it is known), how much stands, and which rows are left out.

    `passed_here` is how much the group wrote down in the house itself in the days of the file.
    """

    day: date | None = None
    currency: str
    slips: Sequence[PlannedSlip] = ()
    thanks: Sequence[PlannedThanks] = ()
    slips_standing: int = 0
    thanks_standing: int = 0
    left_out: frozenset[int] = field(default_factory=frozenset)
    passed_here: int = 0

    @property
    def new_rows(self) -> frozenset[int]:
        """The numbers of the rows that would be written."""
        return frozenset(one.row for one in self.slips) | frozenset(one.row for one in self.thanks)


def plan_slips(session: Session, group: Group, part: SlipsPart) -> SlipsPlan:
    """Return what the part would change in the group. Three statements, none where the day is still asked."""
    slips = [_slip(part, line) for line in part.lines if line.kind is SlipKind.REFERRAL]
    thanks = [_thanks(part, line) for line in part.lines if line.kind is SlipKind.BUSINESS]
    left_out = frozenset(one.row for one in slips if not one.concerns_a_member)
    slips = [one for one in slips if one.concerns_a_member]
    period, day = part.audit.period, part.audit.counts_on
    if period is None or day is None:
        return SlipsPlan(currency=part.currency, slips=slips, thanks=thanks, left_out=left_out)
    new_slips, slips_standing = beyond(slips, standing_slips(session, group.id, day), key=lambda one: one.key)
    new_thanks, thanks_standing = beyond(
        thanks, standing_thanks(session, group.id, day), key=lambda one: one.key
    )
    days = Period(first=period.first, last=period.last)
    return SlipsPlan(
        day=day,
        currency=part.currency,
        slips=new_slips,
        thanks=new_thanks,
        slips_standing=slips_standing,
        thanks_standing=thanks_standing,
        left_out=left_out,
        passed_here=written_here(session, group.id, days, group.zone),
    )


def _slip(part: SlipsPart, line: SlipLine) -> PlannedSlip:
    giver, receiver = part.member(line.sender), part.member(line.receiver)
    return PlannedSlip(
        row=line.row,
        giver=giver,
        giver_outside="" if giver else name_outside(line.sender, line),
        receiver=receiver,
        receiver_outside="" if receiver else name_outside(line.receiver, line),
        tier=line.tier,
    )


def _thanks(part: SlipsPart, line: SlipLine) -> PlannedThanks:
    thanked = part.member(line.receiver)
    return PlannedThanks(
        row=line.row,
        thanked=thanked,
        thanked_outside="" if thanked else name_outside(line.receiver, line),
        amount_minor=line.amount_minor,
        currency=part.currency,
    )
