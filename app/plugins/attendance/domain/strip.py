"""How near the cut-off does a member arrive? Whole minutes before and after it, meeting by meeting, and in sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import median_low

from app.plugins.attendance.domain.status import Status

_MINUTE = timedelta(minutes=1)


def minutes_from_cut_off(arrived: datetime, cut_off: datetime) -> int:
    """Return the minutes between an arrival and the cut-off: 0 or less for who kept it, begun minutes after it else.

    Rounded up either way, so that no arrival after the cut-off looks like one before it.
    """
    return -((cut_off - arrived) // _MINUTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One meeting of the strip; `minutes` is None where no arrival is known, as with letters from a file."""

    on: date
    status: Status | None
    minutes: int | None


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A member's meetings, the earliest first."""

    stops: Sequence[Stop]

    @cached_property
    def timed(self) -> list[int]:
        """The minutes of every arrival that is known."""
        return [stop.minutes for stop in self.stops if stop.minutes is not None]

    @cached_property
    def kept(self) -> list[int]:
        """Those that kept the cut-off."""
        return [minutes for minutes in self.timed if minutes <= 0]

    @cached_property
    def missed(self) -> list[int]:
        """Those after it."""
        return [minutes for minutes in self.timed if minutes > 0]

    @property
    def usual(self) -> int:
        """The median arrival, one that really was; only where `timed` holds some."""
        return median_low(self.timed)
