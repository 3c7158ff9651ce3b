"""Credibility under any history: steps equal a rebuild bit for bit, nothing leaks from the withheld, good never harms."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.plugins.credibility.domain.replaying import Replay
from app.plugins.credibility.domain.scheme import constants_of
from tests.unit.credibility.histories import OPEN, gave, report, void

NAMES = "uvwxyz"
FEW_GATES = {**OPEN, "min_evidence": 0.6, "min_independent": 1}


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return reports, acts and voids of six members in order of time; some late, some corrected."""
    events: list[dict[str, Any]] = []
    day = 0.0
    for _ in range(draw(st.integers(1, 30))):
        day += draw(st.sampled_from((0.0, 0.5, 3.0, 40.0, 400.0)))
        giver, receiver = draw(st.sampled_from([(a, b) for a in NAMES for b in NAMES if a != b]))
        kind = draw(st.sampled_from(("report", "report", "report", "late", "act", "void")))
        referral = f"{giver}{receiver}{draw(st.integers(0, 2))}"
        result = draw(st.sampled_from(("good", "neutral", "bad")))
        if kind == "act":
            events.append(gave(giver, receiver, day))
        elif kind == "void":
            events.append(void(referral, day))
        else:
            at = day if kind == "report" else max(0.0, day - 10)
            events.append(report(giver, receiver, at, result, referral))
    return events


def replayed(events: list[dict[str, Any]], config: dict[str, Any]) -> Replay:
    made = Replay(constants_of(config))
    for event in events:
        made.update(event)
    return made


@settings(max_examples=150)
@given(histories())
def test_steps_and_a_rebuild_give_the_same_bits(events: list[dict[str, Any]]) -> None:
    made = replayed(events, FEW_GATES)
    for name in NAMES:
        assert made.record(name) == made.rebuilt(name)


@settings(max_examples=100)
@given(histories())
def test_sums_are_never_below_nothing_and_an_estimate_is_a_chance(events: list[dict[str, Any]]) -> None:
    made = replayed(events, OPEN)
    for name in NAMES:
        standing = made.record(name).standing
        assert standing.good >= 0
        assert standing.bad >= 0
        found = made.estimate(name, 20_000)
        assert found is None or (0 < found.p < 1 and found.deviation > 0)


@settings(max_examples=100)
@given(histories(), st.sampled_from(NAMES))
def test_one_more_good_report_by_a_new_colleague_never_lowers_nor_withdraws(
    events: list[dict[str, Any]], name: str
) -> None:
    day = max(event["t"] for event in events) + 1
    before = replayed(events, FEW_GATES).assess(name, day)
    after = replayed([*events, report("somebody new", name, day)], FEW_GATES).assess(name, day)
    assert before is None or (after is not None and after >= before)


@settings(max_examples=100)
@given(histories(), st.sampled_from(NAMES), st.sampled_from(("good", "neutral", "bad")))
def test_what_is_said_of_a_withheld_member_changes_nobody_elses_answer(
    events: list[dict[str, Any]], name: str, result: str
) -> None:
    """Two worlds that differ in the reports on `name` alone: while `name` is blank in both, all others stand alike."""
    other = [
        {**event, "result": result} if event["type"] == "outcome" and event["receiver"] == name else event
        for event in events
    ]
    one, two = Replay(constants_of(FEW_GATES)), Replay(constants_of(FEW_GATES))
    for this, that in zip(events, other, strict=True):
        one.update(this)
        two.update(that)
        day = this["t"]
        if one.assess(name, day) is not None or two.assess(name, day) is not None:
            return
        for colleague in NAMES.replace(name, ""):
            assert one.assess(colleague, day) == two.assess(colleague, day)
