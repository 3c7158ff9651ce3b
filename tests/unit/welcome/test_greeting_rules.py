"""Rules of the door: who may be asked, when the hosts step in, whom a guest may meet, when contact is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.ids import MemberId
from app.plugins.welcome.domain.greeting import (
    HAND_OVER_AFTER,
    Greeting,
    GreetingState,
    refusals_to_answer,
    refusals_to_ask,
    refusals_to_offer,
    shows_needs,
    waits_too_long,
)
from app.plugins.welcome.domain.people_to_meet import Known, Newly, Why, people_to_meet, reasons_for
from app.plugins.welcome.domain.spoken import (
    ASKED_FOR,
    Shared,
    Spoken,
    reach_shown,
    refusals_to_speak,
)
from app.plugins.welcome.domain.suggesting import Candidate, suggested_greeters
from app.plugins.welcome.domain.trades import are_neighbours, words_of

ANA, BEN, EVA, RUI = (MemberId(key) for key in (1, 2, 3, 4))
ARRIVED = datetime(2026, 11, 24, 6, 50, tzinfo=UTC)
DAY = date(2026, 11, 24)
SECOND = timedelta(seconds=1)
OPEN = Greeting(state=GreetingState.OPEN, greeter=None)
ASKED = Greeting(state=GreetingState.ASKED, greeter=BEN)
READY = Greeting(state=GreetingState.ACCEPTED, greeter=BEN)
HERE = Greeting(state=GreetingState.ACCEPTED, greeter=BEN, arrived_at_utc=ARRIVED)
MET = Greeting(state=GreetingState.ACCEPTED, greeter=BEN, arrived_at_utc=ARRIVED, met_at_utc=ARRIVED + SECOND)
HERE_ALONE = Greeting(state=GreetingState.OPEN, greeter=None, arrived_at_utc=ARRIVED)
HERE_ASKED = Greeting(state=GreetingState.ASKED, greeter=BEN, arrived_at_utc=ARRIVED)


@pytest.mark.parametrize(
    ("greeting", "after", "greeter_is_in", "waits"),
    [
        (READY, timedelta(hours=1), None, False),
        (MET, timedelta(hours=1), None, False),
        (MET, timedelta(hours=1), False, False),
        (HERE, timedelta(0), None, False),
        (HERE, HAND_OVER_AFTER - SECOND, None, False),
        (HERE, HAND_OVER_AFTER, None, True),
        (HERE, timedelta(0), False, True),
        (HERE, timedelta(0), True, False),
        (HERE, HAND_OVER_AFTER, True, True),
        (HERE_ALONE, timedelta(0), None, True),
        (HERE_ASKED, timedelta(0), None, True),
        (HERE_ALONE, -SECOND, None, False),
    ],
)
def test_hosts_step_in_when_nobody_is_with_a_guest(
    greeting: Greeting, after: timedelta, greeter_is_in: bool | None, waits: bool
) -> None:
    assert waits_too_long(greeting, ARRIVED + after, greeter_is_in=greeter_is_in) is waits


@pytest.mark.parametrize(
    ("greeting", "chosen", "codes"),
    [
        (None, ANA, []),
        (OPEN, ANA, []),
        (ASKED, ANA, []),
        (None, None, ["welcome.no_such_greeter"]),
        (None, RUI, ["welcome.no_such_greeter"]),
        (OPEN, EVA, ["welcome.greeter_said_no"]),
        (READY, ANA, ["welcome.greeted_already"]),
        (READY, RUI, ["welcome.no_such_greeter", "welcome.greeted_already"]),
    ],
)
def test_whoever_may_greet_and_has_not_said_no_is_asked(
    greeting: Greeting | None, chosen: MemberId | None, codes: list[str]
) -> None:
    refusals = refusals_to_ask(
        greeting, chosen, may_greet=frozenset({ANA, BEN, EVA}), said_no=frozenset({EVA})
    )
    assert [one.code for one in refusals] == codes


def test_only_whoever_is_asked_answers_and_only_a_guest_of_nobody_is_offered() -> None:
    assert refusals_to_answer(ASKED, BEN) == refusals_to_answer(READY, BEN) == []
    assert [one.code for one in refusals_to_answer(ASKED, ANA)] == ["welcome.not_asked_any_more"]
    assert refusals_to_offer(None) == refusals_to_offer(OPEN) == []
    for taken in (ASKED, READY):
        assert [one.code for one in refusals_to_offer(taken)] == ["welcome.greeted_already"]


def test_what_a_guest_needs_is_shown_up_to_the_day_after() -> None:
    assert [shows_needs(DAY, DAY + timedelta(days=after)) for after in (-9, 0, 1, 2)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Roofer", "Architect", True),
        ("Tax adviser", "Notary", True),
        ("Wedding photographer", "Caterer", True),
        ("Interior design", "Kitchen fitter", True),
        ("Insurance broker", "insurance Broker", False),
        ("Physiotherapist", "Roofer", False),
        ("Business consultant", "Energy consultant", False),
        ("", "Roofer", False),
        ("Goldschmied", "Goldschmied & Uhren", True),
    ],
)
def test_trades_are_neighbours_where_their_words_tell(one: str, other: str, are: bool) -> None:
    assert are_neighbours(one, other) is are
    assert are_neighbours(other, one) is are


def test_words_are_compared_without_case_accents_and_marks() -> None:
    assert words_of("Café-Möbel & <b>Öfen</b>") == {"cafe", "mobel", "ofen"}


GUEST = Newly(trade="Roofer", said="I sail and I keep bees.", invited_by=ANA)


@pytest.mark.parametrize(
    ("member", "why"),
    [
        (Known(member_id=EVA), []),
        (Known(member_id=EVA, interests=("Sail",)), [Why.INTEREST]),
        (Known(member_id=EVA, interests=("sailing boats",)), []),
        (Known(member_id=EVA, good_fit="Any roofer who needs a scaffold"), [Why.GOOD_FIT]),
        (Known(member_id=EVA, talk_to_me_about="What a roofer sees"), [Why.TALK]),
        (Known(member_id=EVA, came_through=ANA, came_through_name="Ana"), [Why.SAME_INVITER]),
        (Known(member_id=EVA, came_through=BEN, came_through_name="Ben"), []),
        (Known(member_id=EVA, trade="Architect"), [Why.NEIGHBOURS]),
        (Known(member_id=EVA, trade="Roofer"), []),
        (Known(member_id=EVA, is_host=True), [Why.HOST]),
        (Known(member_id=EVA, is_new=True), []),
        (
            Known(member_id=EVA, trade="Plumber", is_host=True, interests=("bees",)),
            [Why.INTEREST, Why.NEIGHBOURS, Why.HOST],
        ),
    ],
)
def test_reasons_come_from_what_was_said_and_none_is_made_up(member: Known, why: list[Why]) -> None:
    assert [one.why for one in reasons_for(GUEST, member)] == why


def test_a_newcomer_is_told_of_others_who_joined_lately_and_not_of_hosts() -> None:
    newcomer = Newly(trade="Roofer", is_member=True)
    known = Known(member_id=EVA, is_host=True, is_new=True)
    assert [one.why for one in reasons_for(newcomer, known)] == [Why.ALSO_NEW]


def test_whoever_invited_the_guest_or_was_put_aside_is_not_named_and_the_next_one_comes() -> None:
    members = [Known(member_id=one, trade="Architect") for one in (ANA, BEN, EVA, RUI, MemberId(5))]
    assert [one.member_id for one in people_to_meet(GUEST, members)] == [BEN, EVA, RUI]
    assert [one.member_id for one in people_to_meet(GUEST, members, put_aside={EVA})] == [BEN, RUI, 5]
    assert people_to_meet(Newly(), members) == [], "where nothing is known, nobody is named"


_KNOWN = st.builds(
    Known,
    member_id=st.integers(1, 9).map(MemberId),
    trade=st.sampled_from(["", "Architect", "Baker", "Plumber"]),
    interests=st.sampled_from([(), ("bees",), ("chess", "sail")]),
    is_host=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_KNOWN, max_size=9, unique_by=lambda one: one.member_id),
    st.sets(st.integers(1, 9), max_size=4),
    st.randoms(),
)
def test_the_same_facts_name_the_same_people_in_whatever_order(
    members: list[Known], aside: set[int], chance: object
) -> None:
    put_aside = {MemberId(one) for one in aside}
    named = people_to_meet(GUEST, members, put_aside=put_aside)
    shuffled = list(members)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    assert people_to_meet(GUEST, shuffled, put_aside=put_aside) == named
    assert len(named) <= 3
    assert all(one.reasons and one.member_id not in put_aside and one.member_id != ANA for one in named)


def suggested(*candidates: Candidate, never: frozenset[MemberId] = frozenset()) -> list[MemberId]:
    return [one.member_id for one in suggested_greeters(GUEST, candidates, never=never)]


def candidate(member: MemberId, trade: str = "", **facts: object) -> Candidate:
    return Candidate(known=Known(member_id=member, trade=trade), **facts)  # type: ignore[arg-type]


def test_those_who_have_not_greeted_lately_come_first_and_common_ground_decides_between_them() -> None:
    often = candidate(ANA, "Architect", greeted_lately=3, last_on=DAY)
    never = candidate(BEN)
    near = candidate(EVA, "Plumber")
    assert suggested(often, never, near) == [EVA, BEN, ANA]
    assert suggested(often, never, near, never=frozenset({EVA})) == [BEN, ANA]


def test_busy_and_new_members_come_last_and_the_longest_ago_first() -> None:
    old = candidate(ANA, greeted_lately=1, last_on=DAY - timedelta(days=60))
    lately = candidate(BEN, greeted_lately=1, last_on=DAY)
    assert suggested(lately, old) == [ANA, BEN]
    assert suggested(candidate(ANA, is_busy=True), candidate(BEN, is_new=True), candidate(EVA)) == [
        EVA,
        BEN,
        ANA,
    ]


def test_asking_the_first_again_and_again_goes_round_the_group() -> None:
    times, asked = dict.fromkeys((ANA, BEN, EVA), 0), []
    for week in range(6):
        first = suggested(*(candidate(one, greeted_lately=times[one], last_on=None) for one in times))[0]
        times[first] += 1
        asked.append((week, first))
    assert set(times.values()) == {2}, asked


BOTH = Spoken(visitor_said_at_utc=ARRIVED, member_said_at_utc=ARRIVED)


@pytest.mark.parametrize(
    ("spoken", "shares", "shown"),
    [
        (None, Shared(email=True, phone=True), []),
        (Spoken(), Shared(email=True, phone=True), []),
        (Spoken(visitor_said_at_utc=ARRIVED), Shared(email=True, phone=True), []),
        (Spoken(member_said_at_utc=ARRIVED), Shared(email=True, phone=True), []),
        (BOTH, Shared(), []),
        (BOTH, Shared(email=True), ["a@b.example"]),
        (BOTH, Shared(phone=True), ["+351 1"]),
        (BOTH, Shared(email=True, phone=True), ["+351 1", "a@b.example"]),
    ],
)
def test_contact_is_shown_once_both_have_said_it_and_only_what_is_shared(
    spoken: Spoken | None, shares: Shared, shown: list[str]
) -> None:
    assert reach_shown(spoken, "a@b.example", "+351 1", shares) == shown


@pytest.mark.parametrize(
    ("today", "has_come", "code"),
    [
        (DAY - timedelta(days=1), True, "welcome.not_met_yet"),
        (DAY, False, "welcome.not_met_yet"),
        (DAY, True, ""),
        (DAY + ASKED_FOR, True, ""),
        (DAY + ASKED_FOR + timedelta(days=1), True, "welcome.spoke_too_late"),
    ],
)
def test_we_spoke_is_said_from_the_visit_on_and_not_for_ever(today: date, has_come: bool, code: str) -> None:
    refusals = refusals_to_speak(DAY, today, has_come=has_come)
    assert [one.code for one in refusals] == ([code] if code else [])
