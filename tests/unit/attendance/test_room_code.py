"""The code on the room's screen: good for the slot it was shown in and the next, for one meeting of one group."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.ids import GroupId, MeetingId
from app.plugins.attendance.domain.room_code import (
    ALPHABET,
    CODE_LENGTH,
    SLOT_SECONDS,
    CodeDecision,
    as_read,
    as_typed,
    code_in,
    decided,
    key_for_room_codes,
    seconds_left,
    slot_at,
)

SECRET = b"a secret of the installation"
KEY = key_for_room_codes(SECRET)
HARBOUR, MILL = GroupId(1), GroupId(2)
TODAY, TOMORROW = MeetingId(10), MeetingId(11)
SLOT_BEGINS = datetime(2026, 11, 24, 6, 50, 0, tzinfo=UTC)
SHOWN = code_in(KEY, HARBOUR, TODAY, slot_at(SLOT_BEGINS))


@pytest.mark.parametrize(
    ("seconds_later", "decision"),
    [
        (0, CodeDecision.GOOD),
        (14.999, CodeDecision.GOOD),
        (15, CodeDecision.GOOD),
        (29.999, CodeDecision.GOOD),
        (30, CodeDecision.EXPIRED),
        (600, CodeDecision.EXPIRED),
        (3599, CodeDecision.EXPIRED),
        (3600, CodeDecision.WRONG),
        (-0.001, CodeDecision.WRONG),
        (-15, CodeDecision.WRONG),
    ],
)
def test_code_dies_thirty_seconds_after_it_was_first_shown(
    seconds_later: float, decision: CodeDecision
) -> None:
    now = SLOT_BEGINS + timedelta(seconds=seconds_later)
    assert decided(KEY, HARBOUR, TODAY, code=SHOWN, now=now) is decision


@pytest.mark.parametrize(("group", "meeting"), [(HARBOUR, TOMORROW), (MILL, TODAY), (MILL, TOMORROW)])
def test_code_of_another_meeting_or_group_is_wrong(group: GroupId, meeting: MeetingId) -> None:
    assert decided(KEY, group, meeting, code=SHOWN, now=SLOT_BEGINS) is CodeDecision.WRONG


@pytest.mark.parametrize(
    "code", ["", "?", SHOWN[:-1], SHOWN + "2", SHOWN.lower(), "é" * CODE_LENGTH, "A" * 100_000]
)
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert decided(KEY, HARBOUR, TODAY, code=code, now=SLOT_BEGINS) is CodeDecision.WRONG


def test_code_of_another_installation_is_wrong() -> None:
    other = key_for_room_codes(b"another secret")
    assert decided(other, HARBOUR, TODAY, code=SHOWN, now=SLOT_BEGINS) is CodeDecision.WRONG


def test_key_of_the_codes_is_not_the_secret_of_the_installation() -> None:
    assert SECRET not in KEY
    assert len(KEY) == 32


def test_code_has_only_letters_that_are_not_taken_for_each_other() -> None:
    codes = "".join(code_in(KEY, HARBOUR, TODAY, slot) for slot in range(2_000))
    assert set(codes) == set(ALPHABET)
    assert not set(ALPHABET) & set("01IO")


def test_code_changes_with_every_slot() -> None:
    codes = [code_in(KEY, HARBOUR, TODAY, slot) for slot in range(2_000)]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("after", "left"), [(0.0, 30.0), (5.0, 25.0), (14.5, 15.5), (15.0, 30.0)])
def test_screen_knows_how_long_its_code_is_good(after: float, left: float) -> None:
    assert seconds_left(SLOT_BEGINS + timedelta(seconds=after)) == pytest.approx(left)


def test_typed_code_may_have_spaces_hyphens_and_small_letters() -> None:
    typed = f"  {as_read(SHOWN).lower()} "
    assert as_typed(typed) == SHOWN
    assert as_typed("abcd-2345") == "ABCD2345"


def test_ten_thousand_replays_of_old_and_foreign_codes_open_nothing() -> None:
    slot = slot_at(SLOT_BEGINS)
    old = (code_in(KEY, HARBOUR, TODAY, slot - age) for age in range(2, 5_002))
    foreign = (code_in(KEY, HARBOUR, MeetingId(meeting), slot) for meeting in range(100, 5_100))
    assert SLOT_SECONDS == 15
    good = (code_in(KEY, HARBOUR, TODAY, slot), code_in(KEY, HARBOUR, TODAY, slot - 1))
    accepted = [code for code in (*old, *foreign) if code in good]
    assert accepted == []
    assert all(decided(KEY, HARBOUR, TODAY, code=code, now=SLOT_BEGINS) is CodeDecision.GOOD for code in good)
