"""The rules of giving: what may be asked until when, when an introduction is made, what words may stand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ids import MemberId
from app.plugins.giving.domain.ask import (
    LONGEST_OPEN,
    LONGEST_WHAT,
    AskFacts,
    AskKind,
    is_open,
    is_settling_in,
    reads_learn_about_me,
    refusals_for_ask,
    refusals_for_reply,
)
from app.plugins.giving.domain.introduction import (
    OUTCOME_ASKED_AFTER,
    IntroductionState,
    Named,
    asks_outcome,
    contacts_are_shown,
    refusals_for_introduction,
    state_after,
)
from app.plugins.giving.domain.words import refusals_for_testimonial, refusals_for_thanks

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
ME = MemberId(1)


def facts(**change: object) -> AskFacts:
    said = {"kind": "advice", "what": "Late payers", "why": "", "until_on": TODAY} | change
    return AskFacts(**said)  # type: ignore[arg-type]  # the test decides what is typed


def codes(refusals: list[object]) -> set[str]:
    return {getattr(one, "code", "").removeprefix("giving.") for one in refusals}


def named(key: int, ended: date | None = None) -> Named:
    return Named(member_id=MemberId(key), name=f"Member {key}", joined_on=date(2020, 1, 1), ended_on=ended)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "money"}, "kind_missing"),
        ({"kind": ""}, "kind_missing"),
        ({"what": ""}, "what_missing"),
        ({"what": "x" * (LONGEST_WHAT + 1)}, "too_long"),
        ({"until_on": None}, "until_missing"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_out_of_range"),
        ({"until_on": TODAY + LONGEST_OPEN + timedelta(days=1)}, "until_out_of_range"),
    ],
)
def test_an_ask_is_refused_with_its_reason(change: dict[str, object], code: str) -> None:
    assert codes([*refusals_for_ask(facts(**change), TODAY)]) == {code}


@pytest.mark.parametrize("until", [TODAY, TODAY + LONGEST_OPEN])
def test_an_ask_may_end_today_or_in_a_quarter(until: date) -> None:
    assert refusals_for_ask(facts(until_on=until), TODAY) == []


def test_every_reason_is_given_at_once() -> None:
    assert codes([*refusals_for_ask(facts(kind="", what="", until_on=None), TODAY)]) == {
        "kind_missing",
        "what_missing",
        "until_missing",
    }


def test_an_ask_is_over_the_day_after_its_last() -> None:
    assert is_open("open", TODAY, TODAY)
    assert not is_open("open", TODAY, TODAY + timedelta(days=1))
    assert not is_open("helped", TODAY, TODAY)


def test_settling_in_ends_after_the_groups_days() -> None:
    joined = TODAY - timedelta(days=90)
    assert is_settling_in(joined, TODAY, 91)
    assert not is_settling_in(joined, TODAY, 90)
    assert not is_settling_in(TODAY, TODAY, 0)


@pytest.mark.parametrize(
    ("kind", "settling_in", "reads"),
    [
        (AskKind.REFERRAL, True, True),
        (AskKind.REFERRAL, False, False),
        (AskKind.ADVICE, True, False),
        (AskKind.INTRODUCTION, True, False),
    ],
)
def test_only_a_newcomers_referral_ask_reads_learn_about_me(
    kind: AskKind, settling_in: bool, reads: bool
) -> None:
    assert reads_learn_about_me(kind, settling_in=settling_in) is reads


@pytest.mark.parametrize(
    ("words", "standing", "expected"),
    [
        ("Gladly.", (False, True, False), set()),
        ("", (False, True, False), {"words_missing"}),
        ("Gladly.", (True, True, False), {"own_ask"}),
        ("Gladly.", (False, False, True), {"ask_over", "answered_already"}),
    ],
)
def test_answers_are_taken_once_from_others_while_the_ask_is_open(
    words: str, standing: tuple[bool, bool, bool], expected: set[str]
) -> None:
    is_own, open_now, has_replied = standing
    found = refusals_for_reply(words, is_own=is_own, is_open=open_now, has_replied=has_replied)
    assert codes([*found]) == expected


@pytest.mark.parametrize(
    ("one", "other", "why", "expected"),
    [
        (named(2), named(3), "Why not", set()),
        (None, named(3), "Why not", {"nobody_named"}),
        (named(1), named(3), "Why not", {"oneself_named"}),
        (named(2), named(2), "Why not", {"same_person"}),
        (named(2), named(3, ended=TODAY - timedelta(days=1)), "Why not", {"named_left"}),
        (named(2), named(3, ended=TODAY), "", {"why_missing"}),
    ],
)
def test_two_members_of_today_are_introduced_by_a_third_with_a_reason(
    one: Named | None, other: Named | None, why: str, expected: set[str]
) -> None:
    found = refusals_for_introduction(by=ME, one=one, other=other, why=why, today=TODAY, stands_already=False)
    assert codes([*found]) == expected


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        ("", "", IntroductionState.OFFERED),
        ("yes", "", IntroductionState.OFFERED),
        ("yes", "yes", IntroductionState.MADE),
        ("no", "", IntroductionState.DECLINED),
        ("yes", "no", IntroductionState.DECLINED),
    ],
)
def test_contacts_are_shown_only_once_both_said_yes(one: str, other: str, state: IntroductionState) -> None:
    assert state_after(one, other) is state
    assert state_after(other, one) is state
    assert contacts_are_shown(state) is (one == other == "yes")


def test_the_outcome_is_asked_after_two_weeks_until_it_is_told() -> None:
    made = NOW - OUTCOME_ASKED_AFTER
    assert asks_outcome("made", made, "", NOW)
    assert not asks_outcome("made", made, "", NOW - timedelta(seconds=1))
    assert not asks_outcome("made", made, "talked", NOW)
    assert not asks_outcome("offered", None, "", NOW)


def test_words_are_needed_and_have_an_end() -> None:
    assert codes([*refusals_for_thanks("")]) == {"words_missing"}
    assert codes([*refusals_for_thanks("x" * 601)]) == {"too_long"}
    assert refusals_for_thanks("x" * 600) == []


def test_a_testimonial_is_for_a_member_of_today() -> None:
    assert codes([*refusals_for_testimonial("Good.", is_member=False, name="Ben")]) == {"named_left"}
    assert refusals_for_testimonial("Good.", is_member=True, name="Ben") == []
