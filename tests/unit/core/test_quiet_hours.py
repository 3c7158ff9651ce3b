"""When a mail that can wait leaves: never in the quiet hours of its reader's zone, and a digest once a day."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.local_time import local_datetime
from app.core.notices.hours import USUAL, Choices, ToldBy, Topic, digest_at, leaves_at

LISBON, AUCKLAND = "Europe/Lisbon", "Pacific/Auckland"
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-11-24T20:59", "2026-11-24T20:59"),
        ("2026-11-24T21:00", "2026-11-25T07:00"),
        ("2026-11-24T23:59", "2026-11-25T07:00"),
        ("2026-11-25T00:00", "2026-11-25T07:00"),
        ("2026-11-25T06:59", "2026-11-25T07:00"),
        ("2026-11-25T07:00", "2026-11-25T07:00"),
        ("2026-07-01T19:59", "2026-07-01T19:59"),
        ("2026-07-01T20:00", "2026-07-02T06:00"),
    ],
)
def test_a_mail_of_the_night_leaves_in_the_morning_of_the_groups_zone(written: str, leaves: str) -> None:
    assert leaves_at(at(written), USUAL, LISBON) == at(leaves)


def test_quiet_hours_of_the_day_and_none_at_all() -> None:
    siesta = replace(USUAL, quiet_from=time(13), quiet_until=time(15))
    assert leaves_at(at("2026-11-24T14:00"), siesta, LISBON) == at("2026-11-24T15:00")
    assert leaves_at(at("2026-11-24T03:00"), siesta, LISBON) == at("2026-11-24T03:00")
    never = replace(USUAL, quiet_from=time(9), quiet_until=time(9))
    assert leaves_at(at("2026-11-24T09:00"), never, LISBON) == at("2026-11-24T09:00")


@given(now=INSTANTS, begins=WALLS, ends=WALLS, zone=st.sampled_from([LISBON, AUCKLAND, "America/New_York"]))
def test_no_mail_leaves_in_quiet_hours_nor_a_day_late(
    now: datetime, begins: time, ends: time, zone: str
) -> None:
    choices = Choices(quiet_from=begins, quiet_until=ends)
    leaves = leaves_at(now, choices, zone)
    assert now <= leaves <= now + timedelta(hours=25)
    wall = local_datetime(leaves, zone).time()
    is_quiet = begins <= wall < ends if begins <= ends else wall >= begins or wall < ends
    is_of_a_change = local_datetime(leaves, zone).utcoffset() != local_datetime(now, zone).utcoffset()
    assert not is_quiet or is_of_a_change


@given(now=INSTANTS, zone=st.sampled_from([LISBON, AUCKLAND]))
def test_a_digest_leaves_within_a_day_at_the_end_of_the_quiet_hours(now: datetime, zone: str) -> None:
    leaves = digest_at(now, USUAL, zone)
    assert now < leaves <= now + timedelta(hours=25)
    assert local_datetime(leaves, zone).time() == time(7)


def test_each_topic_has_its_own_choice() -> None:
    choices = Choices(waiting=ToldBy.AT_ONCE, news=ToldBy.PAGE)
    assert [choices.of(topic) for topic in (Topic.WAITING, Topic.NEWS)] == [ToldBy.AT_ONCE, ToldBy.PAGE]
