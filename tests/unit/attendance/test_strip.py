"""Minutes around the cut-off: rounded so that nobody late looks on time, and summed up by arrivals that really were."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.strip import Stop, Strip, minutes_from_cut_off

CUT_OFF = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(-601, -10), (-600, -10), (-59, 0), (0, 0), (0.001, 1), (1, 1), (60, 1), (60.5, 2), (7200, 120)],
)
def test_minutes_are_whole_and_kind_to_nobody_who_is_late(seconds: float, minutes: int) -> None:
    assert minutes_from_cut_off(CUT_OFF + timedelta(seconds=seconds), CUT_OFF) == minutes


def test_what_kept_the_cut_off_and_what_missed_it_are_apart() -> None:
    minutes = [-12, None, 0, 3, -2, None]
    strip = Strip(
        stops=[
            Stop(on=date(2026, 11, 3), status=Status.PRESENT if known is None else None, minutes=known)
            for known in minutes
        ]
    )
    assert strip.kept == [-12, 0, -2]
    assert strip.missed == [3]
    assert strip.usual == -2, "the lower of the two in the middle: an arrival that really was"
