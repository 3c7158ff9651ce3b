"""Proof: weekly meetings stay at their wall time and cut-offs in real minutes, on every day on which clocks change, everywhere."""

import argparse
import time as stopwatch
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from app.core.local_time import instant_of, local_day
from app.core.meetings.domain.meeting import instants
from app.core.meetings.domain.schedule import days_between, weekly_on
from app.plugins.attendance.domain.punctuality import Verdict, arrival_at, cut_off_of, judged, minutes_late

FIRST_YEAR, LAST_YEAR = 2000, 2037
WALLS = (time(0, 30), time(1, 30), time(2, 30), time(7), time(12), time(23, 45))
"""Meeting times: in the hours in which clocks are changed, and at those at which groups meet."""
CUT_OFFS = (-5, 0, 15, 90)
"""Minutes after the start."""
WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


@dataclass(kw_only=True)
class Found:
    """What was looked at, what was wrong, and how often the naive rules would have been wrong in the same cases."""

    zones: int = 0
    change_days: int = 0
    meetings: int = 0
    verdicts: int = 0
    wrong: list[str] = field(default_factory=list)
    weeks_naively_wrong: int = 0
    """Meetings that "the last one plus seven times 24 hours" puts at another wall time."""
    cut_offs_naively_wrong: int = 0
    """Cut-offs that "the start on the wall plus minutes on the wall" puts at another instant."""

    def __str__(self) -> str:
        return (
            f"{self.zones} zones, {self.change_days} days on which clocks change: {self.meetings} meetings and "
            f"{self.verdicts} verdicts looked at, {len(self.wrong)} wrong. Naive rules: {self.weeks_naively_wrong} meetings "
            f"moved by adding seven days in UTC, {self.cut_offs_naively_wrong} cut-offs moved by counting on the wall."
        )


def look_at(zones: Sequence[str], first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> Found:
    """Look at the days around every change of the clocks of these zones in these years."""
    found = Found(zones=len(zones))
    for name in zones:
        for day in change_days(ZoneInfo(name), first_year, last_year):
            found.change_days += 1
            for wall in WALLS:
                _look_at_weeks(found, name, day, wall)
                _look_at_verdicts(found, name, day, wall)
    return found


def change_days(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[date]:
    """Yield each local day before whose end the zone's offset from UTC is another than at its beginning."""
    day = date(first_year, 1, 1)
    before = _offset(zone, day)
    while day.year <= last_year:
        following = day + timedelta(days=1)
        after = _offset(zone, following)
        if after != before:
            yield day
        day, before = following, after


def _offset(zone: ZoneInfo, day: date) -> timedelta:
    offset = datetime.combine(day, time.min, tzinfo=zone).utcoffset()
    assert offset is not None
    return offset


def _look_at_weeks(found: Found, zone: str, changed: date, wall: time) -> None:
    """Look at the weekly meetings from a week before the change to a week after it."""
    days = list(days_between(weekly_on(changed.weekday()), changed - WEEK, changed - WEEK, changed + WEEK))
    if days != [changed - WEEK, changed, changed + WEEK]:
        found.wrong.append(f"{zone} {changed}: the schedule names {days}")
    starts = [instant_of(day, wall, zone) for day in days]
    for day, start in zip(days, starts, strict=True):
        found.meetings += 1
        if fault := _fault_of(start, day, wall, zone):
            found.wrong.append(fault)
    naive = starts[0] + WEEK
    found.weeks_naively_wrong += naive != starts[1]


def _fault_of(start: datetime, day: date, wall: time, zone: str) -> str:
    """Return what is wrong with the instant of a meeting, judged by what a clock on the wall shows around it."""
    shown = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    meant = datetime.combine(day, wall)
    if shown == meant:
        earlier = [start - timedelta(minutes=minutes) for minutes in (30, 60, 120, 180, 1440)]
        again = [one for one in earlier if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == meant]
        return f"{zone} {meant}: shown twice, and the second was taken" if again else ""
    if _is_ever_shown(meant, zone):
        return f"{zone} {meant}: a clock shows {shown}"
    gap = shown - meant
    before = (start - SECOND - gap).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if gap <= timedelta(0) or before >= meant + gap:
        return f"{zone} {meant}: skipped, and {shown} is not what it would have been"
    return "" if local_day(start, zone) == shown.date() else f"{zone} {meant}: on another day"


def _is_ever_shown(meant: datetime, zone: str) -> bool:
    """Return whether clocks in the zone ever show `meant`, looked for at every offset that they have around it."""
    around = [meant.replace(tzinfo=UTC) + timedelta(days=days) for days in (-2, 0, 2)]
    offsets = {one.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0) for one in around}
    instants_meant = [(meant - offset).replace(tzinfo=UTC) for offset in offsets]
    return any(one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == meant for one in instants_meant)


def _look_at_verdicts(found: Found, zone: str, day: date, wall: time) -> None:
    """Look at arrivals around the cut-off: real minutes after the start, whatever the wall shows by then."""
    start, _end = instants(day, wall, zone, 90)
    for minutes in CUT_OFFS:
        cut_off = cut_off_of(start, minutes)
        on_wall = instant_of(*_on_the_wall(day, wall, minutes), zone)
        found.cut_offs_naively_wrong += on_wall != cut_off
        truth = {
            start + timedelta(minutes=minutes): (Verdict.ON_TIME, 0),
            start + timedelta(minutes=minutes) + SECOND: (Verdict.LATE, 1),
            start + timedelta(minutes=minutes + 61): (Verdict.LATE, 61),
        }
        for arrived, expected in truth.items():
            found.verdicts += 1
            local = arrived.astimezone(ZoneInfo(zone))
            if (judged(arrival_at(local), cut_off), minutes_late(local, cut_off)) != expected:
                found.wrong.append(f"{zone} {day} {wall}: arrival at {local} against {cut_off}")


def _on_the_wall(day: date, wall: time, minutes: int) -> tuple[date, time]:
    moved = datetime.combine(day, wall) + timedelta(minutes=minutes)
    return moved.date(), moved.time()


def main(arguments: list[str]) -> int:
    """Look at every zone there is, after showing that the naive rules are caught."""
    parser = argparse.ArgumentParser(prog="script/proof time")
    parser.parse_args(arguments)
    started = stopwatch.monotonic()
    found = look_at(sorted(available_timezones()))
    print(f"{found} {stopwatch.monotonic() - started:.0f} s.")
    for fault in found.wrong[:20]:
        print(f"  {fault}")
    caught = found.weeks_naively_wrong > 0 and found.cut_offs_naively_wrong > 0
    if not caught:
        print("The naive rules were not caught: this proof proves nothing.")
    return 0 if caught and not found.wrong else 1
