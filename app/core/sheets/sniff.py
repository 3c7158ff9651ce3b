"""What kind of file is this? Told by its content: exports named .xls are often XML, and names are changed by hand."""

import re
from enum import StrEnum

from app.core.sheets.building import refuse
from app.core.sheets.decoding import decoded
from app.core.sheets.limits import MEBIBYTE, Limits

SPREADSHEETML_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls before 2007, and any Office file locked with a password
_ZIP = b"PK\x03\x04"
_NO_TABLE = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)
_LOOKED_AT = 65_536
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_XML = re.compile(r"<(\?xml|!DOCTYPE|([\w.-]+:)?Workbook)\b")


class FileKind(StrEnum):
    """The three ways in which a table is brought."""

    SPREADSHEETML = "spreadsheetml"
    WORKBOOK = "workbook"
    DELIMITED = "delimited"


def file_kind(data: bytes, limits: Limits) -> FileKind:
    """Return what the content is, whatever the file is called; refuse what no reader here understands."""
    if len(data) > limits.file_bytes:
        refuse("sheets.file_too_large", limit_mebibytes=limits.file_bytes // MEBIBYTE)
    if not data.strip():
        refuse("sheets.empty_file")
    if data.startswith(_OLE):
        refuse("sheets.old_or_locked_workbook")
    if data.startswith(_NO_TABLE):
        refuse("sheets.not_a_spreadsheet")
    if data.startswith(_ZIP):
        return FileKind.WORKBOOK
    return _kind_of_text(decoded(data).text[:_LOOKED_AT].lstrip())


def _kind_of_text(head: str) -> FileKind:
    if not head:
        refuse("sheets.empty_file")
    if _HTML.match(head):
        refuse("sheets.web_page")
    if not _XML.match(head):
        return FileKind.DELIMITED
    if SPREADSHEETML_NAMESPACE not in head:
        refuse("sheets.web_page" if _HTML.search(head) else "sheets.other_xml")
    return FileKind.SPREADSHEETML
