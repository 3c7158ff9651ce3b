"""Mentors, plans, steps and talks, without a database."""

from datetime import date, timedelta

import pytest

from app.core.ids import MemberId
from app.plugins.firstyear.domain.leaving import LONGEST_ANSWER, refusals_for_answer
from app.plugins.firstyear.domain.mentoring import Candidate, suggested
from app.plugins.firstyear.domain.plan import MOST_PEOPLE, Known, Reason, may_have_plan, people_to_meet
from app.plugins.firstyear.domain.steps import lines_of, refusals_for_steps
from app.plugins.firstyear.domain.talks import Held, TalkKind, outcomes_of, refusals_for_held

TODAY = date(2026, 11, 24)
LONG_AGO = date(2020, 1, 1)
RUI = MemberId(1)


def candidate(number: int, **change: object) -> Candidate:
    facts = {"joined_on": LONG_AGO, "is_in_office": True, "has_offered": False} | change
    return Candidate(member_id=MemberId(number), **facts)  # type: ignore[arg-type]  # the test names the facts


def known(number: int, **change: object) -> Known:
    facts = {"joined_on": LONG_AGO + timedelta(days=number)} | change
    return Known(member_id=MemberId(number), **facts)  # type: ignore[arg-type]  # likewise


@pytest.mark.parametrize(
    "unfit",
    [
        candidate(1),
        candidate(2, is_in_office=False),
        candidate(2, joined_on=TODAY - timedelta(days=181)),
        candidate(2, has_declined=True),
    ],
)
def test_who_is_not_suggested_as_a_mentor(unfit: Candidate) -> None:
    assert suggested(RUI, [unfit], TODAY) == []


def test_who_has_fewest_and_not_lately_is_suggested_first() -> None:
    busy = candidate(2, newcomers=1)
    lately = candidate(3, last_on=TODAY - timedelta(days=100))
    offered = candidate(4, is_in_office=False, has_offered=True, joined_on=date(2022, 1, 1))
    long_since = candidate(5, last_on=TODAY - timedelta(days=800))
    order = suggested(RUI, [busy, lately, offered, long_since], TODAY)
    assert [one.member_id for one in order] == [5, 4, 3, 2]


def test_plan_mixes_reasons_and_names_nobody_twice() -> None:
    newcomer = known(1, trade="Garden designer", interests=("Sailing",))
    members = [
        newcomer,
        known(2, interests=("sailing", "chess")),
        known(3, holds_office=True),
        known(4, trade="Garden centre"),
        known(5, joined_on=TODAY - timedelta(days=20)),
        *[known(number) for number in range(6, 30)],
    ]
    plan = people_to_meet(newcomer, members, TODAY)
    assert len(plan) == MOST_PEOPLE == len({one.member_id for one in plan})
    assert {one.member_id: one.reason for one in plan if one.member_id < 6} == {
        2: Reason.SHARED,
        3: Reason.OFFICE,
        4: Reason.CLOSE_TRADE,
        5: Reason.NEW_TOO,
    }
    assert people_to_meet(newcomer, [newcomer], TODAY) == []


@pytest.mark.parametrize(
    ("earlier_until", "has_plan"),
    [(None, True), (TODAY - timedelta(days=730), False), (TODAY - timedelta(days=731), True)],
)
def test_who_comes_back_soon_gets_no_second_plan(earlier_until: date | None, has_plan: bool) -> None:
    assert may_have_plan(TODAY, earlier_until, TODAY) is has_plan


def test_steps_are_lines_and_say_everything_that_is_wrong() -> None:
    assert lines_of(" Show the door \n\n  Tell   the rest\n") == ["Show the door", "Tell the rest"]
    assert [one.code for one in refusals_for_steps(" \n ")] == ["firstyear.steps_missing"]
    long = "\n".join(["x" * 201] * 21)
    assert [one.code for one in refusals_for_steps(long)] == [
        "firstyear.too_many_steps",
        "firstyear.step_too_long",
    ]


@pytest.mark.parametrize("kind", list(TalkKind))
def test_each_talk_has_its_own_outcomes(kind: TalkKind) -> None:
    for outcome in ("well", "help", "renew", "leave", "again"):
        said = Held(held_on=TODAY, outcome=outcome, words="", seen_by="two", again_on=TODAY)
        refusals = refusals_for_held(kind, said, started_on=LONG_AGO, today=TODAY)
        assert (not refusals) is (outcome in {one.value for one in outcomes_of(kind)})


def test_talking_again_needs_a_day_and_a_talk_lies_in_the_past() -> None:
    said = Held(held_on=TODAY + timedelta(days=1), outcome="again", words="", seen_by="two", again_on=None)
    refusals = refusals_for_held(TalkKind.RENEWAL, said, started_on=LONG_AGO, today=TODAY)
    assert [(one.code, one.field) for one in refusals] == [
        ("firstyear.held_when", "held_on"),
        ("firstyear.day_ahead", "again_on"),
    ]


def test_empty_answer_is_an_answer_and_a_book_is_none() -> None:
    assert refusals_for_answer("") == []
    assert [one.code for one in refusals_for_answer("x" * (LONGEST_ANSWER + 1))] == ["firstyear.too_long"]
