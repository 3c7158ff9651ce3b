"""Who may sign in, what may be marked, when a record may be submitted, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.refusals import SENTENCES
from app.plugins.attendance.domain.rules import (
    LONGEST_REASON,
    MOST_IN_A_ROOM,
    MOST_VOUCHED,
    MeetingFacts,
    WantedMark,
    here_at,
    refusals_for_claim,
    refusals_for_head_count,
    refusals_for_mark,
    refusals_for_reopen,
    refusals_for_sign_in,
    refusals_for_steward,
    refusals_for_submission,
    refusals_for_vouching,
)
from app.plugins.attendance.domain.status import Status

START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)
OPENS = START - timedelta(hours=2)
CLOSES = END + timedelta(hours=2)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ANA, BEN = MemberId(1), MemberId(2)

SUBMITTED = Record().submitted()
REOPENED = SUBMITTED.reopened()


def _meeting(*, record: Record = Record(), takes_place: bool = True) -> MeetingFacts:  # noqa: B008 - a frozen value
    return MeetingFacts(
        starts_at_utc=START,
        ends_at_utc=END,
        zone="Europe/Lisbon",
        takes_place=takes_place,
        record=record,
        cut_off_minutes=5,
    )


def _codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refusals]


@pytest.mark.parametrize(
    ("scanned_at", "reasons"),
    [
        (OPENS - SECOND, ["meeting_not_near"]),
        (OPENS, []),
        (START, []),
        (CLOSES, []),
        (CLOSES + SECOND, ["meeting_over"]),
    ],
)
def test_room_code_signs_in_from_two_hours_before_to_two_hours_after(
    scanned_at: datetime, reasons: list[str]
) -> None:
    assert _codes(refusals_for_sign_in(_meeting(), scanned_at)) == reasons


@pytest.mark.parametrize(
    ("meeting", "reasons"),
    [
        (_meeting(takes_place=False), ["meeting_cancelled"]),
        (_meeting(record=SUBMITTED), ["record_closed"]),
        (_meeting(record=REOPENED), []),
        (_meeting(record=SUBMITTED, takes_place=False), ["meeting_cancelled", "record_closed"]),
    ],
)
def test_sign_in_needs_a_meeting_that_takes_place_and_an_open_record(
    meeting: MeetingFacts, reasons: list[str]
) -> None:
    assert _codes(refusals_for_sign_in(meeting, START)) == reasons


def test_refused_early_sign_in_says_when_it_opens_in_the_groups_time() -> None:
    summer = MeetingFacts(
        starts_at_utc=datetime(2026, 7, 7, 6, 0, tzinfo=UTC),
        ends_at_utc=datetime(2026, 7, 7, 7, 30, tzinfo=UTC),
        zone="Europe/Lisbon",
        takes_place=True,
        record=Record(),
    )
    (refusal,) = refusals_for_sign_in(summer, datetime(2026, 7, 6, 6, 0, tzinfo=UTC))
    assert (refusal.facts["time"], str(refusal.facts["day"])) == ("05:00", "2026-07-07")


def _wanted(
    letter: str | None, *, arrived: datetime | None = None, name: str = "", reason: str = ""
) -> WantedMark:
    status = Status(letter) if letter else None
    return WantedMark(status=status, arrived_at_utc=arrived, substitute_name=name, reason=reason)


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        (_wanted("P"), []),
        (_wanted("A"), []),
        (_wanted("M"), []),
        (_wanted(None), []),
        (_wanted("S"), ["substitute_needs_name"]),
        (_wanted("S", name="   "), ["substitute_needs_name"]),
        (_wanted("S", name="Rita Vaz"), []),
        (_wanted("P", arrived=START), []),
        (_wanted("P", arrived=START + 5 * MINUTE), []),
        (_wanted("P", arrived=START + 6 * MINUTE), ["time_says_late"]),
        (_wanted("L", arrived=START + 6 * MINUTE), []),
        (_wanted("L", arrived=START + 5 * MINUTE), ["time_says_on_time"]),
        (_wanted("A", arrived=START), ["time_without_arrival"]),
        (_wanted("L", arrived=END - MINUTE), ["time_ahead"]),
        (_wanted("P", arrived=OPENS - MINUTE), ["time_outside_meeting"]),
    ],
)
def test_leader_writes_letters_that_go_with_what_is_known(wanted: WantedMark, reasons: list[str]) -> None:
    now = START + 30 * MINUTE
    assert _codes(refusals_for_mark(_meeting(), wanted, was_member=True, now=now)) == reasons


@pytest.mark.parametrize(
    ("letter", "now", "reasons"),
    [
        ("P", OPENS - SECOND, ["not_begun_to_arrive"]),
        ("L", OPENS - SECOND, ["not_begun_to_arrive"]),
        ("M", OPENS - timedelta(days=7), []),
        ("A", OPENS - timedelta(days=7), []),
        ("P", OPENS, []),
    ],
)
def test_nobody_has_arrived_before_the_doors_open(letter: str, now: datetime, reasons: list[str]) -> None:
    assert _codes(refusals_for_mark(_meeting(), _wanted(letter), was_member=True, now=now)) == reasons


@pytest.mark.parametrize(
    ("meeting", "was_member", "wanted", "reasons"),
    [
        (_meeting(takes_place=False), True, _wanted("P"), ["meeting_cancelled"]),
        (_meeting(), False, _wanted("P"), ["not_a_member_then"]),
        (_meeting(), False, _wanted(None), []),
        (_meeting(record=SUBMITTED), True, _wanted("P"), ["reason_needed"]),
        (_meeting(record=SUBMITTED), True, _wanted("P", reason=" "), ["reason_needed"]),
        (
            _meeting(record=SUBMITTED),
            True,
            _wanted("P", reason="x" * (LONGEST_REASON + 1)),
            ["reason_too_long"],
        ),
        (_meeting(record=SUBMITTED), True, _wanted("P", reason="He was there."), []),
        (_meeting(record=REOPENED), True, _wanted("P"), []),
        (
            _meeting(record=SUBMITTED, takes_place=False),
            False,
            _wanted("S"),
            ["meeting_cancelled", "not_a_member_then", "substitute_needs_name", "reason_needed"],
        ),
    ],
)
def test_every_reason_against_a_mark_is_given_at_once(
    meeting: MeetingFacts, was_member: bool, wanted: WantedMark, reasons: list[str]
) -> None:
    assert _codes(refusals_for_mark(meeting, wanted, was_member=was_member, now=END)) == reasons


@pytest.mark.parametrize(
    ("meeting", "blank", "shown", "now", "reasons"),
    [
        (_meeting(), [ANA], [ANA], END, []),
        (_meeting(), [], [ANA], END, []),
        (_meeting(), [ANA, BEN], [ANA], END, ["changed_meanwhile"]),
        (_meeting(), [ANA], [ANA], START - SECOND, ["meeting_not_begun"]),
        (_meeting(record=SUBMITTED), [], [], END, ["already_submitted"]),
        (_meeting(record=REOPENED), [], [], END, []),
        (_meeting(takes_place=False), [], [], END, ["meeting_cancelled"]),
    ],
)
def test_record_is_submitted_when_all_who_become_absent_were_shown(
    meeting: MeetingFacts, blank: list[MemberId], shown: list[MemberId], now: datetime, reasons: list[str]
) -> None:
    assert _codes(refusals_for_submission(meeting, blank=blank, shown_blank=shown, now=now)) == reasons


@pytest.mark.parametrize(
    ("record", "reason", "reasons"),
    [
        (SUBMITTED, "Ben was marked by mistake.", []),
        (SUBMITTED, "", ["reason_needed"]),
        (REOPENED, "", ["still_open", "reason_needed"]),
        (Record(), "Why not", ["still_open"]),
    ],
)
def test_submitted_record_is_reopened_with_a_reason(record: Record, reason: str, reasons: list[str]) -> None:
    assert _codes(refusals_for_reopen(record, reason)) == reasons


def test_every_sentence_says_what_to_do_and_names_its_component() -> None:
    assert all(code.startswith("attendance.") for code in SENTENCES)
    assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in SENTENCES.values())


@pytest.mark.parametrize(
    ("meeting", "claimed_before", "reasons"),
    [
        (_meeting(), False, []),
        (_meeting(), True, ["claimed_before"]),
        (_meeting(record=SUBMITTED), False, ["record_closed"]),
        (_meeting(takes_place=False), True, ["meeting_cancelled", "claimed_before"]),
    ],
)
def test_a_browser_claims_one_name_at_an_open_meeting(
    meeting: MeetingFacts, claimed_before: bool, reasons: list[str]
) -> None:
    assert _codes(refusals_for_claim(meeting, START, claimed_before=claimed_before)) == reasons


@pytest.mark.parametrize(
    ("is_here", "vouched", "now", "reasons"),
    [
        (True, 0, START, []),
        (True, MOST_VOUCHED - 1, START, []),
        (True, MOST_VOUCHED, START, ["vouched_enough"]),
        (False, 0, START, ["vouch_when_here"]),
        (False, MOST_VOUCHED, CLOSES + SECOND, ["meeting_over", "vouch_when_here", "vouched_enough"]),
    ],
)
def test_who_is_here_may_sign_in_a_table_of_neighbours(
    is_here: bool, vouched: int, now: datetime, reasons: list[str]
) -> None:
    refusals = refusals_for_vouching(_meeting(), is_here=is_here, vouched=vouched, now=now)
    assert _codes(refusals) == reasons


@pytest.mark.parametrize(
    ("now", "status", "arrived"),
    [
        (START, Status.PRESENT, START),
        (START + timedelta(minutes=6), Status.LATE, START + timedelta(minutes=6)),
        (END + SECOND, Status.PRESENT, None),
        (OPENS - SECOND, Status.PRESENT, None),
    ],
)
def test_a_tap_on_here_is_the_arrival_only_while_the_meeting_lasts(
    now: datetime, status: Status, arrived: datetime | None
) -> None:
    wanted = here_at(_meeting(), now)
    assert (wanted.status, wanted.arrived_at_utc) == (status, arrived)


@pytest.mark.parametrize(
    ("now", "takes_place", "reasons"),
    [
        (START - timedelta(days=9), True, []),
        (CLOSES, True, []),
        (CLOSES + SECOND, True, ["meeting_over"]),
        (START, False, ["meeting_cancelled"]),
    ],
)
def test_nobody_is_asked_to_help_at_a_meeting_that_is_over(
    now: datetime, takes_place: bool, reasons: list[str]
) -> None:
    refusals = refusals_for_steward(_meeting(takes_place=takes_place), now, helps_until=CLOSES + SECOND)
    assert _codes(refusals) == reasons


@pytest.mark.parametrize(
    ("counted", "reasons"),
    [
        (None, []),
        (0, []),
        (MOST_IN_A_ROOM, []),
        (-1, ["head_count_unlikely"]),
        (2_001, ["head_count_unlikely"]),
    ],
)
def test_a_head_count_is_a_number_of_people(counted: int | None, reasons: list[str]) -> None:
    assert _codes(refusals_for_head_count(counted)) == reasons


def test_a_record_with_claims_that_wait_is_not_submitted() -> None:
    refusals = refusals_for_submission(_meeting(), blank=[], shown_blank=[], now=START, waiting=14)
    assert [(one.code, one.facts) for one in refusals] == [("attendance.claims_waiting", {"number": 14})]
