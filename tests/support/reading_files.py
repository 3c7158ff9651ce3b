"""What stands in a file that the house sent, read by programs that have nothing to do with those that wrote it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of_xlsx(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet as text, as they stand in its XML; a blank cell is left out."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # our own file
    return [["".join(cell.itertext()) for cell in row.iter(f"{_MAIN}c")] for row in sheet.iter(f"{_MAIN}row")]


def formulas_of_xlsx(content: bytes) -> list[str]:
    """Return every formula of the first sheet."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # our own file
    return ["".join(found.itertext()) for found in sheet.iter(f"{_MAIN}f")]


def pages_in(content: bytes) -> int:
    """Return how many pages a PDF has, whoever wrote it."""
    return len(re.findall(rb"/Type\s*/Page[^s]", content))


def text_of_pdf(content: bytes) -> str:
    """Return the text of a PDF, a line for each run of letters, by the tables that say which letter each glyph is.

    It knows as much of the format as typst writes: plain objects, deflated streams, one table of letters a font.
    """
    objects = dict(_objects(content))
    fonts = {
        name: _letters(objects[table])
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", content)
        if (table := _reference(objects[font], b"ToUnicode")) is not None
    }
    return "\n".join(run for body in objects.values() if b" Tf" in body for run in _runs(body, fonts))


def _objects(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each object by its number; a stream inflated, and put behind the words that describe it."""
    for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\r?\n(.*?)\r?\nendobj", content, re.DOTALL):
        words, _stream, data = body.partition(b"stream\n")
        packed = data.rpartition(b"\nendstream")[0]
        yield number, words + (zlib.decompress(packed) if b"FlateDecode" in words else packed)


def _reference(body: bytes, name: bytes) -> bytes | None:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return found.group(1) if found else None


def _letters(table: bytes) -> dict[str, str]:
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
    return {
        bytes.fromhex(glyph.decode()).decode("utf-16-be"): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in pairs
    }


def _runs(body: bytes, fonts: dict[bytes, dict[str, str]]) -> Iterator[str]:
    for font, shown in re.findall(rb"/(f\d+) [\d.]+ Tf[^\[(]*(.*?[\])])T[Jj]\n", body, re.DOTALL):
        glyphs = b"".join(_strings(shown)).decode("utf-16-be", "surrogatepass")
        yield "".join(fonts[font].get(glyph, "") for glyph in glyphs)


def _strings(shown: bytes) -> Iterator[bytes]:
    """Yield the bytes of each string in parentheses; within one, pairs of parentheses stand for themselves."""
    depth, text = 0, bytearray()
    for token in re.findall(rb"\\\d{3}|\\.|.", shown, re.DOTALL):
        depth -= token == b")"
        if depth and len(token) == 1:
            text += token
        elif depth:
            text += _meant(token[1:])
        elif token == b")":
            yield bytes(text)
            text.clear()
        depth += token == b"("


def _meant(escape: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return bytes([int(escape, 8)]) if escape.isdigit() else named.get(escape, escape)
