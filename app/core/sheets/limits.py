"""How large may a file be that somebody brings? Beyond these sizes it is refused before it costs anything."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that a file of a group never reaches and that a server of one gigabyte can bear.

    `rows` and `cells` count the filled ones of all sheets together; `row_number` is the last row that is looked at.
    `unpacked_bytes`, `packed_parts` and `unpacking_ratio` are for the zip that an .xlsx is; `data_marks` are
    the XML marks in tables, of either kind of Excel file, and `other_marks` those in everything else (styles, names):
    each costs 10 to 60 microseconds, so that the worst file within all limits takes a few seconds.
    """

    file_bytes: int = 10 * MEBIBYTE
    sheets: int = 50
    rows: int = 20_000
    row_number: int = 100_000
    columns: int = 400
    cells: int = 60_000
    cell_characters: int = 4_000
    packed_parts: int = 1_000
    unpacked_bytes: int = 40 * MEBIBYTE
    unpacking_ratio: int = 200
    data_marks: int = 600_000
    other_marks: int = 40_000


LIMITS = Limits()
