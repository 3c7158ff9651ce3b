"""The one place that reads the time of day; everything else is told."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is told to move: for tests and for the demo network."""

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError(f"FixedClock needs an aware instant, got {instant!r}; add tzinfo=UTC.")
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        return self._instant

    def move_to(self, instant: datetime) -> None:
        """Make `instant` the present."""
        self._instant = instant.astimezone(UTC)

    def advance(self, duration: timedelta) -> None:
        """Let `duration` pass."""
        self._instant += duration
