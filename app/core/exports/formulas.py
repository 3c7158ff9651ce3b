"""Which text would a spreadsheet run as a formula, and how does it stay text? Every file that leaves uses this."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from app.core.exports.table import ROWS_AT_A_TIME, Column, Kind, Row

_LIVE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""What a spreadsheet takes for a formula, or turns into one when it is pasted: also in the full-width forms."""
_LIVE_IN_LINES = re.compile(r"\n(?:[^\S\n]*[=+\-@＝＋－＠]|[\t\r])")


def neutral(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: led by an apostrophe where it could be one."""
    return f"'{text}" if _LIVE.match(text) else text


def harmless_chunks(
    columns: Sequence[Column], rows: Iterable[Row], *, rows_at_a_time: int = ROWS_AT_A_TIME
) -> Iterator[Sequence[Row]]:
    """Yield the rows some at a time, without a live formula in any TEXT column.

    Each column of a chunk is looked at as one text: that costs a tenth of a look at each cell, and hardly any is ever live.
    """
    texts = [place for place, column in enumerate(columns) if column.kind is Kind.TEXT]
    coming = iter(rows)
    while chunk := list(islice(coming, rows_at_a_time)):
        live = [place for place in texts if _may_hold_a_formula(chunk, place)]
        yield [_harmless(row, live) for row in chunk] if live else chunk


def _may_hold_a_formula(rows: Sequence[Any], place: int) -> bool:
    return _LIVE_IN_LINES.search("\n" + "\n".join(map(itemgetter(place), rows))) is not None


def _harmless(row: Row, live: Sequence[int]) -> Row:
    return [neutral(str(cell)) if place in live else cell for place, cell in enumerate(row)]
