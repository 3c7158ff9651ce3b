"""What of a meeting may still be changed, and everything that is in the way."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from app.core.errors import Refusal
from app.core.meetings.domain.meeting import Meeting, MeetingState, instants

SHORTEST_MINUTES, LONGEST_MINUTES = 10, 12 * 60
FURTHEST_AHEAD = timedelta(days=731)
LONGEST_PLACE, LONGEST_LINK, LONGEST_TOPIC, LONGEST_NOTE = 200, 1_000, 200, 500

_LINK_SCHEMES = frozenset({"http", "https"})
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day and a wall time in the group's zone, and for how many real minutes."""

    day: date
    wall_time: time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A room, a call link, or both. Both empty: nothing was said of it yet."""

    place: str = ""
    call_link: str = ""


def seen_mark(meetings: Iterable[Meeting]) -> str:
    """Return what tells whether these meetings are still those that somebody saw, each in the same version."""
    seen = ",".join(sorted(f"{one.public_id}:{one.version}" for one in meetings))
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


def refusals_for_move(meeting: Meeting, when: When, *, now: datetime) -> list[Refusal]:
    """Return why the meeting cannot be moved there."""
    refusals = refusals_for_change(meeting, now=now)
    if not meeting.takes_place:
        refusals.append(_off_already(meeting))
    stands = When(day=meeting.local_date, wall_time=meeting.wall_time, minutes=meeting.minutes)
    if when == stands:
        refusals.append(Refusal(code="meetings.nothing_changes"))
    return refusals + refusals_for_when(when, meeting.zone, now=now)


def refusals_for_when(when: When, zone: str, *, now: datetime) -> list[Refusal]:
    """Return why no meeting can be put there: it is over, too far away, or too short or long."""
    refusals = []
    if not SHORTEST_MINUTES <= when.minutes <= LONGEST_MINUTES:
        facts = {"least": SHORTEST_MINUTES, "most": LONGEST_MINUTES}
        refusals.append(Refusal(code="meetings.bad_length", facts=facts, field="minutes"))
    if when.day > now.date() + FURTHEST_AHEAD:
        return [*refusals, Refusal(code="meetings.too_far", field="day")]
    if when.day < now.date() - timedelta(days=2) or instants(when.day, when.wall_time, zone, 0)[0] <= now:
        refusals.append(Refusal(code="meetings.onto_the_past", field="day"))
    return refusals


def refusals_for_calling_off(meeting: Meeting, state: MeetingState, *, now: datetime) -> list[Refusal]:
    """Return why the meeting cannot be cancelled, or its day declared a holiday."""
    refusals = refusals_for_change(meeting, now=now)
    if meeting.state is state:
        refusals.append(_off_already(meeting))
    return refusals


def _off_already(meeting: Meeting) -> Refusal:
    """Return the refusal that says how the meeting is off."""
    is_holiday = meeting.state is MeetingState.HOLIDAY
    code = "meetings.holiday_already" if is_holiday else "meetings.cancelled_already"
    return Refusal(code=code, facts={"day": meeting.local_date})


def refusals_for_bringing_back(meeting: Meeting, *, now: datetime) -> list[Refusal]:
    """Return why the meeting cannot be brought back."""
    refusals = refusals_for_change(meeting, now=now)
    if meeting.takes_place:
        refusals.append(Refusal(code="meetings.takes_place", facts={"day": meeting.local_date}))
    return refusals


def refusals_for_place(meetings: Iterable[Meeting], where: Where, *, now: datetime) -> list[Refusal]:
    """Return why these meetings cannot take place there."""
    meetings = list(meetings)
    refusals = [refusal for one in meetings for refusal in refusals_for_change(one, now=now)]
    if all((one.place, one.call_link) == (where.place, where.call_link) for one in meetings):
        refusals.append(Refusal(code="meetings.nothing_changes"))
    return refusals + refusals_for_where(where)


def refusals_for_where(where: Where) -> list[Refusal]:
    """Return why this is no place: a call link that is no address of a page."""
    return [] if not where.call_link or is_link(where.call_link) else [_bad_link()]


def refusals_for_topic(meeting: Meeting, topic: str, *, now: datetime) -> list[Refusal]:
    """Return why the meeting cannot get this topic."""
    refusals = refusals_for_change(meeting, now=now)
    if meeting.topic == topic:
        refusals.append(Refusal(code="meetings.nothing_changes"))
    return refusals


def refusals_for_change(meeting: Meeting, *, now: datetime) -> list[Refusal]:
    """Return why nothing of the meeting can be changed: once it has begun, what happened stays as it was."""
    if meeting.starts_at_utc > now:
        return []
    return [Refusal(code="meetings.has_begun", facts={"day": meeting.local_date})]


def is_link(text: str) -> bool:
    """Return whether `text` is an address that a browser opens as a page."""
    try:
        parts = urlsplit(text)
        named = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in _LINK_SCHEMES and bool(named) and _UNSEEN.search(text) is None


def _bad_link() -> Refusal:
    return Refusal(code="meetings.bad_call_link", field="call_link")
