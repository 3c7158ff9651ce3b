"""A receiver who is not of this group: how they are named, how they stand on the slip, and who is refused."""

import pytest

from app.core.ids import PersonId
from app.plugins.referrals.domain.elsewhere import (
    named_elsewhere,
    naming_elsewhere,
    refusals_for_elsewhere,
    refusals_for_outside,
    with_group,
)

ANA, OTTO = PersonId(1), PersonId(2)


@pytest.mark.parametrize(
    ("receiver", "named"),
    [
        ("mill~abc", ("mill", "abc")),
        ("mill~", ("mill", "")),
        ("~", ("", "")),
        ("abc", None),
        ("outside", None),
        ("", None),
    ],
)
def test_only_a_group_with_a_member_names_somebody_elsewhere(
    receiver: str, named: tuple[str, str] | None
) -> None:
    assert named_elsewhere(receiver) == named
    assert named is None or naming_elsewhere(*named) == receiver


def test_they_stand_on_a_slip_by_name_and_group() -> None:
    assert with_group("Otto Müller", "The Mill") == "Otto Müller (The Mill)"


@pytest.mark.parametrize(
    ("receiver", "is_here", "codes"),
    [
        (OTTO, False, []),
        (OTTO, True, ["referrals.colleague_too"]),
        (ANA, True, ["referrals.slip_to_oneself"]),
        (None, False, ["referrals.no_common_group"]),
    ],
)
def test_who_can_be_given_a_slip_elsewhere(
    receiver: PersonId | None, is_here: bool, codes: list[str]
) -> None:
    refused = refusals_for_elsewhere(giver=ANA, receiver=receiver, is_here=is_here)
    assert [one.code for one in refused] == codes
    assert {one.field for one in refused} <= {"receiver"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Karla Weiss, Weiss Heating", []),
        ("n" * 200, []),
        ("n" * 201, ["referrals.too_long"]),
        ("", ["referrals.outside_name_missing"]),
    ],
)
def test_somebody_in_no_group_needs_a_name(name: str, codes: list[str]) -> None:
    assert [one.code for one in refusals_for_outside(name)] == codes
