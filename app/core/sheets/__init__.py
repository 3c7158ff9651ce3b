"""Reads tables that people bring (.xls that is XML, .xlsx, CSV) into sheets of cells; understands nothing of them."""

from app.core.sheets.dates import DayOrder, MonthDay, NoDate, orders_shown, read_date, read_day
from app.core.sheets.limits import LIMITS, Limits
from app.core.sheets.reading import read_sheets
from app.core.sheets.sheet import Cell, CellKind, Row, Sheet, column_letter
from app.core.sheets.sniff import FileKind, file_kind
from app.core.sheets.spelling import folded, tidy
from app.core.sheets.values import DecimalMark, NoNumber, decimal_mark_shown, read_count, read_number

__all__ = [
    "LIMITS",
    "Cell",
    "CellKind",
    "DayOrder",
    "DecimalMark",
    "FileKind",
    "Limits",
    "MonthDay",
    "NoDate",
    "NoNumber",
    "Row",
    "Sheet",
    "column_letter",
    "decimal_mark_shown",
    "file_kind",
    "folded",
    "orders_shown",
    "read_count",
    "read_date",
    "read_day",
    "read_number",
    "read_sheets",
    "tidy",
]
