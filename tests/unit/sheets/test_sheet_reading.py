"""Is every container read by its content, cell by cell, with the rows and columns that people see?"""

import datetime as dt
import io

import pytest
import xlsxwriter

from app.core.sheets import CellKind, FileKind, Sheet, file_kind, read_sheets
from app.core.sheets.limits import LIMITS
from tests.support.sheets import Grid, Merged, csv_bytes, spreadsheetml_bytes, xlsx_bytes

GRID: Grid = [
    [Merged(text="Attendance", across=2), None, None, "right of it"],
    [],
    ["Name", None, "Since", "Count", "Note"],
    ["Sinéad O'Brien-Østergård", None, dt.date(2025, 9, 2), 53.0, 'says "hi", twice\nand more'],
    ["王小明", None, None, 2.5, "ليلى & <b>"],
]
EXPECTED = {
    (1, "A"): "Attendance",
    (1, "D"): "right of it",
    (3, "A"): "Name",
    (3, "C"): "Since",
    (3, "D"): "Count",
    (3, "E"): "Note",
    (4, "A"): "Sinéad O'Brien-Østergård",
    (4, "C"): "2025-09-02",
    (4, "D"): "53",
    (4, "E"): 'says "hi", twice\nand more',
    (5, "A"): "王小明",
    (5, "D"): "2.5",
    (5, "E"): "ليلى & <b>",
}


def _texts(sheet: Sheet) -> dict[tuple[int, str], str]:
    return {(row.number, cell.letter): cell.text for row in sheet.rows for cell in row}


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
def test_an_xls_that_is_xml_is_read_with_prefix_skips_and_merged_cells(line_end: str) -> None:
    data = spreadsheetml_bytes(GRID, line_end=line_end)
    assert file_kind(data, LIMITS) is FileKind.SPREADSHEETML
    (sheet,) = read_sheets(data)
    assert sheet.title == "Report"
    assert _texts(sheet) == EXPECTED


def test_an_index_skips_columns_so_that_a_date_never_lands_below_the_industry() -> None:
    row = '<Row><Cell><Data ss:Type="String">Ana</Data></Cell><Cell ss:Index="7"><Data>2026-04-01</Data></Cell></Row>'
    (sheet,) = read_sheets(_spreadsheetml(row))
    assert _texts(sheet) == {(1, "A"): "Ana", (1, "G"): "2026-04-01"}


def test_a_merged_cell_advances_by_what_it_covers() -> None:
    row = '<Row><Cell ss:MergeAcross="2"><Data>wide</Data></Cell><Cell><Data>next</Data></Cell></Row>'
    (sheet,) = read_sheets(_spreadsheetml(row))
    assert _texts(sheet) == {(1, "A"): "wide", (1, "D"): "next"}


def test_a_row_that_spans_further_rows_moves_the_next_one_down() -> None:
    (sheet,) = read_sheets(_spreadsheetml('<Row ss:Span="2"/><Row><Cell><Data>below</Data></Cell></Row>'))
    assert _texts(sheet) == {(4, "A"): "below"}


def test_comments_on_cells_and_bold_parts_of_a_text_do_not_disturb_it() -> None:
    cell = (
        '<Cell><ss:Data ss:Type="String"><B>Ana</B> Silva</ss:Data>'
        '<Comment><ss:Data ss:Type="String">who is this?</ss:Data></Comment></Cell>'
    )
    (sheet,) = read_sheets(_spreadsheetml(f"<Row>{cell}</Row>"))
    assert _texts(sheet) == {(1, "A"): "Ana Silva"}


def test_types_of_the_xml_are_kept() -> None:
    cells = "".join(
        f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>'
        for kind, text in (
            ("Number", "1.8E+10"), ("DateTime", "2025-09-02T07:00:00.000"), ("Boolean", "1"), ("Error", "#N/A"),
        )
    )  # fmt: skip
    (sheet,) = read_sheets(_spreadsheetml(f"<Row>{cells}</Row>"))
    assert [(cell.kind, cell.text) for cell in sheet.rows[0]] == [
        (CellKind.NUMBER, "18000000000"),
        (CellKind.DATE, "2025-09-02T07:00:00.000"),
        (CellKind.BOOLEAN, "TRUE"),
        (CellKind.ERROR, "#N/A"),
    ]


