"""Rules of the welcome: what may be noted of a visitor, who is there for a newcomer, how the first message is filled in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.groups.domain.office import Office
from app.core.ids import MemberId
from app.plugins.welcome.domain.contact import contact_for
from app.plugins.welcome.domain.visitor import About, is_complete, refusals_for_visitor
from app.plugins.welcome.domain.words import PLACES, filled, refusals_for_words

TODAY = date(2026, 11, 24)
ANA, BEN, CARLA, NEW = (MemberId(number) for number in (1, 2, 3, 9))


def about(**change: str) -> About:
    return About(**({"name": "Clara Moreau", "kind": "first"} | change))


def test_a_name_is_enough_at_the_door() -> None:
    assert refusals_for_visitor(about(), TODAY, TODAY) == []
    assert not is_complete(about())
    assert is_complete(about(phone="+351 910"))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    typed = about(name="", kind="ghost", email="no address", trade="x" * 201)
    codes = {refusal.code for refusal in refusals_for_visitor(typed, None, TODAY)}
    assert codes == {
        "welcome.name_missing",
        "welcome.kind_missing",
        "welcome.bad_address",
        "welcome.too_long",
        "welcome.day_missing",
    }


@pytest.mark.parametrize(
    ("days", "is_refused"), [(-366, True), (-365, False), (0, False), (60, False), (61, True)]
)
def test_day_of_a_visit_lies_within_reason(days: int, is_refused: bool) -> None:
    assert bool(refusals_for_visitor(about(), TODAY + timedelta(days=days), TODAY)) is is_refused


@pytest.mark.parametrize(
    ("holders", "busy", "expected"),
    [
        ([(ANA, {Office.PRESIDENT}), (BEN, {Office.MENTOR})], {}, BEN),
        ([(ANA, {Office.PRESIDENT}), (BEN, {Office.MEMBERSHIP_COMMITTEE})], {}, BEN),
        ([(ANA, {Office.PRESIDENT}), (BEN, {Office.EDUCATION})], {}, ANA),
        ([(ANA, {Office.MENTOR}), (BEN, {Office.MENTOR})], {ANA: 2, BEN: 1}, BEN),
        ([(CARLA, {Office.MENTOR}), (BEN, {Office.MENTOR})], {}, BEN),
        ([(NEW, {Office.PRESIDENT})], {}, None),
        ([], {}, None),
    ],
    ids=["mentor first", "then the committee", "then leaders", "fewest", "steady", "never oneself", "nobody"],
)
def test_contact_is_whoever_is_nearest_and_has_the_fewest(
    holders: list[tuple[MemberId, set[Office]]], busy: dict[MemberId, int], expected: MemberId | None
) -> None:
    assert contact_for(NEW, [(who, frozenset(held)) for who, held in holders], busy) == expected


def test_first_message_names_only_places_that_can_be_filled_in() -> None:
    assert refusals_for_words("Welcome, {first_name}", "See you at {next_meeting}. {contact}") == []
    codes = [(r.code, r.field) for r in refusals_for_words("", "Dear {surname}")]
    assert codes == [("welcome.words_missing", "subject"), ("welcome.unknown_place", "body")]


@given(st.text(alphabet="{}abc %()sd\n", max_size=60), st.text(max_size=20))
def test_filling_in_never_fails_and_never_fills_in_twice(text: str, name: str) -> None:
    facts = dict.fromkeys(PLACES, "") | {"first_name": name}
    once = filled(f"{{first_name}}{text}", facts)
    assert once.startswith(name)
    assert filled("{first_name}", {"first_name": "{group}", "group": "no"}) == "{group}"
