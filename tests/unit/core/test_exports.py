"""Tables as files: exact cells of CSV and XLSX, the text of the PDF, no live formula, and memory that stays small."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest

from app.core.exports.csv_file import csv_chunks
from app.core.exports.formulas import neutral
from app.core.exports.pdf_file import Print, paper_of, pdf_bytes
from app.core.exports.table import ROWS_AT_A_TIME, Column, Kind, Row, Table, amount
from app.core.exports.xlsx_file import write_xlsx, xlsx_chunks
from tests.support.reading_files import cells_of_xlsx, formulas_of_xlsx, text_of_pdf

COLUMNS = (
    Column(heading="Name", width=24),
    Column(heading="Met", kind=Kind.NUMBER),
    Column(heading="TYFCB (EUR)", kind=Kind.MONEY, currency="EUR"),
    Column(heading="Last", kind=Kind.DAY),
)
LAST = date(2026, 11, 24)
LONG = "Maximiliana-Theodora von Hohenlohe-Østergård"
PRINT = Print(
    locale="en_GB",
    country="PT",
    made_at=datetime(2026, 11, 24, 7, 4, 9, 123456, tzinfo=UTC),
    page_words="Page {page} of {pages}",
    unprintable="Some letters have no font here.",
)


def table(*rows: Row, foot: tuple[Row, ...] = ()) -> Table:
    return Table(
        title="PALMS", columns=COLUMNS, rows=rows, foot=foot, about=("Harbour",), notes=("L excludes P.",)
    )


def csv_of(written: Table) -> list[list[str]]:
    content = b"".join(csv_chunks(written))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_of(written: Table) -> bytes:
    return b"".join(xlsx_chunks(written))


def test_csv_holds_the_exact_cells_with_plain_decimals_and_no_foot() -> None:
    found = csv_of(
        table(
            (LONG, 12, Decimal("1234.50"), LAST), ("محمد", 0, None, None), foot=(("Total", 12, None, None),)
        )
    )
    assert found == [
        ["Name", "Met", "TYFCB (EUR)", "Last"],
        [LONG, "12", "1234.50", "2026-11-24"],
        ["محمد", "0", "", ""],
    ]


def test_xlsx_holds_numbers_as_numbers_money_in_its_currency_and_days_as_days() -> None:
    content = xlsx_of(
        table((LONG, 12, Decimal("1234.50"), LAST), foot=(("Total", 12, Decimal("1234.50"), None),))
    )
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [LONG, 12, 1234.5, datetime(2026, 11, 24)]  # noqa: DTZ001  # a calendar day, as openpyxl reads one
    assert [cell.value for cell in sheet[3]] == ["Total", 12, 1234.5, None]
    assert (sheet["C2"].number_format, sheet["D2"].number_format) == ('#,##0.00 "EUR"', "yyyy-mm-dd")
    assert (sheet.title, sheet.freeze_panes, sheet.column_dimensions["A"].width > 20) == ("PALMS", "B2", True)


def test_xlsx_is_read_alike_by_a_second_reader() -> None:
    content = xlsx_of(table((LONG, 12, Decimal("1234.50"), LAST)))
    assert cells_of_xlsx(content)[:2] == [
        ["Name", "Met", "TYFCB (EUR)", "Last"],
        [LONG, "12", "1234.50", str((LAST - date(1899, 12, 30)).days)],
    ]


def test_xlsx_goes_on_in_another_sheet_where_one_is_full() -> None:
    file = BytesIO()
    write_xlsx(table(*((f"M{n}", n, None, None) for n in range(7))), file, most_rows=4)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["PALMS", "PALMS 2", "PALMS 3"]
    assert [[row[0] for row in sheet.values] for sheet in book] == [
        ["Name", "M0", "M1", "M2"],
        ["Name", "M3", "M4", "M5"],
        ["Name", "M6"],
    ]


@pytest.mark.parametrize("title", ["A/B [1]: *?", "'quoted'", "x" * 60, ""])
def test_xlsx_has_a_sheet_whatever_the_title(title: str) -> None:
    content = xlsx_of(Table(title=title, columns=COLUMNS, rows=()))
    assert len(openpyxl.load_workbook(BytesIO(content)).sheetnames[0]) in range(1, 32)


LIVE = [
    "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\u00a0=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ttab",
]  # fmt: skip


@pytest.mark.parametrize("text", LIVE)
def test_no_text_is_a_live_formula_in_any_file(text: str) -> None:
    assert neutral(text) == f"'{text}"
    rows = [("Ana", 1, None, None), (text, 1, None, None), ("", 1, None, None)]
    assert csv_of(table(*rows))[1:3] == [["Ana", "1", "", ""], [f"'{text}", "1", "", ""]]
    content = xlsx_of(table(*rows))
    assert formulas_of_xlsx(content) == []
    assert cells_of_xlsx(content)[2][0].startswith("'")


@pytest.mark.parametrize("text", ["O'Brien-Østergård", "Ana", "1-2-1", "", "one\n- two", "a=b", "王小明"])
def test_harmless_text_leaves_as_it_is(text: str) -> None:
    assert csv_of(table((text, 1, None, None)))[1][0] == text


def test_heading_is_no_live_formula_either() -> None:
    found = Table(title="x", columns=(Column(heading="=1"),), rows=())
    assert csv_of(found) == [["'=1"]]
    assert cells_of_xlsx(xlsx_of(found)) == [["'=1"]]


@pytest.mark.parametrize(
    ("currency", "written", "look"),
    [
        ("JPY", "123450", '#,##0 "JPY"'),
        ("EUR", "1234.50", '#,##0.00 "EUR"'),
        ("KWD", "123.450", '#,##0.000 "KWD"'),
    ],
)
def test_amount_has_the_decimals_of_its_currency(currency: str, written: str, look: str) -> None:
    columns = (Column(heading="Name"), Column(heading="Sum", kind=Kind.MONEY, currency=currency))
    row = ("Ana", amount(123450, currency))
    assert csv_of(Table(title="x", columns=columns, rows=[row]))[1] == ["Ana", written]
    sheet = openpyxl.load_workbook(BytesIO(xlsx_of(Table(title="x", columns=columns, rows=[row])))).active
    assert sheet is not None
    assert sheet["B2"].number_format == look


def test_rows_are_taken_one_chunk_at_a_time() -> None:
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for number in range(5 * ROWS_AT_A_TIME):
            taken += 1
            yield (f"M{number}", number, None, LAST)

    chunks = csv_chunks(Table(title="x", columns=COLUMNS, rows=rows()))
    next(chunks)
    assert taken == 0
    next(chunks)
    assert taken == ROWS_AT_A_TIME
    assert sum(chunk.count(b"\n") for chunk in chunks) == 4 * ROWS_AT_A_TIME


def test_pdf_says_title_group_numbers_and_pages_and_no_name_is_markup() -> None:
    names = [LONG, "#strike[x] *b* $y$", "محمد عبد الله", "Ana"] * 15
    rows = [(name, number, Decimal("1234.50"), LAST) for number, name in enumerate(names)]
    content = pdf_bytes(table(*rows, foot=(("Total", 99, None, None),)), PRINT)
    text = text_of_pdf(content).split("\n")
    assert {
        "PALMS",
        "Harbour",
        "TYFCB (EUR)",
        "1,234.50",
        "24 Nov 2026",
        "Total",
        "99",
        "L excludes P.",
    } <= set(text)
    assert text.count(LONG) == text.count("#strike[x] *b* $y$") == 15
    assert "Page 1 of 2" in text
    assert text.count("TYFCB (EUR)") == 2
    assert b"/pdfuaid:part" in content or b"pdfuaid:part" in content


def test_pdf_of_letters_without_a_font_says_so_and_is_made_all_the_same() -> None:
    content = pdf_bytes(table(("\U000e0fff\U0010fffd", 1, None, None)), PRINT)
    assert "Some letters have no font here." in text_of_pdf(content).split("\n")
    assert b"pdfuaid:part" not in content


def test_pdf_of_a_table_wider_than_paper_goes_on_under_the_columns_that_repeat() -> None:
    wide = Table(
        title="Grid",
        columns=[
            Column(heading="Name", repeats=True),
            *(Column(heading=f"2026-{n}", short=f"w{n}") for n in range(70)),
        ],
        rows=[["Ana Sousa", *(f"c{n}" for n in range(70))]],
    )
    lines = text_of_pdf(pdf_bytes(wide, PRINT)).split("\n")
    assert [lines.count(text) for text in ("Name", "Ana Sousa", "w0", "w69", "c69", "2026-0")] == [
        3,
        3,
        1,
        1,
        1,
        0,
    ]
    assert "Page 3 of 3" in lines


def test_pdf_of_no_rows_is_a_sheet_with_its_head() -> None:
    assert "TYFCB (EUR)" in text_of_pdf(pdf_bytes(table(), PRINT)).split("\n")


@pytest.mark.parametrize(("country", "paper", "points"), [("US", "us-letter", b"612"), ("PT", "a4", b"595")])
def test_paper_is_that_of_the_country(country: str, paper: str, points: bytes) -> None:
    how = Print(locale="en", country=country, made_at=PRINT.made_at, page_words="{page}", unprintable="")
    assert paper_of(country) == paper
    assert b"/MediaBox[0 0 " + points in pdf_bytes(table(), how).replace(b"/MediaBox [", b"/MediaBox[")
