"""In which character set is a text file written, and what does it say?"""

import codecs
import re
from dataclasses import dataclass

from app.core.sheets.building import refuse

GUESSED = "Windows-1252"
_LOOKED_AT = 4096
_ZEROS_IN_UTF16 = 0.1  # of all bytes, where most letters are Latin; a stray zero in other text proves nothing
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_XML_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Sets that a spreadsheet program writes into an XML declaration; any other name is left to the usual guess.
_DECLARED = frozenset(
    [f"cp{page}" for page in range(1250, 1259)]
    + [
        "ascii",
        "iso8859-1",
        "iso8859-15",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "shift_jis",
        "euc_jp",
        "euc_kr",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """The text of a file without its byte order mark; `guessed` is true where nothing in the file proves the set."""

    text: str
    guessed: bool


def decoded(data: bytes) -> DecodedText:
    """Return the text: by its byte order mark, else UTF-8 where that fits, else Windows-1252 as a guess.

    Refuses bytes that are no text at all.
    """
    known, text_bytes = _told_encoding(data)
    if known:
        return DecodedText(text=_strictly(text_bytes, known), guessed=False)
    try:
        return DecodedText(text=_without_nul(data.decode("utf-8")), guessed=False)
    except UnicodeDecodeError:
        return DecodedText(text=_strictly(data, "cp1252"), guessed=True)


def decoded_xml(data: bytes) -> DecodedText:
    """Return the text of an XML file without its declaration, in the character set that the declaration names."""
    source = _by_declaration(data) or decoded(data)
    declaration = _XML_DECLARATION.match(source.text)
    text = source.text[declaration.end() :] if declaration else source.text
    return DecodedText(text=text.lstrip(), guessed=source.guessed)


def _by_declaration(data: bytes) -> DecodedText | None:
    declared = _XML_ENCODING.match(data)
    if not declared:
        return None
    try:
        encoding = codecs.lookup(declared.group(1).decode("ascii")).name
    except LookupError:
        return None
    if encoding not in _DECLARED:
        return None
    return DecodedText(text=_strictly(data, encoding), guessed=False)


def _told_encoding(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    head = data[:_LOOKED_AT]
    evens, odds = head[::2].count(0), head[1::2].count(0)
    if max(evens, odds) < len(head) * _ZEROS_IN_UTF16 or (evens and odds):
        return "", data
    return "utf-16-le" if odds else "utf-16-be", data


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return _without_nul(data.decode(encoding))
    except UnicodeDecodeError:
        refuse("sheets.not_a_spreadsheet")


def _without_nul(text: str) -> str:
    if "\0" in text:
        refuse("sheets.not_a_spreadsheet")
    return text
