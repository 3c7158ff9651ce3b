"""Slips since last week: a list to read out at the meeting, numbered and in large print, without a prospect."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import request

from app.core.errors import Refusal, Refused
from app.core.local_time import instant_of, local_day
from app.core.meetings.queries import last_meetings
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.interface import TalksToReadOut, VisitorsToReadOut
from app.plugins.referrals.queries.readout import slips_since, thanks_since

_WEEK = timedelta(days=7)
_FURTHEST_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From when on it is read out: the start of the last meeting that is over, or of a chosen day."""

    day: date
    instant: datetime
    is_meeting: bool
    problems: tuple[str, ...] = ()


def since(page: GroupPage) -> Answer:
    """Show what is read out since the last meeting, or since the day `?since=`."""
    begun = _since(page)
    session, group = page.work.session, page.group
    talks = page.reader(TalksToReadOut)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    visitors = page.reader(VisitorsToReadOut)  # type: ignore[type-abstract]  # likewise
    slips = slips_since(session, group.id, begun.instant, now=page.work.now)
    answer = page.render(
        "referrals/since.html",
        since=begun,
        slips=slips,
        outside=sum(slip.tier == Tier.OUTSIDE for slip in slips),
        talks=talks.lines_since(group.id, begun.instant) if talks else None,
        visitors=visitors.lines_since(group.id, begun.instant) if visitors else None,
        thanks=thanks_since(session, group.id, begun.instant, group.currency),
    )
    return (answer, 422) if begun.problems else answer


def _since(page: GroupPage) -> Since:
    usual = _since_last_meeting(page)
    text = request.args.get("since", "")
    if not text:
        return usual
    try:
        day = _day(text, page.today)
    except Refused as refused:
        problems = tuple(sentence(one) for one in refused.refusals)
        return Since(day=usual.day, instant=usual.instant, is_meeting=usual.is_meeting, problems=problems)
    return Since(day=day, instant=instant_of(day, time.min, page.group.zone), is_meeting=False)


def _since_last_meeting(page: GroupPage) -> Since:
    """Return the start of the last meeting that is over: the one that is on is where it is read out."""
    now, zone = page.work.now, page.group.zone
    over = [one for one in last_meetings(page.work.session, page.group.id, now, 3) if one.ends_at_utc <= now]
    if over:
        return Since(
            day=local_day(over[-1].starts_at_utc, zone), instant=over[-1].starts_at_utc, is_meeting=True
        )
    day = page.today - _WEEK
    return Since(day=day, instant=instant_of(day, time.min, zone), is_meeting=False)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not today - _FURTHEST_BACK <= day <= today:
        raise Refused([Refusal(code="referrals.since_bad_day", facts={"text": text[:40]}, field="since")])
    return day
