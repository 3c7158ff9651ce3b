"""The state machine over the ways into a group: which acts are tried in which order is Hypothesis's choice."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core.groups.queries import MemberLine
from app.plugins.joining.models import ApplicationRow
from tests.support.membership_lives import EVERY_ACT, TRADES, Applicant, Chapter, new_chapter
from tests.support.membership_stories import STORIES, decide
from tests.support.membership_visits import arrive, call, erase, merge, visit
from tests.support.membership_watches import AT_THE_END, WATCHES, Watch
from tests.support.world import World

PEOPLE = st.integers(0, 3)
ANY = st.integers(0, 50)
TRADE = st.sampled_from(TRADES)
MOSTLY = st.sampled_from([True, True, False])
OUTCOMES = st.sampled_from(["approved", "approved", "approved", "declined", "declined", "later", "nonsense"])
BALLOTS = st.sampled_from(["yes", "yes", "yes", "no", "abstain"])
ANSWERS = st.sampled_from(["yes", "no", "with-care", "not-known", "rather-not", "delete"])
BUTTONS = st.sampled_from(["confirm", "confirm", "yes", "yes", "yes", "withdraw", "delete"])
DAYS = st.sampled_from([0.2, 1, 1, 3, 7, 8, 31, 31, 200, 400])
AHEAD = st.sampled_from([-1, 0, 0, 0, 0, 0, 5, 40, 400])


class LivesOfMembers(RuleBasedStateMachine):
    """Anybody tries anything at any time; each step counts once, whether it is taken or refused."""

    world: ClassVar[World]
    story: ClassVar[Callable[[Chapter], Iterator[str]]]
    watches: ClassVar[Sequence[Watch]]
    at_the_end: ClassVar[Sequence[Watch]]
    taken: ClassVar[int]
    lives: ClassVar[int]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        type(self).lives += 1
        self.chapter: Chapter = new_chapter(self.world, type(self).lives)

    def _look(self, watches: Sequence[Watch]) -> None:
        faults = [fault for watch in watches for fault in watch(self.chapter)]
        if faults:
            raise AssertionError("; ".join(faults))

    def _did(self) -> None:
        """Count a step, and look at everything."""
        type(self).taken += 1
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

    @initialize()
    def a_story(self) -> None:
        """Begin with the way that people really go whose turn it is."""
        for _act in type(self).story(self.chapter):
            self._did()

    @rule(who=PEOPLE, anew=st.sampled_from([False, False, False, True]))
    def visit(self, who: int, anew: bool) -> None:
        person = self._person(who)
        person.writes_anew = anew
        visit(self.chapter, person)
        self._did()

    @precondition(lambda self: self.chapter.done["visit"] > self.chapter.done["arrive"])
    @rule(number=ANY)
    def arrive(self, number: int) -> None:
        arrive(self.chapter, number)
        self._did()

    @precondition(lambda self: self.chapter.done["arrive"] > self.chapter.done["call"])
    @rule(number=ANY)
    def call(self, number: int) -> None:
        call(self.chapter, number)
        self._did()

    @rule(who=PEOPLE, trade=TRADE, proves=MOSTLY, anew=st.sampled_from([False, False, False, True]))
    def apply(self, who: int, trade: str, proves: bool, anew: bool) -> None:
        person = self._person(who)
        person.writes_anew = anew
        self.chapter.apply(person, trade)
        if proves:
            self.chapter.by_link(person, "confirm")
        self._did()

    @rule(who=PEOPLE, trade=TRADE, in_days=AHEAD, says_yes=MOSTLY)
    def go_the_whole_way(self, who: int, trade: str, in_days: int, says_yes: bool) -> None:
        person = self._person(who)
        self.chapter.apply(person, trade)
        self.chapter.by_link(person, "confirm")
        decide(self.chapter, person, "yes", "approved", in_days)
        if says_yes:
            self.chapter.by_link(person, "yes")
        self._did()

    @rule(who=PEOPLE, button=BUTTONS)
    def press(self, who: int, button: str) -> None:
        self.chapter.by_link(self._person(who), button)
        self._did()

    @precondition(lambda self: self.chapter.referee_secrets)
    @rule(number=ANY, answer=ANSWERS)
    def refer(self, number: int, answer: str) -> None:
        newest_first = -1 - number % len(self.chapter.referee_secrets)
        self.chapter.refer(newest_first, answer)
        self._did()

    @precondition(lambda self: "open" in self.chapter.seen.values())
    @rule(number=ANY, who=ANY, ballot=BALLOTS)
    def vote(self, number: int, who: int, ballot: str) -> None:
        if found := self._application(number, "open"):
            self.chapter.vote(found.public_id, self._member(who), ballot)
        self._did()

    @precondition(lambda self: "open" in self.chapter.seen.values())
    @rule(number=ANY, who=ANY, ballot=BALLOTS, outcome=OUTCOMES, in_days=AHEAD)
    def decide(self, number: int, who: int, ballot: str, outcome: str, in_days: int) -> None:
        if found := self._application(number, "open"):
            if who % 4:
                for one in self.chapter.members():
                    self.chapter.vote(found.public_id, one, {"declined": "no"}.get(outcome, ballot))
            tried = [self._member(who), *self.chapter.members()]
            any(self.chapter.decide(found, one, outcome, in_days) for one in tried)
        self._did()

    @precondition(lambda self: self.chapter.seen)
    @rule(number=ANY, who=ANY)
    def reopen(self, number: int, who: int) -> None:
        if found := self._application(number, "later", "lapsed"):
            tried = [self._member(who), *self.chapter.members()]
            any(self.chapter.reopen(found.public_id, one) for one in tried)
        self._did()

    @rule(who=ANY, in_days=st.sampled_from([-1, -1, 0, 10]))
    def leave(self, who: int, in_days: int) -> None:
        self.chapter.leave(self._member(who), in_days)
        self._did()

    @rule(who=ANY, joins=st.booleans())
    def change_committee(self, who: int, joins: bool) -> None:
        self.chapter.change_committee(self._member(who), joins=joins)
        self._did()

    @rule(number=ANY)
    def merge(self, number: int) -> None:
        merge(self.chapter, number)
        self._did()

    @rule(number=ANY)
    def erase(self, number: int) -> None:
        erase(self.chapter, number)
        self._did()

    @rule(days=DAYS)
    def let_time_pass(self, days: float) -> None:
        self.chapter.let_time_pass(days)
        self._did()

    def teardown(self) -> None:
        self.done.update(self.chapter.done)
        self._look(self.at_the_end)


def lives_of_members(
    world: World, watches: Sequence[Watch] = WATCHES, at_the_end: Sequence[Watch] = AT_THE_END
) -> type[LivesOfMembers]:
    """Return a machine that plays on this world; `taken` counts the steps of all its lives, `done` those that were let."""

    class Here(LivesOfMembers):
        """The lives on one world."""

    Here.world, Here.watches, Here.at_the_end = world, watches, at_the_end
    Here.taken = Here.lives = 0
    Here.done = Counter()
    return Here


def never_done(machine: type[LivesOfMembers], at_least: int = 1) -> list[str]:
    """Return each act that was not really taken so often, however often it was tried: a proof of it would prove nothing."""
    return sorted(act for act in EVERY_ACT if machine.done[act] < at_least)


def live(machine: type[LivesOfMembers], lives: int, steps: int, *, shrinks: bool = True) -> None:
    """Play so many lives after each story, each of at most so many further steps.

    Raises with a life that goes wrong, the shortest where it `shrinks`.
    """
    for story in STORIES:
        machine.story = staticmethod(story)
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
