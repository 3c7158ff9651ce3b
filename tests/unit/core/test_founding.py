"""With what can a group be founded?"""

import pytest

from app.core.groups.domain.founding import refusals_for_group


def codes(**told: str) -> list[str]:
    valid = {"slug": "harbour", "name": "Harbour Referrals", "zone": "Europe/Lisbon", "currency": "EUR"}
    return [refusal.code for refusal in refusals_for_group(**(valid | told))]


@pytest.mark.parametrize("slug", ["harbour", "old-harbour", "7", "a1", "x" * 60])
def test_slug_of_small_letters_digits_and_hyphens_will_do(slug: str) -> None:
    assert codes(slug=slug) == []


@pytest.mark.parametrize(
    "slug", ["", "Harbour", "har bour", "-harbour", "harbour-", "cafè", "a/b", "x" * 61, "a\n", "ª"]
)
def test_slug_that_cannot_stand_in_an_address_is_refused(slug: str) -> None:
    assert codes(slug=slug) == ["groups.bad_slug"]


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "XX1", "€"])
def test_currency_that_there_is_not_is_refused(currency: str) -> None:
    assert codes(currency=currency) == ["groups.unknown_currency"]


def test_all_reasons_are_given_at_once() -> None:
    assert codes(slug="!", name="  ", zone="Nowhere", currency="?") == [
        "groups.bad_slug",
        "groups.name_missing",
        "groups.unknown_currency",
        "time.unknown_zone",
    ]


def test_what_was_typed_is_cut_before_it_is_repeated() -> None:
    (refusal,) = refusals_for_group("!" * 5000, "Harbour", "Europe/Lisbon", "EUR")
    assert len(refusal.facts["slug"]) == 80
