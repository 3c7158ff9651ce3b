"""Times that are proposed: every reason at once, past times and hours that clocks skip refused; entries for calendars."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from app.plugins.activities.domain.calendar_entry import TalkEntry, calendar_entry, method_of, uid_of
from app.plugins.activities.domain.times import (
    FURTHEST_AHEAD,
    Proposal,
    TimeTyped,
    instants_of,
    refusals_for_proposal,
)
from app.plugins.activities.web.arranging_forms import wall_typed

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LISBON = "Europe/Lisbon"
BLANK = TimeTyped(day=None, wall=None, is_blank=True)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def at(day: date | None, wall: str | None) -> TimeTyped:
    return TimeTyped(day=day, wall=None if wall is None else time.fromisoformat(wall))


def proposal(*times: TimeTyped, minutes: int | None = 60, place: str = "", words: str = "") -> Proposal:
    return Proposal(times=times, minutes=minutes, is_online=False, place=place, words=words)


def codes(proposed: Proposal, *, now: datetime = NOW, zone: str = LISBON) -> list[str]:
    refusals = refusals_for_proposal(proposed, now=now, zone=zone)
    return [refusal.code.removeprefix("activities.") for refusal in refusals]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([], ["time_missing"]),
        ([BLANK, BLANK, BLANK], ["time_missing"]),
        ([at(TODAY, "07:01")], []),
        ([at(TODAY, "07:00")], ["time_past"]),
        ([at(TODAY - timedelta(days=1), "09:00")], ["time_past"]),
        ([at(date.min, "09:00")], ["time_past"]),
        ([at(TODAY, None)], ["time_incomplete"]),
        ([at(None, "09:00")], ["time_incomplete"]),
        ([BLANK, at(TODAY, "09:00")], []),
        ([at(TODAY + FURTHEST_AHEAD, "09:00")], []),
        ([at(TODAY + FURTHEST_AHEAD + timedelta(days=1), "09:00")], ["time_too_far"]),
        ([at(date.max, "09:00")], ["time_too_far"]),
        ([at(TODAY, "09:00"), at(TODAY, "09:00")], []),
        (
            [at(TODAY, None), at(TODAY, "06:00"), at(date.max, "09:00")],
            ["time_incomplete", "time_past", "time_too_far"],
        ),
    ],
)
def test_at_least_one_time_still_to_come(times: Sequence[TimeTyped], expected: list[str]) -> None:
    assert codes(proposal(*times)) == expected


def test_length_place_and_words_are_judged_with_the_times() -> None:
    wrong = proposal(minutes=None, place="x" * 121, words="y" * 501)
    assert codes(wrong) == ["time_missing", "length_unknown", "too_long", "too_long"]


@pytest.mark.parametrize(
    ("wall", "expected"),
    [("00:59", []), ("01:00", ["time_skipped"]), ("01:59", ["time_skipped"]), ("02:00", [])],
)
def test_an_hour_that_the_clocks_skip_is_refused(wall: str, expected: list[str]) -> None:
    assert codes(proposal(at(SPRING, wall)), now=datetime(2027, 3, 1, tzinfo=UTC)) == expected


def test_an_hour_that_the_clocks_show_twice_means_the_first() -> None:
    now = datetime(2026, 10, 1, tzinfo=UTC)
    twice = proposal(at(AUTUMN, "01:30"))
    assert codes(twice, now=now) == []
    assert instants_of(twice, LISBON) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC),)


def test_a_time_that_is_named_twice_is_proposed_once() -> None:
    assert len(instants_of(proposal(at(TODAY, "09:00"), at(TODAY, "09:00")), LISBON)) == 1


def test_the_times_stand_in_their_order() -> None:
    later, sooner = at(TODAY, "18:00"), at(TODAY, "09:00")
    assert [one.hour for one in instants_of(proposal(later, BLANK, sooner), LISBON)] == [9, 18]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("09:00", time(9)),
        ("09:00:30", time(9)),
        (" 9:00", None),
        ("25:00", None),
        ("09:00+01:00", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_a_wall_time_is_read_or_is_none(typed: str | None, expected: time | None) -> None:
    assert wall_typed(typed) == expected


def entry(*, sequence: int = 1, is_called_off: bool = False) -> TalkEntry:
    return TalkEntry(
        public_id="abc234",
        sequence=sequence,
        starts_at=datetime(2026, 11, 30, 9, tzinfo=UTC),
        minutes=45,
        summary="O'Brien; \\ ليلى, · Harbour\nGroup",
        place="Café; 2nd floor",
        url="https://example.org/g/harbour/activities/arranged/abc234",
        organiser="house@example.org",
        organiser_name="Harbour",
        is_called_off=is_called_off,
    )


def test_every_calendar_knows_it_by_one_name_and_takes_the_newest() -> None:
    first, second = (Calendar.from_ical(calendar_entry(entry(sequence=n), stamp=NOW)) for n in (1, 2))
    one: Any = first.events[0]
    two: Any = second.events[0]
    assert str(one["UID"]) == str(two["UID"]) == uid_of("abc234")
    assert (int(one["SEQUENCE"]), int(two["SEQUENCE"])) == (1, 2)
    assert one.start == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert one.end - one.start == timedelta(minutes=45)
    assert str(first["METHOD"]) == "PUBLISH"
    assert str(one["STATUS"]) == "CONFIRMED"
    assert {"DTSTAMP", "ORGANIZER", "SUMMARY"} <= set(one)
    assert str(one["LOCATION"]) == "Café; 2nd floor"


def test_called_off_it_is_taken_out() -> None:
    off = entry(sequence=2, is_called_off=True)
    calendar = Calendar.from_ical(calendar_entry(off, stamp=NOW))
    event: Any = calendar.events[0]
    assert method_of(off) == str(calendar["METHOD"]) == "CANCEL"
    assert str(event["STATUS"]) == "CANCELLED"
    assert int(event["SEQUENCE"]) == 2
    assert "ORGANIZER" in event
