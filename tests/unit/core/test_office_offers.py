"""Whom does the house suggest for an office, and which offers are refused?"""

from datetime import date, timedelta

import pytest

from app.core.groups.domain.office import Term
from app.core.ids import MemberId
from app.core.offices.domain.offer import (
    LONGEST_TERM,
    OfferState,
    Servant,
    refusals_for_offer,
    state_on,
    suggested,
)
from app.core.offices.domain.words import LONGEST_WORDS, refusals_for_words

TODAY = date(2026, 11, 24)
ANA = MemberId(1)


def servant(key: int, last: str = "", *, joined: str = "2020-01-07", bound: bool = False) -> Servant:
    return Servant(
        member_id=MemberId(key),
        joined_on=date.fromisoformat(joined),
        last_on=date.fromisoformat(last) if last else None,
        is_bound=bound,
    )


def first(*servants: Servant, at_most: int = 2) -> set[int]:
    return set(suggested(servants, today=TODAY, settling_in_days=91, at_most=at_most))


@pytest.mark.parametrize(
    ("servants", "expected"),
    [
        ([servant(1, "2026-01-01"), servant(2, "2024-01-01"), servant(3, "2025-01-01")], {2, 3}),
        ([servant(1, "2020-01-01"), servant(2), servant(3)], {2, 3}),
        ([servant(1, bound=True), servant(2, "2026-10-01")], {2}),
        ([servant(1, joined="2026-11-01"), servant(2, "2026-10-01")], {2}),
        ([servant(1, joined="2026-08-25")], {1}),
        ([servant(1, joined="2026-08-26")], set()),
        ([servant(3), servant(2, joined="2019-01-01"), servant(1, joined="2021-01-01")], {2, 3}),
        ([], set()),
    ],
    ids=[
        "longest ago",
        "never comes first",
        "who holds one is left in peace",
        "newcomers are left in peace",
        "just settled",
        "still settling in",
        "the longest here of those who never did",
        "nobody",
    ],
)
def test_those_who_have_not_served_lately_are_suggested(servants: list[Servant], expected: set[int]) -> None:
    assert first(*servants) == expected
    assert first(*reversed(servants)) == expected, "the order in which they are given is nobody's merit"


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("term", "asked", "expected"),
    [
        (Term(first=day(1)), [ANA], []),
        (Term(first=day(1), last=day(1)), [ANA], []),
        (Term(first=day(0)), [ANA], ["starts_too_soon"]),
        (Term(first=day(2), last=day(1)), [ANA], ["ends_before_start"]),
        (Term(first=day(1), last=day(2) + LONGEST_TERM), [ANA], ["term_too_long"]),
        (Term(first=day(-1), last=day(-2)), [], ["starts_too_soon", "ends_before_start", "nobody_asked"]),
    ],
)
def test_offer_is_refused_with_every_reason(term: Term, asked: list[MemberId], expected: list[str]) -> None:
    refused = refusals_for_offer(term, asked, TODAY)
    assert [one.code.removeprefix("offices.") for one in refused] == expected


@pytest.mark.parametrize(
    ("state", "starts", "expected"),
    [
        (OfferState.OPEN, 1, OfferState.OPEN),
        (OfferState.OPEN, 0, OfferState.EXPIRED),
        (OfferState.TAKEN, -1, OfferState.TAKEN),
        (OfferState.WITHDRAWN, -1, OfferState.WITHDRAWN),
    ],
)
def test_offer_is_over_when_its_term_begins_though_no_job_ran(
    state: OfferState, starts: int, expected: OfferState
) -> None:
    assert state_on(state, day(starts), TODAY) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ask Rui for the key.", []),
        (" \n", ["offices.words_missing"]),
        ("x" * (LONGEST_WORDS + 1), ["offices.words_too_long"]),
    ],
)
def test_words_that_go_with_an_office(words: str, expected: list[str]) -> None:
    assert [one.code for one in refusals_for_words(words)] == expected
