"""The interval rule by hand: what each contact proves of a tap, and what proves nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.plugins.attendance.domain import interval_rule
from app.plugins.attendance.domain.interval_rule import (
    Anchor,
    Bounds,
    Fault,
    Knowledge,
    TapEvidence,
    bounds_of,
)
from app.plugins.attendance.domain.punctuality import Verdict
from tests.proofs.offline import simulated

SEVEN = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
A, B = "a" * 32, "b" * 32
EVENTS_EACH_RUN = 10_000


def at(seconds: float) -> datetime:
    """Return an instant counted from seven o'clock."""
    return SEVEN + timedelta(seconds=seconds)


def tap(
    name: str = "1",
    *,
    boot: str = A,
    reading: int = 0,
    previous: str = "",
    uploaded: float = 3_600,
    number: int = 1,
) -> TapEvidence:
    hash_ = name * 64
    return TapEvidence(
        hash=hash_,
        claimed_hash=hash_,
        boot=boot,
        sequence=number,
        reading_ms=reading,
        previous=previous * 64,
        uploaded_at=at(uploaded),
    )


def anchor(seconds: float, sent: int, got: int | None = None, *, boot: str = A) -> Anchor:
    return Anchor(boot=boot, server_at=at(seconds), sent_ms=sent, got_ms=got)


def bounds(*events: TapEvidence, anchors: tuple[Anchor, ...] = (), **more: object) -> Bounds:
    known = Knowledge(events=events, anchors=anchors, began_after=more.get("began", {}))  # type: ignore[arg-type]  # the test names it
    return bounds_of(known)[events[0].hash]


def test_contacts_before_and_after_bound_a_tap_from_both_sides() -> None:
    # 500 s after the answer, 100 s before the next request: 498 s and 99.6 s are proven, a second of slack each.
    found = bounds(tap(reading=600_000), anchors=(anchor(-600, 99_000, 100_000), anchor(10, 700_000)))
    assert (found.earliest, found.latest) == (at(-600 - 1 + 498), at(10 + 1 - 99.6))


def test_answer_that_took_minutes_moves_the_earliest_bound_by_them() -> None:
    quick = bounds(tap(reading=300_000), anchors=(anchor(0, 0, 100),))
    slow = bounds(tap(reading=300_000), anchors=(anchor(0, 0, 180_000),))
    assert quick.earliest == at(-1 + 298.7004)
    assert slow.earliest == at(-1 + 119.52)


@pytest.mark.parametrize("got", [None, 50])
def test_contact_without_a_reading_after_it_bounds_nothing_from_below(got: int | None) -> None:
    assert bounds(tap(reading=300_000), anchors=(anchor(0, 100, got),)).earliest is None


def test_tap_between_request_and_answer_is_not_after_the_contact() -> None:
    assert bounds(tap(reading=500), anchors=(anchor(0, 400, 600),)).earliest is None


def test_upload_is_the_latest_in_any_case() -> None:
    assert bounds(tap(reading=5, uploaded=20), anchors=(anchor(900, 5),)).latest == at(20)


def test_contacts_of_another_page_run_say_nothing_of_this_one() -> None:
    found = bounds(tap(reading=600_000), anchors=(anchor(-60, 1, 2, boot=B), anchor(60, 700_000, boot=B)))
    assert (found.earliest, found.latest) == (None, at(3_600))


def test_page_run_that_began_after_a_contact_is_after_it() -> None:
    assert bounds(tap(reading=5), began={A: at(240)}).earliest == at(239)


def test_tap_after_a_reload_lies_between_its_neighbours_in_the_chain() -> None:
    first = tap("1", reading=60_000)
    second = tap("2", boot=B, reading=7, previous="1")
    third = tap("3", boot="c" * 32, reading=9, previous="2")
    anchors = (anchor(0, 50_000, 60_000), anchor(900, 9, boot="c" * 32))
    assert bounds(second, first, third, anchors=anchors) == Bounds(earliest=at(-2), latest=at(902))


def test_changed_event_proves_nothing() -> None:
    found = bounds(replace(tap(reading=5, uploaded=-60), claimed_hash="f" * 64))
    assert found.fault is Fault.CHANGED
    assert found.verdict(SEVEN) is Verdict.UNDECIDED


def test_event_after_one_that_never_came_waits_until_it_comes() -> None:
    first, second = tap("1", uploaded=-60), tap("2", previous="1", uploaded=-60, number=2)
    assert bounds(second).verdict(SEVEN) is Verdict.UNDECIDED
    assert bounds(second, first).verdict(SEVEN) is Verdict.ON_TIME


def test_two_events_in_one_place_prove_nothing_both() -> None:
    found = bounds_of(Knowledge(events=[tap("1"), tap("2")], anchors=[], began_after={}))
    assert {one.fault for one in found.values()} == {Fault.TWICE}


def test_reading_that_ran_backwards_is_seen() -> None:
    # By the first contact it is 800 s later at least; the upload at 60 s says that cannot be.
    assert bounds(tap(reading=900_000, uploaded=60), anchors=(anchor(0, 10, 20),)).fault is Fault.CLOCK


def test_ten_thousand_taps_on_bad_days_are_never_judged_wrongly() -> None:
    figures = simulated(EVENTS_EACH_RUN, seed=1)
    assert figures.holds, figures.lines()


@pytest.mark.parametrize(
    ("name", "value"), [("_PROVEN_US", 1_000), ("_SLACK_US", 0)], ids=["drift forgotten", "slack forgotten"]
)
def test_rule_that_forgot_a_part_is_caught(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    monkeypatch.setattr(interval_rule, name, value)
    figures = simulated(4_000, seed=1)
    assert figures.wrong + figures.faults.total() > 0
