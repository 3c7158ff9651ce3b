"""Where a member stands, what would change it, and by which version a meeting is judged: computed by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import Happening, RuleBook, RulesFrom, always
from app.plugins.attendance.domain.rule_standing import (
    Attending,
    Bettering,
    LimitStanding,
    State,
    Worsening,
    standing,
    where_stands,
)
from app.plugins.attendance.domain.status import Status
from tests.support.rule_cases import facts

SIX_MONTHS = always(PRESETS["six-months"])


def _limit(book: RuleBook, words: str, as_of: date, key: str = "absences") -> LimitStanding:
    found = standing(book, facts(words), as_of)
    return next(one for one in found.limits if one.limit.key == key)


def test_one_more_absence_before_the_first_leaves_reaches_the_limit() -> None:
    # 13 January absent, 20 January late, 27 January absent: 2½ on 10 February
    limit = _limit(SIX_MONTHS, "P A L A P P", date(2026, 2, 10))
    assert (limit.value, limit.state) == (Fraction(5, 2), State.NEAR)
    assert limit.worsenings == (
        Worsening(
            letter=Status.ABSENT, times=1, state=State.REACHED, value=Fraction(7, 2), before=date(2026, 7, 13)
        ),
        Worsening(
            letter=Status.LATE, times=1, state=State.REACHED, value=Fraction(3), before=date(2026, 7, 13)
        ),
    )


def test_meetings_leave_the_window_one_after_the_other() -> None:
    limit = _limit(SIX_MONTHS, "P A L A P P", date(2026, 2, 10))
    assert [(one.fact.day, one.weight, one.leaves_on) for one in limit.leaving] == [
        (date(2026, 1, 13), 1, date(2026, 7, 13)),
        (date(2026, 1, 20), Fraction(1, 2), date(2026, 7, 20)),
        (date(2026, 1, 27), 1, date(2026, 7, 27)),
    ]
    assert limit.bettering == Bettering(on=date(2026, 7, 13), state=State.CLEAR, value=Fraction(3, 2))


def test_coming_betters_a_percentage_and_ends_a_row() -> None:
    # 6 of 9 are 66⅔; 3 more make 9 of 12, which is 75 and clear, and 1 more makes 7 of 10, which is 70 and near
    percent = _limit(always(PRESETS["seventy-percent"]), "P P P P P A A A S", date(2026, 6, 1), "attended")
    assert percent.attending == Attending(times=1, state=State.NEAR)
    row = _limit(always(PRESETS["in-a-row"]), "A A A", date(2026, 6, 1), "row")
    assert row.attending == Attending(times=1, state=State.CLEAR)
    assert row.worsenings[0].times == 1


def test_who_is_clear_needs_no_betterment() -> None:
    limit = _limit(SIX_MONTHS, "P P L", date(2026, 2, 1))
    assert (limit.bettering, limit.attending) == (None, None)
    # ½ and two absences are 2½, near; three are 3½; lates do not get there within three
    assert [(one.letter, one.times, one.state) for one in limit.worsenings] == [
        (Status.ABSENT, 2, State.NEAR),
        (Status.ABSENT, 3, State.REACHED),
        (Status.LATE, 3, State.NEAR),
    ]


LATES_WEIGH_ONE = PRESETS["speaker"]
CHANGED = RuleBook(
    versions=(
        RulesFrom(version=1, effective_on=date(1900, 1, 1), rules=PRESETS["six-months"]),
        RulesFrom(version=2, effective_on=date(2026, 1, 20), rules=LATES_WEIGH_ONE),
    )
)


def test_meeting_weighs_what_the_rules_of_its_day_say() -> None:
    # lates of 6 and 13 January under the old rules, of 20 January under the new: ½ + ½ + 1
    assert _limit(CHANGED, "L L L", date(2026, 2, 1)).value == 2


def test_day_before_the_change_stands_as_it_stood() -> None:
    before = where_stands(RuleBook(versions=CHANGED.versions[:1]), facts("L L L"), date(2026, 1, 19))
    assert where_stands(CHANGED, facts("L L L"), date(2026, 1, 19)) == before
    assert before.limits[0].value == 1


def test_fresh_start_leaves_out_what_was_before() -> None:
    fresh = RulesFrom(version=2, effective_on=date(2026, 1, 20), rules=LATES_WEIGH_ONE, fresh_start=True)
    assert _limit(RuleBook(versions=(CHANGED.versions[0], fresh)), "A A A L", date(2026, 2, 1)).value == 2


def test_where_there_were_no_rules_the_first_ones_weigh_what_was_before() -> None:
    none = RulesFrom(version=1, effective_on=date(1900, 1, 1), rules=PRESETS["none"])
    first = RulesFrom(version=2, effective_on=date(2026, 1, 20), rules=PRESETS["six-months"])
    assert _limit(RuleBook(versions=(none, first)), "A L A", date(2026, 2, 1)).value == Fraction(5, 2)


@pytest.mark.parametrize(
    ("day", "version"), [(date(2026, 3, 1), 2), (date(2026, 2, 1), 3), (date(2026, 1, 1), 1)]
)
def test_latest_version_of_the_latest_day_is_in_force(day: date, version: int) -> None:
    rules = PRESETS["none"]
    versions = (
        RulesFrom(version=1, effective_on=date(1900, 1, 1), rules=rules),
        RulesFrom(version=2, effective_on=date(2026, 3, 1), rules=rules),
        RulesFrom(version=3, effective_on=date(2026, 1, 15), rules=rules),
    )
    in_force = RuleBook(versions=versions).in_force(day)
    assert in_force is not None
    assert in_force.version == version


def test_before_any_rules_nobody_stands_anywhere() -> None:
    found = standing(RuleBook(versions=()), facts("A A A"), date(2026, 2, 1))
    assert (found.rules, found.limits, found.state) == (None, (), State.CLEAR)


def test_leaving_that_changes_nothing_is_passed_over() -> None:
    # 6 January late, then three absences: 3½; without the late it is still 3, without the first absence 2
    reached = _limit(SIX_MONTHS, "L A A A", date(2026, 2, 10))
    assert reached.bettering == Bettering(on=date(2026, 7, 13), state=State.NEAR, value=Fraction(2))
    # 2½: with one more absence it is 3½, without the late still 3, without the first absence 2
    near = _limit(SIX_MONTHS, "L A A", date(2026, 2, 10))
    assert near.worsenings[0].before == date(2026, 7, 13)


def test_coming_in_person_is_what_betters() -> None:
    # 8 of 11 are 72.7; one more in person makes 9 of 12, which is 75
    limit = _limit(always(PRESETS["all-time-percent"]), "P P P P P P P A L S A", date(2026, 6, 1), "attended")
    assert limit.attending == Attending(times=1, state=State.NEAR)


def test_late_substitute_weighs_instead_of_a_substitute_not_besides() -> None:
    weights = {Happening.SUBSTITUTE: Fraction(1, 4), Happening.LATE_SUBSTITUTE: Fraction(1, 2)}
    rules = replace(PRESETS["late-substitute"], weights=weights)
    assert _limit(always(rules), "S Sl", date(2026, 2, 10)).value == Fraction(3, 4)
