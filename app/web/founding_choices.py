"""What the page that founds a group offers: time zones, currencies, kinds, and what is guessed from the browser."""

from datetime import date
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core.founding.domain.rhythm import LAST_WEEK

SURELY = "UTC"
USUAL_CURRENCY = "EUR"


@cache
def zones() -> tuple[str, ...]:
    """Return every IANA zone that there is, in order."""
    return tuple(sorted(available_timezones() - {"localtime", "Factory"}))


def zone_choices() -> dict[str, list[SelectChoice]]:
    """Return the zones by continent, for one select."""
    groups: dict[str, list[SelectChoice]] = {}
    for zone in zones():
        continent, _slash, place = zone.partition("/")
        chosen = SelectChoice(value=zone, label=(place or continent).replace("_", " "))
        groups.setdefault(continent if place else _("Other"), []).append(chosen)
    return groups


def currency_choices() -> list[SelectChoice]:
    """Return the currencies in use anywhere today, with their names in the reader's language."""
    return [SelectChoice(value=code, label=label) for code, label in _currencies(str(get_locale()))]


def guessed_currency() -> str:
    """Return the currency of the country that the browser's language names, or the euro."""
    for language, _quality in request.accept_languages:
        territory = language.replace("_", "-").partition("-")[2].upper()
        found = get_territory_currencies(territory) if len(territory) == 2 else []
        if found:
            return str(found[0])
    return USUAL_CURRENCY


def weekday_choices() -> list[SelectChoice]:
    """Return the days of the week by name, Monday first."""
    names = Locale.parse(str(get_locale())).days["stand-alone"]["wide"]
    return [SelectChoice(value=str(day), label=names[day].capitalize()) for day in range(7)]


def week_choices() -> list[SelectChoice]:
    """Return which weekday of the month a monthly group may meet on."""
    titles = {
        1: _("first of the month"),
        2: _("second of the month"),
        3: _("third of the month"),
        4: _("fourth of the month"),
        LAST_WEEK: _("last of the month"),
    }
    return [SelectChoice(value=str(week), label=title) for week, title in titles.items()]


@cache
def _currencies(locale: str) -> tuple[tuple[str, str], ...]:
    territories = get_global("territory_currencies")
    today = date(2026, 1, 1)
    codes = {code for one in territories for code in get_territory_currencies(one, today)}
    return tuple(sorted((code, f"{code} – {get_currency_name(code, locale=locale)}") for code in codes))
