"""When a sealed report may be given and when it opens: tables of cases, and that nothing ever opens early or closes again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import MemberId
from app.plugins.referrals.domain.reports import (
    ANSWERS,
    OPENS_AFTER,
    Report,
    Spoken,
    latest_opening,
    may_be_told,
    opens_at,
    refusals_for_report,
)
from app.plugins.referrals.domain.slip import SlipState, passed

DAY_0 = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA, RUI = MemberId(1), MemberId(2)
SLIP = passed(giver=ANA, receiver=RUI, now=DAY_0)


def day(number: float) -> datetime:
    return DAY_0 + timedelta(days=number)


def said(number: float, *, corrected: float | None = None) -> Spoken:
    latest = day(number if corrected is None else corrected)
    return Spoken(answer="yes", first_at=day(number), latest_at=latest, number=1 if corrected is None else 2)


@pytest.mark.parametrize(
    ("state", "after_days", "may"),
    [
        (SlipState.PASSED, 0, False),
        (SlipState.PASSED, 13.9, False),
        (SlipState.PASSED, 14, True),
        (SlipState.IN_PROGRESS, 20, True),
        (SlipState.WON, 0, True),
        (SlipState.NO_RESPONSE, 1, True),
        (SlipState.DECLINED, 40, False),
        (SlipState.WITHDRAWN, 40, False),
    ],
)
def test_a_report_needs_a_result_or_two_weeks_without_one(
    state: SlipState, after_days: float, may: bool
) -> None:
    assert may_be_told(replace(SLIP, state=state), day(after_days)) is may


def test_nobody_reports_on_a_slip_with_one_side_outside_the_group() -> None:
    assert not may_be_told(replace(SLIP, state=SlipState.WON, receiver=None), day(1))
    assert not may_be_told(replace(SLIP, state=SlipState.WON, giver=None), day(1))


@pytest.mark.parametrize(
    ("ended", "own", "other", "opens"),
    [
        (5, 6, None, 19),  # alone: two weeks after the end
        (5, 6, 8, 8),  # both: with the second word
        (5, 8, 6, 8),
        (5, 25, None, 25),  # later than that: at once
        (5, 6, 25, 19),  # a late second word moves nothing
        (None, 15, None, 29),  # the slip does not end: two weeks after the word
        (None, 15, 16, 16),
        (20, 15, None, 34),  # it ended within them: two weeks after the end
        (40, 15, None, 29),  # it ended when the word was open already
    ],
)
def test_a_report_opens_with_the_second_word_or_two_weeks_after_the_end(
    ended: float | None, own: float, other: float | None, opens: float
) -> None:
    ended_at = None if ended is None else day(ended)
    second = None if other is None else said(other)
    assert opens_at(ended_at, said(own), second) == day(opens)


def test_a_correction_moves_no_opening() -> None:
    assert opens_at(day(5), said(6, corrected=12), None) == opens_at(day(5), said(6), None)


INSTANTS = st.floats(min_value=0, max_value=120)


@given(ended=st.none() | INSTANTS, own=INSTANTS, other=st.none() | INSTANTS)
def test_nothing_opens_before_it_is_said_nor_before_two_weeks_while_one_side_is_silent(
    ended: float | None, own: float, other: float | None
) -> None:
    ended_at = None if ended is None else day(ended)
    second = None if other is None else said(other)
    opens = opens_at(ended_at, said(own), second)
    assert opens >= day(own)
    if second is None or second.first_at > opens:
        since = [day(own)] if ended_at is None else [day(own), ended_at]
        assert any(opens - began >= OPENS_AFTER for began in since)


@given(own=INSTANTS, ends=INSTANTS, asked=INSTANTS)
def test_what_has_opened_is_not_sealed_again_when_the_slip_ends(
    own: float, ends: float, asked: float
) -> None:
    before = opens_at(None, said(own), None)
    if before <= day(asked) <= day(ends):
        assert opens_at(day(ends), said(own), None) == before


def test_the_page_names_the_latest_day() -> None:
    won = replace(SLIP, state=SlipState.WON, closed_at=day(5))
    assert latest_opening(won, day(6)) == day(19)
    assert latest_opening(SLIP, day(15)) == day(29)


@pytest.mark.parametrize("report", list(Report))
def test_only_the_three_answers_are_taken(report: Report) -> None:
    won = replace(SLIP, state=SlipState.WON, closed_at=day(5))
    for answer in ANSWERS[report]:
        assert refusals_for_report(won, report, answer, corrects=False, now=day(6)) == []
    for answer in ("", "perhaps", "YES"):
        refused = refusals_for_report(won, report, answer, corrects=False, now=day(6))
        assert [one.code for one in refused] == ["referrals.report_answer_missing"]


def test_every_reason_is_said_at_once_and_a_correction_is_never_too_early() -> None:
    refused = refusals_for_report(SLIP, Report.HANDLING, "", corrects=False, now=day(1))
    assert [one.code for one in refused] == [
        "referrals.report_answer_missing",
        "referrals.report_too_early",
    ]
    taken_back = replace(SLIP, state=SlipState.WITHDRAWN)
    assert refusals_for_report(taken_back, Report.HANDLING, "no", corrects=True, now=day(30)) == []
