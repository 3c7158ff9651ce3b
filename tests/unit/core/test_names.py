"""How is a name written in full, on a badge and in an alphabetical list?"""

import pytest

from app.core.people.domain.name import Name


@pytest.mark.parametrize(
    ("name", "full", "first", "sorted_by"),
    [
        (Name(given="Ana", family="Sousa"), "Ana Sousa", "Ana", "sousa ana"),
        (Name(given="Ana"), "Ana", "Ana", "ana"),
        (Name(given="", family="Sousa"), "Sousa", "Sousa", "sousa"),
        (Name(given="", family=""), "", "", ""),
        (Name(given="László", family="Nagy", family_first=True), "Nagy László", "László", "nagy laszlo"),
        (Name(given="伟", family="王"), "王伟", "伟", "王 伟"),
        (Name(given="太郎", family="佐々木"), "佐々木太郎", "太郎", "佐々木 太郎"),
        (Name(given="민준", family="김"), "김민준", "민준", "김 민준"),
        (Name(given="さくら", family="高橋"), "高橋さくら", "さくら", "高橋 さくら"),
        (Name(given="Mei", family="王"), "Mei 王", "Mei", "王 mei"),
        (Name(given="فاطمة", family="الزهراء"), "فاطمة الزهراء", "فاطمة", "الزهراء فاطمة"),
        (Name(given="Jürgen", family="GROẞ"), "Jürgen GROẞ", "Jürgen", "gross jurgen"),
    ],
)
def test_name_is_written_as_its_language_writes_it(name: Name, full: str, first: str, sorted_by: str) -> None:
    assert (name.full, name.first, name.sorted_by) == (full, first, sorted_by)


def test_list_is_ordered_by_family_name_without_regard_to_case_and_accents() -> None:
    people = [
        Name(given="Eva", family="Émile"),
        Name(given="Rui", family="Zarco"),
        Name(given="Zoe", family="adams"),
        Name(given="Al", family="Brown"),
        Name(given="Ann", family="Adams"),
    ]
    assert [one.full for one in sorted(people, key=lambda one: one.sorted_by)] == [
        "Ann Adams",
        "Zoe adams",
        "Al Brown",
        "Eva Émile",
        "Rui Zarco",
    ]
