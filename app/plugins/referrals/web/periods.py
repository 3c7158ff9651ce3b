"""Which period does a page of looking show? `?from=&to=` as days of the group, by default the last 26 weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from app.core.errors import Refusal, Refused
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.sentences import sentence

USUAL = timedelta(weeks=26)
LONGEST_DAYS = 366 * 5
"""Five years at once are more than anybody reads, and bound the work of one page."""


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
        return {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}


def asked_period(page: GroupPage) -> AskedPeriod:
    """Return the period in the address; one that makes no sense keeps what was typed and says what is wrong."""
    usual = Period(first=page.today - USUAL + timedelta(days=1), last=page.today)
    first, last = request.args.get("from", ""), request.args.get("to", "")
    typed_first = (first or usual.first.isoformat())[:10]
    typed_last = (last or usual.last.isoformat())[:10]
    try:
        period = _bounded(_day(first, "from", usual.first), _day(last, "to", usual.last))
    except Refused as refused:
        problems = tuple(sentence(refusal) for refusal in refused.refusals)
        return AskedPeriod(period=usual, typed_first=typed_first, typed_last=typed_last, problems=problems)
    return AskedPeriod(period=period, typed_first=typed_first, typed_last=typed_last)


def _day(text: str, field: str, usual: date) -> date:
    if not text:
        return usual
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not date(1970, 1, 1) <= day <= date(2199, 12, 31):
        raise Refused([Refusal(code="time.bad_day", facts={"text": text[:40]}, field=field)])
    return day


def _bounded(first: date, last: date) -> Period:
    period = Period(first=first, last=last)
    if period.days > LONGEST_DAYS:
        raise Refused([Refusal(code="referrals.period_too_long", facts={"years": 5}, field="from")])
    return period
