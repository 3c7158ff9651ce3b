"""Which currencies a thank-you may be in: the group's first, then all that are tender somewhere today."""

from functools import cache

from babel.numbers import get_currency_name
from flask_babel import get_locale

from app.core.money import currencies_in_use


def currency_choices(own: str) -> list[tuple[str, str]]:
    """Return the currencies with their names in the reader's language, the group's `own` first."""
    named = _named(str(get_locale()))
    first = [(code, label) for code, label in named if code == own] or [(own, own)]
    return first + [(code, label) for code, label in named if code != own]


@cache
def _named(locale: str) -> tuple[tuple[str, str], ...]:
    codes = sorted(currencies_in_use())
    return tuple((code, f"{code} – {get_currency_name(code, locale=locale)}") for code in codes)
