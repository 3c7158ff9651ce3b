"""Families of worlds as Hypothesis draws them: lives of X that begin alike, each withheld for a reason of its own."""

from collections.abc import Mapping, Sequence
from typing import Final

from hypothesis import strategies as st

from tests.support.secret_lives import (
    COLLEAGUES,
    ENOUGH,
    LATE,
    LATEST,
    OLD,
    OLDER,
    RETURNED,
    SPOKEN_ON,
    Family,
    Life,
    Said,
)

HANDLED: Final = ("yes", "not-sure", "no")
LEADS: Final = ("yes", "partly", "no")
NEW_VOICES: Final = (3, 4, 5)
"""Colleagues without a record, to whom X gave nothing lately: each counts one half."""
SETTLED_DAYS: Final = 400
SETTLED: Final = st.integers(92, 2000)
NEWCOMER: Final = st.integers(20, 85)


def _of(ages: Sequence[int], colleagues: Sequence[int]) -> list[int]:
    return [age + one for age in ages for one in colleagues]


EVERYBODY: Final = range(COLLEAGUES)
INDEPENDENT: Final = range(RETURNED, COLLEAGUES)
RECENT: Final = _of((LATE, LATEST), EVERYBODY)
MUTUAL: Final = _of((LATE, LATEST), range(RETURNED))
FEW: Final = st.sampled_from([0, 0, 0, 1])
"""How often a report comes in the second week or is put right there."""


@st.composite
def reports(
    draw: st.DrawFn, slips: Sequence[int], least: int, most: int, *, plain: bool = False
) -> tuple[Said, ...]:
    """Draw so many reports on these slips, at most one on each."""
    chosen = draw(
        st.lists(st.sampled_from(sorted(slips)), unique=True, min_size=least, max_size=min(most, len(slips)))
    )
    return tuple(
        Said(
            slip=slip,
            answer=draw(st.sampled_from(HANDLED)),
            corrected="" if plain else draw(st.sampled_from(["", "", "", *HANDLED])),
            is_late=not plain and bool(draw(FEW)),
        )
        for slip in chosen
    )


@st.composite
def enough(draw: st.DrawFn) -> tuple[Said, ...]:
    """Draw reports that would open the gate: by every colleague to whom X gave nothing lately, and by some more."""
    firm = tuple(Said(slip=slip, answer=draw(st.sampled_from(HANDLED))) for slip in _of([LATE], INDEPENDENT))
    return (*firm, *draw(reports(_of([LATEST], EVERYBODY), 0, 3)))


@st.composite
def lead_reports(draw: st.DrawFn, least: int = 0) -> tuple[Said, ...]:
    """Draw so many reports on X's own leads or more."""
    slips = draw(st.lists(st.sampled_from([0, 1, 3, 4]), unique=True, min_size=least, max_size=4))
    assert SPOKEN_ON not in slips
    return tuple(Said(slip=slip, answer=draw(st.sampled_from(LEADS))) for slip in slips)


def _life(
    why: str,
    handled: st.SearchStrategy[tuple[Said, ...]],
    **more: st.SearchStrategy[object],
) -> st.SearchStrategy[Life]:
    return st.builds(Life, why=st.just(why), handled=handled, **{"leads": lead_reports(), **more})


