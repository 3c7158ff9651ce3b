"""What would the one-to-ones and learning units of a slips audit change? What stands from earlier files stays once."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.intake.slips_audit import SlipKind, SlipLine
from app.core.intake.slips_audit_part import SlipsPart, beyond, name_outside
from app.core.local_time import Period
from app.plugins.activities.domain.rules import LONGEST_WHAT
from app.plugins.activities.queries.historic import standing_learning, standing_talks, written_here

KINDS = (SlipKind.ONE_TO_ONE, SlipKind.LEARNING)
"""The rows of a slips audit that activities take in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTalk:
    """A one-to-one of the file, of a member with another or with somebody of another group."""

    row: int
    member: MemberId
    other: MemberId | None
    outside: str

    @property
    def key(self) -> Hashable:
        """By what it equals another."""
        return (self.member, self.other, self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLearning:
    """Learning units of the file."""

    row: int
    member: MemberId
    units: int
    what: str

    @property
    def key(self) -> Hashable:
        """By what it equals another."""
        return (self.member, self.units, self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesPlan:
    """What would be written on `day` (None until it is known), how much stands, and which rows are left out."""

    day: date | None = None
    talks: Sequence[PlannedTalk] = ()
    learning: Sequence[PlannedLearning] = ()
    talks_standing: int = 0
    learning_standing: int = 0
    left_out: frozenset[int] = field(default_factory=frozenset)
    recorded_here: int = 0

    @property
    def new_rows(self) -> frozenset[int]:
        """The numbers of the rows that would be written."""
        return frozenset(one.row for one in self.talks) | frozenset(one.row for one in self.learning)


def plan_activities(session: Session, group: Group, part: SlipsPart) -> ActivitiesPlan:
    """Return what the part would change in the group. Three statements, none where the day is still asked."""
    talks = [talk for line in part.audit.lines_of(SlipKind.ONE_TO_ONE) if (talk := _talk(part, line))]
    learning = [one for line in part.audit.lines_of(SlipKind.LEARNING) if (one := _learning(part, line))]
    taken = {talk.row for talk in talks} | {one.row for one in learning}
    left_out = frozenset(line.row for line in part.lines if line.row not in taken)
    period, day = part.audit.period, part.audit.counts_on
    if period is None or day is None:
        return ActivitiesPlan(talks=talks, learning=learning, left_out=left_out)
    new_talks, talks_standing = beyond(talks, standing_talks(session, group.id, day), key=lambda one: one.key)
    new_learning, learning_standing = beyond(
        learning, standing_learning(session, group.id, day), key=lambda one: one.key
    )
    return ActivitiesPlan(
        day=day,
        talks=new_talks,
        learning=new_learning,
        talks_standing=talks_standing,
        learning_standing=learning_standing,
        left_out=left_out,
        recorded_here=written_here(session, group.id, Period(first=period.first, last=period.last)),
    )


def _talk(part: SlipsPart, line: SlipLine) -> PlannedTalk | None:
    """Return the one-to-one with a member in the first place, or nothing where there is none, or only one person."""
    one, other = part.member(line.sender), part.member(line.receiver)
    if one == other:
        return None
    if one is not None:
        return PlannedTalk(
            row=line.row, member=one, other=other, outside="" if other else name_outside(line.receiver, line)
        )
    if other is not None:
        return PlannedTalk(row=line.row, member=other, other=None, outside=name_outside(line.sender, line))
    return None


def _learning(part: SlipsPart, line: SlipLine) -> PlannedLearning | None:
    member = part.member(line.sender)
    if member is None:
        return None
    return PlannedLearning(row=line.row, member=member, units=line.credits, what=line.detail[:LONGEST_WHAT])
