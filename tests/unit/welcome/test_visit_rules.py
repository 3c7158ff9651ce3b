"""Rules of a visit: who is the same, who is clear, when somebody is told, asked and forgotten, and who calls."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.groups.domain.office import Office
from app.core.ids import MemberId
from app.plugins.welcome.domain.calling import caller_for, due_at
from app.plugins.welcome.domain.public_page import PageWords, Point, points_of, refusals_for_page
from app.plugins.welcome.domain.visit import (
    Registration,
    Wishes,
    are_alike,
    clear_match,
    expires_on,
    is_asked_now,
    is_reminded_now,
    mail_key_of,
    neighbouring,
    refusals_for_registration,
)

MEETS_ON = date(2026, 12, 1)
ANA, BEN, EVA, TOM = (MemberId(number) for number in (1, 2, 3, 4))
HOST, COMMITTEE, PRESIDENT = (
    frozenset({Office.VISITOR_HOST}),
    frozenset({Office.MEMBERSHIP_COMMITTEE}),
    frozenset({Office.PRESIDENT}),
)


def wanted(**change: object) -> Registration:
    said: dict[str, object] = {
        "name": "Clara Moreau",
        "firm": "",
        "trade": "Photographer",
        "email": "clara@moreau.example",
        "phone": "",
        "invited_by": "",
        "wishes": Wishes(),
    }
    return Registration(**(said | change))  # type: ignore[arg-type]  # the test decides what is typed


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Clara Moreau", "clara  moreau", True),
        ("Clara Moreau", "Moreau Clara", True),
        ("José Núñez", "Jose Nunez", True),
        ("Clara Moreau", "Clarra Moreau", True),
        ("Anna-Maria Weiß", "Anna Maria Weiss", True),
        ("Clara Moreau", "Klara Moreau", True),
        ("Clara Moreau", "Clara Monet", False),
        ("Ana Silva", "Ana Silveira", False),
        ("Madonna", "Madonna", True),
        ("Madonna", "Madona", False),
        ("ليلى حداد", "ليلى حداد", True),
        ("小明 王", "小红 王", False),
        ("", "", False),
        ("!!!", "???", False),
    ],
)
def test_two_names_are_one_person_where_nearly_all_letters_are_the_same(
    one: str, other: str, alike: bool
) -> None:
    assert are_alike(one, other) is alike
    assert are_alike(other, one) is alike


@given(st.text(alphabet="abcdefgh ñé-'", min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_name_with_a_letter_is_like_itself(name: str) -> None:
    assert are_alike(name, name) is any(letter.isalnum() for letter in name)


@pytest.mark.parametrize(
    ("written", "found"),
    [("ana sousa", 1), ("Sousa Ana", 1), ("Ána Sousa", 1), ("Ana", None), ("Rui Costa", None), ("", None)],
)
def test_an_inviter_is_clear_by_the_whole_name_of_one_member_alone(written: str, found: int | None) -> None:
    people = [(1, "Ana Sousa"), (2, "Ana Lopes"), (3, "Rui Costa"), (4, "Costa Rui")]
    assert clear_match(written, people) == found


@pytest.mark.parametrize(
    ("trade", "held", "close"),
    [
        ("Tax adviser", ["Baker", "tax adviser"], ["tax adviser"]),
        ("Wedding photographer", ["Photographer"], ["Photographer"]),
        ("Baker", ["Banker"], []),
        ("", ["Baker"], []),
        ("Art of the day", ["Art of law"], []),
    ],
)
def test_neighbouring_trades_share_a_word_of_more_than_three_letters(
    trade: str, held: list[str], close: list[str]
) -> None:
    assert neighbouring(trade, held) == close


def test_a_registration_hears_every_reason_at_once() -> None:
    said = wanted(
        name="!!", trade="", email="nowhere", phone="1" * 201, wishes=Wishes(introduction="x" * 1001)
    )
    codes = [one.code for one in refusals_for_registration(said, is_address=False, has_agreed=False)]
    assert codes == [
        "welcome.own_name_missing",
        "welcome.own_address_odd",
        "welcome.own_trade_missing",
        "welcome.too_long",
        "welcome.too_long",
        "welcome.not_agreed",
    ]
    assert refusals_for_registration(wanted(), is_address=True, has_agreed=True) == []
    missing = refusals_for_registration(wanted(email=""), is_address=False, has_agreed=True)
    assert [one.code for one in missing] == ["welcome.own_address_missing"]


@pytest.mark.parametrize("name", ["Madonna", "ليلى حداد", "<b>Rui</b>", "A" * 40, "O'Brien-Østergård"])
def test_names_of_every_kind_are_taken(name: str) -> None:
    assert refusals_for_registration(wanted(name=name), is_address=True, has_agreed=True) == []


def test_an_address_is_known_again_whatever_its_case_and_none_is_no_address() -> None:
    assert mail_key_of(" Clara@Moreau.example") == mail_key_of("clara@moreau.EXAMPLE ")
    assert mail_key_of("clara@moreau.example") != mail_key_of("clara@moreau.test")
    assert mail_key_of("  ") == ""


@pytest.mark.parametrize(
    ("now", "registered_on", "is_reminded"),
    [
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), date(2026, 11, 20), True),
        (datetime(2026, 11, 30, 20, 59, tzinfo=UTC), None, True),
        (datetime(2026, 11, 30, 15, 59, tzinfo=UTC), date(2026, 11, 20), False),
        (datetime(2026, 11, 30, 21, 0, tzinfo=UTC), date(2026, 11, 20), False),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), date(2026, 11, 30), False),
        (datetime(2026, 12, 1, 17, 0, tzinfo=UTC), date(2026, 11, 20), False),
        (datetime(2026, 11, 29, 17, 0, tzinfo=UTC), date(2026, 11, 20), False),
    ],
)
def test_a_visitor_is_reminded_on_the_evening_before_alone(
    now: datetime, registered_on: date | None, is_reminded: bool
) -> None:
    assert is_reminded_now(now, MEETS_ON, registered_on) is is_reminded


@pytest.mark.parametrize(
    ("day", "hour", "is_asked"), [(1, 20, False), (2, 8, False), (2, 9, True), (4, 12, True), (5, 12, False)]
)
def test_the_one_question_is_asked_from_the_next_morning_on(day: int, hour: int, is_asked: bool) -> None:
    assert is_asked_now(datetime(2026, 12, day, hour, tzinfo=UTC), MEETS_ON) is is_asked


def test_what_is_kept_expires_by_months_of_thirty_days() -> None:
    assert expires_on(MEETS_ON, 3) == MEETS_ON + timedelta(days=90)
    assert expires_on(MEETS_ON, 12) == MEETS_ON + timedelta(days=360)


@pytest.mark.parametrize(
    ("inviter", "holders", "members", "loads", "caller"),
    [
        (EVA, [(ANA, HOST), (BEN, HOST)], {ANA, BEN, EVA}, {ANA: 1}, BEN),
        (EVA, [(ANA, HOST)], {BEN, EVA}, {}, EVA),
        (EVA, [(ANA, COMMITTEE), (BEN, PRESIDENT)], {ANA, BEN}, {}, ANA),
        (None, [(BEN, PRESIDENT)], {BEN, EVA}, {}, BEN),
        (None, [], {EVA, TOM}, {}, EVA),
        (None, [], set(), {}, None),
    ],
)
def test_the_call_is_a_hosts_else_the_inviters_else_an_offices(
    inviter: MemberId | None,
    holders: list[tuple[MemberId, frozenset[Office]]],
    members: set[MemberId],
    loads: dict[MemberId, int],
    caller: MemberId | None,
) -> None:
    assert caller_for(inviter, holders, members, loads) == caller


@given(
    st.sets(st.sampled_from([ANA, BEN, EVA, TOM]), min_size=1),
    st.lists(st.tuples(st.sampled_from([ANA, BEN, EVA, TOM]), st.sampled_from([HOST, COMMITTEE, PRESIDENT]))),
    st.sampled_from([None, ANA, TOM]),
)
@settings(max_examples=60, deadline=None)
def test_a_call_always_has_somebody_who_is_a_member(
    members: set[MemberId], holders: list[tuple[MemberId, frozenset[Office]]], inviter: MemberId | None
) -> None:
    assert caller_for(inviter, holders, members, {}) in members


def test_a_call_is_due_a_day_after_the_meeting_ended() -> None:
    ended = datetime.combine(MEETS_ON, time(8, 30), UTC)
    assert due_at(ended) - ended == timedelta(hours=24)


def test_points_are_read_a_line_each_and_put_in_order() -> None:
    read = points_of("45 Somebody speaks\n-15 You come in\n\n10: Everyone says hello\n")
    assert read == [
        Point(minute=-15, words="You come in"),
        Point(minute=10, words="Everyone says hello"),
        Point(minute=45, words="Somebody speaks"),
    ]


def test_a_page_hears_every_reason_at_once() -> None:
    words = PageWords(minutes="at once we begin", cost="x" * 301)
    codes = [one.code for one in refusals_for_page(words, months=13, visits=None)]
    assert codes == ["welcome.too_long", "welcome.minute_odd", "welcome.months_odd", "welcome.visits_odd"]
    many = PageWords(minutes="\n".join(f"{minute} words" for minute in range(21)))
    assert [one.code for one in refusals_for_page(many, months=1, visits=0)] == ["welcome.too_many_points"]
