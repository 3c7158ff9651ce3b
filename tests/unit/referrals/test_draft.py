"""What a draft is: every field as it was typed, never too much, and nothing that nobody typed."""

import pytest

from app.plugins.referrals.domain.draft import LONGEST, MOST, is_empty, read, refusals_for_draft, written

ANYWAY = ("tier", "receiver")


@pytest.mark.parametrize(
    "typed", [{}, {"about": "– “Zwei” <b>\u2028\n\t"}, {"prospect_name": "N" * 200, "how_well": "99"}]
)
def test_what_was_written_is_read_again_as_it_was(typed: dict[str, str]) -> None:
    assert read(written(typed)) == typed


def test_the_order_of_the_fields_changes_nothing() -> None:
    assert written({"a": "1", "b": "2"}) == written({"b": "2", "a": "1"})


@pytest.mark.parametrize(
    ("typed", "is_nothing"),
    [
        ({}, True),
        ({"tier": "outside", "receiver": "abc", "about": ""}, True),
        ({"tier": "outside", "about": "A kitchen"}, False),
        ({"agreed": "y"}, False),
    ],
)
def test_fields_that_are_filled_in_anyway_are_no_draft(typed: dict[str, str], is_nothing: bool) -> None:
    assert is_empty(typed, ANYWAY) is is_nothing


def test_every_reason_against_a_draft_is_said_at_once() -> None:
    refused = refusals_for_draft({"about": "x" * (LONGEST + 1)}, others=MOST)
    assert [one.code for one in refused] == ["referrals.draft_too_long", "referrals.drafts_full"]
    assert refusals_for_draft({"about": "x" * LONGEST}, others=MOST - 1) == []
