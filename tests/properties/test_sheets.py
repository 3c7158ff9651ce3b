"""Does reading give back what was written, and does no input whatever do more than be refused?"""

import datetime as dt
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.intake import Period, parse_roster, parse_weekly
from app.core.intake.sentences import SENTENCES
from app.core.intake.years import placed_in
from app.core.sheets import (
    LIMITS,
    Cell,
    MonthDay,
    Sheet,
    folded,
    read_date,
    read_day,
    read_number,
    read_sheets,
    tidy,
)
from app.core.sheets.values import plain_digits
from tests.support.planned_attendance import export_grid, planned_attendance
from tests.support.planned_roster import chapter_grid
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
# A damaged workbook may lack what the library then replaces, and it says so.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
thorough = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Everything that can stand in a cell of each container; control characters cannot stand in XML.
_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_texts = st.text(_letters, min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
_grids = st.lists(st.lists(st.none() | _texts, min_size=1, max_size=5), min_size=1, max_size=8).filter(
    lambda grid: any(any(row) for row in grid)
)
VALID = (
    csv_bytes(chapter_grid()),
    spreadsheetml_bytes(chapter_grid()),
    xlsx_bytes({"Report": chapter_grid()}),
    csv_bytes(export_grid(planned_attendance()), encoding="utf-16"),
    spreadsheetml_bytes(export_grid(planned_attendance())),
)


def _placed(grid: Grid) -> dict[tuple[int, int], str]:
    return {
        (row, column): str(value)
        for row, values in enumerate(grid, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }


def _read(data: bytes) -> dict[tuple[int, int], str]:
    (sheet,) = read_sheets(data)
    return {(row.number, cell.column): cell.text for row in sheet.rows for cell in row}


@thorough
@given(
    grid=_grids,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    line_end=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_a_csv_that_tells_its_delimiter_is_read_as_it_was_written(
    grid: Grid, delimiter: str, encoding: str, line_end: str
) -> None:
    told = f"sep={delimiter}{line_end}"
    text = told + csv_bytes(grid, delimiter=delimiter, line_end=line_end).decode()
    assert _read(text.encode(encoding)) == _placed(grid)


@thorough
@given(grid=_grids)
def test_an_excel_workbook_is_read_as_it_was_written(grid: Grid) -> None:
    assert _read(xlsx_bytes({"Report": grid})) == _placed(grid)


@thorough
@given(grid=_grids, line_end=st.sampled_from(["\r\n", "\n", "\r"]))
def test_spreadsheetml_is_read_as_it_was_written(grid: Grid, line_end: str) -> None:
    assert _read(spreadsheetml_bytes(grid, line_end=line_end)) == _placed(grid)


@thorough
@given(number=st.floats(-1e300, 1e300) | st.integers(-(10**15), 10**15))
def test_numbers_keep_their_value_in_both_excel_formats(number: float) -> None:
    for data in (xlsx_bytes({"a": [[number]]}), spreadsheetml_bytes([[number]])):
        (cell,) = read_sheets(data)[0].rows[0]
        assert float(cell.text) == pytest.approx(float(number), rel=1e-15)


def _read_without_surprise(data: bytes) -> None:
    """Read and understand whatever comes; only a refusal with a sentence may be raised."""
    try:
        for sheet in read_sheets(data):
            _understand_without_surprise(sheet)
    except Refused as refused:
        for refusal in refused.refusals:
            assert SENTENCES[refusal.code] % refusal.facts


def _understand_without_surprise(sheet: Sheet) -> None:
    for parse in (lambda: parse_roster(sheet, TODAY), lambda: parse_weekly(sheet, TODAY, "2025 report.xls")):
        try:
            found = parse()
        except Refused as refused:
            for refusal in refused.refusals:
                assert SENTENCES[refusal.code] % refusal.facts
        else:
            for remark in (*getattr(found, "problems", ()), *getattr(found, "notes", ())):
                assert SENTENCES[remark.code] % remark.sentence_facts


@thorough
@given(
    data=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    _read_without_surprise(data)


@thorough
@given(
    start=st.sampled_from(
        [b"PK\x03\x04", b"<?xml ", b"<Workbook ", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"\xd0\xcf"]
    ),
    rest=st.binary(max_size=300),
)
def test_bytes_that_begin_like_a_known_format_are_read_or_refused(start: bytes, rest: bytes) -> None:
    _read_without_surprise(start + rest)


@thorough
@given(
    data=st.sampled_from(VALID), at=st.integers(0, 10**6), cut=st.integers(0, 40), put=st.binary(max_size=40)
)
def test_a_damaged_file_is_read_or_refused(data: bytes, at: int, cut: int, put: bytes) -> None:
    place = at % len(data)
    _read_without_surprise(data[:place] + put + data[place + cut :])


@thorough
@given(
    part=st.integers(0, 50),
    at=st.integers(0, 10**6),
    cut=st.integers(0, 20),
    put=st.text("<>/=\"'&; 0a9-", max_size=12),
)
def test_a_workbook_with_a_damaged_part_is_read_or_refused(part: int, at: int, cut: int, put: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID[2])) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        damaged = names[part % len(names)]
        for name in names:
            content = old.read(name)
            if name == damaged:
                place = at % len(content)
                content = content[:place] + put.encode() + content[place + cut :]
            new.writestr(name, content)
    _read_without_surprise(buffer.getvalue())


_WORDS = (
    "First Name|Last Name|Name|Email|Join Date|Chapter|From|To|Total|Visitors|姓氏|名字|P|A|x|-|#N/A|Sep 02|Jan 06|"
    "Feb 29|2026-01-06|03/04/2025|13/01/2026|45902|53.0|a@b.example|@|1.8E+10|\u200f|王|Ana"
)
_words = st.sampled_from(_WORDS.split("|"))


@thorough
@given(grid=st.lists(st.lists(st.none() | _words, min_size=1, max_size=7), min_size=1, max_size=9))
def test_any_table_of_likely_words_is_understood_asked_about_or_refused(grid: Grid) -> None:
    _read_without_surprise(csv_bytes(grid))


@thorough
@given(text=st.text(max_size=20))
def test_folding_and_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert folded(folded(text)) == folded(text)
    assert folded(f"  {text.upper()} ") == folded(text.upper())


@thorough
@given(text=st.text(max_size=20) | st.text("0123456789.,-/ E+'T:#", max_size=20))
def test_numbers_and_dates_are_read_from_any_text_without_surprise(text: str) -> None:
    cell = Cell(column=1, text=text)
    assert read_number(cell) is not None
    assert read_day(cell) is not None
    assert read_date(cell) is not None


@thorough
@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=4)
)
def test_plain_digits_keep_the_value(number: Decimal) -> None:
    assert Decimal(plain_digits(f"{number:E}")) == number


@thorough
@given(first=st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), weeks=st.integers(1, 52))
def test_weeks_of_a_year_find_their_years_in_their_period(first: dt.date, weeks: int) -> None:
    dates = tuple(first + dt.timedelta(weeks=week) for week in range(weeks))
    days = [MonthDay(date.month, date.day) for date in dates]
    assert placed_in(Period(first=dates[0], last=dates[-1]), days) == dates
    assert placed_in(Period(first=dates[0], last=dates[-1]), days[::-1]) == dates[::-1]


@thorough
@given(cells=st.integers(1, 30), limit=st.integers(1, 30))
def test_a_file_is_refused_exactly_when_it_passes_a_limit(cells: int, limit: int) -> None:
    grid = [[f"cell {number}"] for number in range(cells)]
    limits = replace(LIMITS, rows=limit)
    if cells > limit:
        with pytest.raises(Refused):
            read_sheets(csv_bytes(grid), limits)
    else:
        (sheet,) = read_sheets(csv_bytes(grid), limits)
        assert len(sheet.rows) == cells
