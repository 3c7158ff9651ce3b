"""A table as PDF to print or to file: PDF/UA, A4 or Letter, with title, group and period, and numbered pages.

typst sets it from `table.typ` beside this file; the data goes in as JSON, so that no name is ever read as markup. Nothing
is fetched: letters come from the fonts inside typst, and from those of the machine for scripts it has none for.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from app.core.exports.table import Cell, Column, Kind, Table, decimals_of

_LETTER_COUNTRIES: Final = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where Letter lies in the printers (Unicode CLDR, measurement data); everywhere else it is A4."""
_COLUMNS_OF_AN_UPRIGHT_PAGE: Final = 8
_COLUMNS_IN_FULL_SIZE: Final = 16
_COLUMNS_OF_A_PAGE: Final = 34
"""What is wider goes on below, under the columns that repeat."""
_TEMPLATE: Final = Path(__file__).with_name("table.typ")
_TRIAL: Final = Path(__file__).with_name("letter.typ")
_WHENEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How the sheet is printed: in which locale (`pt_PT`), on the paper of which country (ISO 3166), and when.

    `page_words` is the line at the foot, with `{page}` and `{pages}` in it; `unprintable` is said on the sheet where the
    machine has no font for some letters.
    """

    locale: str
    country: str
    made_at: datetime
    page_words: str
    unprintable: str


def pdf_bytes(table: Table, how: Print) -> bytes:
    """Return the file. Where a letter has no font here, the sheet says so and is no PDF/UA, which forbids that."""
    from typst import TypstError  # noqa: PLC0415  # few processes ever print: see xlsx_file

    told = _told(table, how)
    try:
        return _typeset(told, how, standards=["ua-1"])
    except TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
    return _typeset(told | {"notes": [*table.notes, how.unprintable]}, how, standards=[])


def paper_of(country: str) -> str:
    """Return typst's name for the paper of a country."""
    return "us-letter" if country in _LETTER_COUNTRIES else "a4"


def typeset(template: Path, told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF that a typst `template` makes of `told`, which it reads as the JSON `sys.inputs.data`.

    It is PDF/UA unless a letter has no font here, which that forbids.
    """
    from typst import TypstError  # noqa: PLC0415  # as in pdf_bytes

    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    try:
        return _compiled(template, inputs, made_at, standards=["ua-1"])
    except TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
    return _compiled(template, inputs, made_at, standards=[])


def can_print(text: str) -> bool:
    """Return whether there is a font here for every letter of `text`; each letter is tried once."""
    return all(_has_font(letter) for letter in set(text) if not (letter.isascii() or letter.isspace()))


@cache
def _has_font(letter: str) -> bool:
    """Return whether typst sets the letter, tried as PDF/UA, which refuses to draw a box in its place."""
    from typst import TypstError  # noqa: PLC0415  # as in pdf_bytes

    try:
        _compiled(_TRIAL, {"letter": letter}, _WHENEVER, standards=["ua-1"])
    except TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return False
    return True


def _typeset(told: Mapping[str, Any], how: Print, *, standards: list[Any]) -> bytes:
    inputs = {"table": json.dumps(told, ensure_ascii=False)}
    return _compiled(_TEMPLATE, inputs, how.made_at, standards=standards)


def _compiled(template: Path, inputs: dict[str, str], made_at: datetime, *, standards: list[Any]) -> bytes:
    from typst import Compiler  # noqa: PLC0415  # a start need not wait for it

    compiler = Compiler(template.read_bytes(), font_paths=_fonts(), sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_standards=standards, timestamp=made_at.replace(microsecond=0))
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one PDF; expected its bytes.")
    return made


@cache
def _fonts() -> Any:
    """Return the fonts of typst and of the machine, looked for once: that takes longer than the sheet."""
    from typst import Fonts  # noqa: PLC0415  # a start need not wait for it

    return Fonts()


def _told(table: Table, how: Print) -> dict[str, Any]:
    locale = Locale.parse(how.locale)
    is_wide = len(table.columns) > _COLUMNS_OF_AN_UPRIGHT_PAGE
    return {
        "title": table.title,
        "about": list(table.about),
        "notes": list(table.notes),
        "lang": locale.language,
        "region": locale.territory or how.country,
        "paper": paper_of(how.country),
        "wide": is_wide,
        "page": how.page_words,
        "small": len(table.columns) > _COLUMNS_IN_FULL_SIZE,
        "pieces": _in_pieces(table, locale),
    }


def _in_pieces(table: Table, locale: Locale) -> list[dict[str, Any]]:
    """Return the table in pieces that each fit the width of the paper."""
    rows = [_printed(row, table, locale) for row in table.rows]
    foot = [_printed(row, table, locale) for row in table.foot]
    return [
        {
            "head": [table.columns[place].short or table.columns[place].heading for place in places],
            "texts": [table.columns[place].kind is Kind.TEXT for place in places],
            "rows": [[row[place] for place in places] for row in rows],
            "foot": [[row[place] for place in places] for row in foot],
        }
        for places in _places(table.columns)
    ]


def _places(columns: Sequence[Column]) -> list[list[int]]:
    """Return which columns stand side by side in each piece."""
    repeated = [place for place, column in enumerate(columns) if column.repeats]
    first = range(min(len(columns), _COLUMNS_OF_A_PAGE))
    room = _COLUMNS_OF_A_PAGE - len(repeated)
    starts = range(_COLUMNS_OF_A_PAGE, len(columns), room)
    return [
        list(first),
        *([*repeated, *range(start, min(start + room, len(columns)))] for start in starts),
    ]


def _printed(row: Any, table: Table, locale: Locale) -> list[str]:
    return [_text(cell, column, locale) for cell, column in zip(row, table.columns, strict=True)]


def _text(cell: Cell, column: Column, locale: Locale) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return str(format_date(cell, "medium", locale=locale))
    if column.kind is Kind.MONEY:
        return _money(Decimal(cell), column.currency, locale)
    return str(format_decimal(cell, locale=locale))


def _money(value: Decimal, currency: str, locale: Locale) -> str:
    places = "0" * decimals_of(currency)
    return str(format_decimal(value, f"#,##0{'.' if places else ''}{places}", locale=locale))
