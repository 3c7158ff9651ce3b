"""What is refused before a slip or a thank-you is taken: every reason, beside its field."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.ids import MemberId
from app.plugins.referrals.domain.rules import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    Candidate,
    Offer,
    refusals_for_note,
    refusals_for_pass,
    refusals_for_thanked_slip,
    refusals_for_thanks,
)
from app.plugins.referrals.domain.slip import SlipState

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
GIVER = MemberId(1)

GOOD = Offer(
    prospect_name="Café Miramar",
    prospect_contact="+351 210 000 555",
    agreed=True,
    tier="outside",
    how_well=3,
    basis="worked-with",
    about="A new kitchen",
    urgency="",
)
RUI = Candidate(member_id=MemberId(2), name="Rui Almeida", joined_on=date(2025, 1, 7), ended_on=None)
MYSELF = replace(RUI, member_id=GIVER)
LEFT = replace(RUI, ended_on=YESTERDAY)
LEAVING_TODAY = replace(RUI, ended_on=TODAY)
NOT_YET = replace(RUI, joined_on=TOMORROW)


def reasons(
    offer: Offer = GOOD, receiver: Candidate | None = RUI, named: str = "rui"
) -> set[tuple[str, str]]:
    refusals = refusals_for_pass(offer, giver=GIVER, named=named, receiver=receiver, today=TODAY)
    return {(refusal.code.removeprefix("referrals."), refusal.field) for refusal in refusals}


def test_a_good_slip_is_taken() -> None:
    assert reasons() == set()


@pytest.mark.parametrize(
    ("receiver", "named", "reason"),
    [
        (None, "", "receiver_missing"),
        (None, "nobody", "receiver_unknown"),
        (MYSELF, "me", "slip_to_oneself"),
        (LEFT, "rui", "receiver_left"),
        (NOT_YET, "rui", "receiver_left"),
    ],
)
def test_who_cannot_receive_a_slip(receiver: Candidate | None, named: str, reason: str) -> None:
    assert reasons(receiver=receiver, named=named) == {(reason, "receiver")}


def test_the_last_day_of_a_membership_still_counts() -> None:
    assert reasons(receiver=LEAVING_TODAY) == set()


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"prospect_name": ""}, "prospect_name_missing", "prospect_name"),
        ({"prospect_contact": ""}, "prospect_contact_missing", "prospect_contact"),
        ({"agreed": False}, "consent_missing", "agreed"),
        ({"tier": ""}, "tier_missing", "tier"),
        ({"tier": "third"}, "tier_missing", "tier"),
        ({"how_well": None}, "how_well_missing", "how_well"),
        ({"how_well": 6}, "how_well_missing", "how_well"),
        ({"how_well": 0}, "how_well_missing", "how_well"),
        ({"basis": ""}, "basis_missing", "basis"),
        ({"about": ""}, "about_missing", "about"),
        ({"urgency": "yesterday"}, "urgency_unknown", "urgency"),
        ({"prospect_name": "x" * (LONGEST_NAME + 1)}, "too_long", "prospect_name"),
        ({"about": "x" * (LONGEST_ABOUT + 1)}, "too_long", "about"),
    ],
)
def test_each_missing_or_wrong_word_is_said_beside_its_field(
    change: dict[str, Any], reason: str, field: str
) -> None:
    assert reasons(replace(GOOD, **change)) == {(reason, field)}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    empty = Offer(
        prospect_name="",
        prospect_contact="",
        agreed=False,
        tier="",
        how_well=None,
        basis="",
        about="",
        urgency="?",
    )
    assert {field for _code, field in reasons(empty, receiver=None, named="")} == {
        "receiver",
        "prospect_name",
        "prospect_contact",
        "agreed",
        "tier",
        "how_well",
        "basis",
        "about",
        "urgency",
    }


def test_a_prospect_of_exactly_the_longest_name_is_taken() -> None:
    assert reasons(replace(GOOD, prospect_name="x" * LONGEST_NAME)) == set()


def test_a_note_may_be_missing_but_not_endless() -> None:
    assert refusals_for_note("") == []
    assert [refusal.field for refusal in refusals_for_note("x" * 100_000)] == ["note"]


@pytest.mark.parametrize(
    ("thanked", "named", "day", "expected"),
    [
        (RUI, "rui", TODAY, set()),
        (LEFT, "rui", TODAY, set()),
        (RUI, "rui", YESTERDAY, set()),
        (None, "", TODAY, {"thanked_missing"}),
        (None, "nobody", TODAY, {"thanked_unknown"}),
        (MYSELF, "me", TODAY, {"thanks_to_oneself"}),
        (RUI, "rui", None, {"thanked_on_missing"}),
        (RUI, "rui", TOMORROW, {"thanked_in_future"}),
        (None, "", TOMORROW, {"thanked_missing", "thanked_in_future"}),
    ],
)
def test_whom_and_when_one_may_thank(
    thanked: Candidate | None, named: str, day: date | None, expected: set[str]
) -> None:
    refusals = refusals_for_thanks(named=named, thanker=GIVER, thanked=thanked, thanked_on=day, today=TODAY)
    assert {refusal.code.removeprefix("referrals.") for refusal in refusals} == expected


@pytest.mark.parametrize(
    ("state", "is_receiver", "expected"),
    [
        (SlipState.WON, True, []),
        (SlipState.LOST, True, ["referrals.slip_not_won"]),
        (SlipState.WON, False, ["referrals.slip_of_others"]),
        (None, False, ["referrals.slip_of_others"]),
    ],
)
def test_only_a_won_slip_is_thanked_for_and_by_its_receiver(
    state: SlipState | None, is_receiver: bool, expected: list[str]
) -> None:
    refusals = refusals_for_thanked_slip(state, is_receiver=is_receiver)
    assert [refusal.code for refusal in refusals] == expected
