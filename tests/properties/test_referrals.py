"""Whatever order people do things in, a slip stays legal; whatever they type, an amount is read once or refused."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.money import MOST_MINOR, Amount, read_amount, written
from app.plugins.referrals.domain.slip import (
    ENDS,
    RESULTS,
    Act,
    Side,
    Slip,
    SlipState,
    acts_of,
    passed,
    step_taken,
)

START = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
LOCALES = st.sampled_from(
    ["en", "en-US", "de", "pt-PT", "fr", "es", "de-CH", "en-IN", "hi", "ja", "ar", "ar-EG", "sv"]
)
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "CHF", "INR", "CLP"])


class LifeOfSlip(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.slip: Slip = passed(giver=MemberId(1), receiver=MemberId(2), now=START)
        self.now = START
        self.history = [self.slip]

    @rule(
        act=st.sampled_from([act for act in Act if act is not Act.PASS]),
        side=st.sampled_from(Side),
        wanted=st.sampled_from([None, *SlipState]),
        minutes=st.integers(0, 50_000),
    )
    def try_a_step(self, act: Act, side: Side, wanted: SlipState | None, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        offered = act in acts_of(self.slip, side, self.now)
        after = step_taken(self.slip, act=act, target=wanted, side=side, now=self.now)
        if isinstance(after, Refusal):
            return
        assert offered, "what was not offered was taken"
        self.slip = after
        self.history.append(after)

    @invariant()
    def what_has_ended_is_taken_up_again_within_thirty_days_or_stays_ended(self) -> None:
        for before, after in pairwise(self.history):
            if before.state in ENDS:
                assert before.state is not SlipState.WITHDRAWN
                assert (after.state, after.closed_at) == (SlipState.IN_PROGRESS, None)
                assert before.closed_at is not None
                assert after.news_at - before.closed_at <= timedelta(days=30)

    @invariant()
    def the_version_counts_the_steps(self) -> None:
        assert [slip.version for slip in self.history] == list(range(1, len(self.history) + 1))

    @invariant()
    def dates_fit_the_state(self) -> None:
        slip = self.slip
        assert (slip.closed_at is not None) == (slip.state in ENDS)
        assert slip.state is not SlipState.PASSED or slip.acknowledged_at is None
        told_by_receiver = RESULTS | {SlipState.ACKNOWLEDGED, SlipState.IN_PROGRESS, SlipState.DECLINED}
        assert slip.state not in told_by_receiver or slip.acknowledged_at is not None

    @invariant()
    def time_does_not_run_backwards(self) -> None:
        slip = self.slip
        dates = [slip.passed_at, slip.acknowledged_at or slip.passed_at, slip.closed_at or slip.news_at]
        assert dates == sorted(dates)


LifeOfSlip.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestLifeOfSlip = LifeOfSlip.TestCase


@given(minor=st.integers(1, MOST_MINOR), locale=LOCALES, currency=CURRENCIES)
def test_what_the_house_writes_it_reads_back(minor: int, locale: str, currency: str) -> None:
    text = written(minor, currency, locale)
    assert read_amount(text, locale=locale, currency=currency) == Amount(minor=minor, currency=currency)


@given(text=st.text(max_size=60), locale=LOCALES, currency=CURRENCIES)
def test_no_text_breaks_the_reading_of_amounts(text: str, locale: str, currency: str) -> None:
    outcome = read_amount(text, locale=locale, currency=currency)
    assert isinstance(outcome, Refusal) or 0 < outcome.minor <= MOST_MINOR


@given(text=st.text(alphabet="0123456789., '-€٫", max_size=12), locale=LOCALES, currency=CURRENCIES)
def test_a_reading_keeps_every_digit_that_counts(text: str, locale: str, currency: str) -> None:
    """An amount that is taken has the typed digits in their order, with nothing but zeros added at its end."""
    outcome = read_amount(text, locale=locale, currency=currency)
    if isinstance(outcome, Refusal):
        return
    digits = "".join(one for one in text if one.isdigit()).lstrip("0")
    kept = str(outcome.minor)
    assert kept.startswith(digits)
    assert set(kept[len(digits) :]) <= {"0"}
