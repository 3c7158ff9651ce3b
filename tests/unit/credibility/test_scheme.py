"""The arithmetic of the scheme against worked cases, whose sums stand beside them."""

from fractions import Fraction
from itertools import permutations
from math import inf
from typing import Any

import pytest

from app.plugins.credibility.domain.replaying import Replay
from app.plugins.credibility.domain.scheme import BadConstants, Constants, constants_of
from tests.unit.credibility.histories import OPEN, gave, rated, report, settled, void


def replay(*events: dict[str, Any], **settings: Any) -> Replay:
    made = Replay(constants_of({**OPEN, **settings}))
    for event in events:
        made.update(event)
    return made


def exact(good: Fraction | float, bad: Fraction | float = 0) -> float:
    """Return (A + 3 · ¾) / (A + B + 3)."""
    return float((Fraction(good) + Fraction(9, 4)) / (Fraction(good) + Fraction(bad) + 3))


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        pytest.param([], 10, None, id="somebody nobody reported on"),
        pytest.param([report("a", "v", 10)], 10, exact(HALF), id="one good report"),
        pytest.param([report("a", "v", 10)], 375, exact(HALF / 2), id="a year later"),
        pytest.param([report("a", "v", 10, "bad")], 10, exact(0, HALF), id="one bad report"),
        pytest.param([report("a", "v", 10, "bad")], 375, exact(0, HALF / 2), id="bad, a year later"),
        pytest.param([report("a", "v", 10, "neutral")], 10, exact(HALF / 2, HALF / 2), id="not sure"),
        pytest.param(
            [report("a", "v", 10, referral=f"r{number}") for number in range(3)],
            10,
            exact(HALF),
            id="three good by one colleague",
        ),
        pytest.param(
            [report("a", "v", 10), report("b", "v", 10), report("c", "v", 10, "bad")],
            10,
            exact(1, HALF),
            id="three colleagues",
        ),
        pytest.param(
            [report("a", "v", 10), report("b", "v", 10), report("c", "v", 10, "bad")],
            375,
            exact(HALF, HALF / 2),
            id="three colleagues, a year later",
        ),
        pytest.param(
            [gave("v", "a", 5), report("a", "v", 35)], 35, exact(HALF * THIRD), id="a favour returned"
        ),
        pytest.param(
            [gave("v", "a", 5), report("a", "v", 95)], 95, exact(HALF), id="a favour of 90 days ago"
        ),
        pytest.param([gave("v", "a", 5), report("a", "v", 94)], 94, exact(HALF * THIRD), id="of 89 days ago"),
        pytest.param([gave("a", "v", 5), report("a", "v", 35)], 35, exact(HALF), id="gave the other way"),
        pytest.param([report("v", "v", 10)], 10, None, id="a report on oneself"),
        pytest.param(
            [report("a", "v", 10, "bad", "r"), report("a", "v", 12, "good", "r")],
            12,
            exact(HALF),
            id="corrected: nothing of the first is left",
        ),
        pytest.param(
            [report("a", "v", 10, "bad", "r"), report("b", "v", 10), void("r", 20)],
            10,
            exact(HALF),
            id="taken away: nothing is left",
        ),
        pytest.param(
            [report("a", "v", 10, "bad", "r"), void("r", 20)], 20, None, id="the only one taken away"
        ),
        pytest.param([void("never", 20)], 20, None, id="one that never was taken away"),
    ],
)
def test_worked_case(events: list[dict[str, Any]], day: float, expected: float | None) -> None:
    got = replay(*events).assess("v", day)
    assert got == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_colleague_with_a_record_speaks_with_its_weight() -> None:
    events = [report("a", "u", 1), report("b", "u", 1)]
    assert replay(*events, min_evidence=0.9).assess("u", 1) == pytest.approx(0.8125)
    heard = replay(*events, report("u", "v", 2), report("a", "v", 2), min_evidence=0.9)
    assert heard.assess("v", 2) == pytest.approx(0.826083, abs=1e-6)


@pytest.mark.parametrize(("day", "expected"), [(90, None), (91, 0.769856), (120, 0.769242), (456, None)])
def test_gates_of_the_product_open_on_the_91st_day_and_close_when_the_evidence_has_faded(
    day: float, expected: float | None
) -> None:
    days = {"a": 40, "b": 45, "c": 50, "d": 62, "e": 64}
    reports = [report(giver, "v", t, "bad" if giver == "e" else "good") for giver, t in days.items()]
    made = replay(*settled("v"), *reports, **vars_of(Constants()))
    got = made.assess("v", day)
    assert (got is None) == (expected is None)
    assert expected is None or got == pytest.approx(expected, abs=1e-6)


def vars_of(constants: Constants) -> dict[str, Any]:
    return {name: getattr(constants, name) for name in OPEN}


@pytest.mark.parametrize("missing", ["tenure", "attended", "given", "outcomes", "independent", "evidence"])
def test_each_gate_alone_keeps_the_record_shut(missing: str) -> None:
    reports = [report(giver, "v", 80) for giver in "abcde"]
    made = replay(*settled("v"), *reports, **vars_of(Constants()))
    assert made.assess("v", 100) is not None
    needs = {**vars_of(Constants()), f"min_{missing}": 1000}
    assert replay(*settled("v"), *reports, **needs).assess("v", 100) is None


