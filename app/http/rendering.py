"""What templates may use beside their context: addresses of assets, and one filter each for times, days and money."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date as babel_format_date
from babel.dates import get_datetime_format
from babel.numbers import get_currency_precision
from flask import Flask, request
from flask_babel import format_currency, format_date, format_time, get_locale, gettext
from jinja2 import StrictUndefined

from app.core.groups.domain.office import OFFICE_TITLES, Office
from app.core.local_time import local_datetime
from app.http.forms import form_token

STATIC = Path(__file__).resolve().parent / "static"
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})


def prepare_templates(app: Flask) -> None:
    """Give templates their filters and globals; an unknown name in a template is an error, never an empty text."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["form_token"] = form_token
    app.jinja_env.filters.update(
        local_time=local_time,
        local_datetime=local_date_and_time,
        local_date=local_date,
        short_date=short_date,
        money=money,
        office_title=office_title,
    )
    app.context_processor(_language)


def asset(path: str) -> str:
    """Return the address of a file under `static`, with a mark of its content so that caches may keep it for good."""
    return _asset_address(request.script_root, path)


def local_time(instant: datetime, zone: str) -> str:
    """Return the wall time of `instant` in `zone`, hours and minutes, as the reader's language writes it."""
    return str(format_time(local_datetime(instant, zone), "short", rebase=False))


def local_date_and_time(instant: datetime, zone: str) -> str:
    """Return day and wall time of `instant` in `zone`, to the minute: 24 Nov 2026, 07:04."""
    at = local_datetime(instant, zone)
    pattern = str(get_datetime_format("medium", locale=get_locale())).replace("'", "")
    return pattern.replace("{0}", local_time(instant, zone)).replace("{1}", short_date(at.date()))


def local_date(day: date) -> str:
    """Return a calendar day in full: Tuesday, 24 November 2026."""
    return str(format_date(day, "full", rebase=False))


def short_date(day: date) -> str:
    """Return a calendar day in short: 24 Nov 2026."""
    return _short_date(str(get_locale()), day)


def money(amount_minor: int, currency: str) -> str:
    """Return an amount of integer minor units with its currency, as the reader's language writes it."""
    precision = get_currency_precision(currency)
    return str(format_currency(Decimal(amount_minor).scaleb(-precision), currency))


def office_title(office: Office) -> str:
    """Return the name of an office in the reader's language."""
    return str(gettext(OFFICE_TITLES[office]))


@lru_cache(maxsize=4096)
def _short_date(locale: str, day: date) -> str:
    return str(babel_format_date(day, "medium", locale=locale))


@cache
def _asset_address(script_root: str, path: str) -> str:
    return f"{script_root}/static/{path}?v={_mark(path)}"


def _mark(path: str) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def _language() -> dict[str, str]:
    locale = get_locale() or Locale("en")
    direction = "rtl" if locale.language in _RIGHT_TO_LEFT else "ltr"
    return {"lang": str(locale).replace("_", "-"), "dir": direction}
