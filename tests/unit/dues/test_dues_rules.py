"""What is open, overdue, paid; what a word of a file is for."""

from datetime import date

import pytest

from app.plugins.dues.domain.entry import DueKind, DueState, Said, Standing, refusals_for, standing_on
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
