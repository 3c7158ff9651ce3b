"""On time, late, or for the leader to decide: bounds of an arrival against the cut-off."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.core.local_time import instant_of
from app.plugins.attendance.domain.punctuality import (
    Arrival,
    Verdict,
    arrival_at,
    cut_off_of,
    judged,
    minutes_late,
    status_by,
)
from app.plugins.attendance.domain.status import Status

CUT_OFF = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

WELL_BEFORE = CUT_OFF - 10 * MINUTE
JUST_AFTER = CUT_OFF + SECOND
WELL_AFTER = CUT_OFF + 10 * MINUTE


@pytest.mark.parametrize(
    ("earliest", "latest", "verdict"),
    [
        (WELL_BEFORE, WELL_BEFORE, Verdict.ON_TIME),
        (CUT_OFF, CUT_OFF, Verdict.ON_TIME),
        (WELL_BEFORE, CUT_OFF, Verdict.ON_TIME),
        (JUST_AFTER, JUST_AFTER, Verdict.LATE),
        (JUST_AFTER, WELL_AFTER, Verdict.LATE),
        (CUT_OFF, JUST_AFTER, Verdict.UNDECIDED),
        (WELL_BEFORE, WELL_AFTER, Verdict.UNDECIDED),
    ],
)
def test_verdict_follows_from_both_bounds(earliest: datetime, latest: datetime, verdict: Verdict) -> None:
    assert judged(Arrival(earliest=earliest, latest=latest), CUT_OFF) is verdict


@pytest.mark.parametrize(
    ("verdict", "letter"),
    [(Verdict.ON_TIME, Status.PRESENT), (Verdict.LATE, Status.LATE), (Verdict.UNDECIDED, None)],
)
def test_letter_follows_from_the_verdict(verdict: Verdict, letter: Status | None) -> None:
    assert status_by(verdict) is letter


@pytest.mark.parametrize(
    ("arrived", "minutes"),
    [(WELL_BEFORE, 0), (CUT_OFF, 0), (JUST_AFTER, 1), (CUT_OFF + MINUTE, 1), (CUT_OFF + MINUTE + SECOND, 2)],
)
def test_begun_minutes_after_the_cut_off_are_counted(arrived: datetime, minutes: int) -> None:
    assert minutes_late(arrived, CUT_OFF) == minutes


def test_cut_off_counts_real_minutes_in_the_night_of_the_clock_change() -> None:
    # In Lisbon the clocks go from 02:00 back to 01:00 on 25 October 2026: from 01:30 (first) 60 minutes are 01:30 again.
    starts = instant_of(date(2026, 10, 25), time(1, 30), "Europe/Lisbon")
    assert cut_off_of(starts, 60) - starts == timedelta(hours=1)


def test_negative_cut_off_lies_before_the_start() -> None:
    assert cut_off_of(CUT_OFF, -15) == CUT_OFF - 15 * MINUTE


def test_arrival_without_a_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="aware instants"):
        arrival_at(datetime(2026, 11, 24, 7, 5))  # noqa: DTZ001 - the naive value is what is tried


def test_arrival_that_ends_before_it_begins_is_a_defect() -> None:
    with pytest.raises(ValueError, match="swap the bounds"):
        Arrival(earliest=WELL_AFTER, latest=WELL_BEFORE)
