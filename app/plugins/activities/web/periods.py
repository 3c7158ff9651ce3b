"""Which days does a list show? `?first=&last=` as days of the group, by default the last twelve weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from app.core.errors import Refusal, Refused
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.sentences import sentence

USUAL = timedelta(weeks=12)
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDays:
    """The days to show, and what was wrong with those asked for, if anything."""

    period: Period
    problems: tuple[str, ...] = ()


def asked_days(page: GroupPage) -> AskedDays:
    """Return the days in the address; where they make no sense the usual ones, and what is wrong."""
    usual = Period(first=page.today - USUAL + timedelta(days=1), last=page.today)
    try:
        return AskedDays(period=Period(first=_day("first", usual.first), last=_day("last", usual.last)))
    except Refused as refused:
        return AskedDays(period=usual, problems=tuple(sentence(one) for one in refused.refusals))


def this_week(today: date) -> Period:
    """Return the seven days that end today."""
    return Period(first=today - timedelta(days=6), last=today)


def _day(name: str, usual: date) -> date:
    text = request.args.get(name, "")
    try:
        day = date.fromisoformat(text) if text else usual
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise Refused([Refusal(code="time.bad_day", facts={"text": text[:40]}, field=name)])
    return day
