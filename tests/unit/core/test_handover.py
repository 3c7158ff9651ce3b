"""When may an office be handed over, and is the group ever left without somebody who can lead it?"""

from datetime import date, timedelta

import pytest

from app.core.groups.domain.handover import (
    Handover,
    HeldTerm,
    first_day_without,
    leaves_nobody,
    mark_of,
    refusals_for_handover,
    refusals_for_term,
)
from app.core.groups.domain.office import Term
from app.core.ids import MemberId

TODAY = date(2026, 11, 24)
ANA, RUI = MemberId(1), MemberId(2)
ANAS = HeldTerm(member_id=ANA, term=Term(first=date(2026, 1, 1)))


def day(number: int) -> date:
    """Return the day `number` days after today."""
    return TODAY + timedelta(days=number)


def to_rui(
    *, first: int = 7, overlap: int = 14, successor: MemberId = RUI, predecessor: MemberId = ANA
) -> Handover:
    """Return a hand-over from Ana to Rui."""
    return Handover(predecessor=predecessor, successor=successor, first_day=day(first), overlap_days=overlap)


def codes(wanted: Handover, held: list[HeldTerm]) -> list[str]:
    """Return why it is refused."""
    return [refusal.code for refusal in refusals_for_handover(wanted, held, TODAY)]


def test_a_running_term_is_handed_over() -> None:
    assert codes(to_rui(), [ANAS]) == []


@pytest.mark.parametrize(
    ("first", "overlap", "last"), [(7, 14, 20), (7, 1, 7), (7, 0, 6), (0, 0, 0), (0, 1, 0), (3, 60, 62)]
)
def test_both_hold_the_office_for_as_many_days_as_asked(first: int, overlap: int, last: int) -> None:
    assert to_rui(first=first, overlap=overlap).predecessors_last_day(TODAY) == day(last)


@pytest.mark.parametrize(
    ("wanted", "held", "expected"),
    [
        (to_rui(successor=ANA), [ANAS], ["groups.hand_over_to_oneself"]),
        (to_rui(first=-1), [ANAS], ["groups.hand_over_in_the_past"]),
        (to_rui(overlap=-1), [ANAS], ["groups.bad_overlap"]),
        (to_rui(overlap=61), [ANAS], ["groups.bad_overlap"]),
        (to_rui(), [], ["groups.holds_no_such_office"]),
        (to_rui(predecessor=RUI, successor=ANA), [ANAS], ["groups.holds_no_such_office", "groups.office_held_already"]),
        (to_rui(), [ANAS, HeldTerm(member_id=RUI, term=Term(first=day(30)))], ["groups.office_held_already"]),
        (to_rui(first=0), [HeldTerm(member_id=ANA, term=Term(first=TODAY))], ["groups.hand_over_before_term"]),
        (to_rui(first=-1, overlap=61, successor=ANA), [ANAS], ["groups.hand_over_to_oneself", "groups.hand_over_in_the_past", "groups.bad_overlap"]),
    ],
)  # fmt: skip
def test_every_reason_against_a_hand_over_is_given(
    wanted: Handover, held: list[HeldTerm], expected: list[str]
) -> None:
    assert codes(wanted, held) == expected


@pytest.mark.parametrize(
    ("term", "is_refused"),
    [
        (Term(first=day(0)), True),
        (Term(first=day(0), last=day(9)), False),
        (Term(first=day(0), last=day(10)), True),
        (Term(first=day(20), last=day(25)), True),
        (Term(first=day(20)), True),
        (Term(first=day(21)), False),
    ],
)
def test_nobody_holds_one_office_twice_on_a_day(term: Term, *, is_refused: bool) -> None:
    own = HeldTerm(member_id=RUI, term=Term(first=day(10), last=day(20)))
    assert bool(refusals_for_term(RUI, term, [own], field="starts_on")) is is_refused
    assert refusals_for_term(ANA, term, [own], field="starts_on") == []


def test_a_term_that_was_never_held_stands_in_nobodys_way() -> None:
    never = HeldTerm(member_id=RUI, term=Term(first=day(10), last=day(9)))
    assert refusals_for_term(RUI, Term(first=day(5)), [never], field="starts_on") == []


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], TODAY),
        ([Term(first=day(-9))], None),
        ([Term(first=day(1))], TODAY),
        ([Term(first=day(-9), last=day(3))], day(4)),
        ([Term(first=day(4)), Term(first=day(-9), last=day(3))], None),
        ([Term(first=day(5)), Term(first=day(-9), last=day(3))], day(4)),
        ([Term(first=day(-9), last=day(30)), Term(first=day(-9), last=day(3))], day(31)),
        ([Term(first=day(-9), last=day(-1)), Term(first=day(0), last=day(0))], day(1)),
    ],
)
def test_the_first_day_without_anybody_is_found(terms: list[Term], expected: date | None) -> None:
    assert first_day_without(terms, TODAY) == expected


@pytest.mark.parametrize(
    ("before", "after", "is_nobody"),
    [
        ([Term(first=day(-9))], [Term(first=day(-9), last=TODAY)], True),
        ([Term(first=day(-9))], [Term(first=day(-9), last=day(60))], False),
        ([Term(first=day(-9), last=day(5))], [Term(first=day(-9), last=day(5))], False),
        ([Term(first=day(-9), last=day(5))], [Term(first=day(-9), last=day(4))], True),
    ],
)
def test_a_change_that_soon_leaves_nobody_to_lead_is_seen(
    before: list[Term], after: list[Term], *, is_nobody: bool
) -> None:
    assert leaves_nobody(before, after, TODAY) is is_nobody


def test_the_mark_tells_a_change_of_what_runs_and_forgets_what_is_over() -> None:
    over = HeldTerm(member_id=RUI, term=Term(first=day(-90), last=day(-1)))
    shorter = HeldTerm(member_id=ANA, term=Term(first=ANAS.term.first, last=day(3)))
    assert mark_of([ANAS, over], TODAY) == mark_of([ANAS], TODAY)
    assert mark_of([shorter], TODAY) != mark_of([ANAS], TODAY)
