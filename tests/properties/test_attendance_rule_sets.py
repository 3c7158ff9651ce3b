"""What holds of rules for every member and every rule set: order and zone change nothing, nothing weighed counts nothing."""

import os
import time as clock_of_the_server
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.attendance.domain.rule_facts import MeetingFact
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import (
    Happening,
    Limit,
    Measure,
    MeasureKind,
    Part,
    RuleBook,
    RuleSet,
    RulesFrom,
    Side,
    Unit,
    Window,
    WindowKind,
    always,
)
from app.plugins.attendance.domain.rule_set_json import rules_from_json, rules_to_json
from app.plugins.attendance.domain.rule_standing import MemberStanding, standing, where_stands
from app.plugins.attendance.domain.rule_windows import leaves_on, looks_back_to
from tests.support.rule_cases import facts

words = st.sampled_from(
    ["P", "A", "L", "L12", "M", "S", "Sl", "Pe", "L5e", "A(care)", "A(weather)", "L(work)", "-"]
)
lives = st.lists(words, max_size=40).map(lambda said: facts(" ".join(said)))
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 6, 30))
windows = st.one_of(
    st.builds(
        Window,
        kind=st.just(WindowKind.ROLLING),
        length=st.integers(min_value=1, max_value=60),
        unit=st.sampled_from(list(Unit)),
    ),
    st.builds(Window, kind=st.just(WindowKind.MEETINGS), length=st.integers(min_value=1, max_value=30)),
    st.builds(
        Window,
        kind=st.just(WindowKind.FIXED),
        length=st.sampled_from([1, 2, 3, 4, 6, 12]),
        begins=st.integers(min_value=1, max_value=12),
    ),
    st.just(Window(kind=WindowKind.ALL)),
    st.just(Window(kind=WindowKind.MEMBERSHIP_YEAR)),
)
shares = st.fractions(min_value=0, max_value=1, max_denominator=4)
some = st.lists(st.sampled_from(list(Happening)), min_size=1, unique=True).map(
    lambda found: tuple(one for one in Happening if one in found)
)


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    """Return rules of up to six measures, each of any kind, with a limit on each."""
    measures: list[Measure] = []
    for number in range(draw(st.integers(min_value=1, max_value=6))):
        measures.append(_measure(draw, f"m{number}", measures))
    limits = tuple(
        Limit(
            key=one.key,
            name=one.name,
            measure=one.key,
            side=draw(st.sampled_from(list(Side))),
            reached=Fraction(2),
        )
        for one in measures
    )
    weights = draw(st.dictionaries(st.sampled_from(list(Happening)), shares.filter(bool), max_size=5))
    excused = draw(st.dictionaries(st.sampled_from(["care", "weather", "work"]), shares))
    return RuleSet(name="Any", weights=weights, excused=excused, measures=tuple(measures), limits=limits)


def _measure(draw: st.DrawFn, key: str, before: Sequence[Measure]) -> Measure:
    of_meetings = [
        MeasureKind.SUM,
        MeasureKind.COUNT,
        MeasureKind.PERCENT,
        MeasureKind.RUN,
        MeasureKind.WEEKS,
    ]
    kind = draw(st.sampled_from(list(MeasureKind) if before else [*of_meetings, MeasureKind.LONGEST_RUN]))
    part = Part(measure=draw(st.sampled_from(before)).key) if before else Part(measure="")
    measure = Measure(key=key, name=key, kind=kind)
    if kind is MeasureKind.SUM:
        return replace(measure, window=draw(windows))
    if kind is MeasureKind.MINUTES:
        return replace(measure, window=draw(windows), minutes_over=draw(st.integers(0, 10)))
    if kind is MeasureKind.PERCENT:
        return replace(measure, window=draw(windows), what=draw(some), out_of=draw(some), least_meetings=3)
    if kind is MeasureKind.EVERY:
        return replace(measure, parts=(part,), number=Fraction(2))
    if kind is MeasureKind.TOTAL:
        return replace(measure, parts=(part, part))
    if kind is MeasureKind.DEPENDS:
        return replace(measure, parts=(part,), number=Fraction(1), then=Fraction(3), otherwise=Fraction(6))
    if kind is MeasureKind.BEYOND:
        allowed: Fraction | str = part.measure if draw(st.booleans()) else Fraction(1)
        return replace(measure, parts=(part,), allowed=allowed)
    return replace(measure, window=draw(windows), what=draw(some), excused_too=draw(st.booleans()))


