"""Applications, references and settings as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.plugins.joining.domain.application import (
    FOLLOWS,
    LIVE,
    RefereeTyped,
    State,
    Typed,
    months_after,
    refusals_for,
    refusals_for_start,
)
from app.plugins.joining.domain.references import (
    GOOD_FOR,
    OVERDUE_AFTER,
    REMINDED_AFTER,
    ReferenceState,
    is_overdue,
    is_reminder_due,
    refusals_for_answer,
)
from app.plugins.joining.domain.settings import refusals_for_settings

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = NOW.date()
FIELDS = {
    "name": "Teresa",
    "firm": "",
    "trade": "Piano tuner",
    "email": "t@a.example",
    "phone": "",
    "why": "Because.",
    "years": None,
    "years_typed": "",
    "referees": (RefereeTyped(name="M", email="m@r.example"), RefereeTyped(name="J", email="j@r.example")),
    "consents": True,
}


def test_ends_are_ends_and_only_lapsed_comes_back() -> None:
    ends = {state for state, after in FOLLOWS.items() if not after}
    assert ends == {State.DECLINED, State.WITHDRAWN, State.TAKEN}
    assert {state for state in FOLLOWS if State.TAKEN in FOLLOWS[state]} == {State.APPROVED}
    assert {state for state in FOLLOWS if State.OPEN in FOLLOWS[state]} == {
        State.UNCONFIRMED,
        State.LATER,
        State.LAPSED,
    }
    assert State.LAPSED not in LIVE


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"name": ""}, ["name"]),
        ({"why": "x" * 3001}, ["why"]),
        ({"years_typed": "many"}, ["years"]),
        ({"years": 81, "years_typed": "81"}, ["years"]),
        ({"consents": False}, ["consents"]),
        ({"phone": "1" * 201}, ["phone"]),
        ({"email": "M@R.example"}, ["referee1_email"]),
        ({"name": "", "why": "", "trade": "", "consents": False}, ["trade", "name", "why", "consents"]),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(change: dict[str, object], fields: list[str]) -> None:
    typed = Typed(**(FIELDS | change))  # type: ignore[arg-type]  # the test decides what is typed
    assert [one.field for one in refusals_for(typed)] == fields


def test_two_referees_are_two_people() -> None:
    one = RefereeTyped(name="", email="M@r.example")
    typed = Typed(**(FIELDS | {"referees": (one, RefereeTyped(name="J", email="m@R.example"))}))  # type: ignore[arg-type]
    assert [one.code for one in refusals_for(typed)] == ["joining.referee_name", "joining.referee_twice"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_last_day_there_is(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (None, "joining.start_missing"),
        (TODAY - timedelta(days=1), "joining.start_far"),
        (TODAY + timedelta(days=367), "joining.start_far"),
        (TODAY, ""),
    ],
)
def test_a_membership_starts_today_or_within_a_year(day: date | None, code: str) -> None:
    assert [one.code for one in refusals_for_start(day, TODAY)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("state", "days", "was_reminded", "reminds", "overdue"),
    [
        (ReferenceState.ASKED, REMINDED_AFTER.days - 1, False, False, False),
        (ReferenceState.ASKED, REMINDED_AFTER.days, False, True, False),
        (ReferenceState.ASKED, REMINDED_AFTER.days, True, False, False),
        (ReferenceState.ASKED, OVERDUE_AFTER.days, True, False, True),
        (ReferenceState.ASKED, GOOD_FOR.days, False, False, True),
        (ReferenceState.GIVEN, REMINDED_AFTER.days, False, False, False),
        (ReferenceState.CALLED_OFF, GOOD_FOR.days, False, False, False),
        (ReferenceState.EXPIRED, GOOD_FOR.days, True, False, True),
        (ReferenceState.TAKEN_BACK, GOOD_FOR.days, False, False, False),
    ],
)
def test_a_reference_is_reminded_of_once_and_then_somebody_looks_after_it(
    state: ReferenceState, days: int, *, was_reminded: bool, reminds: bool, overdue: bool
) -> None:
    asked = NOW - timedelta(days=days)
    assert is_reminder_due(state, asked, asked if was_reminded else None, NOW) is reminds
    assert is_overdue(state, asked, NOW) is overdue


@pytest.mark.parametrize(
    ("answer", "words", "codes"),
    [
        ("yes", "", []),
        ("rather-not", "", []),
        ("with-care", "", ["joining.remark_missing"]),
        ("splendid", "x" * 3001, ["joining.answer_missing", "joining.too_long"]),
    ],
)
def test_what_is_wrong_with_an_answer(answer: str, words: str, codes: list[str]) -> None:
    assert [one.code for one in refusals_for_answer(answer, words)] == codes


@pytest.mark.parametrize(
    ("rule", "days", "months", "codes"),
    [
        ("majority", 30, 6, []),
        ("unanimous", 7, 12, []),
        ("by lot", 6, 13, ["joining.rule_missing", "joining.days_odd", "joining.months_odd"]),
        ("majority", None, None, ["joining.days_odd", "joining.months_odd"]),
    ],
)
def test_what_cannot_be_set(rule: str, days: int | None, months: int | None, codes: list[str]) -> None:
    assert [one.code for one in refusals_for_settings(rule, days, months)] == codes
