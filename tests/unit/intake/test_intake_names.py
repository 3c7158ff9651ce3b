"""Is a name in a file matched exactly, folded or by an alias, and otherwise left for somebody to decide?"""

from app.core.intake import Ambiguous, FoundBy, KnownName, Matched, NameBook, Unknown
from app.core.intake.names import name_of_parts

BOOK = NameBook(
    names=[
        KnownName(person=1, name="Ana Silva"),
        KnownName(person=2, name="Sinéad O'Brien-Østergård"),
        KnownName(person=3, name="王小明"),
        KnownName(person=4, name="Sam Lee"),
        KnownName(person=5, name="SAM LEE"),
    ],
    aliases=[
        KnownName(person=2, name="Sinead Brien"),
        KnownName(person=1, name="Shared Desk"),
        KnownName(person=4, name="Shared Desk"),
    ],
)


def test_a_name_is_matched_exactly() -> None:
    assert BOOK.match("Ana Silva") == Matched(person=1, found_by=FoundBy.EXACT)


def test_a_name_is_matched_after_folding_space_case_and_width() -> None:
    for spelling in ("ana  silva ", "ANA SILVA", "Ａｎａ Silva", "Ana\u00a0Silva"):
        assert BOOK.match(spelling) == Matched(person=1, found_by=FoundBy.FOLDED)
    assert BOOK.match("sinéad o’brien‑østergård") == Matched(person=2, found_by=FoundBy.FOLDED)
    assert BOOK.match("王 小明") == Matched(person=3, found_by=FoundBy.FOLDED)


def test_a_name_is_matched_by_an_alias_that_somebody_set() -> None:
    assert BOOK.match("sinead brien") == Matched(person=2, found_by=FoundBy.ALIAS)


def test_a_name_that_is_only_alike_is_unknown() -> None:
    for alike in ("Anna Silva", "Ana Silvá", "Silva Ana", "Ana", "Sinead O'Brien-Ostergard", ""):
        assert BOOK.match(alike) == Unknown()


def test_a_name_of_two_people_is_ambiguous_in_every_spelling() -> None:
    assert BOOK.match("Sam Lee") == Ambiguous(people=(4, 5))
    assert BOOK.match("sam lee") == Ambiguous(people=(4, 5))
    assert BOOK.match("Shared Desk") == Ambiguous(people=(1, 4))


def test_an_alias_decides_between_people_of_one_name() -> None:
    book = NameBook(
        names=[KnownName(person=4, name="Sam Lee"), KnownName(person=5, name="Sam Lee")],
        aliases=[KnownName(person=5, name="Sam Lee")],
    )
    assert book.match("sam lee") == Matched(person=5, found_by=FoundBy.ALIAS)


def test_a_name_that_stands_twice_in_the_file_is_ambiguous_each_time() -> None:
    assert BOOK.match_all(["Ana Silva", "王小明", "ana silva", "nobody"]) == (
        Ambiguous(people=(1,)),
        Matched(person=3, found_by=FoundBy.EXACT),
        Ambiguous(people=(1,)),
        Unknown(),
    )


def test_a_person_known_by_several_names_is_one_person() -> None:
    book = NameBook(names=[KnownName(person=1, name="Ana Silva"), KnownName(person=1, name="ANA SILVA")])
    assert book.match("ana silva") == Matched(person=1, found_by=FoundBy.FOLDED)


def test_parts_are_joined_as_the_name_is_said() -> None:
    assert name_of_parts(given=" Mary  Jane", family="Watson ", family_first=False).full == "Mary Jane Watson"
    assert name_of_parts(given="Ming", family="Wang", family_first=True).full == "Wang Ming"
    assert name_of_parts(given="小明", family="王", family_first=False).full == "王小明"
    assert name_of_parts(given="철수", family="김", family_first=True).full == "김철수"
    assert name_of_parts(given="Visitors", family="", family_first=False).full == "Visitors"
