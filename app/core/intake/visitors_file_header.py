"""Where does the table of a visitors file begin, and what does each of its columns hold?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal, Refused
from app.core.intake.header_words import Heading
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, NameColumns, headings_in, name_columns
from app.core.intake.remarks import words_of
from app.core.sheets.sheet import Row, Sheet, column_letter
from app.core.sheets.spelling import letters_only, tidy


class VisitColumn(StrEnum):
    """What a column holds that only a visitors file has. The value is its usual heading."""

    DAY = "Visit Date"
    INVITED_BY = "Invited By"
    KIND = "Type"


_WORDS = {
    VisitColumn.DAY: (
        "Visit Date, Date of Visit, Visit, Visited, Visited On, Visit Day, Besuchsdatum, Besuch am, Date de visite, "
        "Fecha de visita, Data da visita, 来访日期, 來訪日期"
    ),
    VisitColumn.INVITED_BY: (
        "Invited By, Inviter, Invited From, Host, Eingeladen von, Invité par, Invitado por, Convidado por, "
        "邀请人, 邀請人"
    ),
    VisitColumn.KIND: "Type, Visitor Type, Visit Type, Type of Visit, Art, Typ, Tipo, 类型, 類型",
}
_COLUMNS = {letters_only(word): column for column, words in _WORDS.items() for word in words.split(", ")}
_DATE_ALONE = frozenset(letters_only(word) for word in ("Date", "Day", "Datum", "Fecha", "Data", "日期"))
_ADDRESS = frozenset(
    letters_only(word)
    for word in (
        "Address", "Street", "City", "Town", "Postcode", "Post Code", "Postal Code", "Zip", "Zip Code", "State",
        "State/Province", "Province", "County", "Country", "Adresse", "Straße", "PLZ", "Ort", "Stadt", "Land", "Rue",
        "Ville", "Pays", "Dirección", "Ciudad", "País", "Endereço", "Cidade", "Morada", "地址", "城市", "国家", "國家",
    )
)  # fmt: skip
_ADDRESS_LINE = "addressline"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorsHeader:
    """The header row of a visitors file: its columns, counted from 1, and what is kept as a note.

    `address` are the columns of the address from left to right, `extras` the headings of columns nobody asked for.
    """

    row: Row
    names: NameColumns
    about: Mapping[Heading, int]
    visit: Mapping[VisitColumn, int]
    address: tuple[int, ...]
    extras: Mapping[int, str]

    def letter(self, column: VisitColumn) -> str:
        """Return the letters above a column; of one that the file lacks, those of the header's first."""
        return column_letter(self.visit.get(column) or self.row.cells[0].column)


def is_visitors_header(row: Row) -> bool:
    """Does this row head a visitors file: a name, and the day of a visit or who invited?"""
    if name_columns(row, headings_in(row)) is None:
        return False
    visit = _visit_columns(row)
    return VisitColumn.DAY in visit or {VisitColumn.INVITED_BY, VisitColumn.KIND} <= set(visit)


def looks_like_visitors(sheet: Sheet) -> bool:
    """Is this a visitors file, which `parse_visitors` then reads or tells what it lacks?"""
    return any(is_visitors_header(row) for row in sheet.rows[:HEADER_WITHIN_ROWS])


def find_visitors_header(sheet: Sheet) -> VisitorsHeader:
    """Return the header row, wherever it stands below titles; refused where there is none, or it has no day."""
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    row = next((one for one in rows if is_visitors_header(one)), None)
    if row is None:
        facts = {"row": rows[0].number, "found": words_of(rows[0])}
        raise Refused([Refusal(code="intake.visitors_no_header", facts=facts)])
    about, visit = headings_in(row), _visit_columns(row)
    names = name_columns(row, about)
    if names is None or VisitColumn.DAY not in visit:
        facts = {"row": row.number, "found": words_of(row)}
        raise Refused([Refusal(code="intake.visitors_no_day_column", facts=facts)])
    used = {*visit.values(), *names.all, *(about[one] for one in _TAKEN if one in about)}
    left = [cell for cell in row if cell.column not in used]
    address = tuple(cell.column for cell in left if _is_address(cell.text))
    extras = {cell.column: tidy(cell.text) for cell in left if cell.column not in address}
    return VisitorsHeader(row=row, names=names, about=about, visit=visit, address=address, extras=extras)


_TAKEN = (Heading.FIRM, Heading.TRADE, Heading.EMAIL, Heading.PHONE, Heading.MOBILE)


def _visit_columns(row: Row) -> dict[VisitColumn, int]:
    found: dict[VisitColumn, int] = {}
    for cell in row:
        if column := _COLUMNS.get(letters_only(cell.text)):
            found.setdefault(column, cell.column)
    if VisitColumn.DAY not in found and VisitColumn.INVITED_BY in found:
        dates = [cell.column for cell in row if letters_only(cell.text) in _DATE_ALONE]
        found |= {VisitColumn.DAY: dates[0]} if dates else {}
    return found


def _is_address(heading: str) -> bool:
    letters = letters_only(heading)
    return letters in _ADDRESS or letters.startswith(_ADDRESS_LINE)
