"""Is this zip an honest .xlsx? Looked at before any of it is unpacked into a workbook.

A zip of a few kilobytes can hold gigabytes, its parts can declare XML entities, and each style in it costs far more
time than a cell. So sizes are read from its directory, and every part is streamed once: its XML marks are counted
and a document type is refused.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from app.core.sheets.building import refuse
from app.core.sheets.limits import Limits

# What a damaged or crafted zip makes the standard library raise: headers, streams, names, unknown compression.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 16
_RATIO_MATTERS_FROM_BYTES = 1 << 20
_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
_DATA_PARTS = ("xl/worksheets/", "xl/sharedStrings")
# Written by no spreadsheet program; a document type could hide in them from a search for its ASCII letters.
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_OTHER_ENCODING = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["'](?!utf-8["']|us-ascii["']|iso-8859-1["'])""", re.IGNORECASE
)


def check_archive(data: bytes, limits: Limits) -> None:
    """Return quietly where the zip is an .xlsx within the limits; refuse it otherwise."""
    if data.count(_DIRECTORY_ENTRY) > limits.packed_parts:
        refuse("sheets.holds_too_much")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_directory(archive, len(data), limits)
            _check_parts(archive, limits)
    except BROKEN_ZIP:
        refuse("sheets.broken_workbook")


def _check_directory(archive: zipfile.ZipFile, packed_bytes: int, limits: Limits) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        refuse("sheets.old_or_locked_workbook")
    if not any(_WORKBOOK_PART.fullmatch(name) for name in names):
        refuse("sheets.other_workbook" if _is_other_workbook(names) else "sheets.not_a_spreadsheet")
    unpacked_bytes = sum(part.file_size for part in parts)
    too_dense = unpacked_bytes > max(_RATIO_MATTERS_FROM_BYTES, limits.unpacking_ratio * packed_bytes)
    if unpacked_bytes > limits.unpacked_bytes or too_dense:
        refuse("sheets.holds_too_much")


def _is_other_workbook(names: set[str]) -> bool:
    """Is it an OpenDocument, binary or Numbers table: a spreadsheet, but not one that is read here?"""
    return (
        "xl/workbook.bin" in names or "content.xml" in names or any(name.endswith(".iwa") for name in names)
    )


@dataclass(slots=True, kw_only=True)
class _Marks:
    """The XML marks that may still come, in tables and elsewhere."""

    data: int
    other: int


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    left = _Marks(data=limits.data_marks, other=limits.other_marks)
    for part in archive.infolist():
        marks = _marks_in(archive, part)
        if part.filename.startswith(_DATA_PARTS):
            left.data -= marks
        else:
            left.other -= marks
        if left.data < 0 or left.other < 0:
            refuse("sheets.holds_too_much")


def _marks_in(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return how many XML marks open in a part; refuse it where it could bring entities along."""
    marks = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            if not tail and (chunk.startswith(_UTF16_STARTS) or _OTHER_ENCODING.search(chunk[:400])):
                refuse("sheets.broken_workbook")
            if b"<!DOCTYPE" in tail + chunk:
                refuse("sheets.document_type")
            marks += chunk.count(b"<")
            tail = chunk[-_OVERLAP_BYTES:]
    return marks
