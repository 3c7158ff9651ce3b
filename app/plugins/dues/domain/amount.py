"""What an amount means that a treasurer typed: read the group's way, never guessed, whole in minor units."""

import re
import unicodedata
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_currency_precision, get_decimal_symbol

from app.core.errors import Refusal
from app.core.sheets import Cell, DecimalMark, read_number

MOST_MINOR = 10**12
"""The largest amount that is taken; more is a slip of the hand."""

_LONGEST = 40


def read_amount(text: str, *, locale: str, currency: str) -> int | Refusal:
    """Return the amount in minor units that `text` means in a group of that BCP 47 `locale`, or why there is none.

    The sign or code of the group's own currency may stand beside it.
    """
    typed = " ".join(text.split())
    facts = {"typed": typed[:_LONGEST], "example": written(125_050, locale=locale, currency=currency)}
    if not typed:
        return Refusal(code="dues.amount_missing", field="amount")
    number = read_number(Cell(column=1, text=_bare(typed, currency)), _mark(locale))
    if len(typed) > _LONGEST or not isinstance(number, Decimal):
        return Refusal(code="dues.amount_unreadable", facts=facts, field="amount")
    minor = number.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        return Refusal(code="dues.amount_too_fine", facts={**facts, "currency": currency}, field="amount")
    if not 0 < minor <= MOST_MINOR:
        return Refusal(code="dues.amount_unlikely", facts={"typed": typed[:_LONGEST]}, field="amount")
    return int(minor)


def written(minor: int, *, locale: str, currency: str) -> str:
    """Return an amount as a person of that locale would type it, without grouping: `1250.50`."""
    places = get_currency_precision(currency)
    pattern = "0." + "0" * places if places else "0"
    value = Decimal(minor).scaleb(-places)
    return str(format_decimal(value, format=pattern, locale=_known(locale), group_separator=False))


def _bare(text: str, currency: str) -> str:
    plain = "".join(one for one in text if unicodedata.category(one) != "Sc")
    return re.sub(rf"^{currency}\s*|\s*{currency}$", "", plain.strip(), flags=re.IGNORECASE)


def _mark(locale: str) -> DecimalMark:
    comma = get_decimal_symbol(_known(locale), numbering_system="latn") == ","
    return DecimalMark.COMMA if comma else DecimalMark.POINT


def _known(locale: str) -> Locale:
    try:
        return Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
