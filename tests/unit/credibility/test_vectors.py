"""Every vector that was published with the scheme, exact: sixteen cases with their answers, each to the sixth decimal."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.plugins.credibility.domain.replaying import Replay
from app.plugins.credibility.domain.scheme import constants_of
from tests.unit.credibility.histories import OPEN, gave, rated, report, settled, void

Event = dict[str, Any]
Ask = tuple[str, float, float | None]


def voices(*days: tuple[str, float]) -> list[Event]:
    """Return a good report on v by each colleague on their day."""
    return [report(giver, "v", day) for giver, day in days]


MUTUAL = [
    event
    for number, giver in enumerate("abcdefgh")
    for event in (gave("v", giver, 30 + number), report(giver, "v", 60 + number))
]
SUBSTITUTES = [
    {"type": "attendance", "t": 7.0 * week, "member": "v", "status": "substitute"} for week in range(9, 14)
]

CASES: Sequence[tuple[str, dict[str, Any], list[Event], list[Ask]]] = (
    ("nobody", OPEN, [], [("v", 10, None)]),
    (
        "one good",
        OPEN,
        [report("a", "v", 10)],
        [("v", 10, 0.785714), ("v", 375, 0.769231), ("a", 10, None)],
    ),
    ("one bad", OPEN, [report("a", "v", 10, "bad")], [("v", 10, 0.642857), ("v", 375, 0.692308)]),
    ("neutral", OPEN, [report("a", "v", 10, "neutral")], [("v", 10, 0.714286)]),
    (
        "one voice",
        OPEN,
        [report("a", "v", 10, referral=one) for one in ("r1", "r2", "r3")],
        [("v", 10, 0.785714)],
    ),
    (
        "three voices",
        OPEN,
        [*voices(("a", 10), ("b", 10)), report("c", "v", 10, "bad")],
        [("v", 10, 0.722222), ("v", 375, 0.733333)],
    ),
    (
        "recent counts more",
        OPEN,
        [report("a", "v", 10), report("a", "v", 375, "bad")],
        [("v", 375, 0.690476), ("v", 740, 0.717949)],
    ),
    ("mutual", OPEN, [gave("v", "a", 5), report("a", "v", 35)], [("v", 35, 0.763158)]),
    (
        "mutual edge",
        OPEN,
        [gave("v", "a", 5), gave("v", "b", 6), *voices(("a", 95), ("b", 95))],
        [("v", 95, 0.795455)],
    ),
    (
        "void",
        OPEN,
        [
            report("a", "v", 10, "good", "r1"),
            report("b", "v", 20, "bad", "r2"),
            report("a", "v", 40, "bad", "r3"),
            void("r2", 60),
            void("r3", 70),
        ],
        [("v", 50, 0.627901), ("v", 60, 0.713464), ("v", 70, 0.782366)],
    ),
    (
        "replace",
        OPEN,
        [report("a", "v", 10, "bad", "r1"), report("a", "v", 12, "good", "r1")],
        [("v", 11, 0.643031), ("v", 12, 0.785714)],
    ),
    (
        "voice of standing",
        {**OPEN, "min_evidence": 0.9},
        [report("a", "u", 1), report("b", "u", 1), report("u", "v", 2), report("a", "v", 2)],
        [("u", 1, 0.8125), ("v", 2, 0.826083)],
    ),
    (
        "full gate",
        {},
        [
            *settled("v", weeks=14),
            *voices(("a", 40), ("b", 45), ("c", 50), ("d", 62)),
            report("e", "v", 64, "bad"),
        ],
        [("v", 60, None), ("v", 90, None), ("v", 91, 0.769856), ("v", 120, 0.769242), ("v", 456, None)],
    ),
    ("gate independent", {}, [*settled("v", weeks=14, given=0), *MUTUAL], [("v", 100, None)]),
    (
        "substitutes",
        {},
        [
            *settled("v", weeks=9),
            *SUBSTITUTES,
            *voices(*zip("abcdefgh", range(40, 48), strict=True)),
            {"type": "attendance", "t": 98.0, "member": "v", "status": "late"},
        ],
        [("v", 97, None), ("v", 98, 0.88648)],
    ),
    (
        "ratings profile",
        {"profile": "ratings"},
        [
            rated("a", "v", 1, 0),
            rated("b", "v", 2, 1),
            rated("c", "v", 3, 2, positive=0),
            rated("v", "d", 4, 3),
            rated("d", "v", 5, 4),
            rated("v", "w", 6, 5),
            rated("a", "w", 6, 6),
        ],
        [
            ("v", 2, None),
            ("v", 3, 0.568017),
            ("v", 5, 0.596267),
            ("w", 6, 0.953026),
            ("v", 95, 0.636867),
        ],
    ),
)


@pytest.mark.parametrize(
    ("config", "events", "asks"), [pytest.param(*case, id=name) for name, *case in CASES]
)
def test_vector(config: dict[str, Any], events: list[Event], asks: list[Ask]) -> None:
    made, left = Replay(constants_of(config)), sorted(events, key=lambda event: float(event["t"]))
    for target, day, expected in asks:
        while left and left[0]["t"] <= day:
            made.update(left.pop(0))
        got = made.assess(target, day)
        assert got == (None if expected is None else pytest.approx(expected, abs=1e-6)), (target, day)


def test_all_sixteen_are_here_with_their_thirty_four_answers() -> None:
    assert (len(CASES), sum(len(asks) for *_case, asks in CASES)) == (16, 34)
