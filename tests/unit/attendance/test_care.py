"""When a trend is noticed, whose it is to ask, in which order, and with which words: tables of named cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import Refusal
from app.core.groups.domain.office import Office
from app.core.ids import MemberId
from app.plugins.attendance.domain.care_patterns import (
    USUAL,
    CareNumbers,
    MeetingFact,
    Pattern,
    refusals_for_numbers,
    trends_of,
)
from app.plugins.attendance.domain.care_trail import (
    PLACES,
    USUAL_WORDS,
    CareState,
    Step,
    WantedStep,
    filled,
    is_to_open,
    next_step,
    office_for,
    refusals_for_closing,
    refusals_for_step,
    refusals_for_words,
)
from app.plugins.attendance.domain.status import Status

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANA, MIA, VIC, PAT = MemberId(1), MemberId(2), MemberId(3), MemberId(4)


def weeks_ago(letters: str, *, first: int = 0, excused: frozenset[int] = frozenset()) -> list[MeetingFact]:
    """Return the letters of the weeks going back from `first` weeks ago; a dot is no record."""
    return [
        MeetingFact(day=TODAY - timedelta(weeks=place), status=Status(letter), is_excused=place in excused)
        for place, letter in enumerate(letters, start=first)
        if letter != "."
    ]


def found(facts: list[MeetingFact], today: date = TODAY) -> dict[Pattern, int]:
    return {trend.pattern: trend.count for trend in trends_of(facts, today)}


@pytest.mark.parametrize(
    ("letters", "absences"),
    [
        ("AAA", 3),
        ("AA", None),
        ("PAPAPA", 3),
        ("PPPPPPPPPPPPPPPPPPPPPPPAAA", 3),  # the oldest of the 26 weeks
        ("PPPPPPPPPPPPPPPPPPPPPPPPAAA", None),  # one of the three is 26 weeks ago: out
        ("AAAA", 4),
        ("MMMM", None),
        ("SSSS", None),
        ("LLL", None),
        ("", None),
    ],
)
def test_three_absences_within_26_weeks(letters: str, absences: int | None) -> None:
    assert found(weeks_ago(letters)).get(Pattern.ABSENCES) == absences


def test_excused_absence_does_not_count() -> None:
    assert found(weeks_ago("AAA", excused=frozenset({1}))) == {}


@pytest.mark.parametrize(
    ("letters", "lates"),
    [("LLLL", 4), ("LLL", None), ("LPLPLPL", 4), ("LPLPLPPL", 4), ("LPLPLPPPL", None), ("LLLLL", 5)],
)
def test_fourth_late_within_eight_weeks(letters: str, lates: int | None) -> None:
    assert found(weeks_ago(letters)).get(Pattern.LATES) == lates


@pytest.mark.parametrize(
    ("lately", "year", "missed"),
    [
        ("APAPAPAP", "P" * 40, 4),  # 50 of 100
        ("APAPAPPP", "P" * 40, None),  # 62 of 100: more than 60
        ("AAPPP", "P" * 3 + "P" * 40, 2),  # 60 of 100 of five: at the bound
        ("AA.P....", "P" * 40, None),  # three meetings are too few
        ("APAPAPAP", "P" * 19, None),  # no year yet
        ("APAPAPAP", "P" * 20, 4),
        ("APAPAPAP", "PA" * 20, None),  # no good year
        ("SSSSSSSS", "P" * 40, None),  # somebody stood in
        ("MMMMMMMM", "P" * 40, None),
    ],
)
def test_drop_after_a_good_year(lately: str, year: str, missed: int | None) -> None:
    numbers = CareNumbers(drop_weeks=5) if len(lately) == 5 else USUAL
    facts = weeks_ago(lately) + weeks_ago(year, first=len(lately))
    counts = {trend.pattern: trend.count for trend in trends_of(facts, TODAY, numbers)}
    assert counts.get(Pattern.DROP) == missed


def test_order_of_the_letters_and_meetings_ahead_change_nothing() -> None:
    facts = weeks_ago("APALAPA")
    ahead = [MeetingFact(day=TODAY + timedelta(days=1), status=Status.ABSENT)]
    assert trends_of(facts[::-1] + ahead, TODAY) == trends_of(facts, TODAY)


def test_trend_names_the_day_of_its_newest_meeting() -> None:
    (trend,) = trends_of(weeks_ago("PAPAPA"), TODAY)
    assert trend.newest_on == TODAY - timedelta(weeks=1)


def test_own_numbers_count_instead_of_the_usual_ones() -> None:
    assert {one.pattern for one in trends_of(weeks_ago("AA"), TODAY, CareNumbers(absences=2))} == {
        Pattern.ABSENCES
    }


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (USUAL, []),
        (CareNumbers(absences=0), ["attendance.care_number"]),
        (CareNumbers(drop_percent=95), ["attendance.care_drop_is_none"]),
        (CareNumbers(lates_weeks=99, leave_weeks=0), ["attendance.care_number"] * 2),
    ],
)
def test_numbers_that_make_no_sense_are_refused(numbers: CareNumbers, codes: list[str]) -> None:
    assert [refusal.code for refusal in refusals_for_numbers(numbers)] == codes


@pytest.mark.parametrize(
    ("told", "seen", "is_open"),
    [
        (NOW, None, False),
        (NOW - timedelta(days=3) + timedelta(seconds=1), None, False),
        (NOW - timedelta(days=3), None, True),
        (NOW, NOW, True),
    ],
)
def test_office_knows_after_the_member_looked_or_could(
    told: datetime, seen: datetime | None, is_open: bool
) -> None:
    assert is_to_open(told, seen, NOW) is is_open


@pytest.mark.parametrize(
    ("holders", "office"),
    [
        ({MIA: {Office.MEMBERSHIP_COMMITTEE}, VIC: {Office.VICE_PRESIDENT}}, Office.MEMBERSHIP_COMMITTEE),
        ({VIC: {Office.VICE_PRESIDENT}, PAT: {Office.PRESIDENT}}, Office.VICE_PRESIDENT),
        ({PAT: {Office.PRESIDENT, Office.MENTOR}}, Office.PRESIDENT),
        ({ANA: {Office.MEMBERSHIP_COMMITTEE}, PAT: {Office.PRESIDENT}}, Office.PRESIDENT),
        (
            {ANA: {Office.MEMBERSHIP_COMMITTEE}, MIA: {Office.MEMBERSHIP_COMMITTEE}},
            Office.MEMBERSHIP_COMMITTEE,
        ),
        ({ANA: {Office.PRESIDENT}}, None),
        ({MIA: {Office.SECRETARY_TREASURER, Office.VISITOR_HOST}}, None),
    ],
)
def test_first_office_that_somebody_else_holds_asks(
    holders: dict[MemberId, set[Office]], office: Office | None
) -> None:
    assert office_for(holders, ANA) is office


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refusals]


def step(kind: Step, **fields: object) -> WantedStep:
    given = {"done_on": TODAY, "subject": "A word", "body": "Hello", **fields}
    return WantedStep(step=kind, **given)  # type: ignore[arg-type]  # the test names the fields


@pytest.mark.parametrize(
    ("wanted", "done", "refused"),
    [
        (step(Step.CALL), [], []),
        (step(Step.NOTE), [], ["care_order"]),
        (step(Step.NOTE), [Step.CALL], []),
        (step(Step.LETTER), [Step.CALL], ["care_order"]),
        (step(Step.LETTER), [Step.CALL, Step.NOTE], []),
        (step(Step.CALL, done_on=None), [], ["care_day"]),
        (step(Step.CALL, done_on=TODAY + timedelta(days=1)), [], ["care_day"]),
        (step(Step.CALL, done_on=TODAY - timedelta(days=9)), [], ["care_day"]),
        (step(Step.CALL, note="x" * 1001), [], ["note_too_long"]),
        (step(Step.NOTE, subject=" ", body=""), [Step.CALL], ["care_words_missing"] * 2),
        (step(Step.CALL, subject="", body=""), [], []),
    ],
)
def test_call_then_note_then_letter(wanted: WantedStep, done: list[Step], refused: list[str]) -> None:
    noticed = TODAY - timedelta(days=5)
    assert codes(refusals_for_step(CareState.OPEN, wanted, done, noticed_on=noticed, today=TODAY)) == refused


@pytest.mark.parametrize("state", [CareState.NOTICED, CareState.CLOSED, CareState.GONE])
def test_nothing_is_done_in_a_conversation_that_is_not_open(state: CareState) -> None:
    wanted = step(Step.CALL)
    assert codes(refusals_for_step(state, wanted, [], noticed_on=TODAY, today=TODAY)) == ["care_not_open"]
    assert codes(refusals_for_closing(state, "We spoke.")) == ["care_not_open"]


def test_closing_takes_a_reason() -> None:
    assert codes(refusals_for_closing(CareState.OPEN, " ")) == ["reason_needed"]
    assert codes(refusals_for_closing(CareState.OPEN, "She has a new job.")) == []


def test_steps_come_in_order() -> None:
    assert [next_step(done) for done in ([], [Step.CALL], [Step.CALL, Step.NOTE], list(Step))] == [
        Step.CALL,
        Step.NOTE,
        Step.LETTER,
        Step.LETTER,
    ]


def test_usual_words_name_known_places_only_and_threaten_nobody() -> None:
    for words in USUAL_WORDS.values():
        assert refusals_for_words(words.subject, words.body) == []
        assert not any(word in words.body.lower() for word in ("expel", "expelled", "terminate", "failed"))
    assert "may be reviewed" in USUAL_WORDS[Step.LETTER].body


def test_unknown_place_is_refused_by_name() -> None:
    (refusal,) = refusals_for_words("Hello {name}", "Text")
    assert (refusal.code, refusal.facts["unknown"]) == ("attendance.care_unknown_place", "{name}")


def test_what_is_filled_in_is_never_read_as_a_place() -> None:
    facts = {"first_name": "{sender}", "group": "<b>", "sender": "Mia"}
    assert filled("{first_name} {group} {sender} {other}", facts) == "{sender} <b> Mia "
    assert set(facts) == set(PLACES)
