"""Amounts as people type them: read the group's way, explained where they mean something else, never guessed."""

import pytest

from app.core.errors import Refusal
from app.core.money import Amount, places_of, read_amount, written

UNREADABLE = "unreadable"
OTHER_MARKS = "other_marks"
TWO_READINGS = "two_readings"
NOT_POSITIVE = "not_positive"

READ = [
    ("en", "EUR", "1,000.50", 100_050),
    ("en", "EUR", "1000.5", 100_050),
    ("en", "EUR", "1000", 100_000),
    ("en", "EUR", "1,000", 100_000),
    ("en", "EUR", "1 000.50", 100_050),
    ("en", "EUR", ".50", 50),
    ("en", "EUR", "0.01", 1),
    ("en", "EUR", "007", 700),
    ("en", "EUR", "€ 12", 1_200),
    ("en", "EUR", "12 eur", 1_200),
    ("en", "EUR", "12€", 1_200),
    ("en-US", "USD", "$1,234,567.89", 123_456_789),
    ("de", "EUR", "1.000,50", 100_050),
    ("de", "EUR", "1000,5", 100_050),
    ("de", "EUR", "1.000", 100_000),
    ("de", "EUR", "1 000,50", 100_050),
    ("pt-PT", "EUR", "1.000,50", 100_050),
    ("fr", "EUR", "1 000,50", 100_050),
    ("fr", "EUR", "1\u202f000,50", 100_050),
    ("de-CH", "CHF", "1'000.50", 100_050),
    ("en-IN", "INR", "8,14,41,353", 8_144_135_300),
    ("en-IN", "INR", "1,00,000.50", 10_000_050),
    ("en-IN", "INR", "100,000", 10_000_000),
    ("ja", "JPY", "1,000", 1_000),
    ("ja", "JPY", "１２００", 1_200),
    ("en", "KWD", "1.000", 1_000),
    ("en", "KWD", "1.5", 1_500),
    ("ar-EG", "EGP", "١٬٢٣٤٫٥٠", 123_450),
    ("fr", "EUR", "EUR 1 250,5", 125_050),
    ("en-GB", "GBP", "1,250.50", 125_050),
    ("ja", "JPY", "4500", 4_500),
]

REFUSED = [
    ("en-US", "USD", "1.000,50", OTHER_MARKS),
    ("en", "EUR", "1000,5", OTHER_MARKS),
    ("en", "EUR", "10,50", OTHER_MARKS),
    ("en", "EUR", "1.000.000", OTHER_MARKS),
    ("de", "EUR", "1,000.50", OTHER_MARKS),
    ("de", "EUR", "10.5", OTHER_MARKS),
    ("en", "EUR", "1.000", TWO_READINGS),
    ("de", "EUR", "1,000", TWO_READINGS),
    ("fr", "EUR", "1.000", TWO_READINGS),
    ("ja", "JPY", "1.000", TWO_READINGS),
    ("en", "EUR", "abc", UNREADABLE),
    ("en", "EUR", "12 thousand", UNREADABLE),
    ("en", "EUR", "", UNREADABLE),
    ("en", "EUR", "5.", UNREADABLE),
    ("en", "EUR", "1.5.0", UNREADABLE),
    ("en", "EUR", "1,000,50", UNREADABLE),
    ("en", "EUR", "8,14,41,353", UNREADABLE),
    ("en", "EUR", "1.8E+10", UNREADABLE),
    ("en", "EUR", "∞", UNREADABLE),
    ("en", "EUR", "#######", UNREADABLE),
    ("en", "EUR", "9" * 100_000, UNREADABLE),
    ("en", "EUR", "-5", NOT_POSITIVE),
    ("en", "EUR", "\u22125", NOT_POSITIVE),
    ("en", "EUR", "0", NOT_POSITIVE),
    ("en", "EUR", "0.00", NOT_POSITIVE),
    ("en", "EUR", "9" * 20, "too_large"),
    ("en", "EUR", "10.555", TWO_READINGS),
    ("en", "EUR", "10.5555", "too_fine"),
    ("ja", "JPY", "10.5", "whole_only"),
    ("ja", "JPY", "1.000,50", "whole_only"),
    ("en", "EUR", "$5", "other_currency"),
    ("en", "EUR", "5 USD", "other_currency"),
]


@pytest.mark.parametrize(("locale", "currency", "text", "minor"), READ)
def test_an_amount_is_read_the_groups_way(locale: str, currency: str, text: str, minor: int) -> None:
    assert read_amount(text, locale=locale, currency=currency) == Amount(minor=minor, currency=currency)


@pytest.mark.parametrize(("locale", "currency", "text", "code"), REFUSED)
def test_what_is_no_amount_here_is_refused(locale: str, currency: str, text: str, code: str) -> None:
    refusal = read_amount(text, locale=locale, currency=currency)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (f"money.{code}", "amount")


def test_the_other_style_is_shown_as_it_is_written_here() -> None:
    refusal = read_amount("1.000,50", locale="en-US", currency="USD")
    assert isinstance(refusal, Refusal)
    assert refusal.facts == {"typed": "1.000,50", "reading": "1,000.50"}


def test_an_ambiguous_amount_shows_both_readings() -> None:
    refusal = read_amount("1.000", locale="en", currency="EUR")
    assert isinstance(refusal, Refusal)
    assert refusal.facts == {"typed": "1.000", "large": "1,000.00", "small": "1.00"}


def test_what_the_refusal_suggests_is_itself_accepted() -> None:
    assert read_amount("1,000.50", locale="en-US", currency="USD") == Amount(minor=100_050, currency="USD")


def test_an_unknown_locale_is_read_as_english() -> None:
    assert read_amount("1,000.50", locale="xx-Nowhere", currency="EUR") == Amount(
        minor=100_050, currency="EUR"
    )


@pytest.mark.parametrize(("currency", "places"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("USD", 2), ("CLP", 0)])
def test_places_of_a_currency(currency: str, places: int) -> None:
    assert places_of(currency) == places


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [(125_050, "EUR", "en", "1,250.50"), (125_050, "EUR", "de", "1.250,50"), (1_250, "JPY", "ja", "1,250")],
)
def test_an_amount_is_written_as_it_is_typed(minor: int, currency: str, locale: str, text: str) -> None:
    assert written(minor, currency, locale) == text
