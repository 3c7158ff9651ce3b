"""The state machine over the lives of slips: which acts are tried in which order is Hypothesis's choice."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from app.plugins.referrals.domain.slip import AT_ONCE, RESULTS, TOLD_AFTER, Act, SlipState
from app.plugins.referrals.services.steps import TARGETS
from tests.support.sealed_lives import SAYABLE, nothing_sealed_is_seen_early, tell
from tests.support.slip_lives import Chapter, Known, new_chapter
from tests.support.slip_watches import AT_THE_END, WATCHES, Watch
from tests.support.world import World

HALF_A_MINUTE = 30 / 86_400
"""In days."""
MEMBERS = st.integers(0, 3)
ACTS = st.sampled_from([*TARGETS, Act.CLOSE])
ANSWERS = st.sampled_from(sorted({*SAYABLE["handling"], *SAYABLE["lead"], "everybody"}))
TRIED = st.sampled_from([None, *sorted(RESULTS), SlipState.DECLINED])


class LivesOfSlips(RuleBasedStateMachine):
    """Anybody tries anything at any time; each step counts once, whether it is taken or refused."""

    world: ClassVar[World]
    watches: ClassVar[Sequence[Watch]]
    at_the_end: ClassVar[Sequence[Watch]]
    taken: ClassVar[int]
    lives: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        type(self).lives += 1
        self.chapter: Chapter = new_chapter(self.world, type(self).lives)

    def _look(self, watches: Sequence[Watch]) -> None:
        faults = [fault for watch in watches for fault in watch(self.chapter)]
        if faults:
            raise AssertionError("; ".join(faults))

    def _done(self) -> None:
        type(self).taken += 1
        self._look(self.watches)

    def _slip(self, number: int) -> Known:
        return self.chapter.slips[number % len(self.chapter.slips)]

    @rule(
        giver=MEMBERS,
        receiver=MEMBERS,
        tier=st.sampled_from(["inside", "outside"]),
        told_after=st.sampled_from([AT_ONCE, TOLD_AFTER]),
    )
    def pass_a_slip(self, giver: int, receiver: int, tier: str, told_after: timedelta) -> None:
        members = self.chapter.members
        self.chapter.pass_slip(members[giver], members[receiver], tier, told_after=told_after)
        self._done()

    @precondition(lambda self: self.chapter.slips)
    @rule(
        number=st.integers(0, 50),
        act=ACTS,
        result=TRIED,
        amount=st.integers(0, 2_000),
        is_stale=st.sampled_from([False, False, False, True]),
        is_theirs=st.sampled_from([True, True, True, False]),
        who=MEMBERS,
    )
    def try_a_step(
        self,
        number: int,
        act: Act,
        result: SlipState | None,
        amount: int,
        is_stale: bool,
        is_theirs: bool,
        who: int,
    ) -> None:
        slip = self._slip(number)
        side = slip.giver if act in {Act.WITHDRAW, Act.UNDO} else slip.receiver
        member = side if is_theirs else self.chapter.members[who]
        self.chapter.step(slip, member, act, result, amount, is_stale=is_stale)
        self._done()

    @rule(days=st.sampled_from([HALF_A_MINUTE, HALF_A_MINUTE, 0.1, 1, 2, 3, 10, 31]))
    def let_time_pass(self, days: float) -> None:
        self.chapter.let_time_pass(days)
        self._done()

    @precondition(lambda self: self.chapter.slips)
    @rule(number=st.integers(0, 50), is_theirs=st.booleans(), who=MEMBERS, wants_help=st.booleans())
    def answer_about_help(self, number: int, is_theirs: bool, who: int, wants_help: bool) -> None:
        slip = self._slip(number)
        member = slip.giver if is_theirs else self.chapter.members[who]
        self.chapter.answer_help(slip, member, wants_help=wants_help)
        self._done()

    @precondition(lambda self: self.chapter.slips)
    @rule(
        number=st.integers(0, 50),
        is_theirs=st.sampled_from(["giver", "receiver", ""]),
        who=MEMBERS,
        answer=ANSWERS,
    )
    def tell_sealed(self, number: int, is_theirs: str, who: int, answer: str) -> None:
        slip = self._slip(number)
        member = getattr(slip, is_theirs) if is_theirs else self.chapter.members[who]
        tell(self.chapter, slip, member, answer)
        self._done()

    @precondition(lambda self: self.chapter.slips)
    @rule(number=st.integers(0, 50))
    def help_out(self, number: int) -> None:
        slip = self._slip(number)
        if slip.receiver != self.chapter.president:
            self.chapter.help_out(slip)
        self._done()

    @precondition(lambda self: len(self.chapter.slips) > 2 and not self.chapter.left)
    @rule(who=st.integers(1, 3))
    def leave(self, who: int) -> None:
        self.chapter.leave(self.chapter.members[who])
        self._done()

    def teardown(self) -> None:
        self.chapter.world.pass_time(minutes=2)
        self._look(self.at_the_end)


def lives_of_slips(
    world: World,
    watches: Sequence[Watch] = (*WATCHES, nothing_sealed_is_seen_early),
    at_the_end: Sequence[Watch] = AT_THE_END,
) -> type[LivesOfSlips]:
    """Return a machine that plays on this world; `taken` counts the steps of all its lives."""

    class Here(LivesOfSlips):
        """The lives on one world."""

    Here.world, Here.watches, Here.at_the_end = world, watches, at_the_end
    Here.taken = Here.lives = 0
    return Here


def live(machine: type[LivesOfSlips], lives: int, steps: int, *, shrinks: bool = True) -> None:
    """Play so many lives of at most so many steps; raises with a life that goes wrong, the shortest where it `shrinks`."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
