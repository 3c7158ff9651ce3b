"""What holds of attendance for every input: zones change no verdict, no order of acts makes a record illegal."""

import os
import time as clock_of_the_server
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.palms import palms_of_marks
from app.plugins.attendance.domain.punctuality import Arrival, Verdict, cut_off_of, judged, minutes_late
from app.plugins.attendance.domain.record import (
    Record,
    RecordState,
    refusals_for_reopening,
    refusals_for_submitting,
)
from app.plugins.attendance.domain.room_code import (
    CodeDecision,
    code_in,
    decided,
    key_for_room_codes,
    slot_at,
)
from app.plugins.attendance.domain.status import Status

ZONES = ["UTC", "Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
KEY = key_for_room_codes(b"secret")

# Hypothesis takes the bounds without a zone and gives instants with one.
FIRST = datetime(2000, 1, 1)  # noqa: DTZ001 - see above
LAST = datetime(2037, 12, 31)  # noqa: DTZ001 - see above
instants = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=3))


@contextmanager
def _server_in(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    clock_of_the_server.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        clock_of_the_server.tzset()


@given(starts=instants, minutes=st.integers(-60, 180), early=spans, width=spans, zone=st.sampled_from(ZONES))
def test_punctuality_is_the_same_whichever_zone_the_server_runs_in(
    starts: datetime, minutes: int, early: timedelta, width: timedelta, zone: str
) -> None:
    arrival = Arrival(earliest=starts - early, latest=starts - early + width)
    here = judged(arrival, cut_off_of(starts, minutes))
    with _server_in(zone):
        local = ZoneInfo(zone)
        there = judged(
            Arrival(earliest=arrival.earliest.astimezone(local), latest=arrival.latest.astimezone(local)),
            cut_off_of(starts.astimezone(local).astimezone(UTC), minutes),
        )
        code = code_in(KEY, GroupId(1), MeetingId(1), slot_at(starts.astimezone(local)))
    assert there is here
    assert code == code_in(KEY, GroupId(1), MeetingId(1), slot_at(starts))


@given(cut_off=instants, early=spans, width=spans, within=st.floats(0, 1))
def test_verdict_is_true_of_every_instant_within_the_bounds(
    cut_off: datetime, early: timedelta, width: timedelta, within: float
) -> None:
    earliest = cut_off - timedelta(hours=1) + early
    verdict = judged(Arrival(earliest=earliest, latest=earliest + width), cut_off)
    truly = earliest + width * within
    if verdict is Verdict.ON_TIME:
        assert minutes_late(truly, cut_off) == 0
    if verdict is Verdict.LATE:
        assert minutes_late(truly, cut_off) >= 1


@given(st.lists(st.sampled_from(["submit", "reopen"]), max_size=30))
def test_any_order_of_transitions_keeps_a_record_legal(acts: list[str]) -> None:
    record = Record()
    for act in acts:
        refusals = refusals_for_submitting(record) if act == "submit" else refusals_for_reopening(record)
        if refusals:
            continue
        following = record.submitted() if act == "submit" else record.reopened()
        assert following.version == record.version + 1
        assert following.is_open is not record.is_open
        record = following
    # Open and closed take turns, beginning open: the version alone tells the state.
    assert record.is_open is (record.version % 2 == 0)
    assert (record.state is RecordState.DRAFT) is (record.version == 0)


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 10), st.integers(1, 5)), st.sampled_from(list(Status)), max_size=50
    )
)
def test_letters_of_a_member_never_exceed_the_meetings_held(marks: dict[tuple[int, int], Status]) -> None:
    held = {meeting for meeting, _ in marks}
    counted = palms_of_marks(
        (MeetingId(meeting), MemberId(member), status) for (meeting, member), status in marks.items()
    )
    assert all(palms.recorded <= len(held) for palms in counted.values())
    assert sum(palms.recorded for palms in counted.values()) == len(marks)


@given(
    shown=instants, later=st.timedeltas(min_value=timedelta(seconds=-3600), max_value=timedelta(seconds=7200))
)
def test_code_is_never_good_before_it_was_shown_nor_thirty_seconds_after(
    shown: datetime, later: timedelta
) -> None:
    slot = slot_at(shown)
    code = code_in(KEY, GroupId(1), MeetingId(1), slot)
    now = shown + later
    good = decided(KEY, GroupId(1), MeetingId(1), code=code, now=now) is CodeDecision.GOOD
    since_shown = now.timestamp() - slot * 15
    assert good is (0 <= since_shown < 30)
