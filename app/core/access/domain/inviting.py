"""What would happen to each person of a pasted list: joins and is invited, is invited again, came in already, or unclear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.access.domain.invitation import InvitationState
from app.core.access.domain.pasted import Doubt, PastedPerson


class Outcome(StrEnum):
    """What sending would do with a line."""

    JOINS = "joins"
    INVITED = "invited"
    AGAIN = "again"
    OPENED = "opened"
    OTHER_ADDRESS = "other-address"
    SAME_NAME = "same-name"
    TWICE = "twice"
    UNCLEAR = "unclear"


DONE_WITHOUT_ASKING = frozenset({Outcome.JOINS, Outcome.INVITED})
"""What is ticked at first; the rest is done only where somebody ticks it."""

NEVER_SENT = frozenset({Outcome.OPENED, Outcome.TWICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMember:
    """A member of today as the list is compared with: public id, name, address, and their invitation."""

    public_id: str
    name: str
    address: str
    state: InvitationState
    sent_at_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A line of the list with what would happen. `like` is the earlier line (from 1) about the same person, or 0."""

    person: PastedPerson
    outcome: Outcome
    member: KnownMember | None = None
    like: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the line has to be put right before anything is sent to it."""
        return self.outcome is Outcome.UNCLEAR


def planned(people: Sequence[PastedPerson], members: Sequence[KnownMember]) -> tuple[PlannedLine, ...]:
    """Return what would happen to each line, in their order: nobody is taken in or written to twice."""
    by_address = {member.address.casefold(): member for member in members if member.address}
    by_name = {_folded(member.name): member for member in members}
    addresses: dict[str, int] = {}
    names: dict[str, int] = {}
    lines = []
    for number, person in enumerate(people, start=1):
        address, name = person.address.casefold(), _folded(person.name)
        known = by_address.get(address)
        if person.doubt not in {None, Doubt.UNLIKELY_DOMAIN} and not (
            known and person.doubt is Doubt.NO_NAME
        ):
            line = PlannedLine(person=person, outcome=Outcome.UNCLEAR)
        elif address in addresses:
            line = PlannedLine(person=person, outcome=Outcome.TWICE, like=addresses[address])
        elif known is not None:
            line = PlannedLine(person=person, outcome=_for_member(known), member=known)
        elif name in by_name:
            line = _for_namesake(person, by_name[name])
        elif name in names:
            line = PlannedLine(person=person, outcome=Outcome.SAME_NAME, like=names[name])
        else:
            line = PlannedLine(person=person, outcome=Outcome.JOINS)
        addresses.setdefault(address, number)
        names.setdefault(name, number)
        lines.append(line)
    return tuple(lines)


def _for_member(member: KnownMember) -> Outcome:
    if member.state is InvitationState.OPENED:
        return Outcome.OPENED
    return Outcome.INVITED if member.state is InvitationState.NOT_INVITED else Outcome.AGAIN


def _for_namesake(person: PastedPerson, member: KnownMember) -> PlannedLine:
    """A member of that name without an address gets this one; one with another address may be somebody else."""
    outcome = Outcome.OTHER_ADDRESS if member.address else Outcome.INVITED
    return PlannedLine(person=person, outcome=outcome, member=member)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