@pytest.mark.parametrize("encoding", ["windows-1252", "UTF-8", "gb18030"])
def test_xml_is_read_in_the_character_set_that_it_declares(encoding: str) -> None:
    text = _spreadsheetml("<Row><Cell><Data>Müller §</Data></Cell></Row>").decode()
    (sheet,) = read_sheets(text.replace("UTF-8", encoding).encode(encoding))
    assert _texts(sheet) == {(1, "A"): "Müller §"}
    assert not sheet.guessed_encoding


def test_xml_in_utf_16_is_read() -> None:
    text = _spreadsheetml("<Row><Cell><Data>Müller</Data></Cell></Row>").decode().replace("UTF-8", "UTF-16")
    (sheet,) = read_sheets(text.encode("utf-16"))
    assert _texts(sheet) == {(1, "A"): "Müller"}


def test_an_excel_workbook_is_read_with_dates_numbers_and_merged_cells() -> None:
    data = xlsx_bytes({"Report": GRID})
    assert file_kind(data, LIMITS) is FileKind.WORKBOOK
    (sheet,) = read_sheets(data)
    assert _texts(sheet) == EXPECTED
    kinds = {cell.text: cell.kind for row in sheet.rows for cell in row}
    assert kinds["2025-09-02"] is CellKind.DATE
    assert kinds["53"] is CellKind.NUMBER


def test_empty_and_hidden_worksheets_are_left_out() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Seen").write("B2", "here")
        hidden = book.add_worksheet("Hidden")
        hidden.write("A1", "lists")
        hidden.hide()
    assert [sheet.title for sheet in read_sheets(buffer.getvalue())] == ["Seen"]


def test_a_formula_is_read_as_the_value_it_last_had() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_formula("A1", "=1+1", value=2)
    (sheet,) = read_sheets(buffer.getvalue())
    assert _texts(sheet) == {(1, "A"): "2"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_text_is_read_whatever_its_delimiter_character_set_and_line_ends(
    delimiter: str, encoding: str, line_end: str
) -> None:
    data = csv_bytes(GRID, delimiter=delimiter, encoding=encoding, line_end=line_end)
    assert file_kind(data, LIMITS) is FileKind.DELIMITED
    (sheet,) = read_sheets(data)
    assert _texts(sheet) == {**EXPECTED, (4, "D"): "53.0"}
    assert not sheet.guessed_encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_is_read_without_its_byte_order_mark(encoding: str) -> None:
    (sheet,) = read_sheets("Name;Firma\nAna;Luz\n".encode(encoding))
    assert _texts(sheet) == {(1, "A"): "Name", (1, "B"): "Firma", (2, "A"): "Ana", (2, "B"): "Luz"}


def test_windows_1252_is_read_and_told_to_be_a_guess() -> None:
    (sheet,) = read_sheets("Name;Firma\nJürgen Groß;Café “Zoë”\n".encode("cp1252"))
    assert _texts(sheet)[2, "B"] == "Café “Zoë”"
    assert sheet.guessed_encoding == "Windows-1252"


def test_decimal_commas_do_not_cut_a_row_of_semicolons() -> None:
    (sheet,) = read_sheets(b"Liste, Stand Mai\nName;Betrag\nAna;1,5\nBo;2,25\n")
    assert _texts(sheet)[3, "B"] == "1,5"


def test_the_delimiter_told_in_the_first_line_is_taken_and_is_no_row() -> None:
    (sheet,) = read_sheets(b"sep=;\r\na,b;c\r\n")
    assert _texts(sheet) == {(1, "A"): "a,b", (1, "B"): "c"}


def test_a_quoted_field_over_two_lines_is_one_row() -> None:
    (sheet,) = read_sheets(b'a,b\n"two\nlines",x\nlast,y\n')
    assert _texts(sheet)[3, "A"] == "last"


def _spreadsheetml(rows: str) -> bytes:
    urn = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\r<Workbook xmlns="{urn}" xmlns:ss="{urn}">'
        f'<Worksheet ss:Name="Report"><ss:Table>{rows}</ss:Table></Worksheet></Workbook>'
    ).encode()
