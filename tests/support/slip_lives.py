"""Slips on a real database under a state machine: anybody tries anything, and after each step what stands is looked at.

What is possible is written down here a second time, from the product's table, so that a change of the code shows.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import transaction_mode
from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.local_time import local_day
from app.core.work import Actor, UnitOfWork
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_clock import ClockRow
from app.plugins.referrals.services.office_help import AnswerHelp, SayHelped, answer_help, say_helped
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from app.plugins.referrals.services.steps import TARGETS, TakeStep, take_step
from app.plugins.referrals.services.sums import TypedSum
from app.plugins.referrals.services.telling import Addresses
from app.plugins.referrals.web.tapped import run_clock
from tests.support.slips import OFFER
from tests.support.world import World

OPEN: Final = frozenset({"passed", "acknowledged", "in-progress"})
RESULTS: Final = frozenset({"won", "lost", "no-response", "wrong-fit", "not-ready"})
WAITING: Final = frozenset({"passed", "acknowledged"})
POSSIBLE: Final = {
    "acknowledge": ("receiver", frozenset({"passed"}), frozenset({"acknowledged"})),
    "try": ("receiver", WAITING, frozenset({"acknowledged"})),
    "progress": ("receiver", OPEN, frozenset({"in-progress"})),
    "close": ("receiver", OPEN, RESULTS),
    "decline": ("receiver", WAITING, frozenset({"declined"})),
    "withdraw": ("giver", WAITING, frozenset({"withdrawn"})),
    "undo": ("giver", frozenset({"passed"}), frozenset({"withdrawn"})),
    "reopen": ("receiver", RESULTS | {"declined"}, frozenset({"in-progress"})),
}
"""Who may take each act, from which states, and where it leads."""
REOPENED_FOR: Final = timedelta(days=30)
UNDONE_FOR: Final = timedelta(seconds=60)
SECRET: Final = "Prospect-of-nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One version of a report that somebody gave."""

    answer: str
    at: datetime


@dataclass(kw_only=True)
class Known:
    """What the test itself knows of a slip. `reports` are the versions of each side's; it `first_ended_at` a result.

    Before `told_from` its receiver knows nothing of it, and nothing for good where it ended before.
    """

    public_id: str
    giver: MemberLine
    receiver: MemberLine
    passed_at: datetime
    told_from: datetime
    state: str = "passed"
    version: int = 1
    ended_at: datetime | None = None
    first_ended_at: datetime | None = None
    is_handed_back: bool = False
    wants_help: bool | None = None
    reports: dict[str, list[Said]] = field(default_factory=dict)

    def has_reached_receiver(self, now: datetime) -> bool:
        """Return whether the receiver knows of it."""
        ended_before = self.ended_at is not None and self.ended_at < self.told_from
        return now >= self.told_from and not ended_before


