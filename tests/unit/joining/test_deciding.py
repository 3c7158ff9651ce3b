"""Decisions as tables: who is in charge, which votes count, and what they allow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.ids import MemberId
from app.plugins.joining.domain.deciding import (
    Ballot,
    Rule,
    Tally,
    Tie,
    in_charge,
    is_stuck,
    may_approve,
    may_decline,
    refusals_for_vote,
    tally_of,
)

YES, NO, ABSTAIN = Ballot.YES, Ballot.NO, Ballot.ABSTAIN
PEOPLE = st.frozensets(st.integers(1, 6).map(MemberId), max_size=5)
VOTES = st.dictionaries(st.integers(1, 6).map(MemberId), st.sampled_from(list(Ballot)))


def ids(*keys: int) -> frozenset[MemberId]:
    return frozenset(MemberId(key) for key in keys)


@pytest.mark.parametrize(
    ("committee", "leaders", "votes", "owners"),
    [
        ((1, 2), (3,), {}, (1, 2)),
        ((), (3, 4), {}, (3, 4)),
        ((1,), (3,), {1: ABSTAIN}, (1, 3)),
        ((1, 2), (3,), {1: ABSTAIN}, (1, 2)),
        ((1, 2), (), {1: ABSTAIN, 2: ABSTAIN}, (1, 2)),
        ((), (), {}, ()),
    ],
)
def test_the_committee_is_in_charge_and_leaders_where_it_cannot_be(
    committee: tuple[int, ...], leaders: tuple[int, ...], votes: dict[int, Ballot], owners: tuple[int, ...]
) -> None:
    said = {MemberId(key): ballot for key, ballot in votes.items()}
    assert in_charge(ids(*committee), ids(*leaders), said) == ids(*owners)


@pytest.mark.parametrize(
    ("tally", "rule", "approves", "declines"),
    [
        ((1, 0, 0), Rule.MAJORITY, True, False),
        ((0, 1, 0), Rule.MAJORITY, False, True),
        ((1, 0, 1), Rule.MAJORITY, False, False),
        ((1, 1, 0), Rule.MAJORITY, False, True),  # half is not more than half
        ((2, 1, 0), Rule.MAJORITY, True, False),
        ((0, 2, 1), Rule.MAJORITY, False, True),
        ((0, 1, 2), Rule.MAJORITY, False, False),
        ((2, 0, 0), Rule.UNANIMOUS, True, False),
        ((2, 0, 1), Rule.UNANIMOUS, False, False),
        ((2, 1, 0), Rule.UNANIMOUS, False, True),
        ((0, 0, 0), Rule.MAJORITY, False, False),
        ((0, 0, 0), Rule.UNANIMOUS, False, False),
        ((0, 0, 3), Rule.MAJORITY, False, False),
    ],
)
def test_what_votes_allow(tally: tuple[int, int, int], rule: Rule, *, approves: bool, declines: bool) -> None:
    yes, no, pending = tally
    made = Tally(yes=yes, no=no, pending=pending, abstained=0)
    assert (may_approve(made, rule), may_decline(made, rule)) == (approves, declines)


@given(committee=PEOPLE, leaders=PEOPLE, votes=VOTES, rule=st.sampled_from(list(Rule)))
@settings(max_examples=150, deadline=None)
def test_no_votes_allow_a_yes_and_a_no_at_once_and_nothing_is_without_an_owner(
    committee: frozenset[MemberId],
    leaders: frozenset[MemberId],
    votes: dict[MemberId, Ballot],
    rule: Rule,
) -> None:
    tally = tally_of(committee, leaders, votes)
    assert not (may_approve(tally, rule) and may_decline(tally, rule))
    owners = in_charge(committee, leaders, votes)
    assert bool(owners) == bool(committee or leaders)
    assert is_stuck(tally) == all(votes.get(one) is ABSTAIN for one in owners)
    everybody_said = tally.pending == 0 and tally.needed_from > 0
    assert not everybody_said or may_approve(tally, rule) or may_decline(tally, rule)


def test_a_vote_of_somebody_who_left_is_neither_counted_nor_waited_for() -> None:
    votes = {MemberId(1): YES, MemberId(9): NO}
    assert tally_of(ids(1, 2), ids(), votes) == Tally(yes=1, no=0, pending=1, abstained=0)


@pytest.mark.parametrize(
    ("ballot", "reason", "ties", "codes"),
    [
        ("yes", "", (), []),
        ("no", "Full.", (), []),
        ("no", "", (), ["joining.reason_missing"]),
        ("abstain", "", (), ["joining.not_near"]),
        ("abstain", "", (Tie.INVITER,), []),
        ("perhaps", "", (), ["joining.ballot_missing"]),
        ("", "x" * 2001, (), ["joining.ballot_missing", "joining.too_long"]),
    ],
)
def test_what_is_wrong_with_a_vote(ballot: str, reason: str, ties: tuple[Tie, ...], codes: list[str]) -> None:
    assert [one.code for one in refusals_for_vote(ballot, reason, ties)] == codes
