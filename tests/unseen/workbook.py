"""How is a true `.xlsx` written so that it is the same, byte for byte, each time?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

_MADE_AT: Final = datetime(2025, 10, 1, 9, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Workbook:
    """A workbook of one sheet while it is written; its bytes stand in `content` once it is closed."""

    book: Any
    sheet: Any
    content: bytes = b""


@contextmanager
def workbook(sheet_name: str) -> Iterator[Workbook]:
    """Lend a workbook with one sheet of that name."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": _MADE_AT.replace(tzinfo=None)})
    made = Workbook(book=book, sheet=book.add_worksheet(sheet_name))
    yield made
    book.close()
    made.content = held.getvalue()
