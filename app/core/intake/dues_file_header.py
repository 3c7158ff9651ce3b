"""Which rows of a dues file head a table, what do their columns hold, and what is the table of?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.intake.header_words import Heading
from app.core.intake.name_columns import NameColumns, headings_in, name_columns
from app.core.sheets.sheet import Cell, Row, Sheet, column_letter
from app.core.sheets.spelling import letters_only, tidy

_HEADER_WITHIN_ROWS = 200
"""How far down the first table may begin: the tables above it may be empty, with a title alone."""


class DuesColumn(StrEnum):
    """What a column of a dues file holds. The value is its usual heading."""

    DUE = "Due Date"
    AMOUNT = "Amount"
    PAID = "Paid"
    WHAT_FOR = "What for"


_WORDS = {
    DuesColumn.DUE: (
        "Due Date, Due, Due On, Due By, Date Due, Renewal Date, Fällig, Fällig am, Fälligkeit, Échéance, "
        "Date d'échéance, Vencimiento, Fecha de vencimiento, Vencimento, Data de vencimento, 到期日, 到期日期"
    ),
    DuesColumn.AMOUNT: (
        "Amount, Amount Due, Fee, Dues, Dues Amount, Betrag, Beitrag, Montant, Cotisation, Importe, Cuota, Valor, "
        "Quota, 金额, 金額"
    ),
    DuesColumn.PAID: (
        "Paid, Paid On, Date Paid, Paid Date, Payment Date, Bezahlt, Bezahlt am, Payé, Payé le, Pagado, Pagado el, "
        "Pago, Pago em, 已付"
    ),
    DuesColumn.WHAT_FOR: "What for, For, Item, Description, Type, Wofür, Motif, Concepto, Descrição, 项目, 項目",
}
_COLUMNS = {letters_only(word): column for column, words in _WORDS.items() for word in words.split(", ")}


class DuesTable(StrEnum):
    """Of what one of the stacked tables is, by its title; OTHER where the title tells nothing."""

    PAID = "paid"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    LEFT = "left"
    OTHER = "other"


_TITLES = {
    # In this order: “overdue” holds “due”, and “not paid” and “unpaid” hold “paid”.
    DuesTable.LEFT: ("left", "dropped", "former", "resigned", "ausgetreten", "anciens", "bajas", "saíram"),
    DuesTable.OVERDUE: (
        "overdue", "pastdue", "late", "unpaid", "notpaid", "überfällig", "enretard", "impayé", "atrasad",
        "vencid", "逾期",
    ),
    DuesTable.DUE_SOON: ("due", "upcoming", "open", "fällig", "offen", "àvenir", "porvencer", "avencer", "即将"),
    DuesTable.PAID: ("paid", "bezahlt", "payé", "pagad", "pagos", "已付"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesHeader:
    """The header row of one table: its columns, counted from 1, and the columns nobody asked for."""

    row: int
    names: NameColumns
    trade: int | None
    columns: Mapping[DuesColumn, int]
    extras: Mapping[int, str]

    def cell(self, row: Row, column: DuesColumn) -> Cell | None:
        """Return what a row holds in that column, or nothing."""
        place = self.columns.get(column)
        return row.cell(place) if place is not None else None

    def letter(self, column: DuesColumn) -> str:
        """Return the letters above a column that every header has: of due days and amounts."""
        return column_letter(self.columns[column])


def dues_header(row: Row) -> DuesHeader | None:
    """Return what this row heads where it heads a table of dues: names, due days and amounts; else nothing."""
    headings = headings_in(row)
    names, columns = name_columns(row, headings), _columns_in(row)
    is_one = names is not None and {DuesColumn.DUE, DuesColumn.AMOUNT} <= set(columns)
    if names is None or not is_one:
        return None
    trade = headings.get(Heading.TRADE)
    used = {*columns.values(), *names.all, trade, headings.get(Heading.NUMBER)}
    extras = {cell.column: tidy(cell.text) for cell in row if cell.column not in used}
    return DuesHeader(row=row.number, names=names, trade=trade, columns=columns, extras=extras)


def is_dues_header(row: Row) -> bool:
    """Does this row head a table of dues? A mail address belongs to a roster."""
    return Heading.EMAIL not in headings_in(row) and dues_header(row) is not None


def looks_like_dues(sheet: Sheet) -> bool:
    """Is this a dues file, which `parse_dues` then reads or tells what it lacks?"""
    return any(is_dues_header(row) for row in sheet.rows[:_HEADER_WITHIN_ROWS])


def table_called(title: str) -> DuesTable:
    """Return of what a table is whose title this is."""
    letters = letters_only(title)
    return next(
        (table for table, words in _TITLES.items() if any(letters_only(word) in letters for word in words)),
        DuesTable.OTHER,
    )


def _columns_in(row: Row) -> dict[DuesColumn, int]:
    found: dict[DuesColumn, int] = {}
    for cell in row:
        if column := _COLUMNS.get(letters_only(cell.text)):
            found.setdefault(column, cell.column)
    return found
