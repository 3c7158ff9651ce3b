"""Which count, and which amount of money, does a cell of a summary hold? As spreadsheets of all countries write them."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.sheets.sheet import Cell
from app.core.sheets.values import DecimalMark, NoNumber, read_number

_LARGEST_COUNT = 10**9
_LARGEST_AMOUNT = Decimal(10**12)
_GROUP_DIGITS = 3


class NoAmount(StrEnum):
    """Why a cell counts as 0: it says nothing, its value was lost, or somebody has to say what it means."""

    NOTHING = "nothing"
    LOST = "lost"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"


_REASONS = {
    NoNumber.BLANK: NoAmount.NOTHING,
    NoNumber.DASH: NoAmount.NOTHING,
    NoNumber.INFINITE: NoAmount.LOST,
    NoNumber.ERROR: NoAmount.LOST,
    NoNumber.HIDDEN: NoAmount.LOST,
    NoNumber.MARK_UNCLEAR: NoAmount.UNCLEAR,
    NoNumber.NOT_A_NUMBER: NoAmount.UNREADABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryNumbers:
    """How this file writes numbers: `mark` where its amounts show a decimal mark, `minor_digits` of the currency."""

    mark: DecimalMark | None
    minor_digits: int

    def count(self, cell: Cell) -> int | NoAmount:
        """Return the whole number in a cell (53 of `53.0`); a count has no fraction, so `1,234` is a thousand."""
        number = _settled(cell, None)
        if isinstance(number, NoNumber):
            return _REASONS[number]
        if not 0 <= number <= _LARGEST_COUNT or number != number.to_integral_value():
            return NoAmount.UNREADABLE
        return int(number)

    def amount(self, cell: Cell) -> Decimal | NoAmount:
        """Return the money in a cell, with or without its sign.

        In a currency of hundredths nobody writes thousandths, so `1,234` is a thousand; in one of thousandths
        (KWD) it stays unclear unless another amount of the file shows the mark.
        """
        bare = Cell(column=cell.column, text=_without_sign(cell.text), kind=cell.kind)
        if self.minor_digits < _GROUP_DIGITS:
            number = _settled(bare, self.mark)
        else:
            number = read_number(bare, self.mark)
        if isinstance(number, NoNumber):
            return _REASONS[number]
        return number if 0 <= number <= _LARGEST_AMOUNT else NoAmount.UNREADABLE


def _settled(cell: Cell, mark: DecimalMark | None) -> Decimal | NoNumber:
    """Return the number, taking a lone mark before three digits for one that groups."""
    number = read_number(cell, mark)
    if number is not NoNumber.MARK_UNCLEAR:
        return number
    return read_number(cell, DecimalMark.POINT if "," in cell.text else DecimalMark.COMMA)


def _without_sign(text: str) -> str:
    """Return the text without the sign of a currency at either end."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Sc").strip()
