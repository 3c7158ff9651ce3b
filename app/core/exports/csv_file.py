"""A table as CSV: UTF-8 with a byte-order mark, because spreadsheets read accents wrongly without; no live formula.

It is made for programs: plain decimals, days as 2026-11-24, and no foot, which a sum over the column would count twice.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from app.core.exports.formulas import harmless_chunks, neutral
from app.core.exports.table import Table

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def csv_chunks(table: Table) -> Iterator[bytes]:
    """Yield the file piece by piece, in memory that does not grow with its rows."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([neutral(column.heading) for column in table.columns])
    yield _BYTE_ORDER_MARK + _taken(written)
    for chunk in harmless_chunks(table.columns, table.rows):
        writer.writerows(chunk)
        yield _taken(written)


def _taken(written: StringIO) -> bytes:
    text = written.getvalue().encode()
    written.seek(0)
    written.truncate()
    return text
