"""Meetings as calendar entries (RFC 5545): the same entry whenever it is read, newer by its SEQUENCE when it changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from app.core.local_time import local_datetime, zone_named
from app.core.meetings.domain.meeting import Meeting

if TYPE_CHECKING:
    from icalendar import Event, Timezone

METHOD = "PUBLISH"
PRODUCT = "-//Givefirst//Meetings//EN"
ASK_AGAIN_AFTER = timedelta(hours=1)
"""How often a calendar that follows the address is asked to look."""

_YEARS_BEFORE, _YEARS_AFTER = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFrame:
    """Whose meetings these are: the group's name and slug, the house's mail address, where each meeting's page is."""

    name: str
    slug: str
    organiser: str
    page_of: Callable[[str], str]


def uid_of(meeting: Meeting) -> str:
    """Return the name by which every calendar knows the meeting, for good."""
    return f"{meeting.public_id}@givefirst"


def calendar_of(meetings: Sequence[Meeting], frame: CalendarFrame, *, stamp: datetime) -> str:
    """Return the meetings as an iCalendar file, written at `stamp`, with the rules of their zones in it."""
    from icalendar import Calendar  # noqa: PLC0415  # a fifth of a second that a start need not wait for

    calendar = Calendar.new(
        prodid=PRODUCT,
        method=METHOD,
        name=frame.name,
        refresh_interval=ASK_AGAIN_AFTER,
        uid=f"calendar-{frame.slug}@givefirst",  # else the library draws another at each reading
    )
    calendar.add("x-wr-calname", frame.name)
    calendar.add("x-published-ttl", ASK_AGAIN_AFTER)
    for zone in sorted({meeting.zone for meeting in meetings}):
        of_zone = [meeting for meeting in meetings if meeting.zone == zone]
        calendar.add_component(_zone(zone, *_years(of_zone)))
    for meeting in meetings:
        calendar.add_component(_entry(meeting, frame, stamp))
    written: bytes = calendar.to_ical()
    return written.decode()


def _entry(meeting: Meeting, frame: CalendarFrame, stamp: datetime) -> "Event":
    from icalendar import STATUS, TRANSP, Conference, Event, vCalAddress  # noqa: PLC0415 - as above

    organiser = vCalAddress(f"mailto:{frame.organiser}")
    organiser.params["CN"] = frame.name
    event = Event.new(
        uid=uid_of(meeting),
        sequence=meeting.version,
        stamp=stamp,
        start=local_datetime(meeting.starts_at_utc, meeting.zone),
        summary=f"{frame.name}: {meeting.topic}" if meeting.topic else frame.name,
        location=meeting.place or meeting.call_link or None,
        description=_description(meeting, frame),
        url=frame.page_of(meeting.public_id),
        organizer=organiser,
        status=STATUS.CONFIRMED if meeting.takes_place else STATUS.CANCELLED,
        transparency=TRANSP.OPAQUE if meeting.takes_place else TRANSP.TRANSPARENT,
    )
    # A duration in real minutes: an end in wall time would be unclear in the night when clocks show an hour twice.
    event.add("duration", meeting.ends_at_utc - meeting.starts_at_utc)
    if meeting.call_link:
        event.conferences = [Conference(uri=meeting.call_link, feature=["AUDIO", "VIDEO"], label=frame.name)]
    return event


def _description(meeting: Meeting, frame: CalendarFrame) -> str:
    lines = (meeting.topic, meeting.place, meeting.call_link, frame.page_of(meeting.public_id))
    return "\n".join(line for line in lines if line)


def _years(meetings: Iterable[Meeting]) -> tuple[int, int]:
    days = [meeting.local_date for meeting in meetings]
    return min(days).year - _YEARS_BEFORE, max(days).year + _YEARS_AFTER


def _zone(zone: str, first_year: int, last_year: int) -> "Timezone":
    """Return what clocks in the zone do from the first to the last year, each change on its own."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - as above

    component = Timezone()
    component.add("tzid", zone)
    info = zone_named(zone)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    for instant in (start, *_changes(zone, first_year, last_year)):
        before, after = (instant - timedelta(minutes=1)).astimezone(info), instant.astimezone(info)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        # The start of each part is wall time by the clocks as they went until then.
        part.add("dtstart", (instant + (before.utcoffset() or timedelta())).replace(tzinfo=None))
        part.add("tzoffsetfrom", before.utcoffset())
        part.add("tzoffsetto", after.utcoffset())
        part.add("tzname", after.tzname() or zone)
        component.add_component(part)
    return component


@lru_cache(maxsize=256)
def _changes(zone: str, first_year: int, last_year: int) -> tuple[datetime, ...]:
    """Return the instants of these years at which clocks in the zone are put forward or back."""
    info = zone_named(zone)

    def offset(instant: datetime) -> timedelta | None:
        return instant.astimezone(info).utcoffset()

    found = []
    day = datetime(first_year, 1, 1, tzinfo=UTC)
    while day.date() < date(last_year + 1, 1, 1):
        next_day = day + timedelta(days=1)
        if offset(day) != offset(next_day):
            low, high = day, next_day
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if offset(middle) == offset(day) else (low, middle)
            found.append(high)
        day = next_day
    return tuple(found)
