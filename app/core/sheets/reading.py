"""Reads any file that somebody brings into sheets, by what it is and not by what it is called."""

from app.core.sheets.delimited import read_delimited
from app.core.sheets.limits import LIMITS, Limits
from app.core.sheets.sheet import Sheet
from app.core.sheets.sniff import FileKind, file_kind
from app.core.sheets.spreadsheetml import read_spreadsheetml
from app.core.sheets.workbook import read_workbook


def read_sheets(data: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of a file that hold anything, in the file's order; there is at least one.

    Raises Refused (codes `sheets.…`, told with row and column where there is one) for everything that cannot be
    read: other formats, damage, sizes beyond the limits, XML entities.
    """
    match file_kind(data, limits):
        case FileKind.SPREADSHEETML:
            return read_spreadsheetml(data, limits)
        case FileKind.WORKBOOK:
            return read_workbook(data, limits)
        case FileKind.DELIMITED:
            return read_delimited(data, limits)