@pytest.mark.parametrize(("status", "shown"), [("on_time", True), ("late", True), ("substitute", False)])
def test_substitutes_do_not_count_as_attended_and_latecomers_do(status: str, *, shown: bool) -> None:
    reports = [report(giver, "v", 80) for giver in "abcde"]
    made = replay(*settled("v", status=status), *reports, **vars_of(Constants()))
    assert (made.assess("v", 100) is not None) == shown


def test_however_many_mutual_reports_are_not_enough() -> None:
    mutual = [event for giver in "abcdefgh" for event in (gave("v", giver, 70), report(giver, "v", 80))]
    made = replay(*settled("v"), *sorted(mutual, key=lambda one: one["t"]), **vars_of(Constants()))
    assert made.assess("v", 100) is None


def test_voices_of_one_day_weigh_the_same_in_any_order() -> None:
    reports = [report("a", "v", 10), report("b", "v", 10, "bad"), report("c", "v", 10, "neutral")]
    got = {round(replay(*order).assess("v", 50) or 0, 14) for order in permutations(reports)}
    assert len(got) == 1


def test_who_comes_back_continues_their_record() -> None:
    away = [{"type": "leave", "t": 120.0, "member": "v"}, {"type": "join", "t": 150.0, "member": "v"}]
    reports = [report(giver, "v", 80) for giver in "abcde"]
    made = replay(*settled("v"), *reports, *away, **vars_of(Constants()))
    assert made.assess("v", 151) is not None


def test_profile_and_single_settings_are_taken_together() -> None:
    constants = constants_of({"profile": "ratings", "kappa": 2, "mutual_window": None})
    assert (constants.prior, constants.kappa, constants.mutual_window) == (0.85, 2.0, inf)
    assert constants_of({}) == Constants()
    assert constants_of({"profile": "small group"}).min_evidence == 1.25
    assert constants_of({"profile": "monthly"}).min_attended == 4


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"profile": "lenient"}, ["no profile 'lenient'"]),
        ({"kapa": 3, "priro": 1}, ["no setting 'kapa'", "no setting 'priro'"]),
        ({"kappa": "three", "prior": True}, ["kappa is 'three'", "prior is True"]),
        ({"kappa": 0, "prior": 1.5, "min_given": -1}, ["kappa is 0.0", "prior is 1.5", "min_given is -1.0"]),
        ({"half_life": inf}, ["half_life is inf"]),
    ],
)
def test_settings_that_cannot_be_are_all_named_at_once(config: dict[str, Any], told: list[str]) -> None:
    with pytest.raises(BadConstants) as refused:
        constants_of(config)
    assert [part for part in told if part not in str(refused.value)] == []


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([report("a", "v", 10, "bad", "r"), report("b", "v", 12)], id="reports"),
        pytest.param(
            [report("a", "v", 10, "bad", "r"), report("a", "v", 12, "good", "r")], id="a correction"
        ),
        pytest.param([report("a", "v", 10, "bad", "r"), report("b", "v", 11), void("r", 12)], id="a void"),
        pytest.param([gave("v", "a", 5), report("a", "v", 12)], id="a favour returned"),
        pytest.param([rated("a", "v", 5, 0), rated("v", "a", 6, 1), rated("b", "v", 7, 2)], id="ratings"),
    ],
)
def test_whatever_comes_twice_counts_once(events: list[dict[str, Any]]) -> None:
    once = replay(*events)
    for again in (events, events[:1], events[::-1]):
        twice = replay(*events, *again)
        assert twice.record("v") == once.record("v")
        assert twice.assess("v", 20) == once.assess("v", 20)


def test_what_comes_twice_opens_no_gate() -> None:
    events = [*settled("v", weeks=9, given=2), *(report(giver, "v", 80) for giver in "abcde")]
    needs = vars_of(Constants())
    assert replay(*events, *events, **needs).assess("v", 100) is None
    enough = [{"type": "attendance", "t": 70.0, "member": "v", "status": "late"}, gave("v", "a", 2)]
    assert replay(*events, *enough, *events, **needs).assess("v", 100) is not None


def test_older_version_that_comes_late_does_not_take_the_place_of_the_correction() -> None:
    late = replay(report("a", "v", 12, "good", "r"), report("a", "v", 10, "bad", "r"))
    assert late.assess("v", 12) == pytest.approx(exact(HALF))
    void_since = replay(report("b", "v", 10), void("r", 20), report("a", "v", 15, "bad", "r"))
    assert void_since.assess("v", 10) == pytest.approx(exact(HALF))


def test_event_out_of_order_counts_as_of_its_own_day() -> None:
    events = [report("a", "v", 10), report("b", "v", 40, "bad"), report("a", "v", 200), report("c", "v", 300)]
    config = {"min_evidence": 1.2}
    in_order = replay(*events, **config).assess("v", 400)
    for order in permutations(events):
        assert replay(*order, **config).assess("v", 400) == pytest.approx(in_order, abs=1e-12)