@dataclass(kw_only=True)
class Chapter:
    """One group of a few members with their slips, and what everybody ought to have been told."""

    world: World
    group: Group
    members: list[MemberLine]
    president: MemberLine
    slips: list[Known] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    told: Counter[int] = field(default_factory=Counter)
    """How often each member ought to have heard of a slip."""

    @contextmanager
    def acting(self, member: MemberLine | None = None) -> Iterator[UnitOfWork]:
        """Lend a unit of work of the member, and give its connection back."""
        with self.world.held.new_session() as session:
            actor = Actor(person_id=member.person_id) if member else Actor()
            yield self.world.held.work(session, actor)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Lend a session that only reads."""
        with transaction_mode("read"), self.world.held.new_session() as session:
            yield session

    def pass_slip(self, giver: MemberLine, receiver: MemberLine, tier: str, *, told_after: timedelta) -> None:
        """Let one member pass another a slip; refused exactly to oneself and to those who left."""
        giver = self.still_here(giver)
        with self.acting(giver) as work:
            public_id = work.ids.public_id()
            try:
                pass_slip(work, self._passing(giver, receiver, tier, public_id, told_after))
            except Refused:
                assert giver == receiver or receiver.id in self.left
                return
        assert giver != receiver
        assert receiver.id not in self.left
        self.slips.append(
            Known(
                public_id=public_id,
                giver=giver,
                receiver=receiver,
                passed_at=self.world.now,
                told_from=self.world.now + told_after,
            )
        )
        self.told[receiver.id] += 1

    def still_here(self, member: MemberLine) -> MemberLine:
        """Return the member, or the president for one who left and so takes no step."""
        return self.president if member.id in self.left else member

    def _passing(
        self, giver: MemberLine, receiver: MemberLine, tier: str, public_id: str, told_after: timedelta
    ) -> PassSlip:
        offer = {one: getattr(OFFER, one) for one in OFFER.__slots__}
        return PassSlip(
            group=self.group,
            today=local_day(self.world.now, self.group.zone),
            giver=giver.id,
            giver_name=giver.name,
            receiver=receiver.public_id,
            offer=type(OFFER)(**{**offer, "tier": tier, "prospect_name": SECRET}),
            public_id=public_id,
            addresses=self._addresses(public_id),
            told_after=told_after,
        )

    def _addresses(self, slip: str) -> Addresses:
        path = f"/g/{self.group.slug}/referrals/slips/{slip}"
        return Addresses(path=path, link=f"http://localhost{path}")

    def step(
        self, slip: Known, who: MemberLine, act: Act, result: SlipState | None, amount: int, *, is_stale: bool
    ) -> None:
        """Let somebody try a step; it is taken exactly where the table above allows it."""
        who = self.still_here(who)
        target = result if act is Act.CLOSE else TARGETS[act]
        wanted = self._is_possible(slip, who, act, target) and not is_stale
        typed = str(amount) if act is Act.CLOSE and target is SlipState.WON and amount else ""
        command = TakeStep(
            group=self.group,
            today=local_day(self.world.now, self.group.zone),
            slip=slip.public_id,
            member=who.id,
            member_name=who.name,
            act=act,
            target=target,
            seen_version=slip.version - is_stale,
            note="",
            sums=[TypedSum(amount=typed)] if typed else [],
            addresses=self._addresses(slip.public_id),
        )
        with self.acting(who) as work:
            try:
                take_step(work, command)
            except (Refused, NotFound):
                assert not wanted, f"{act} of {slip} by {who.name} was refused"
                return
        assert wanted, f"{act} of {slip} by {who.name} was taken"
        self._taken(slip, who, target)

    def _is_possible(self, slip: Known, who: MemberLine, act: Act, target: SlipState | None) -> bool:
        side, sources, targets = POSSIBLE[act.value]
        is_theirs = who == (slip.giver if side == "giver" else slip.receiver)
        is_late = slip.ended_at is not None and self.world.now > slip.ended_at + REOPENED_FOR
        if act is Act.UNDO:
            is_late = self.world.now > slip.passed_at + UNDONE_FOR or slip.told_from == slip.passed_at
        is_theirs = is_theirs and (side == "giver" or slip.has_reached_receiver(self.world.now))
        return (
            is_theirs and slip.state in sources and target is not None and target in targets and not is_late
        )

    def _taken(self, slip: Known, who: MemberLine, target: SlipState | None) -> None:
        assert target is not None
        slip.state, slip.version = target.value, slip.version + 1
        slip.ended_at = None if slip.state in OPEN else self.world.now
        if self.world.now < slip.told_from:
            self.told[slip.receiver.id] -= 1
            return
        if slip.state in RESULTS and slip.first_ended_at is None:
            slip.first_ended_at = self.world.now
        other = slip.receiver if who == slip.giver else slip.giver
        self.told[other.id] += other.id not in self.left

    def leave(self, member: MemberLine) -> None:
        """Let a member go as of the day before: what they received and nobody ended is handed back."""
        if member.id in self.left:
            return
        self.left.add(member.id)
        with self.acting() as work:
            yesterday = local_day(work.now, self.group.zone) - timedelta(days=1)
            end_membership(
                work, group_id=self.group.id, member_id=member.id, last_day=yesterday, reason="left"
            )
            work.commit()
        for slip in self.slips:
            if slip.receiver == member and slip.state in OPEN:
                slip.state, slip.version, slip.ended_at = "withdrawn", slip.version + 1, self.world.now
                slip.is_handed_back = True
                self.told[slip.receiver.id] -= self.world.now < slip.told_from
                self.told[slip.giver.id] += slip.giver.id not in self.left

    def let_time_pass(self, days: float) -> None:
        """Let time pass and the clock run: it moves only what waits."""
        self.world.pass_time(days=days)
        with self.world.app.app_context(), self.acting() as work:
            moved = run_clock(work, self.group)
            work.commit()
        assert moved <= sum(slip.state in WAITING for slip in self.slips)

    def answer_help(self, slip: Known, who: MemberLine, *, wants_help: bool) -> None:
        """Let somebody answer the question about the office's help; only an asked giver of a waiting slip can."""
        who = self.still_here(who)
        possible = who == slip.giver and slip.state in WAITING and self._was_asked(slip)
        command = AnswerHelp(
            group=self.group,
            slip=slip.public_id,
            giver=who.id,
            giver_name=who.name,
            wants_help=wants_help,
            slip_path="/",
            office_path="/",
        )
        with self.acting(who) as work:
            try:
                answer_help(work, command)
            except NotFound:
                assert not possible
                return
        assert possible
        slip.wants_help = wants_help

    def help_out(self, slip: Known) -> None:
        """Let the president say that they have spoken: only where the giver asked for it."""
        possible = bool(slip.wants_help) and slip.state in WAITING and slip.receiver != self.president
        command = SayHelped(
            group=self.group,
            slip=slip.public_id,
            helper=self.president.id,
            helper_name=self.president.name,
            addresses=self._addresses(slip.public_id),
        )
        with self.acting(self.president) as work:
            try:
                say_helped(work, command)
            except NotFound:
                assert not possible
                return
        assert possible

    def _was_asked(self, slip: Known) -> bool:
        query = (
            select(ClockRow.asked_at_utc)
            .join(SlipRow, (SlipRow.group_id == ClockRow.group_id) & (SlipRow.id == ClockRow.slip_id))
            .where(SlipRow.group_id == self.group.id, SlipRow.public_id == slip.public_id)
        )
        with self.reading() as session:
            return session.scalar(query) is not None


def new_chapter(world: World, number: int) -> Chapter:
    """Return a group of its own with a president and three more members."""
    group = world.group(f"lives{number}", plugins=("referrals",))
    president = world.member(group, offices=(Office.PRESIDENT,))
    others = [world.member(group) for _number in range(3)]
    return Chapter(world=world, group=group, members=[president, *others], president=president)
