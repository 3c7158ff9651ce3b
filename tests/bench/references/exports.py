"""What are files of many rows measured beside? The shortest programs that write the same rows, without a guard."""

import csv
import sqlite3
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Final

HEAD: Final = ("group_id", "group", "date", "member_id", "member", "status", "at", "note")
_LETTERS: Final = "PPPPPPALMS"
_ROWS_A_CHUNK: Final = 1000

Line = tuple[int, str, str, int, str, str, int, str]


def rows(count: int) -> Iterator[Line]:
    """Yield rows of attendance as a network would export them."""
    for number in range(count):
        day = f"2026-03-{1 + number % 28:02d}"
        name = f"Member Name {number % 30}"
        letter = _LETTERS[number % 10]
        yield (number // 780, "Group Riverside", day, number % 30, name, letter, 1_767_225_600 + number, "")


def fill(database: Path, count: int) -> None:
    """Make a table with these rows."""
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE a(group_id, grp, day, member_id, member, status, at, note)")
    connection.executemany("INSERT INTO a VALUES(?,?,?,?,?,?,?,?)", rows(count))
    connection.commit()
    connection.close()


def selected(database: Path) -> sqlite3.Cursor:
    """Return the rows of the table, to be fetched one by one."""
    return sqlite3.connect(database).execute("SELECT * FROM a")


def write_csv(database: Path, file: Path) -> None:
    """Write the table as CSV, some rows at a time."""
    with file.open("wb") as out:
        for chunk in _csv_chunks(selected(database)):
            out.write(chunk)


def write_xlsx(count: int, file: Path) -> None:
    """Write the rows as XLSX in constant memory, as xlsxwriter's own documents say."""
    import xlsxwriter  # noqa: PLC0415  # its memory is measured: in the process that writes with it alone

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for line, row in enumerate(rows(count), 1):
        sheet.write_row(line, 0, row)
    book.close()


def _csv_chunks(cursor: sqlite3.Cursor) -> Iterator[bytes]:
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    while part := cursor.fetchmany(_ROWS_A_CHUNK):
        writer.writerows(part)
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()
    yield written.getvalue().encode()
