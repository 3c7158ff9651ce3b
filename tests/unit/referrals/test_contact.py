"""When two contacts reach the same person: whatever the spelling, never by too little."""

import pytest

from app.core.money import currencies_in_use, places_of
from app.plugins.referrals.domain.contact import is_findable, is_same_contact


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("+351 210 000 555", "00351-210000555", True),
        ("+351 210 000 555", "210 000 555", True),
        ("0210 000 555", "+351 210 000 555", True),
        ("+351 210 000 555", "+351 210 000 556", False),
        ("000 555", "+351 210 000 555", False),
        ("210 555", "210555", True),
        ("Ana@Sea.example", " ana@sea.example", True),
        ("ana@sea.example", "rui@sea.example", False),
        ("call 210000555", "x210000555@sea.example", False),
        ("", "", False),
        ("by the harbour", "by the harbour", False),
        ("٢١٠ ٠٠٠ ٥٥٥", "210000555", True),
    ],
)
def test_contacts_are_the_same_where_they_reach_the_same(one: str, other: str, is_same: bool) -> None:
    assert is_same_contact(one, other) is is_same
    assert is_same_contact(other, one) is is_same


@pytest.mark.parametrize(
    ("contact", "is_enough"),
    [("a@b", True), ("123456", True), ("12345", False), ("0000001", False), ("Maria", False), ("", False)],
)
def test_nobody_is_looked_for_by_too_little(contact: str, is_enough: bool) -> None:
    assert is_findable(contact) is is_enough


def test_currencies_of_today_are_known_with_their_minor_units() -> None:
    today = currencies_in_use()
    assert {"EUR", "JPY", "KWD", "CHF", "INR", "BRL"} <= today
    assert not {"DEM", "XXX", "XAU", ""} & today
    assert {places_of(code) for code in today} == {0, 2, 3}