JOINED = date(2025, 9, 10)


def _stands(rules: RuleSet, life: Sequence[MeetingFact], day: date) -> MemberStanding:
    return standing(always(rules), life, day, member_since=JOINED)


@given(rules=rule_sets(), life=lives, day=days, chance=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_the_facts_does_not_matter(
    rules: RuleSet, life: list[MeetingFact], day: date, chance: Random
) -> None:
    shuffled = list(life)
    chance.shuffle(shuffled)
    assert _stands(rules, shuffled, day) == _stands(rules, life, day)


@given(rules=rule_sets(), life=lives, day=days, zone=st.sampled_from(["Pacific/Apia", "America/New_York"]))
@settings(max_examples=25, deadline=None)
def test_zone_of_the_server_does_not_matter(
    rules: RuleSet, life: list[MeetingFact], day: date, zone: str
) -> None:
    here = _stands(rules, life, day)
    before = os.environ.get("TZ", "UTC")
    try:
        os.environ["TZ"] = zone
        clock_of_the_server.tzset()
        assert _stands(rules, life, day) == here
    finally:
        os.environ["TZ"] = before
        clock_of_the_server.tzset()


@given(life=lives, day=days, window=windows)
def test_where_nothing_weighs_anything_nothing_counts(
    life: list[MeetingFact], day: date, window: Window
) -> None:
    measure = Measure(key="sum", name="Sum", kind=MeasureKind.SUM, window=window)
    limit = Limit(key="l", name="L", measure="sum", side=Side.AT_LEAST, reached=Fraction(1))
    rules = RuleSet(name="Nothing", measures=(measure,), limits=(limit,))
    found = _stands(rules, life, day).limits[0]
    assert found.value == 0
    assert not found.counted


@given(rules=rule_sets())
@settings(deadline=None)
def test_rules_come_back_from_their_text(rules: RuleSet) -> None:
    assert rules_from_json(rules_to_json(rules)) == rules


@given(rules=rule_sets(), life=lives, day=days, later=st.integers(min_value=1, max_value=200))
@settings(max_examples=40, deadline=None)
def test_new_version_changes_no_day_before_it(
    rules: RuleSet, life: list[MeetingFact], day: date, later: int
) -> None:
    first = RulesFrom(version=1, effective_on=date(1900, 1, 1), rules=PRESETS["six-months"])
    second = RulesFrom(version=2, effective_on=day + timedelta(days=later), rules=rules, fresh_start=True)
    alone = where_stands(RuleBook(versions=(first,)), life, day)
    assert where_stands(RuleBook(versions=(first, second)), life, day) == alone


@given(window=windows, first=days, more=st.integers(min_value=0, max_value=800))
def test_earlier_meeting_never_leaves_later(window: Window, first: date, more: int) -> None:
    one = leaves_on(window, first, member_since=JOINED)
    other = leaves_on(window, first + timedelta(days=more), member_since=JOINED)
    assert (one is None) is (other is None)
    if one is not None and other is not None:
        assert first < one <= other


@given(rules=rule_sets(), life=lives, day=days)
@settings(max_examples=40, deadline=None)
def test_what_lies_before_the_first_day_looked_at_changes_nothing(
    rules: RuleSet, life: list[MeetingFact], day: date
) -> None:
    first = looks_back_to(rules, day)
    seen = [fact for fact in life if first is None or fact.day >= first]
    values = [one.reckoning for one in where_stands(always(rules), life, day, member_since=JOINED).limits]
    assert [
        one.reckoning for one in where_stands(always(rules), seen, day, member_since=JOINED).limits
    ] == values


@given(rules=rule_sets(), life=lives, day=days)
@settings(max_examples=40, deadline=None)
def test_short_and_full_standing_say_the_same(rules: RuleSet, life: list[MeetingFact], day: date) -> None:
    full = _stands(rules, life, day)
    short = where_stands(always(rules), life, day, member_since=JOINED)
    assert [(one.state, one.counted) for one in full.limits] == [
        (one.state, one.counted) for one in short.limits
    ]
    assert full.state is short.state
