"""The state of a pair and of a member, and the one step that counts a report: O(1), or a replay where one is taken away.

A member's state is the fold of `counted` over the rows about them, in the order in which they were counted. So a
rebuild, which folds them all, and the increments, which go one step at a time, give the same bits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.plugins.credibility.domain.scheme import Constants

NOTHING = 1e-12
"""A faded count below which a pair counts for nothing."""


class Row(NamedTuple):
    """One counted report: who reported (`giver`), on which day (`t`), how good (`y`: 1, ½ or 0), with which frozen `weight`.

    `is_independent` says that it was no favour returned.
    """

    giver: str
    t: float
    weight: float
    y: float
    is_independent: bool


class Pair(NamedTuple):
    """One colleague's voice about a member, faded to day `t`.

    `n` is the faded number of their reports, `good` and `bad` their weighted sums, `good_in` and `bad_in` the part of them that
    the member's sums hold (a colleague has one voice). `independent` counts reports that were no favour returned.
    """

    n: float = 0.0
    good: float = 0.0
    bad: float = 0.0
    good_in: float = 0.0
    bad_in: float = 0.0
    t: float = 0.0
    independent: int = 0

    def on(self, t: float, constants: Constants) -> "Pair":
        """Return the voice as it is on day `t`."""
        return _pair_at(self, t, constants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All voices about a member together, faded to day `t`: weighted sums, and how many reports and independent colleagues."""

    good: float = 0.0
    bad: float = 0.0
    t: float = 0.0
    outcomes: int = 0
    independent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A member's standing with the pairs it is made of, by giver."""

    standing: Standing = field(default_factory=Standing)
    pairs: Mapping[str, Pair] = field(default_factory=dict)


def fading(days: float, constants: Constants) -> float:
    """Return what is left after `days`: one half after a half-life; nothing grows by going back in time."""
    return 2.0 ** (-days / constants.half_life) if days > 0 else 1.0


def counted(pair: Pair, standing: Standing, row: Row, constants: Constants) -> tuple[Pair, Standing]:
    """Return the pair and the member's standing after one more report.

    A report of a day before the state's own (it came late) is faded to the state's day instead.
    """
    pair, standing = _pair_at(pair, row.t, constants), _standing_at(standing, row.t, constants)
    late = fading(pair.t - row.t, constants)
    n = pair.n + late
    good = pair.good + row.weight * row.y * late
    bad = pair.bad + constants.bad_weight * row.weight * (1.0 - row.y) * late
    share = min(n, constants.cap) / n if n > NOTHING else 0.0
    # the pair may stand on a later day than the member, or the other way round, only where a report came late
    lag = fading(standing.t - pair.t, constants)
    is_first_independent = row.is_independent and pair.independent == 0
    after = Pair(
        n=n,
        good=good,
        bad=bad,
        good_in=share * good,
        bad_in=share * bad,
        t=pair.t,
        independent=pair.independent + row.is_independent,
    )
    return after, Standing(
        good=max(0.0, standing.good + (after.good_in - pair.good_in) * lag),
        bad=max(0.0, standing.bad + (after.bad_in - pair.bad_in) * lag),
        t=standing.t,
        outcomes=standing.outcomes + 1,
        independent=standing.independent + is_first_independent,
    )


def rebuilt(rows: Iterable[Row], constants: Constants) -> Record:
    """Return the record that the rows about one member make, in the order in which they were counted.

    This is also how a report is taken away (appeal, withdrawal, replacement, purge): the rows that remain keep their frozen
    weights, and nothing of the report is left.
    """
    standing, voices = _folded(rows, constants)
    return Record(standing=standing, pairs=voices)


def rebuilt_standing(rows: Iterable[Row], constants: Constants) -> Standing:
    """Return the standing alone of the record that `rebuilt` makes."""
    return _folded(rows, constants)[0]


def _folded(rows: Iterable[Row], constants: Constants) -> tuple[Standing, dict[str, Pair]]:
    """Do what `counted` does, over and over, in plain numbers: the same operations in the same order, so the same bits."""
    half_life, cap, bad_weight = constants.half_life, constants.cap, constants.bad_weight
    good = bad = day = 0.0
    outcomes = independents = 0
    voices: dict[str, Pair] = {}
    for giver, t, weight, worth, is_independent in rows:
        n, g, b, g_in, b_in, since, independent = voices.get(giver) or Pair(t=t)
        if t > since:
            left = 2.0 ** (-(t - since) / half_life)
            n, g, b, g_in, b_in, since = n * left, g * left, b * left, g_in * left, b_in * left, t
        if not outcomes:
            day = t
        elif t > day:
            left = 2.0 ** (-(t - day) / half_life)
            good, bad, day = good * left, bad * left, t
        late = 2.0 ** (-(since - t) / half_life) if since > t else 1.0
        n += late
        g += weight * worth * late
        b += bad_weight * weight * (1.0 - worth) * late
        share = (min(cap, n)) / n if n > NOTHING else 0.0
        lag = 2.0 ** (-(day - since) / half_life) if day > since else 1.0
        good = max(0.0, good + (share * g - g_in) * lag)
        bad = max(0.0, bad + (share * b - b_in) * lag)
        outcomes += 1
        independents += is_independent and independent == 0
        voices[giver] = Pair(n, g, b, share * g, share * b, since, independent + is_independent)
    standing = Standing(good=good, bad=bad, t=day, outcomes=outcomes, independent=independents)
    return standing, voices


def standing_on(standing: Standing, t: float, constants: Constants) -> Standing:
    """Return the standing as it is on day `t`, faded from the day of its last report."""
    return _standing_at(standing, t, constants)


def _pair_at(pair: Pair, t: float, constants: Constants) -> Pair:
    if pair.n == 0.0:
        return Pair(t=t)
    left = fading(t - pair.t, constants)
    return Pair(
        n=pair.n * left,
        good=pair.good * left,
        bad=pair.bad * left,
        good_in=pair.good_in * left,
        bad_in=pair.bad_in * left,
        t=max(t, pair.t),
        independent=pair.independent,
    )


def _standing_at(standing: Standing, t: float, constants: Constants) -> Standing:
    if standing.outcomes == 0:
        return Standing(t=t)
    left = fading(t - standing.t, constants)
    return Standing(
        good=standing.good * left,
        bad=standing.bad * left,
        t=max(t, standing.t),
        outcomes=standing.outcomes,
        independent=standing.independent,
    )
