"""Reads .xlsx workbooks: the values that were last calculated, never a formula."""

import datetime as dt
from collections.abc import Mapping
from contextlib import closing, suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.core.sheets.archive import BROKEN_ZIP, check_archive
from app.core.sheets.building import SheetsBuilder, refuse
from app.core.sheets.limits import Limits
from app.core.sheets.sheet import CellKind, Sheet
from app.core.sheets.values import plain_digits

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# A workbook whose zip is sound but whose inside is senseless makes the library stumble wherever it happens to be.
_SENSELESS = (*BROKEN_ZIP, ArithmeticError, AssertionError, AttributeError, SyntaxError, TypeError)
# The library fills each row with empty cells up to its last one; a far-off last cell in every row is no table.
_PADDED_CELLS = 5_000_000
_KINDS = {"n": CellKind.NUMBER, "d": CellKind.DATE, "b": CellKind.BOOLEAN, "e": CellKind.ERROR}


def read_workbook(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the visible worksheets that hold anything; of merged cells the first holds the value.

    Refuses what is no .xlsx, is damaged, or would unpack into more than the limits allow.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - loaded when somebody brings a file, not when the server starts

    check_archive(data, limits)
    builder = SheetsBuilder(limits=limits)
    try:
        with closing(
            load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        ) as workbook:
            _put_worksheets(workbook, builder, limits, hidden=_hidden_rows(data))
    except _SENSELESS:
        refuse("sheets.broken_workbook")
    return builder.finish()


def _hidden_rows(data: bytes) -> Mapping[str, frozenset[int]]:
    """Return the hidden rows by worksheet; a workbook whose parts do not tell them is read without."""
    from app.core.sheets.hidden_rows import hidden_rows  # noqa: PLC0415 - loads lxml; see above

    with suppress(*_SENSELESS, StopIteration):
        return hidden_rows(data)
    return {}


def _put_worksheets(
    workbook: "Workbook", builder: SheetsBuilder, limits: Limits, *, hidden: Mapping[str, frozenset[int]]
) -> None:
    for worksheet in workbook.worksheets:
        if worksheet.sheet_state == "visible":
            title = str(worksheet.title)
            builder.begin_sheet(title, hidden_rows=hidden.get(title, frozenset()))
            worksheet.reset_dimensions()  # a wrong size told in the file would cut rows off
            _put_rows(worksheet, builder, limits)


def _put_rows(worksheet: Any, builder: SheetsBuilder, limits: Limits) -> None:
    padded = 0
    rows = islice(worksheet.iter_rows(), limits.row_number + 1)
    for row_number, cells in enumerate(rows, start=1):
        padded += len(cells)
        if row_number > limits.row_number or padded > _PADDED_CELLS:
            refuse("sheets.too_many_rows", row=row_number, limit=limits.rows)
        for column, cell in enumerate(cells, start=1):
            if cell.value is not None:
                kind = _KINDS.get(cell.data_type, CellKind.TEXT)
                builder.put(
                    row=row_number,
                    column=column,
                    text=_as_shown(cell.value),
                    kind=kind,
                    is_bold=bool(cell.has_style and cell.font.b),
                )


def _as_shown(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return plain_digits(repr(value))
        case dt.datetime():
            return (value.date() if value.time() == dt.time() else value).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            # What a Windows line end within a cell becomes in the file.
            return str(value).replace("_x000D_", "")
