"""What a line of the sheet means: every way in which hands write a time, a letter, a substitute; and nothing guessed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.local_time import local_datetime
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.rules import MeetingFacts
from app.plugins.attendance.domain.sheet_entry import SheetEntry, entry_of, mark_by_entry
from app.plugins.attendance.domain.status import Status

AT_652 = time(6, 52)


def _meeting(start: datetime, zone: str = "Europe/Lisbon") -> MeetingFacts:
    return MeetingFacts(
        starts_at_utc=start,
        ends_at_utc=start + timedelta(minutes=90),
        zone=zone,
        takes_place=True,
        record=Record(),
        cut_off_minutes=5,
    )


BREAKFAST = _meeting(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
SUPPER = _meeting(datetime(2026, 11, 24, 19, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    ["652", "0652", "6:52", "06:52", "6.52", "06.52", "6h52", "6H52", "6,52", " 6 : 52 ", "٦:٥٢", "６：５２"],
)
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert entry_of(text) == SheetEntry(arrived=AT_652)


@pytest.mark.parametrize(
    ("text", "arrived"),
    [
        ("6.52 am", AT_652),
        ("6:52AM", AT_652),
        ("652 a.m.", AT_652),
        ("6:52 pm", time(18, 52)),
        ("12:05 am", time(0, 5)),
        ("12:05 pm", time(12, 5)),
        ("12.05p", time(12, 5)),
    ],
)
def test_am_and_pm_leave_no_doubt(text: str, arrived: time) -> None:
    assert entry_of(text) == SheetEntry(arrived=arrived, is_morning_or_evening=True)


@pytest.mark.parametrize(
    ("text", "arrived"), [("7h", time(7)), ("19h05", time(19, 5)), ("1852", time(18, 52))]
)
def test_full_hours_and_evening_times_are_read(text: str, arrived: time) -> None:
    assert entry_of(text) == SheetEntry(arrived=arrived)


@pytest.mark.parametrize(
    ("text", "letter", "name"),
    [
        ("p", Status.PRESENT, ""),
        ("A", Status.ABSENT, ""),
        ("l", Status.LATE, ""),
        (" m ", Status.MEDICAL, ""),
        ("s", Status.SUBSTITUTE, ""),
        ("s Rita Lopes", Status.SUBSTITUTE, "Rita Lopes"),
        ("S: Rita Lopes", Status.SUBSTITUTE, "Rita Lopes"),
        ("s - O'Brien-Østergård", Status.SUBSTITUTE, "O'Brien-Østergård"),
        ("s ليلى حداد", Status.SUBSTITUTE, "ليلى حداد"),
        ("s Straße", Status.SUBSTITUTE, "Straße"),
    ],
)
def test_a_letter_is_read_with_the_substitutes_name(text: str, letter: Status, name: str) -> None:
    assert entry_of(text) == SheetEntry(letter=letter, substitute_name=name)


@pytest.mark.parametrize(
    "text",
    ["", " ", "7", "65", "25:00", "6:60", "660", "2500", "13:00 pm", "0:30 am", "x", "pa", "Rita", "p late",
     "Peter", "salma", "6:5", "6:520", "-652", "6:52:10", "p 6:52"],
)  # fmt: skip
def test_what_is_unclear_is_not_guessed(text: str) -> None:
    assert entry_of(text) is None


@pytest.mark.parametrize(
    ("typed", "letter"), [("652", Status.PRESENT), ("7:05", Status.PRESENT), ("7:06", Status.LATE)]
)
def test_the_cut_off_decides_the_letter_of_a_time(typed: str, letter: Status) -> None:
    entry = entry_of(typed)
    assert entry is not None
    assert mark_by_entry(BREAKFAST, entry).status is letter


@pytest.mark.parametrize(
    ("typed", "meeting", "hour"),
    [("6:52", BREAKFAST, 6), ("6:52", SUPPER, 18), ("6:52 am", SUPPER, 6), ("18:52", BREAKFAST, 18)],
)
def test_a_time_without_am_or_pm_is_the_one_at_the_meeting(
    typed: str, meeting: MeetingFacts, hour: int
) -> None:
    entry = entry_of(typed)
    assert entry is not None
    assert mark_by_entry(meeting, entry).arrived_at_utc == datetime(2026, 11, 24, hour, 52, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_wall_clock_is_the_meetings(zone: str) -> None:
    meeting = _meeting(datetime(2026, 11, 23, 22, 0, tzinfo=UTC), zone)
    local = meeting.starts_at_utc
    entry = SheetEntry(arrived=local_datetime(local, zone).time())
    assert mark_by_entry(meeting, entry).arrived_at_utc == meeting.starts_at_utc


@given(st.times(), st.sampled_from(["{h}:{m:02}", "{h:02}.{m:02}", "{h}h{m:02}", "{h}{m:02}"]))
def test_every_time_of_day_is_read_back(wall: time, written: str) -> None:
    text = written.format(h=wall.hour, m=wall.minute)
    assert entry_of(text) == SheetEntry(arrived=time(wall.hour, wall.minute))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    entry = entry_of(text)
    if entry is not None:
        assert (entry.arrived is None) != (entry.letter is None)
        assert entry.letter is Status.SUBSTITUTE or not entry.substitute_name
