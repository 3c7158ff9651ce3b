"""What is open, overdue, paid; what a typed amount means; what a word of a file is for."""

from datetime import date

import pytest

from app.core.errors import Refusal
from app.plugins.dues.domain.amount import read_amount, written
from app.plugins.dues.domain.entry import DueKind, DueState, Said, Standing, refusals_for, standing_on
from app.plugins.dues.domain.refusals import SENTENCES
from app.plugins.dues.services.dues_plan import kind_called

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("state", "due_on", "standing"),
    [
        (DueState.OWED, date(2026, 11, 24), Standing.OPEN),
        (DueState.OWED, date(2026, 11, 23), Standing.OVERDUE),
        (DueState.PAID, date(2026, 11, 23), Standing.PAID),
        (DueState.DROPPED, date(2026, 11, 23), Standing.DROPPED),
    ],
)
def test_how_an_amount_stands(state: DueState, due_on: date, standing: Standing) -> None:
    assert standing_on(state, due_on, TODAY) is standing


@pytest.mark.parametrize(
    ("typed", "locale", "currency", "minor"),
    [
        ("450", "en-GB", "EUR", 45_000),
        ("1,250.50", "en-GB", "GBP", 125_050),
        ("1.250,50 €", "pt-PT", "EUR", 125_050),
        ("EUR 1 250,5", "fr", "EUR", 125_050),
        ("1.250", "de", "EUR", 125_000),
        ("4500", "ja", "JPY", 4_500),
        ("1.250", "ar", "KWD", 1_250),
    ],
)
def test_an_amount_is_read_the_groups_way(typed: str, locale: str, currency: str, minor: int) -> None:
    assert read_amount(typed, locale=locale, currency=currency) == minor


@pytest.mark.parametrize(
    ("typed", "locale", "code"),
    [
        ("", "en", "dues.amount_missing"),
        ("much", "en", "dues.amount_unreadable"),
        ("USD 5", "en", "dues.amount_unreadable"),
        ("1.250,50", "en", "dues.amount_unreadable"),
        ("1.234", "en", "dues.amount_too_fine"),
        ("-5", "en", "dues.amount_unlikely"),
        ("0", "en", "dues.amount_unlikely"),
        ("9" * 30, "en", "dues.amount_unlikely"),
        ("1" * 41, "en", "dues.amount_unreadable"),
    ],
)
def test_an_amount_that_is_unclear_is_refused_with_an_example(typed: str, locale: str, code: str) -> None:
    refusal = read_amount(typed, locale=locale, currency="EUR")
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert SENTENCES[code] % refusal.facts


@pytest.mark.parametrize(("locale", "text"), [("en", "1250.50"), ("pt-PT", "1250,50"), ("de", "1250,50")])
def test_a_written_amount_reads_as_itself(locale: str, text: str) -> None:
    assert written(125_050, locale=locale, currency="EUR") == text
    assert read_amount(text, locale=locale, currency="EUR") == 125_050


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "beer"}, "dues.kind_missing"),
        ({"state": "gone"}, "dues.state_missing"),
        ({"due_on": None}, "dues.day_missing"),
        ({"due_on": date(2040, 1, 1)}, "dues.day_far"),
        ({"state": "paid", "paid_on": date(2026, 11, 25)}, "dues.paid_in_future"),
        ({"paid_on": date(2026, 11, 1)}, "dues.paid_day_without_payment"),
        ({"note": "x" * 2001}, "dues.note_too_long"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    right: dict[str, object] = {"kind": "membership", "amount_minor": 1, "due_on": TODAY}
    said = Said(**{**right, **change})  # type: ignore[arg-type]  # a table of single wrong values
    assert [refusal.code for refusal in refusals_for(said, TODAY)] == [code]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("", DueKind.MEMBERSHIP),
        ("Annual renewal", DueKind.MEMBERSHIP),
        ("Breakfast", DueKind.MEETING),
        ("Flowers", DueKind.OTHER),
    ],
)
def test_a_word_of_the_file_says_what_for(word: str, kind: DueKind) -> None:
    assert kind_called(word) is kind
