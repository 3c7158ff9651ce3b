"""Whom does somebody mean who types a few letters? Whatever the accents, and never on too little."""

import pytest

from app.core.exchange.domain.finding import is_meant, may_be_looked_for

OTTO = ("Otto Müller", "Heizungsbauer", "Weiß & Söhne", "Mill Referrals")


@pytest.mark.parametrize(
    "typed",
    [
        "otto",
        "MULLER",
        "müller",
        "weiss",
        "sohne",
        "heizung",
        "mill",
        "mull ott",
        "bauer weiss",
        " otto  mill ",
    ],
)
def test_every_word_typed_stands_in_one_of_the_texts(typed: str) -> None:
    assert is_meant(typed, *OTTO)


@pytest.mark.parametrize("typed", ["otto karla", "mueller", "%", "_", "otto%", "<b>"])
def test_one_word_that_stands_nowhere_means_somebody_else(typed: str) -> None:
    assert not is_meant(typed, *OTTO)


@pytest.mark.parametrize(
    ("typed", "may_be"),
    [
        ("", False),
        ("o", False),
        (" o ", False),
        ("- ' .", False),
        ("小", False),
        ("ot", True),
        ("小明", True),
        ("é1", True),
    ],
)
def test_nobody_is_looked_for_by_fewer_than_two_letters(typed: str, may_be: bool) -> None:
    assert may_be_looked_for(typed) is may_be
