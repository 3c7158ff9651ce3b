"""What an amount means that a person typed: read the group's way, never guessed, whole in minor units."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_decimal, get_currency_symbol

from app.core.errors import Refusal

MOST_MINOR = 10**14
"""The largest amount that is taken: a trillion of a currency with cents. More is a slip of the hand."""

LONGEST = 40
"""The most characters an amount may have."""

_SPACES = " \u00a0\u2009\u202f'\u2019"
_MINUSES = ("-", "\u2212", "\u2013")
_ARABIC = str.maketrans({"٫": "#", "٬": " "})
_NUMBER = re.compile(r"[0-9.,# ]*[0-9][0-9.,# ]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum in whole minor units (cents; yen) of an ISO 4217 `currency`."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    """How the group writes numbers: its decimal and grouping marks, and whether it groups by twos (1,00,000)."""

    locale: Locale
    decimal: str
    grouping: str
    by_twos: bool


def places_of(currency: str) -> int:
    """Return how many digits the minor unit of `currency` has: 2 for EUR, 0 for JPY, 3 for KWD."""
    digits = get_global("currency_fractions")
    return int(digits.get(currency, digits["DEFAULT"])[0])


@cache
def currencies_in_use() -> frozenset[str]:
    """Return the ISO 4217 codes of what is legal tender somewhere today."""
    tender = get_global("territory_currencies").values()
    return frozenset(
        code for of_one in tender for code, _since, until, legal in of_one if legal and not until
    )


def read_amount(text: str, *, locale: str, currency: str) -> Amount | Refusal:
    """Return the amount that `text` means in a group of that BCP 47 `locale`, or the refusal that says how to write it.

    A mark that means one thing here and another elsewhere is read the group's way where that gives a sensible
    amount; where it does not, the refusal shows the reading or both of them, and nothing is guessed.
    """
    habit = _habit(locale)
    typed = " ".join(text.split())
    if len(typed) > LONGEST:
        return _unreadable(typed[:LONGEST] + "…", habit, currency)
    bare = _without_currency(typed, habit, currency)
    if bare.startswith(_MINUSES):
        return Refusal(code="money.not_positive", field="amount")
    if _names_money(bare):
        return Refusal(code="money.other_currency", facts={"currency": currency}, field="amount")
    number = _plain_digits(bare)
    if not _NUMBER.fullmatch(number):
        return _unreadable(typed, habit, currency)
    value = _value(number, typed, habit, currency)
    return value if isinstance(value, Refusal) else _amount(value, typed, habit, currency)


def written(minor: int, currency: str, locale: str) -> str:
    """Return an amount as a person of that locale would type it: `1,250.50`."""
    return _written_minor(minor, _habit(locale), currency)


def _value(number: str, typed: str, habit: _Habit, currency: str) -> Decimal | Refusal:
    """Return the number that the digits and marks mean here, or why they mean none."""
    marks = [mark for mark in number if mark in ".,#"]
    if not marks:
        whole = _whole(number, habit)
        return _unreadable(typed, habit, currency) if whole is None else whole
    if len(set(marks)) == 1 and len(marks) == 1 and marks[0] != "#":
        return _one_mark(number, marks[0], typed, habit, currency)
    if len(set(marks)) == 1:
        return _repeated_mark(number, marks[0], typed, habit, currency)
    return _two_marks(number, marks, typed, habit, currency)


def _one_mark(number: str, mark: str, typed: str, habit: _Habit, currency: str) -> Decimal | Refusal:
    """Read `1000,5`, `1.000`, `.50`: a mark that stands once may be either."""
    as_decimal = _decimal(number, mark, habit)
    as_thousands = _grouped(number, mark, habit)
    fits = as_decimal is not None and _fits(as_decimal, currency)
    if mark == habit.decimal and fits and as_decimal is not None:
        return as_decimal
    if mark == habit.grouping and as_thousands is not None:
        return as_thousands
    if as_decimal is not None and as_thousands is not None:
        return _two_readings(typed, as_thousands, as_decimal, habit, currency)
    if as_decimal is None:
        return _unreadable(typed, habit, currency)
    if not fits:
        return _too_fine(typed, as_decimal, habit, currency)
    return _other_marks(typed, as_decimal, habit, currency)


def _repeated_mark(number: str, mark: str, typed: str, habit: _Habit, currency: str) -> Decimal | Refusal:
    """Read `1.000.000`: a mark that stands twice can only group (`٫`, here as #, is always the decimal mark)."""
    value = _decimal(number, mark, habit) if mark == "#" else _grouped(number, mark, habit)
    if value is None:
        return _unreadable(typed, habit, currency)
    return value if mark in {"#", habit.grouping} else _other_marks(typed, value, habit, currency)


def _two_marks(number: str, marks: list[str], typed: str, habit: _Habit, currency: str) -> Decimal | Refusal:
    """Read `1.000,50`: the last mark is the decimal one; taken only where it is the group's, else explained."""
    last = marks[-1]
    other = (set(marks) - {last}).pop()
    head, _, tail = number.rpartition(last)
    whole = _grouped(head, other, habit)
    if marks.count(last) > 1 or len(set(marks)) > 2 or whole is None or not tail.isdigit():
        return _unreadable(typed, habit, currency)
    value = whole + Decimal(f"0.{tail}")
    if last in {"#", habit.decimal} and _fits(value, currency):
        return value
    if not _fits(value, currency):
        return _too_fine(typed, value, habit, currency)
    return _other_marks(typed, value, habit, currency)


def _amount(value: Decimal, typed: str, habit: _Habit, currency: str) -> Amount | Refusal:
    if not _fits(value, currency):
        return _too_fine(typed, value, habit, currency)
    minor = int(value.scaleb(places_of(currency)))
    if minor <= 0:
        return Refusal(code="money.not_positive", field="amount")
    if minor > MOST_MINOR:
        most = _written_minor(MOST_MINOR, habit, currency)
        return Refusal(code="money.too_large", facts={"most": most, "currency": currency}, field="amount")
    return Amount(minor=minor, currency=currency)


def _whole(number: str, habit: _Habit) -> Decimal | None:
    """Read digits that are grouped by spaces or not at all; None where the groups are odd."""
    groups = number.split(" ")
    if len(groups) > 1 and not _are_groups(groups, habit):
        return None
    return Decimal("".join(groups))


def _grouped(number: str, mark: str, habit: _Habit) -> Decimal | None:
    """Read digits that are grouped by `mark`; None where the groups are odd (`1.00.0`, `0.500`)."""
    groups = number.split(mark)
    if len(groups) == 1:
        return _whole(number, habit)
    return Decimal("".join(groups)) if _are_groups(groups, habit) else None


def _decimal(number: str, mark: str, habit: _Habit) -> Decimal | None:
    """Read digits with `mark` before the decimal places; None where either side is odd."""
    head, _, tail = number.partition(mark)
    whole = _whole(head, habit) if head else Decimal(0)
    return whole + Decimal(f"0.{tail}") if whole is not None and tail.isdigit() else None


def _are_groups(groups: list[str], habit: _Habit) -> bool:
    first, *middle, last = groups
    if not all(group.isdigit() for group in groups) or len(last) != 3 or first.startswith("0"):
        return False
    by_threes = len(first) <= 3 and all(len(group) == 3 for group in middle)
    by_twos = habit.by_twos and len(first) <= 2 and all(len(group) == 2 for group in middle)
    return by_threes or by_twos


def _fits(value: Decimal, currency: str) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= places_of(currency)


def _plain_digits(text: str) -> str:
    """Return `text` with digits of any script as 0–9, every kind of thin space and apostrophe as one space."""
    spaced = "".join(" " if character in _SPACES else character for character in text.translate(_ARABIC))
    return "".join(str(unicodedata.decimal(character, character)) for character in spaced.strip())


def _without_currency(text: str, habit: _Habit, currency: str) -> str:
    """Return `text` without the currency's own code or sign at either end."""
    signs = {currency, get_currency_symbol(currency, habit.locale), get_currency_symbol(currency, "en")}
    for sign in sorted(signs, key=len, reverse=True):
        if text.upper().startswith(sign.upper()):
            return text[len(sign) :].strip()
        if text.upper().endswith(sign.upper()):
            return text[: -len(sign)].strip()
    return text


def _names_money(text: str) -> bool:
    """Return whether `text` still holds the sign or the code of a currency: not the group's, which was taken off."""
    codes = Locale("en").currencies
    signs = any(unicodedata.category(character) == "Sc" for character in text)
    return signs or any(word.upper() in codes for word in re.findall(r"[A-Za-z]{3,}", text))


def _unreadable(typed: str, habit: _Habit, currency: str) -> Refusal:
    example = _written(Decimal("1250.5"), habit, currency)
    return Refusal(code="money.unreadable", facts={"typed": typed, "example": example}, field="amount")


def _other_marks(typed: str, value: Decimal, habit: _Habit, currency: str) -> Refusal:
    facts = {"typed": typed, "reading": _written(value, habit, currency)}
    return Refusal(code="money.other_marks", facts=facts, field="amount")


def _two_readings(typed: str, large: Decimal, small: Decimal, habit: _Habit, currency: str) -> Refusal:
    readings = {"large": _written(large, habit, currency), "small": _written(small, habit, currency)}
    return Refusal(code="money.two_readings", facts={"typed": typed, **readings}, field="amount")


def _too_fine(typed: str, value: Decimal, habit: _Habit, currency: str) -> Refusal:
    facts = {"typed": typed, "currency": currency, "reading": _written(value, habit, currency)}
    code = "money.too_fine" if places_of(currency) else "money.whole_only"
    return Refusal(code=code, facts=facts, field="amount")


def _written_minor(minor: int, habit: _Habit, currency: str) -> str:
    return _written(Decimal(minor).scaleb(-places_of(currency)), habit, currency)


def _written(value: Decimal, habit: _Habit, currency: str) -> str:
    places = places_of(currency)
    pattern = "#,##,##0" if habit.by_twos else "#,##0"
    text: str = format_decimal(
        value, format=pattern + ("." + "0" * places if places else ""), locale=habit.locale
    )
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@cache
def _habit(locale: str) -> _Habit:
    try:
        known = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    symbols = known.number_symbols["latn"]
    return _Habit(
        locale=known,
        decimal=symbols["decimal"],
        grouping=" " if symbols["group"] in _SPACES else symbols["group"],
        by_twos=known.decimal_formats[None].grouping == (3, 2),
    )
