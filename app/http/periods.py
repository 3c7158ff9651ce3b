"""Which period does a page show? `?from=&to=` as days of the group, by default the last weeks before today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from app.core.errors import Refusal, Refused
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.sentences import sentence

USUAL = timedelta(weeks=26)
LONGEST_YEARS = 5
"""Five years at once are more than anybody reads, and bound the work of one page."""

_LONGEST_DAYS = 366 * LONGEST_YEARS
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPeriod:
    """The period to show, and what was wrong with the one that was asked for, if anything."""

    period: Period
    typed_first: str
    typed_last: str
    problems: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The status of the answer: 422 where the asked-for period could not be understood."""
        return 422 if self.problems else 200

    @property
    def in_address(self) -> dict[str, Any]:
        """The period as arguments of an address."""
        return in_address(self.period)


def asked_period(page: GroupPage, usual: timedelta = USUAL) -> AskedPeriod:
    """Return the period in the address; one that makes no sense keeps what was typed and says what is wrong.

    Where a day is not given, the period ends today or begins `usual` before that; where one is wrong, both do so.
    """
    shown = last_days(page.today, usual)
    first, last = request.args.get("from", ""), request.args.get("to", "")
    typed_first = (first or shown.first.isoformat())[:10]
    typed_last = (last or shown.last.isoformat())[:10]
    problems: tuple[str, ...] = ()
    try:
        shown = _bounded(_day(first, "from", shown.first), _day(last, "to", shown.last))
    except Refused as refused:
        problems = tuple(sentence(refusal) for refusal in refused.refusals)
    return AskedPeriod(period=shown, typed_first=typed_first, typed_last=typed_last, problems=problems)


def last_days(today: date, length: timedelta) -> Period:
    """Return the days of that length which end today."""
    return Period(first=today - length + timedelta(days=1), last=today)


def in_address(period: Period) -> dict[str, Any]:
    """Return the period as arguments of an address."""
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _day(text: str, field: str, usual: date) -> date:
    try:
        return date.fromisoformat(text) if text else usual
    except ValueError as unclear:
        raise Refused([_bad_day(text, field)]) from unclear


def _bounded(first: date, last: date) -> Period:
    period = Period(first=first, last=last)
    if period.days > _LONGEST_DAYS:
        facts = {"years": LONGEST_YEARS}
        raise Refused([Refusal(code="time.period_too_long", facts=facts, field="from")])
    if first < EARLIEST or last > LATEST:
        raise Refused([_bad_day(first.isoformat(), "from")])
    return period


def _bad_day(text: str, field: str) -> Refusal:
    return Refusal(code="time.bad_day", facts={"text": text[:40]}, field=field)
