"""An office writes down several one-to-ones of members in one go: all lines are kept, or none and each says why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.keys import OneToOneId
from app.plugins.activities.domain.rules import TalkFacts, refusals_for_talk
from app.plugins.activities.interface import OneToOneRecorded
from app.plugins.activities.queries.talks import hold_pair, talk_near
from app.plugins.activities.services.telling import RECORDED_BY_OFFICE, tell
from app.plugins.activities.store import NewTalk, add_talks


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of the list, as typed: two public ids, and whether it is another talk than the one that stands."""

    number: int
    one: str
    other: str
    is_another: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nobody is chosen on this line."""
        return not self.one and not self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTalks:
    """The list as an office sends it: all of one day. `path` is where members find their own list."""

    group: Group
    today: date
    by: MemberId
    by_name: str
    held_on: date | None
    pairs: Sequence[Pair]
    path: str


def enter_talks(work: UnitOfWork, command: EnterTalks) -> int:
    """Keep every line and tell both members of each; return how many. Refused with every reason of every line.

    A refusal about a line has `row-<number>` as its field.
    """
    members = {line.public_id: line for line in members_on(work.session, command.group.id, command.today)}
    pairs = [pair for pair in command.pairs if not pair.is_blank]
    refusals = refusals_for_talk(TalkFacts(held_on=command.held_on), today=command.today)
    day = None if refusals else command.held_on
    if not pairs:
        refusals.append(Refusal(code="activities.no_pair"))
    seen: set[frozenset[str]] = set()
    for pair in pairs:
        refusals += _about(work, command.group.id, pair, known=_Known(members=members, seen=seen, day=day))
        seen.add(frozenset((pair.one, pair.other)))
    if refusals or day is None:
        raise Refused(refusals)
    for pair in pairs:
        _keep(work, command, members[pair.one], members[pair.other], day)
    work.commit()
    return len(pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a line is judged by: today's members, the pairs of earlier lines, and the day where it is fine itself."""

    members: Mapping[str, MemberLine]
    seen: Collection[frozenset[str]]
    day: date | None


def _about(work: UnitOfWork, group_id: GroupId, pair: Pair, *, known: _Known) -> list[Refusal]:
    """Return what is wrong with one line."""
    field = f"row-{pair.number}"
    if pair.one not in known.members or pair.other not in known.members:
        return [Refusal(code="activities.pair_incomplete", field=field)]
    if pair.one == pair.other:
        return [Refusal(code="activities.pair_same_person", field=field)]
    if known.day is None or pair.is_another:
        return []
    one, other = known.members[pair.one].id, known.members[pair.other].id
    hold_pair(work.session, group_id, one, other)
    standing = talk_near(work.session, group_id, one, other, known.day)
    if standing or frozenset((pair.one, pair.other)) in known.seen:
        facts = {"day": standing.held_on if standing else known.day}
        return [Refusal(code="activities.pair_recorded_already", facts=facts, field=field)]
    return []


def _keep(work: UnitOfWork, command: EnterTalks, one: MemberLine, other: MemberLine, held_on: date) -> None:
    new = NewTalk(
        id=OneToOneId(work.ids.key()),
        public_id=work.ids.public_id(),
        member_id=one.id,
        with_member_id=other.id,
        held_on=held_on,
        recorded_by=command.by,
    )
    add_talks(work.session, command.group.id, [new], work.now)
    work.record(
        OneToOneRecorded(
            group_id=command.group.id,
            one_to_one_id=new.id,
            member_id=one.id,
            with_member_id=other.id,
            held_on=held_on,
        )
    )
    for told, partner in ((one, other), (other, one)):
        if told.id != command.by:
            tell(
                work,
                command.group.id,
                told.id,
                RECORDED_BY_OFFICE,
                name=command.by_name,
                other=partner.name,
                path=command.path,
            )
