"""What a member tells of themselves: interests told apart, bounds, and what colleagues read of it."""

import pytest

from app.plugins.profiles.domain.own_words import (
    LONGEST_ANSWER,
    LONGEST_SAYING,
    MOST_INTERESTS,
    OwnWords,
    Part,
    fold,
    interests_of,
    refusals_for_words,
    suggested,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jazz, old maps", ("jazz", "old maps")),
        ("jazz,, ,jazz;Jazz", ("jazz",)),
        ("Café, cafe, CAFÉ", ("Café",)),
        ("موسيقى، شطرنج", ("موسيقى", "شطرنج")),
        ("爵士、地图，茶", ("爵士", "地图", "茶")),
        ("line one\nline two", ("line one", "line two")),
        ("  old    maps ", ("old maps",)),
        ("", ()),
        (" , ;", ()),
    ],
)
def test_interests_stand_between_commas_of_any_script_and_each_once(
    typed: str, found: tuple[str, ...]
) -> None:
    assert interests_of(typed) == found


def test_an_interest_is_spelled_as_the_group_spells_it() -> None:
    assert interests_of("JAZZ, Rowing", known=["Jazz", "jazz"]) == ("Jazz", "Rowing")


def test_ticked_and_typed_interests_are_one_list() -> None:
    assert interests_of("jazz", ["Jazz", "hiking"]) == ("jazz", "hiking")


def test_signs_that_are_letters_of_their_script_are_no_accents() -> None:
    assert fold("हिन्दी") != fold("हन्द")
    assert fold("ＪＡＺＺ") == fold("jazz")


def test_what_several_like_is_suggested_first_and_nothing_of_ones_own() -> None:
    others = [("jazz", "chess"), ("Chess", "rowing"), ("chess",)]
    assert suggested(others, ["Rowing"]) == ["chess", "jazz"]


def test_hidden_parts_are_read_by_nobody_else() -> None:
    words = OwnWords(talk_to_me_about="Maps", interests=("a", "b"), hidden=frozenset({Part.TALK}))
    assert [words.shown(part) for part in Part] == ["", "", "", "a, b"]
    assert words.says_something
    assert not OwnWords(good_fit="Bakers", hidden=frozenset({Part.GOOD_FIT})).says_something


def test_every_reason_is_told_at_once() -> None:
    words = OwnWords(
        talk_to_me_about="x" * (LONGEST_ANSWER + 1),
        how_to_say="x" * (LONGEST_SAYING + 1),
        interests=(*(f"thing {number}" for number in range(MOST_INTERESTS)), "y" * 60),
    )
    found = {(one.code, one.field) for one in refusals_for_words(words)}
    assert found == {
        ("profiles.too_long", "talk_to_me_about"),
        ("profiles.too_long", "how_to_say"),
        ("profiles.too_many_interests", "interests"),
        ("profiles.interest_too_long", "interests"),
    }


def test_the_longest_is_kept() -> None:
    words = OwnWords(
        good_fit="x" * LONGEST_ANSWER, interests=tuple(str(number) for number in range(MOST_INTERESTS))
    )
    assert refusals_for_words(words) == []
