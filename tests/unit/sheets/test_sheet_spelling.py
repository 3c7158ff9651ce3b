"""Are two spellings of the same words the same, and different words never?"""

import pytest

from app.core.sheets.spelling import folded, has_east_asian, is_east_asian, letters_only, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mary  Jane ", "mary jane"),
        ("Ana\u00a0Silva", "Ana Silva"),
        ("GROSS", "groß"),
        ("Ａｎａ", "ana"),
        ("O’Brien", "O'Brien"),
        ("Smith‑Jones", "Smith-Jones"),
        ("Jose\u0301", "José"),
        ("\u200fليلى\u200e", "ليلى"),
        ("王 小明", "王小明"),
        ("김 철수", "김철수"),
    ],
)
def test_space_case_width_and_typography_are_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("José", "Jose"), ("Ana Silva", "Anna Silva"), ("Lee Ann", "Leeann")]
)
def test_accents_letters_and_the_space_between_latin_words_are_not_folded(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_tidying_keeps_every_letter_and_the_joiner_of_persian_names() -> None:
    assert tidy(" \tØstergård\r\n  Åse\u0000 ") == "Østergård Åse"
    assert tidy("می\u200cلاد") == "می\u200cلاد"


def test_headings_are_compared_by_letters_alone() -> None:
    assert letters_only("E-Mail:") == letters_only("e_mail") == letters_only("EMAIL *") == "email"
    assert letters_only("Prénom") == "prenom"


def test_east_asian_writing_is_recognised() -> None:
    assert is_east_asian("王 小明")
    assert not is_east_asian("王 Ming")
    assert not is_east_asian("")
    assert has_east_asian("王 Ming")
    assert not has_east_asian("Wang")
