"""The state machine over the ways into a group: which acts are tried in which order is Hypothesis's choice."""

from collections.abc import Sequence
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from app.core.groups.queries import MemberLine
from app.plugins.joining.models import ApplicationRow
from tests.support.membership_lives import TRADES, Applicant, Chapter, new_chapter
from tests.support.membership_watches import AT_THE_END, WATCHES, Watch
from tests.support.world import World

PEOPLE = st.integers(0, 3)
ANY = st.integers(0, 50)
OUTCOMES = st.sampled_from(["approved", "approved", "approved", "declined", "later", "nonsense"])
BALLOTS = st.sampled_from(["yes", "yes", "yes", "no", "abstain"])
ANSWERS = st.sampled_from(["yes", "no", "with-care", "not-known", "rather-not", "delete"])
BUTTONS = st.sampled_from(["confirm", "confirm", "yes", "yes", "yes", "withdraw", "delete"])
DAYS = st.sampled_from([0.2, 1, 3, 7, 8, 31, 200, 400])
AHEAD = st.sampled_from([-1, 0, 0, 0, 0, 5, 40, 400])


class LivesOfMembers(RuleBasedStateMachine):
    """Anybody tries anything at any time; each step counts once, whether it is taken or refused."""

    world: ClassVar[World]
    watches: ClassVar[Sequence[Watch]]
    at_the_end: ClassVar[Sequence[Watch]]
    taken: ClassVar[int]
    lives: ClassVar[int]
    done: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        type(self).lives += 1
        self.chapter: Chapter = new_chapter(self.world, type(self).lives)

    def _look(self, watches: Sequence[Watch]) -> None:
        faults = [fault for watch in watches for fault in watch(self.chapter)]
        if faults:
            raise AssertionError("; ".join(faults))

    def _did(self, what: str, *, was_taken: bool) -> None:
        type(self).taken += 1
        self.done[what] = self.done.get(what, 0) + was_taken
        self._look(self.watches)

    def _person(self, number: int) -> Applicant:
        return self.chapter.people[number]

    def _member(self, number: int) -> MemberLine:
        members = self.chapter.members()
        return members[number % len(members)]

    def _application(self, number: int, *states: str) -> ApplicationRow | None:
        found = self.chapter.applications()
        fitting = [one for one in found if one.state in states] or found
        return fitting[number % len(fitting)] if fitting else None

    @rule(who=PEOPLE, trade=st.sampled_from(TRADES), proves=st.sampled_from([True, True, False]))
    def apply(self, who: int, trade: str, proves: bool) -> None:
        was_taken = self.chapter.apply(self._person(who), trade)
        if proves:
            self.chapter.by_link(self._person(who), "confirm")
        self._did("apply", was_taken=was_taken)

    @rule(who=PEOPLE, trade=st.sampled_from(TRADES), in_days=AHEAD, says_yes=st.booleans())
    def go_the_whole_way(self, who: int, trade: str, in_days: int, says_yes: bool) -> None:
        person = self._person(who)
        self.chapter.apply(person, trade)
        self.chapter.by_link(person, "confirm")
        found = self._application(len(self.chapter.applications()) - 1)
        was_taken = found is not None and self._approve(found, in_days)
        if says_yes:
            was_taken = self.chapter.by_link(person, "yes")
        self._did("whole way in" if says_yes else "whole way to an approval", was_taken=was_taken)

    def _approve(self, found: ApplicationRow, in_days: int) -> bool:
        """Let everybody vote yes, and whoever may decide."""
        for one in self.chapter.members():
            self.chapter.vote(found.public_id, one, "yes")
        return any(self.chapter.decide(found, one, "approved", in_days) for one in self.chapter.members())

    @rule(who=PEOPLE, button=BUTTONS)
    def press(self, who: int, button: str) -> None:
        self._did(button, was_taken=self.chapter.by_link(self._person(who), button))

    @rule(number=ANY, answer=ANSWERS)
    def refer(self, number: int, answer: str) -> None:
        self._did("refer", was_taken=self.chapter.refer(number, answer))

    @rule(number=ANY, who=ANY, ballot=BALLOTS)
    def vote(self, number: int, who: int, ballot: str) -> None:
        found = self._application(number, "open")
        was_taken = found is not None and self.chapter.vote(found.public_id, self._member(who), ballot)
        self._did("vote", was_taken=was_taken)

    @precondition(lambda self: self.chapter.seen)
    @rule(number=ANY, ballot=st.sampled_from(["yes", "yes", "no"]))
    def everybody_votes(self, number: int, ballot: str) -> None:
        found = self._application(number, "open")
        votes = [
            found is not None and self.chapter.vote(found.public_id, one, ballot)
            for one in self.chapter.members()
        ]
        self._did("all vote", was_taken=any(votes))

    @precondition(lambda self: self.chapter.seen)
    @rule(number=ANY, who=ANY, outcome=OUTCOMES, in_days=AHEAD)
    def decide(self, number: int, who: int, outcome: str, in_days: int) -> None:
        found = self._application(number, "open")
        members = [self._member(who), *self.chapter.members()]
        tried = (found is not None and self.chapter.decide(found, one, outcome, in_days) for one in members)
        self._did(outcome, was_taken=any(tried))

    @precondition(lambda self: self.chapter.seen)
    @rule(number=ANY, who=ANY)
    def reopen(self, number: int, who: int) -> None:
        found = self._application(number, "later", "lapsed")
        was_taken = found is not None and self.chapter.reopen(found.public_id, self._member(who))
        self._did("reopen", was_taken=was_taken)

    @rule(who=ANY, in_days=st.sampled_from([-1, 0, 10]))
    def leave(self, who: int, in_days: int) -> None:
        self._did("leave", was_taken=self.chapter.leave(self._member(who), in_days))

    @rule(who=ANY, joins=st.booleans())
    def change_committee(self, who: int, joins: bool) -> None:
        self._did("office", was_taken=self.chapter.change_committee(self._member(who), joins=joins))

    @rule(days=DAYS)
    def let_time_pass(self, days: float) -> None:
        self.chapter.let_time_pass(days)
        self._did("time", was_taken=True)

    def teardown(self) -> None:
        self._look(self.at_the_end)


def lives_of_members(
    world: World, watches: Sequence[Watch] = WATCHES, at_the_end: Sequence[Watch] = AT_THE_END
) -> type[LivesOfMembers]:
    """Return a machine that plays on this world; `taken` counts the steps of all its lives, `done` those that were let."""

    class Here(LivesOfMembers):
        """The lives on one world."""

    Here.world, Here.watches, Here.at_the_end = world, watches, at_the_end
    Here.taken = Here.lives = 0
    Here.done = {}
    return Here


def live(machine: type[LivesOfMembers], lives: int, steps: int, *, shrinks: bool = True) -> None:
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
