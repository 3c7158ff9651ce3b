"""Rows that a spreadsheet hides are read all the same, and told."""

import io

import pytest
import xlsxwriter

from app.core.intake.handkept import parse_handkept
from app.core.sheets import read_sheets
from tests.support.kept_sheets import NOVEMBER, TODAY, letters_of, notes_of, weeks_of
from tests.support.sheets import spreadsheetml_bytes, xlsx_bytes


def _hidden_in_xml() -> bytes:
    return spreadsheetml_bytes(NOVEMBER).replace(b"<Row>", b'<Row ss:Hidden="1">', 3)


def _hidden_in_workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Rules").write_string(0, 0, "be on time")
        worksheet = book.add_worksheet("Attendance")
        for row, values in enumerate(NOVEMBER):
            worksheet.set_row(row, None, None, {"hidden": True})
            for column, value in enumerate(values):
                worksheet.write_string(row, column, str(value))
    return buffer.getvalue()


@pytest.mark.parametrize("data", [_hidden_in_xml(), _hidden_in_workbook()], ids=["xls", "xlsx"])
def test_hidden_rows_are_read_and_told(data: bytes) -> None:
    sheet = read_sheets(data)[-1]
    assert [row.is_hidden for row in sheet.rows] == [True, True, True]
    weekly = parse_handkept(sheet, TODAY, "ours.xls").weekly
    assert weekly is not None
    assert letters_of(weekly) == letters_of(weeks_of(NOVEMBER))
    assert notes_of(weekly)["intake.hidden_rows"].endswith("2, 3.")


def test_rows_that_are_shown_are_not_called_hidden() -> None:
    assert "intake.hidden_rows" not in notes_of(weeks_of(NOVEMBER))
    for data in (spreadsheetml_bytes(NOVEMBER), xlsx_bytes({"Attendance": NOVEMBER})):
        (sheet,) = read_sheets(data)
        assert not any(row.is_hidden for row in sheet.rows)
