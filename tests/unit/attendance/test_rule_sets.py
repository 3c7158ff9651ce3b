"""Every rule set that groups are known to have, and three that nobody listed, on cases computed by hand."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from app.plugins.attendance.domain.rule_measures import Case
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import CutOffKind, RuleSet, always
from app.plugins.attendance.domain.rule_set_json import LONGEST_NAME, rules_from_json
from app.plugins.attendance.domain.rule_standing import State, where_stands
from tests.support.rule_cases import facts

CLEAR, TOO_EARLY, NEAR, REACHED = State.CLEAR, State.TOO_EARLY, State.NEAR, State.REACHED
Values = Mapping[str, float | str | None]

CASES: list[tuple[str, str, date, Values, Mapping[str, State]]] = [
    # rolling six months: 1 + ½ late + ½ left early + ½ late substitute + 0 substitute + 0 leave + 1
    ("six-months", "P A L Pe Sl S M A", date(2026, 2, 24), {"absences": 3.5}, {"absences": REACHED}),
    # the absence of 13 January counts until 12 July and is gone on 13 July
    ("six-months", "P A L Pe Sl S M A", date(2026, 7, 12), {"absences": 3.5}, {"absences": REACHED}),
    ("six-months", "P A L Pe Sl S M A", date(2026, 7, 13), {"absences": 2.5}, {"absences": NEAR}),
    ("six-months", "P P L", date(2026, 2, 1), {"absences": 0.5}, {"absences": CLEAR}),
    # fixed halves: two absent, and three lates are one more; on 1 July all begins anew
    (
        "half-years",
        "A L L L A",
        date(2026, 6, 30),
        {"absent": 2, "late": 3, "from-late": 1, "absences": 3},
        {"absences": REACHED},
    ),
    ("half-years", "A L Le", date(2026, 6, 30), {"late": 2, "absences": 2}, {"absences": NEAR}),
    (
        "half-years",
        "A L L L A",
        date(2026, 7, 1),
        {"absent": 0, "late": 0, "absences": 0},
        {"absences": CLEAR},
    ),
    # a quarter: 1 + ½ = 1½ of 2; two substitutes where one may be
    (
        "quarters",
        "A L S S",
        date(2026, 3, 31),
        {"absences": 1.5, "substitutes": 2},
        {"absences": NEAR, "substitutes": REACHED},
    ),
    ("quarters", "L S", date(2026, 3, 31), {"substitutes": 1}, {"absences": CLEAR, "substitutes": CLEAR}),
    ("quarters", "A L S S", date(2026, 4, 1), {"absences": 0, "substitutes": 0}, {"substitutes": CLEAR}),
    # a calendar year: five, the sixth excused by the weather, and half for the late
    ("calendar-year", "A A A A A A(weather) L", date(2026, 12, 31), {"absences": 5.5}, {"absences": NEAR}),
    ("calendar-year", "A A A A A A(illness) L", date(2026, 12, 31), {"absences": 6.5}, {"absences": REACHED}),
    ("calendar-year", "A A A A A A A", date(2027, 1, 1), {"absences": 0}, {"absences": CLEAR}),
    # 70 % of a year: leave and excused absences are no meetings of theirs; 6 of 9, 6 of 8, 7 of 7
    ("seventy-percent", "P P P P P A A A S", date(2026, 6, 1), {"attended": "200/3"}, {"attended": REACHED}),
    ("seventy-percent", "P P P P P A A A(care) M S", date(2026, 6, 1), {"attended": 75}, {"attended": CLEAR}),
    ("seventy-percent", "P P L P P P P A(work) A A", date(2026, 6, 1), {"attended": 70}, {"attended": NEAR}),
    ("seventy-percent", "A A A A A A A", date(2026, 6, 1), {"attended": None}, {"attended": TOO_EARLY}),
    # since joining, in person: 8 of 10, then 8 of 11
    ("all-time-percent", "P P P P P P P A L S", date(2026, 6, 1), {"attended": 80}, {"attended": CLEAR}),
    (
        "all-time-percent",
        "P P P P P P P A L S A",
        date(2028, 6, 1),
        {"attended": "800/11"},
        {"attended": REACHED},
    ),
    ("presentations", "L A L", date(2026, 3, 1), {"absences": 2}, {"absences": NEAR}),
    # after the speaker begins is absent: 1 + 1 + ½
    ("speaker", "L A Pe", date(2026, 3, 1), {"absences": 2.5}, {"absences": NEAR}),
    ("speaker", "L A L", date(2026, 3, 1), {"absences": 3}, {"absences": REACHED}),
    # six substitutes where nobody was absent, three otherwise; never more than two in a row
    (
        "substitutes",
        "S S P S S P S S",
        date(2026, 4, 1),
        {"allowed": 6, "too-many": 0, "row": 2},
        {"too-many": CLEAR, "row": NEAR},
    ),
    (
        "substitutes",
        "S S P S S P S A",
        date(2026, 4, 1),
        {"absences": 1, "substitutes": 5, "allowed": 3, "too-many": 2, "row": 0},
        {"too-many": REACHED, "row": CLEAR},
    ),
    ("substitutes", "P S S S", date(2026, 4, 1), {"too-many": 0, "row": 3}, {"row": REACHED}),
    # three without a substitute and six with one are allowed
    ("two-allowances", "A A A S S S S S S", date(2026, 12, 31), {"without": 3, "with": 6}, {"with": NEAR}),
    (
        "two-allowances",
        "A A A A S",
        date(2026, 12, 31),
        {"without": 4, "with": 1},
        {"without": REACHED, "with": CLEAR},
    ),
    # more than three in a row: leave does not break the row, coming does
    ("in-a-row", "P A A M A A", date(2026, 4, 1), {"row": 4}, {"row": REACHED}),
    ("in-a-row", "A A P A A A", date(2026, 4, 1), {"row": 3}, {"row": NEAR}),
    ("in-a-row", "A A A A P", date(2026, 4, 1), {"row": 0}, {"row": CLEAR}),
    # bereavement, weather and care count nothing; work and other do
    (
        "excused",
        "A(weather) A(care) A(bereavement) A(work) L(care) A(other)",
        date(2026, 4, 1),
        {"absences": 2},
        {"absences": NEAR},
    ),
    # eight weeks of leave are what is approved, from the ninth on somebody asks
    ("medical-leave", "P M M M M M M M M", date(2026, 4, 1), {"absences": 0, "leave": 8}, {"leave": NEAR}),
    ("medical-leave", "M M M M M M M M M", date(2026, 4, 1), {"leave": 9}, {"leave": REACHED}),
    ("medical-leave", "M M M P M", date(2026, 4, 1), {"leave": 1}, {"leave": CLEAR}),
    ("late-substitute", "Sl Sl A S", date(2026, 4, 1), {"absences": 2}, {"absences": NEAR}),
    ("none", "A A A A A L", date(2026, 4, 1), {}, {}),
]


def _values(
    rules: RuleSet, words: str, as_of: date, member_since: date | None = None
) -> dict[str, Fraction | None]:
    case = Case(
        book=always(rules), facts=facts(words), as_of=as_of, ruled_on=as_of, member_since=member_since
    )
    return {key: one.value for key, one in case.reckoned.items()}


def _states(rules: RuleSet, words: str, as_of: date, member_since: date | None = None) -> dict[str, State]:
    found = where_stands(always(rules), facts(words), as_of, member_since=member_since)
    return {one.limit.key: one.state for one in found.limits}


@pytest.mark.parametrize(("preset", "words", "as_of", "values", "states"), CASES)
def test_preset_counts_as_computed_by_hand(
    preset: str, words: str, as_of: date, values: Values, states: Mapping[str, State]
) -> None:
    found = _values(PRESETS[preset], words, as_of)
    wanted = {key: None if value is None else Fraction(value) for key, value in values.items()}
    assert {key: found[key] for key in wanted} == wanted
    stands = _states(PRESETS[preset], words, as_of)
    assert {key: stands[key] for key in states} == dict(states)


def test_every_preset_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(PRESETS)


def test_names_of_presets_fit_where_they_are_kept() -> None:
    assert [one.name for one in PRESETS.values() if not 0 < len(one.name) <= LONGEST_NAME] == []


def test_agenda_points_have_a_planned_minute() -> None:
    planned = {
        name: one.cut_off.minutes for name, one in PRESETS.items() if one.cut_off.kind is CutOffKind.AGENDA
    }
    assert planned == {"presentations": 30, "speaker": 45}


MINUTES_OF_A_MEMBERSHIP_YEAR = """{
  "schema": 1,
  "name": "An hour of lateness a membership year, the first half hour is free",
  "measures": [
    {"key": "minutes", "name": "Minutes late", "kind": "minutes", "minutes_over": 5,
     "window": {"kind": "membership_year"}},
    {"key": "over", "name": "Minutes beyond the free half hour", "kind": "beyond",
     "parts": [{"measure": "minutes"}], "allowed": 30}
  ],
  "limits": [{"key": "hour", "name": "An hour of lateness", "measure": "over", "reached": 60, "near": 45}]
}"""
TWO_OF_THE_LAST_TEN = """{
  "schema": 1,
  "name": "Of the last ten meetings two may be missed, a substitute is half a meeting",
  "measures": [
    {"key": "absent", "name": "Absent", "kind": "count", "what": ["absent"],
     "window": {"kind": "meetings", "length": 10}},
    {"key": "sent", "name": "Substitutes", "kind": "count", "what": ["substitute"],
     "window": {"kind": "meetings", "length": 10}},
    {"key": "missed", "name": "Meetings missed", "kind": "total",
     "parts": [{"measure": "absent"}, {"measure": "sent", "times": "1/2"}]}
  ],
  "limits": [{"key": "two", "name": "More than two of ten", "measure": "missed", "side": "more_than",
              "reached": 2, "near": 1}]
}"""
LATES_BY_ABSENCES = """{
  "schema": 1,
  "name": "Three lates a quarter, one for who was absent; never four in a row",
  "excused": {"weather": 0},
  "measures": [
    {"key": "absent", "name": "Absent", "kind": "count", "what": ["absent"],
     "window": {"kind": "fixed", "length": 3, "begins": 2}},
    {"key": "lates", "name": "Lates", "kind": "count", "what": ["late"], "excused_too": true,
     "window": {"kind": "fixed", "length": 3, "begins": 2}},
    {"key": "free", "name": "Lates allowed", "kind": "depends", "parts": [{"measure": "absent"}],
     "number": 1, "then": 1, "otherwise": 3},
    {"key": "over", "name": "Lates beyond them", "kind": "beyond", "parts": [{"measure": "lates"}],
     "allowed": "free"},
    {"key": "row", "name": "Lates in a row", "kind": "longest_run", "what": ["late"], "skips": ["medical"],
     "window": {"kind": "rolling", "length": 52, "unit": "weeks"}}
  ],
  "limits": [
    {"key": "over", "name": "More lates than allowed", "measure": "over", "reached": 1},
    {"key": "row", "name": "Four lates in a row", "measure": "row", "reached": 4, "near": 3}
  ]
}"""


@pytest.mark.parametrize(
    ("text", "words", "as_of", "values", "states"),
    [
        # joined on 20 January: the 40 minutes of 6 and 13 January are of the year before; 5 minutes are nothing
        (
            MINUTES_OF_A_MEMBERSHIP_YEAR,
            "L30 L10 L5 L6 L44 L30",
            date(2026, 6, 1),
            {"minutes": 80, "over": 50},
            {"hour": NEAR},
        ),
        (
            MINUTES_OF_A_MEMBERSHIP_YEAR,
            "L30 L10 L5 L6 L44 L30 L10",
            date(2026, 6, 1),
            {"minutes": 90, "over": 60},
            {"hour": REACHED},
        ),
        (
            MINUTES_OF_A_MEMBERSHIP_YEAR,
            "L30 L10 L5 L6 L44 L90",
            date(2027, 1, 20),
            {"over": 0},
            {"hour": CLEAR},
        ),
        # the last ten of twelve: one absent and two substitutes are two; the first two absences are gone
        (
            TWO_OF_THE_LAST_TEN,
            "A A P P P S P S P A P P",
            date(2026, 6, 1),
            {"absent": 1, "sent": 2, "missed": 2},
            {"two": NEAR},
        ),
        (TWO_OF_THE_LAST_TEN, "A A P P P S P S P A", date(2026, 6, 1), {"missed": 4}, {"two": REACHED}),
        # a quarter from February: 3 and 10 February are late, the late of January is not in it
        (
            LATES_BY_ABSENCES,
            "P P P L L L",
            date(2026, 4, 30),
            {"lates": 2, "free": 3, "over": 0},
            {"over": CLEAR},
        ),
        # absent in the quarter, so one late is free; the excused late counts, and neither ends nor lengthens the row
        (
            LATES_BY_ABSENCES,
            "L L M L L(weather) L A",
            date(2026, 4, 30),
            {"absent": 1, "lates": 2, "free": 1, "over": 1, "row": 4},
            {"over": REACHED, "row": REACHED},
        ),
    ],
)
def test_rule_nobody_listed_is_written_without_code(
    text: str, words: str, as_of: date, values: Values, states: Mapping[str, State]
) -> None:
    rules = rules_from_json(text)
    since = date(2025, 1, 20)
    found = _values(rules, words, as_of, since)
    wanted = {key: None if value is None else Fraction(value) for key, value in values.items()}
    assert {key: found[key] for key in wanted} == wanted
    assert _states(rules, words, as_of, since).items() >= states.items()
