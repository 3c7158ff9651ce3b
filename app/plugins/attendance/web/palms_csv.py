"""PALMS as CSV: UTF-8 with a byte-order mark, because spreadsheets read accents wrongly without; no live formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from io import StringIO

from babel.numbers import get_currency_precision
from flask_babel import gettext as _

from app.core.ids import MemberId
from app.plugins.attendance.queries.palms import PalmsSheet
from app.plugins.referrals.interface import PalmsReferrals

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"


def palms_csv(
    sheet: PalmsSheet, referrals: Mapping[MemberId, PalmsReferrals] | None, currency: str
) -> Iterator[str]:
    """Yield the file line by line; without `referrals` (that plugin is off) their columns are left out."""
    yield _BYTE_ORDER_MARK + _line(
        [_("Name"), "P", "A", "L", "M", "S", _("Meetings"), *_headings(referrals, currency)]
    )
    for line in sheet.lines:
        totals = (
            [] if referrals is None else _totals(referrals.get(line.member_id, PalmsReferrals()), currency)
        )
        yield _line([line.name, *line.palms.letters(), sheet.held, *totals])


def neutral(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def _headings(referrals: Mapping[MemberId, PalmsReferrals] | None, currency: str) -> list[str]:
    if referrals is None:
        return []
    return ["RGI", "RGO", "RRI", "RRO", _("Thank-you business (%(currency)s)", currency=currency)]


def _totals(totals: PalmsReferrals, currency: str) -> list[int | Decimal]:
    amount = Decimal(totals.thank_you_minor).scaleb(-get_currency_precision(currency))
    return [totals.rgi, totals.rgo, totals.rri, totals.rro, amount]


def _line(cells: Iterable[str | int | Decimal]) -> str:
    text = StringIO()
    csv.writer(text).writerow([neutral(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()
