"""Are dates read in every spelling that files bring, and is day or month never guessed?"""

import datetime as dt

import pytest

from app.core.sheets import Cell, CellKind, DayOrder, MonthDay, NoDate, orders_shown, read_date, read_day

SECOND_OF_SEPTEMBER = dt.date(2025, 9, 2)


def _cell(text: str, kind: CellKind = CellKind.TEXT) -> Cell:
    return Cell(column=1, text=text, kind=kind)


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-02",
        "2025/9/2",
        "2025-09-02T00:00:00.000",
        "2025-09-02 07:00",
        "2025-09-02T07:00:00Z",
        "45902",
        "45902.29",
        "02.09.2025",
        "2.9.2025",
        "Sep 02, 2025",
        "September 2 2025",
        "2 Sep 2025",
        "2-Sept-2025",
        "2nd September 2025",
        "2. September 2025",
        "2 septembre 2025",
        "2 de setembro de 2025",
        "2025年9月2日",
        "２０２５-０９-０２",
        "2025년 9월 2일",
    ],
)
def test_a_date_is_read_in_each_spelling(text: str) -> None:
    assert read_date(_cell(text)) == SECOND_OF_SEPTEMBER


@pytest.mark.parametrize(
    "text", ["Sep 02", "Sept. 2", "02 Sep", "2-Sep", "Sep-02", "2. Sept.", "9月2日", "2 set", "02.09."]
)
def test_a_day_without_year_is_kept_as_month_and_day(text: str) -> None:
    assert read_day(_cell(text)) == MonthDay(9, 2)
    assert read_date(_cell(text)) is NoDate.UNREADABLE


def test_day_and_month_that_could_be_swapped_are_not_guessed() -> None:
    assert read_date(_cell("03/04/2025")) is NoDate.ORDER_UNCLEAR
    assert read_day(_cell("03/04")) is NoDate.ORDER_UNCLEAR
    assert read_date(_cell("03/04/2025"), DayOrder.DAY_FIRST) == dt.date(2025, 4, 3)
    assert read_date(_cell("03/04/2025"), DayOrder.MONTH_FIRST) == dt.date(2025, 3, 4)


def test_a_date_that_can_be_read_in_one_way_only_needs_no_order() -> None:
    assert read_date(_cell("25/03/2025")) == dt.date(2025, 3, 25)
    assert read_date(_cell("03/25/2025")) == dt.date(2025, 3, 25)
    assert read_date(_cell("04-04-2025")) == dt.date(2025, 4, 4)


def test_a_date_against_the_known_order_is_unreadable_rather_than_swapped() -> None:
    assert read_date(_cell("03/25/2025"), DayOrder.DAY_FIRST) is NoDate.UNREADABLE


def test_the_order_is_shown_by_days_above_twelve_only() -> None:
    assert orders_shown([_cell("03/04/2025"), None]) == frozenset()
    assert orders_shown([_cell("03/04/2025"), _cell("25/03/2025")]) == {DayOrder.DAY_FIRST}
    assert orders_shown([_cell("12/31/2025")]) == {DayOrder.MONTH_FIRST}
    assert orders_shown([_cell("25/03/2025"), _cell("03/25/2025")]) == {
        DayOrder.DAY_FIRST,
        DayOrder.MONTH_FIRST,
    }
    assert orders_shown([_cell("25.03.2025")]) == frozenset()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NoDate.BLANK),
        ("soon", NoDate.UNREADABLE),
        ("P", NoDate.UNREADABLE),
        ("31/02/2025", NoDate.UNREADABLE),
        ("Sep 31", NoDate.UNREADABLE),
        ("52", NoDate.UNREADABLE),
        ("99999", NoDate.UNREADABLE),
        ("01/02/25", NoDate.UNREADABLE),
        ("2568-09-02", NoDate.YEAR_FAR_OFF),
        ("02.09.0025", NoDate.YEAR_FAR_OFF),
    ],
)
def test_a_cell_without_a_date_says_why(text: str, reason: NoDate) -> None:
    assert read_date(_cell(text)) is reason


def test_a_decimal_number_is_no_day() -> None:
    assert read_day(_cell("9.02", CellKind.NUMBER)) is NoDate.UNREADABLE


def test_29_february_exists_in_leap_years_only() -> None:
    assert MonthDay(2, 29).in_year(2024) == dt.date(2024, 2, 29)
    assert MonthDay(2, 29).in_year(2025) is None
