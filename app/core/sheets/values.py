"""Which number does a cell hold? Read as people and spreadsheets write them; what is not clear is not guessed."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.core.sheets.sheet import Cell, CellKind
from app.core.sheets.spelling import tidy

_LARGEST_EXPONENT = 20
_LARGEST_COUNT = 10**9
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d{1,3})?", re.IGNORECASE)
# Groups of three as in most countries, or of two before the last three as in India; by comma, point, quote or space.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?P<mark>[,.' ])(\d{2,3}(?P=mark))*\d{3}")
_FRACTION = re.compile(r".*\d(?P<mark>[.,])\d{1,2}(E[+-]?\d{1,3})?", re.IGNORECASE)
_ERRORS = frozenset(("#n/a", "#value!", "#ref!", "#div/0!", "#num!", "#name?", "#null!", "n/a"))
_DASHES = frozenset("-\u2013\u2014\u2212")
_SIGNS = str.maketrans("\u2212\u2019\u066b\u066c", "-'.,")


class DecimalMark(StrEnum):
    """The sign between whole numbers and fractions where this file was written."""

    POINT = "."
    COMMA = ","


class NoNumber(StrEnum):
    """Why a cell gives no number."""

    BLANK = "blank"
    DASH = "dash"
    INFINITE = "infinite"
    ERROR = "error"
    HIDDEN = "hidden"  # the column was too narrow when it was exported: #######
    MARK_UNCLEAR = "mark_unclear"  # 1,234 may be a thousand or one and a bit
    NOT_A_NUMBER = "not_a_number"


def plain_digits(text: str) -> str:
    """Return a machine-written number as plain digits (`53.0` as 53, `1.8E+10` as 18000000000), else as it stands."""
    stripped = text.strip()
    if not _PLAIN.fullmatch(stripped):
        return stripped
    value = Decimal(stripped)
    if not value:
        return "0"
    if abs(value.adjusted()) > _LARGEST_EXPONENT:
        return stripped
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def read_number(cell: Cell | None, mark: DecimalMark | None = None) -> Decimal | NoNumber:
    """Return the number in a cell, or why there is none.

    `mark` is the decimal mark where it is known; without it a text such as `1,234` is `MARK_UNCLEAR`.
    """
    text = _ascii(cell.text) if cell else ""
    if reason := _no_number(text):
        return reason
    if cell and cell.kind is CellKind.NUMBER:
        mark = DecimalMark.POINT
    return _number(text, mark)


def read_count(cell: Cell | None) -> int | NoNumber:
    """Return the whole number in a cell (53 of `53.0`), or why there is none; fractions are no counts."""
    number = read_number(cell)
    if isinstance(number, NoNumber):
        return number
    if abs(number) > _LARGEST_COUNT or number != number.to_integral_value():
        return NoNumber.NOT_A_NUMBER
    return int(number)


def decimal_mark_shown(cells: Iterable[Cell | None]) -> DecimalMark | None:
    """Return the decimal mark that the cells prove, if they prove one: one or two digits after it, or other groups."""
    marks = {mark for cell in cells if cell and (mark := _mark_shown(cell))}
    return marks.pop() if len(marks) == 1 else None


def _mark_shown(cell: Cell) -> DecimalMark | None:
    if cell.kind is CellKind.NUMBER:
        return None
    text = _ascii(cell.text)
    if grouped := _GROUPED.fullmatch(text):
        sign = grouped.group("mark")
        if sign not in ",." or _could_be_a_fraction(text, sign):
            return None
        return DecimalMark.POINT if sign == "," else DecimalMark.COMMA
    fraction = _FRACTION.fullmatch(text)
    return DecimalMark(fraction.group("mark")) if fraction else None


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKC", tidy(text)).translate(_SIGNS)


def _no_number(text: str) -> NoNumber | None:
    if not text:
        return NoNumber.BLANK
    if text in _DASHES:
        return NoNumber.DASH
    if text.lstrip("+-").casefold() in {"\u221e", "inf", "infinity"}:
        return NoNumber.INFINITE
    if text.casefold() in _ERRORS:
        return NoNumber.ERROR
    if set(text) == {"#"}:
        return NoNumber.HIDDEN
    return None


def _number(text: str, mark: DecimalMark | None) -> Decimal | NoNumber:
    grouped = _GROUPED.fullmatch(text)
    if grouped and mark is None and _could_be_a_fraction(text, grouped.group("mark")):
        return NoNumber.MARK_UNCLEAR
    if grouped and grouped.group("mark") != mark:
        return _decimal(text.replace(grouped.group("mark"), ""))
    whole, fraction_mark, fraction = _cut_at_the_last_mark(text)
    if fraction_mark and mark and fraction_mark != mark:
        return NoNumber.NOT_A_NUMBER
    if fraction_mark and (inner := _GROUPED.fullmatch(whole)) and inner.group("mark") != fraction_mark:
        whole = whole.replace(inner.group("mark"), "")
    return _decimal(f"{whole}.{fraction}" if fraction_mark else whole)


def _could_be_a_fraction(text: str, mark: str) -> bool:
    return mark in ",." and text.count(mark) == 1


def _cut_at_the_last_mark(text: str) -> tuple[str, str, str]:
    at = max(text.rfind(","), text.rfind("."))
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def _decimal(text: str) -> Decimal | NoNumber:
    if not _PLAIN.fullmatch(text):
        return NoNumber.NOT_A_NUMBER
    try:
        return Decimal(text)
    except InvalidOperation:
        return NoNumber.NOT_A_NUMBER
