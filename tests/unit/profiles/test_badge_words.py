"""What stands on a badge: the first name large, in letters that can be printed, never a box and never half a name."""

import pytest

from app.core.exports.pdf_file import can_print
from app.plugins.profiles.domain.badge import Wearer, badge_for, first_word


def latin_only(text: str) -> bool:
    return all(ord(letter) < 0x250 for letter in text)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Clara Moreau", "Clara"),
        ("Dr. Eva Novák", "Eva"),
        ("Prof. Dr. Eva", "Eva"),
        ("Björk", "Björk"),
        ("小明 王", "小明"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_a_visitor_is_called_by_the_first_word_that_is_no_title(name: str, called: str) -> None:
    assert first_word(name) == called


def test_a_name_that_can_be_printed_stands_large_with_how_to_say_it() -> None:
    badge = badge_for(Wearer(first_name="Zoë", name="Zoë Brown", how_to_say="ZOH-ee"), latin_only)
    assert (badge.big, badge.full, badge.say, badge.stands_in, badge.is_by_hand) == (
        "Zoë",
        "Zoë Brown",
        "ZOH-ee",
        False,
        False,
    )


def test_how_to_say_it_stands_in_for_a_name_without_letters_here() -> None:
    badge = badge_for(Wearer(first_name="小明", name="小明 王", how_to_say="Shao-Ming"), latin_only)
    assert (badge.big, badge.full, badge.say, badge.stands_in) == ("Shao-Ming", "", "", True)


def test_where_nothing_can_be_printed_a_line_is_left_to_write_on() -> None:
    badge = badge_for(Wearer(first_name="小明", name="小明 王", firm="王 & Co", trade="Baker"), latin_only)
    assert badge.is_by_hand
    assert (badge.big, badge.trade, badge.firm) == ("", "Baker", "")


def test_a_name_of_one_word_is_not_said_twice() -> None:
    assert badge_for(Wearer(first_name="Björk", name="Björk"), latin_only).full == ""


@pytest.mark.parametrize(
    "name", ["Ana", "O’Brien-Østergård", "Łukasz Ðorđe Nguyễn", "Ελένη Ώ", "Екатерина Щукіна Ґ"]
)
def test_latin_greek_and_cyrillic_have_a_font_here(name: str) -> None:
    assert can_print(name)


def test_letters_without_a_font_are_known() -> None:
    assert not can_print("Ana \U000120a0")
