"""Wall time in a zone against instants: what a clock on the group's wall shows, and when that is in UTC.

A meeting is a local date, a wall time and an IANA zone; its instant is computed here and nowhere else, so
that a weekly meeting stays at 07:00 through every change of the clocks.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.errors import Refusal, Refused


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone called `name`, for instance `Europe/Lisbon`; refused as `time.unknown_zone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise Refused([Refusal(code="time.unknown_zone", facts={"zone": name}, field="zone")]) from unknown


def instant_of(day: date, wall: time, zone: str) -> datetime:
    """Return the instant, in UTC, at which clocks in `zone` show `wall` on `day`.

    A wall time that the clocks skip (spring) means the instant it would have been without the change, so it
    lies after the gap; one that they show twice (autumn) means the first time.
    """
    local = datetime.combine(day, wall, tzinfo=zone_named(zone)).replace(fold=0)
    return local.astimezone(UTC)


def local_datetime(instant: datetime, zone: str) -> datetime:
    """Return `instant` as clocks in `zone` show it; refuses a naive value."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone; instants are aware and in UTC.")
    return instant.astimezone(zone_named(zone))


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day on which `instant` falls in `zone`: the group's "today"."""
    return local_datetime(instant, zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Calendar days from `first` to `last`, both included, in the group's zone."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                [
                    Refusal(
                        code="time.period_backwards",
                        facts={"first": self.first, "last": self.last},
                        field="to",
                    )
                ]
            )

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.last - self.first).days + 1

    def starts_at_utc(self, zone: str) -> datetime:
        """Return the first instant of the period."""
        return instant_of(self.first, time.min, zone)

    def ends_before_utc(self, zone: str) -> datetime:
        """Return the first instant after the period."""
        return instant_of(self.last + timedelta(days=1), time.min, zone)
