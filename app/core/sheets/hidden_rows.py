"""Which rows of an .xlsx does its spreadsheet not show? The workbook's reader does not tell, so the parts are asked."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO

from lxml import etree

_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_CHUNK_BYTES = 1 << 20


def hidden_rows(data: bytes) -> Mapping[str, frozenset[int]]:
    """Return the numbers of the hidden rows by the title of their worksheet.

    Only for a zip that was looked at before (`check_archive`): sizes are limited and no entity can be declared.
    Raises what a damaged zip or part makes the libraries raise.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {title: _hidden_in(archive, part) for title, part in _worksheets(archive)}


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the title of each worksheet and the part that holds it."""
    book = next(name for name in archive.namelist() if _WORKBOOK_PART.fullmatch(name))
    folder, name = posixpath.split(book)
    related = _parsed(archive, f"{folder}/_rels/{name}.rels")
    targets = {str(one.get("Id")): str(one.get("Target", "")) for one in related.iter("{*}Relationship")}
    for sheet in _parsed(archive, book).iter("{*}sheet"):
        link = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        if target := targets.get(link):
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield str(sheet.get("name", "")), part


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def _hidden_in(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    with archive.open(part) as stream:
        return frozenset(_hidden_numbers(stream))


def _hidden_numbers(stream: IO[bytes]) -> Iterator[int]:
    """Yield the numbers of the rows that are marked as hidden; a row without a number follows the one before."""
    row = 0
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        text = rest + chunk
        at = max(text.rfind(b"<"), 0)
        rest = text[at:] if text.find(b">", at) < 0 else b""
        for found in _ROW.finditer(text[: len(text) - len(rest)]):
            number = _NUMBER.search(found[1])
            row = int(number[1]) if number else row + 1
            if _HIDDEN.search(found[1]):
                yield row
