"""An agreed one-to-one as a calendar entry (RFC 5545): one UID for good, a SEQUENCE that grows, CANCEL when called off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PRODUCT = "-//Givefirst//One-to-ones//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEntry:
    """What a calendar is told of an agreed one-to-one. `organiser` is the house's own mail address."""

    public_id: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    place: str
    url: str
    organiser: str
    organiser_name: str
    is_called_off: bool = False


def uid_of(public_id: str) -> str:
    """Return the name by which every calendar knows the talk, for good."""
    return f"talk-{public_id}@givefirst"


def method_of(entry: TalkEntry) -> str:
    """Return what the file asks a calendar to do: keep the entry, or take it out."""
    return "CANCEL" if entry.is_called_off else "PUBLISH"


def calendar_entry(entry: TalkEntry, *, stamp: datetime) -> str:
    """Return the entry as an iCalendar file, written at `stamp`; its instants are in UTC, clear in every zone."""
    from icalendar import STATUS, Calendar, Event, vCalAddress  # noqa: PLC0415  # a start need not wait for it

    calendar = Calendar.new(prodid=PRODUCT, method=method_of(entry))
    organiser = vCalAddress(f"mailto:{entry.organiser}")
    organiser.params["CN"] = entry.organiser_name
    event = Event.new(
        uid=uid_of(entry.public_id),
        sequence=entry.sequence,
        stamp=stamp,
        start=entry.starts_at,
        summary=entry.summary,
        location=entry.place or None,
        url=entry.url,
        organizer=organiser,
        status=STATUS.CANCELLED if entry.is_called_off else STATUS.CONFIRMED,
    )
    event.add("duration", timedelta(minutes=entry.minutes))
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