def _deeds(*deeds: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(deeds)


def _exactly(count: int) -> st.SearchStrategy[tuple[Said, ...]]:
    """Return so many reports, each by another colleague to whom X gave nothing lately."""
    return reports(_of([LATE], INDEPENDENT), count, count)


@st.composite
def _confirmed(draw: st.DrawFn) -> tuple[Said, ...]:
    found = draw(reports(_of((LATE, LATEST), NEW_VOICES[:2]), 1, 4, plain=True))
    return tuple(Said(slip=one.slip, answer=one.answer, is_confirmed=draw(st.booleans())) for one in found)


@st.composite
def _taken_back(draw: st.DrawFn) -> Life:
    found = draw(reports(_of([LATE], INDEPENDENT), ENOUGH, ENOUGH, plain=True))
    gone = draw(st.lists(st.sampled_from([one.slip for one in found]), unique=True, min_size=1))
    return Life(why="slips withdrawn", handled=found, taken_back=tuple(sorted(gone)))


LIVES: Final[Mapping[str, st.SearchStrategy[Life]]] = {
    "nothing said": _life("nothing said", st.just(()), says=st.sampled_from(["", "yes", "no", "object"])),
    "tenure": _life("tenure", enough()),
    "attended": _life("attended", enough(), attended=st.integers(0, 3)),
    "given": _life("given", enough(), given=st.integers(0, 1)),
    "outcomes": _life("outcomes", reports(RECENT, 1, 4)),
    "independent": _life("independent", reports([*MUTUAL, *_of((OLDER, LATE, LATEST), (2, 3))], ENOUGH, 10)),
    "evidence": _life("evidence", reports(_of((OLD, OLDER, LATE, LATEST), NEW_VOICES), ENOUGH, 12)),
    "faded": _life("faded", reports(_of([OLD], EVERYBODY), ENOUGH, COLLEAGUES, plain=True)),
    "not asked": _life("not asked", enough(), says=st.just("")),
    "opted out": _life("opted out", enough(), says=st.just("no")),
    "opted out later": _life("opted out later", enough(), deeds=_deeds(("says no",))),
    "objected": _life("objected", enough(), says=st.just("object")),
    "objected later": _life("objected later", enough(), deeds=_deeds(("objects",))),
    "frozen by appeal": _life("frozen by appeal", _exactly(ENOUGH), deeds=_deeds(("disagrees",))),
    "appeal running": _life(
        "appeal running", reports(RECENT, 2, 4), deeds=_deeds(("disagrees",), ("disagrees", "disagrees"))
    ),
    "appeal upheld": _life("appeal upheld", _exactly(ENOUGH), deeds=_deeds(("disagrees", "is found right"))),
    "appeal rejected": _life(
        "appeal rejected", reports(RECENT, 2, 4), deeds=_deeds(("disagrees", "is not found right"))
    ),
    "lead appeal running": _life(
        "lead appeal running",
        reports(RECENT, 2, 4),
        leads=lead_reports(2),
        deeds=_deeds(("disagrees on a lead",)),
    ),
    "lead appeal decided": _life(
        "lead appeal decided",
        reports(RECENT, 1, 4),
        leads=lead_reports(2),
        deeds=_deeds(
            ("disagrees on a lead", "is found right"), ("disagrees on a lead", "is not found right")
        ),
    ),
    "corrected": _life("corrected", reports(RECENT, 1, 4), deeds=_deeds(("is corrected",))),
    "reported on": _life(
        "reported on", reports(_of([LATEST], EVERYBODY), 0, 3), deeds=_deeds(("is reported on",))
    ),
    "slips withdrawn": _taken_back(),
    "confirmed": _life("confirmed", _confirmed()),
}
"""By each reason a life in which X is withheld."""


EACH: Final = 7
"""How many worlds a family has: 21 pairs."""


@st.composite
def families(draw: st.DrawFn, number: int) -> Family:
    """Draw the lives of the family of that number: the reasons take turns, and every seventh family is of newcomers."""
    is_new = number % EACH == EACH - 1
    whys = [one for one in LIVES if one != "tenure"]
    turn = [whys[(number * EACH + one) % len(whys)] for one in range(EACH)]
    lives = tuple(draw(LIVES[why]) for why in (["tenure", *turn[1:]] if is_new else turn))
    may_speak = not any(life.may_have_surfaced for life in lives)
    said = st.sampled_from(["", *HANDLED])
    return Family(
        lives=lives,
        joined_days=draw(NEWCOMER if is_new else SETTLED),
        x_says=draw(said),
        x_says_late=draw(said) if may_speak else "",
    )
