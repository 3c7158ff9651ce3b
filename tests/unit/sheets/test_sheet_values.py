"""Are numbers read as people and spreadsheets write them, and doubt told instead of guessed?"""

from decimal import Decimal

import pytest

from app.core.sheets import Cell, CellKind, DecimalMark, NoNumber, column_letter, read_count, read_number
from app.core.sheets.values import plain_digits


def _cell(text: str, kind: CellKind = CellKind.TEXT) -> Cell:
    return Cell(column=1, text=text, kind=kind)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("53.0", "53"),
        ("235036.00", "235036"),
        ("1.8E+10", "18000000000"),
        ("8,14,41,353", "81441353"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1.000,50", "1000.50"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("١٢٣", "123"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_read_in_the_spelling_of_its_country(text: str, number: str) -> None:
    assert read_number(_cell(text)) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NoNumber.BLANK),
        ("-", NoNumber.DASH),
        ("–", NoNumber.DASH),
        ("∞", NoNumber.INFINITE),
        ("-∞", NoNumber.INFINITE),
        ("#N/A", NoNumber.ERROR),
        ("#DIV/0!", NoNumber.ERROR),
        ("#######", NoNumber.HIDDEN),
        ("1,234", NoNumber.MARK_UNCLEAR),
        ("1.234", NoNumber.MARK_UNCLEAR),
        ("P", NoNumber.NOT_A_NUMBER),
        ("8,14,41", NoNumber.NOT_A_NUMBER),
        ("1,2,3.4.5", NoNumber.NOT_A_NUMBER),
        ("12 EUR", NoNumber.NOT_A_NUMBER),
    ],
)
def test_a_cell_without_a_clear_number_says_why(text: str, reason: NoNumber) -> None:
    assert read_number(_cell(text)) is reason


def test_a_missing_cell_is_blank() -> None:
    assert read_number(None) is NoNumber.BLANK


def test_a_known_decimal_mark_settles_what_was_unclear() -> None:
    assert read_number(_cell("1,234"), DecimalMark.COMMA) == Decimal("1.234")
    assert read_number(_cell("1,234"), DecimalMark.POINT) == Decimal(1234)
    assert read_number(_cell("1,5"), DecimalMark.POINT) is NoNumber.NOT_A_NUMBER


def test_a_number_written_by_a_machine_has_a_decimal_point() -> None:
    assert read_number(_cell("1.234", CellKind.NUMBER)) == Decimal("1.234")


def test_a_count_is_whole_and_of_human_size() -> None:
    assert read_count(_cell("53.0")) == 53
    assert read_count(_cell("2,5")) is NoNumber.NOT_A_NUMBER
    assert read_count(_cell("1E+999")) is NoNumber.NOT_A_NUMBER
    assert read_count(_cell("-")) is NoNumber.DASH


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("53.0", "53"),
        ("1.8E+10", "18000000000"),
        ("0.50", "0.5"),
        ("0E5", "0"),
        ("1E+900", "1E+900"),
        ("abc", "abc"),
    ],
)
def test_numbers_of_the_file_are_shown_as_plain_digits(written: str, shown: str) -> None:
    assert plain_digits(written) == shown


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_columns_have_the_letters_of_a_spreadsheet(column: int, letters: str) -> None:
    assert column_letter(column) == letters


def test_columns_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        column_letter(0)
