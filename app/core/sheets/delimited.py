"""Reads CSV and its relatives: text with one line for a row, whatever sign stands between the fields."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from app.core.sheets.building import SheetsBuilder, refuse
from app.core.sheets.decoding import GUESSED, decoded
from app.core.sheets.limits import Limits
from app.core.sheets.sheet import Sheet

# In a draw the first one: commas stand in the numbers of files cut by semicolons, hardly the other way round.
_DELIMITERS = "\t;,|"
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 60
# Excel writes and reads this first line and never shows it.
_TOLD_DELIMITER = re.compile(r"sep=([,;\t|])(\r\n|\r|\n|$)", re.IGNORECASE)


def read_delimited(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the one sheet of a text file; its row numbers count records, as a spreadsheet shows them.

    Refuses text whose quotation marks do not close, since rows would vanish into one field.
    """
    source = decoded(data)
    told = _TOLD_DELIMITER.match(source.text)
    text = source.text[told.end() :] if told else source.text
    delimiter = told.group(1) if told else _delimiter_of(text)
    builder = SheetsBuilder(limits=limits, guessed_encoding=GUESSED if source.guessed else "")
    builder.begin_sheet("")
    for row, fields in _records(text, delimiter):
        for column, field in enumerate(fields, start=1):
            builder.put(row=row, column=column, text=field)
    return builder.finish()


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    row = 0
    try:
        for fields in _reader(text, delimiter):
            row += 1
            yield row, fields
    except csv.Error:
        refuse("sheets.row_unreadable", row=row + 1)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    # Without translation of line ends: the reader itself takes CR, LF and both, also within quotation marks.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter_of(text: str) -> str:
    """Return the sign that cuts the beginning of the text into the most regular table."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> int:
    """Return the number of cuts in rows of the commonest width: a decimal comma or a comma in a title cuts fewer."""
    widths: Counter[int] = Counter()
    # The sample may end within a field, and a wrong sign tears quotation marks apart.
    with suppress(csv.Error):
        for fields in islice(_reader(sample, delimiter), _SAMPLE_ROWS):
            widths[len(fields)] += 1
    return max(((width - 1) * rows for width, rows in widths.items()), default=0)
