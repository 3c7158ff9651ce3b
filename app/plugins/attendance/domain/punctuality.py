"""Whether an arrival is on time: instants against the meeting's cut-off, whatever zone the server runs in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.plugins.attendance.domain.status import Status

_MINUTE = timedelta(minutes=1)


class Verdict(StrEnum):
    """What the bounds of an arrival prove."""

    ON_TIME = "on time"
    LATE = "late"
    UNDECIDED = "undecided"
    """The cut-off lies between the bounds: a leader decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An arrival, known to lie from `earliest` to `latest`, both aware; with a network the two are one instant."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError(
                f"Arrival from {self.earliest!r} to {self.latest!r} needs aware instants; add a zone."
            )
        if self.latest < self.earliest:
            raise ValueError(
                f"Arrival ends at {self.latest!r} before it begins at {self.earliest!r}; swap the bounds."
            )


def arrival_at(instant: datetime) -> Arrival:
    """Return an arrival that is known exactly."""
    return Arrival(earliest=instant, latest=instant)


def cut_off_of(starts_at_utc: datetime, cut_off_minutes: int) -> datetime:
    """Return the last instant that is on time: real minutes after the start, also across a change of the clocks."""
    return starts_at_utc + timedelta(minutes=cut_off_minutes)


def cut_off_in_fact(planned: datetime, *, by_agenda: bool, began: datetime | None) -> datetime:
    """Return the last instant that is on time: when the presentations began, where that decides and was said."""
    return began if by_agenda and began is not None else planned


def judged(arrival: Arrival, cut_off: datetime) -> Verdict:
    """Return on time if the latest bound keeps the cut-off, late if the earliest misses it, else undecided."""
    if arrival.latest <= cut_off:
        return Verdict.ON_TIME
    if arrival.earliest > cut_off:
        return Verdict.LATE
    return Verdict.UNDECIDED


def status_by(verdict: Verdict) -> Status | None:
    """Return the letter that follows from the verdict; None waits for a leader."""
    if verdict is Verdict.UNDECIDED:
        return None
    return Status.PRESENT if verdict is Verdict.ON_TIME else Status.LATE


def minutes_late(arrived: datetime, cut_off: datetime) -> int:
    """Return the begun minutes after the cut-off; 0 for who kept it."""
    if arrived <= cut_off:
        return 0
    return -(-(arrived - cut_off) // _MINUTE)
