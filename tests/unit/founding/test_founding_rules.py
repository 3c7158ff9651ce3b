"""Founding: the address name nobody is asked for, the rhythm, who may, and every reason at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.core.founding.domain.address_name import address_name
from app.core.founding.domain.asked import Asked, as_text, from_text, refusals_for
from app.core.founding.domain.rhythm import first_meeting, first_possible_day, rule_of
from app.core.founding.domain.who_may import Founding, may_found

HARBOUR = Asked(
    founder="Ana Sousa",
    name="Old Harbour",
    kind="referral-group",
    weekday=1,
    week=0,
    wall_time=time(7),
    minutes=90,
    zone="Europe/Lisbon",
    currency="EUR",
    locale="en-GB",
    vocabulary="standard",
    call_link="https://call.example/room",
    first_day=date(2026, 12, 1),
    answers={"attendance": {"cut_off_minutes": 5}},
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Old Harbour", "old-harbour"),
        ("Café São João!", "cafe-sao-joao"),
        ("O'Brien & Søn", "obrien-son"),
        ("Straße", "strasse"),
        ("王府井", "group"),
        ("---", "group"),
        ("x" * 200, "x" * 50),
    ],
)
def test_the_address_name_is_made_from_the_name(name: str, slug: str) -> None:
    assert address_name(name) == slug


def test_a_taken_address_name_is_numbered() -> None:
    assert address_name("Old Harbour", 3) == "old-harbour-3"


@pytest.mark.parametrize(
    ("weekday", "week", "not_before", "first"),
    [
        (1, 0, date(2026, 11, 22), date(2026, 11, 24)),
        (1, 0, date(2026, 11, 24), date(2026, 11, 24)),
        (1, 1, date(2026, 11, 22), date(2026, 12, 1)),
        (3, 2, date(2026, 11, 22), date(2026, 12, 10)),
        (4, -1, date(2026, 11, 22), date(2026, 11, 27)),
        (4, -1, date(2026, 11, 28), date(2026, 12, 25)),
    ],
)
def test_the_first_meeting_is_the_next_day_of_the_rhythm(
    weekday: int, week: int, not_before: date, first: date
) -> None:
    assert first_meeting(rule_of(weekday, week), not_before) == first


@pytest.mark.parametrize(("hour", "day"), [(6, date(2026, 11, 24)), (8, date(2026, 11, 25))])
def test_todays_meeting_is_possible_until_it_would_have_begun(hour: int, day: date) -> None:
    now = datetime(2026, 11, 24, hour, tzinfo=UTC)
    assert first_possible_day(now, time(7), "Europe/Lisbon") == day


@pytest.mark.parametrize(
    ("choice", "stranger", "signed_in", "admin"),
    [
        (Founding.ANYONE, True, True, True),
        (Founding.ACCOUNTS, False, True, True),
        (Founding.ADMINS, False, False, True),
    ],
)
def test_who_may_found_is_the_networks_choice(
    choice: Founding, stranger: bool, signed_in: bool, admin: bool
) -> None:
    assert may_found(choice, is_signed_in=False, is_site_admin=False) == stranger
    assert may_found(choice, is_signed_in=True, is_site_admin=False) == signed_in
    assert may_found(choice, is_signed_in=True, is_site_admin=True) == admin


def test_what_was_asked_is_kept_whole_as_text() -> None:
    for asked in (HARBOUR, replace(HARBOUR, first_day=None, answers={})):
        assert from_text(as_text(asked)) == asked


def test_a_group_that_can_be_is_not_refused() -> None:
    assert refusals_for(HARBOUR) == []
    assert refusals_for(replace(HARBOUR, kind="roundtable", week=-1)) == []


def test_every_reason_is_given_at_once() -> None:
    wrong = replace(
        HARBOUR,
        founder=" ",
        name="",
        zone="Nowhere",
        currency="XXY",
        minutes=5,
        kind="roundtable",
        call_link="room 5",
    )
    assert sorted(refusal.code for refusal in refusals_for(wrong)) == [
        "founding.founder_missing",
        "founding.minutes_unlikely",
        "founding.no_call_link",
        "founding.unknown_kind",
        "groups.name_missing",
        "groups.unknown_currency",
        "time.unknown_zone",
    ]
