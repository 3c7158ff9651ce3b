"""A column that nobody asked for: tidy, without blanks, and told where it is too long to be kept whole."""

from app.core.intake.extra_columns import LONGEST_EXTRA, extras_in
from app.core.intake.remarks import Note
from app.core.sheets.sheet import Cell, Row

HEADINGS = {3: "Region", 4: "Badge"}


def _row(*texts: str) -> Row:
    return Row(number=5, cells=tuple(Cell(column=3 + at, text=text) for at, text in enumerate(texts)))


def test_blanks_are_no_notes_and_spaces_are_made_even() -> None:
    notes: list[Note] = []
    extras = extras_in(_row("  North   East ", "   "), HEADINGS, notes)
    assert [(extra.heading, extra.text) for extra in extras] == [("Region", "North East")]
    assert notes == []


def test_a_text_of_the_longest_length_is_kept_whole() -> None:
    notes: list[Note] = []
    (extra,) = extras_in(_row("n" * LONGEST_EXTRA), HEADINGS, notes)
    assert (len(extra.text), notes) == (LONGEST_EXTRA, [])


def test_a_longer_text_is_cut_and_its_place_is_told() -> None:
    notes: list[Note] = []
    (extra,) = extras_in(_row("n" * (LONGEST_EXTRA + 1)), HEADINGS, notes)
    assert len(extra.text) == LONGEST_EXTRA
    assert [(note.code, note.row, note.column, note.facts) for note in notes] == [
        ("intake.text_cut", 5, "C", {"longest": LONGEST_EXTRA})
    ]


def test_a_heading_that_is_a_novel_is_shown_as_sentences_quote_it() -> None:
    (extra,) = extras_in(_row("North"), {3: "R" * 5_000}, [])
    assert len(extra.heading) < 100
    assert extra.heading.endswith("…")
