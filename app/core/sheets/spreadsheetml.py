"""Reads SpreadsheetML 2003, the XML that chapter exports call `.xls`.

The text is decoded here and handed on as UTF-8 without a document type: there is no entity to expand, no file to
fetch and no second opinion about the character set. The parser calls back and builds no tree, so that memory stays
flat whatever the file holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.sheets.building import SheetsBuilder, refuse
from app.core.sheets.decoding import GUESSED, DecodedText, decoded_xml
from app.core.sheets.limits import Limits
from app.core.sheets.sheet import CellKind, Sheet
from app.core.sheets.values import plain_digits

_CHUNK_BYTES = 65_536
_NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MIDNIGHT = "T00:00:00.000"
_INDEX_DIGITS = 7
_KINDS = {
    "Number": CellKind.NUMBER,
    "DateTime": CellKind.DATE,
    "Boolean": CellKind.BOOLEAN,
    "Error": CellKind.ERROR,
}


def read_spreadsheetml(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the worksheets of a SpreadsheetML file; refuse XML that is broken or that declares a document type."""
    source = decoded_xml(data)
    if "<!DOCTYPE" in source.text:  # without one no entity can be declared
        refuse("sheets.document_type")
    if source.text.count("<") > limits.data_marks:
        refuse("sheets.holds_too_much")
    builder = SheetsBuilder(limits=limits, guessed_encoding=GUESSED if source.guessed else "")
    _parse(source, _Tables(builder=builder))
    return builder.finish()


def _parse(source: DecodedText, tables: "_Tables") -> None:
    from lxml import etree  # noqa: PLC0415 - loaded when somebody brings a file, not when the server starts

    parser = etree.XMLParser(
        target=tables,  # type: ignore[arg-type] # the stub also asks for bytes and comments, which never come
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    content = source.text.encode("utf-8")
    try:
        for at in range(0, len(content), _CHUNK_BYTES):
            parser.feed(content[at : at + _CHUNK_BYTES])
        parser.close()
    except etree.XMLSyntaxError as error:
        refuse("sheets.broken_xml", line=error.lineno or 0)


@dataclass(slots=True, kw_only=True)
class _Tables:
    """The parser's listener: knows where in the file it stands and counts rows and columns as the format does.

    Elements are known by their local names, since exports prefix `ss:Table` and leave `Row` bare.
    """

    builder: SheetsBuilder
    _path: list[str] = field(default_factory=list)
    _row: int = 0
    _next_row: int = 1
    _column: int = 0
    _next_column: int = 1
    _kind: CellKind = CellKind.TEXT
    _data_depth: int = 0
    _text: list[str] = field(default_factory=list)
    _style: str = ""
    _row_style: str = ""
    _bold_styles: set[str] = field(default_factory=set)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        match parent, name:
            case "Styles", "Style":
                self._begin_style(attributes)
            case "Style", "Font":
                self._note_font(attributes)
            case "Workbook", "Worksheet":
                self.builder.begin_sheet(_attribute(attributes, "Name"))
                self._next_row = 1
            case "Table", "Row":
                self._row = self._index(attributes, self._next_row)
                self._next_row = self._row + 1 + self._count(attributes, "Span")
                self._next_column = 1
                if _attribute(attributes, "Hidden") == "1":
                    self.builder.hide(self._row)
                self._row_style = _attribute(attributes, "StyleID")
            case "Row", "Cell":
                self._column = self._index(attributes, self._next_column)
                self._next_column = self._column + 1 + self._count(attributes, "MergeAcross")
                self._text = []
                self._style = _attribute(attributes, "StyleID") or self._row_style
            case "Cell", "Data":
                self._kind = _KINDS.get(_attribute(attributes, "Type"), CellKind.TEXT)
                self._data_depth = len(self._path)

    def data(self, text: str) -> None:
        if self._data_depth:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._data_depth > len(self._path):
            self._data_depth = 0
        if name == "Cell" and self._path and self._path[-1] == "Row":
            text = _as_shown("".join(self._text), self._kind)
            is_bold = self._style in self._bold_styles
            self.builder.put(row=self._row, column=self._column, text=text, kind=self._kind, is_bold=is_bold)
            self._kind = CellKind.TEXT

    def close(self) -> None:
        """Nothing is returned: the builder holds the result."""

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        """Begin a style, bold where the one it is based on is: parents stand before their children."""
        self._style = _attribute(attributes, "ID")
        if _attribute(attributes, "Parent") in self._bold_styles:
            self._bold_styles.add(self._style)

    def _note_font(self, attributes: Mapping[str, str]) -> None:
        told = _attribute(attributes, "Bold").strip()
        if told == "1":
            self._bold_styles.add(self._style)
        elif told:
            self._bold_styles.discard(self._style)

    def _index(self, attributes: Mapping[str, str], expected: int) -> int:
        """Return where a row or cell stands: `ss:Index` skips ahead, and never back."""
        told = _attribute(attributes, "Index")
        if not told:
            return expected
        index = _whole_number(told)
        if index is None or index < expected:
            refuse("sheets.bad_index", row=self._row, found=told[:20])
        return index

    def _count(self, attributes: Mapping[str, str], name: str) -> int:
        told = _attribute(attributes, name)
        count = _whole_number(told) if told else 0
        if count is None:
            refuse("sheets.bad_index", row=self._row, found=told[:20])
        return count


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    return attributes.get(_NAMESPACE + name) or attributes.get(name) or ""


def _whole_number(text: str) -> int | None:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > _INDEX_DIGITS:
        return None
    return int(plain)


def _as_shown(text: str, kind: CellKind) -> str:
    match kind:
        case CellKind.NUMBER:
            return plain_digits(text)
        case CellKind.DATE:
            return text.strip().removesuffix(_MIDNIGHT)
        case CellKind.BOOLEAN:
            return "TRUE" if text.strip() == "1" else "FALSE"
        case _:
            return text
