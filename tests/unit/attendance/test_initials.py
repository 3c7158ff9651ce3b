"""The letter under which somebody looks for a name."""

import pytest

from app.plugins.attendance.domain.initials import initial_of, initials_of


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Ana Sousa", "A"),
        ("élodie", "E"),
        ("Ørsted", "Ø"),
        ("'Ana", "A"),
        ("小明 王", "小"),
        ("ليلى حداد", "ل"),
        ("ßen", "S"),
        ("…", "…"),
        ("", "?"),
    ],
)
def test_a_name_is_found_under_its_first_letter_without_accents(name: str, letter: str) -> None:
    assert initial_of(name) == letter


def test_letters_come_once_and_in_order() -> None:
    assert initials_of(["Rui", "Ana", "Éva", "Alba", "Emil"]) == ["A", "E", "R"]
