"""When was a name tapped on a tablet without network? Two bounds that hold whatever its clock, its sleep or its network did.

A page run (`boot`) reads a monotonic clock in milliseconds. It may pause while the machine sleeps and drift by
`DRIFT`, so readings only ever prove that *at least* so much time passed; nothing here needs more. The device's own
clock on the wall is never asked. What comes out is a function of the set of what is known: the order, the number of
copies and the parts in which it arrived change nothing, and more knowledge only narrows the bounds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from app.plugins.attendance.domain.punctuality import Arrival, Verdict, judged

SLACK = timedelta(seconds=1)
"""How far the server's instants may be apart from the truth (δ), and a tap from its place in the device's chain."""
DRIFT = 0.002
"""How much faster or slower than true time a reading may run (ε)."""

_PROVEN_US = round(1_000 * (1 - 2 * DRIFT))
"""Microseconds that one millisecond of a reading proves."""
_SLACK_US = SLACK // timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The earliest bound of what has none."""


class Fault(StrEnum):
    """Why an event proves nothing by itself, so that a leader is asked."""

    CHANGED = "changed"
    """Its hash is not that of its content."""
    TWICE = "twice"
    """Another event has its place in the same page run, with other content."""
    LINK_MISSING = "link-missing"
    """The event before it in the device's chain has not come (yet)."""
    CLOCK = "clock"
    """Its bounds contradict each other: the reading ran backwards or was made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One contact of a page run: the server's instant, and the readings around it.

    `sent_ms` was read before the request left, `got_ms` when the answer was there (None where nobody told). Between
    them may lie minutes; the instant lies between the two for certain, so that each serves one bound only.
    """

    boot: str
    server_at: datetime
    sent_ms: int
    got_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TapEvidence:
    """What is known of one event of a device: its place in page run and chain, its reading, and its first upload.

    `hash` is that of its content as it came, `claimed_hash` the one it brought. `previous` is empty for the first.
    """

    hash: str
    claimed_hash: str
    boot: str
    sequence: int
    reading_ms: int
    previous: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From when to when a tap lies, or the fault for which nothing follows from it. `earliest` None: no bound at all."""

    earliest: datetime | None
    latest: datetime
    fault: Fault | None = None

    def verdict(self, cut_off: datetime) -> Verdict:
        """Return what the bounds prove against the cut-off; a fault proves nothing."""
        if self.fault is not None:
            return Verdict.UNDECIDED
        return judged(Arrival(earliest=self.earliest or LONG_AGO, latest=self.latest), cut_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything known of one device: its events, its contacts, since when each page run ran, and older chain links.

    `began_after` gives for a page run the instant of a contact that its device had had before it began.
    """

    events: Collection[TapEvidence]
    anchors: Collection[Anchor]
    began_after: Mapping[str, datetime]
    known_links: Collection[str] = ()


def bounds_of(known: Knowledge) -> dict[str, Bounds]:
    """Return the bounds of every event, by its hash."""
    faults = _faults(known)
    order = _chain_order(known.events, faults)
    ladders = {boot: _Ladder(anchors) for boot, anchors in _by_boot(known.anchors).items()}
    own_earliest = {one.hash: _own_earliest(one, ladders, known.began_after) for one in order}
    own_latest = {one.hash: _own_latest(one, ladders) for one in order}
    earliest = _handed_on(order, own_earliest)
    latest = _handed_back(order, own_latest)
    found = {one.hash: _bounds(earliest[one.hash], latest[one.hash]) for one in order}
    for one in known.events:
        if fault := faults.get(one.hash):
            found[one.hash] = Bounds(
                earliest=_instant(_own_earliest(one, ladders, known.began_after)),
                latest=_at(_own_latest(one, ladders)),
                fault=fault,
            )
    return found


class _Ladder:
    """The anchors of one page run, so that the best bound of a reading is found at once."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        known = list(anchors)
        got = sorted(
            (one.got_ms, _since(one.server_at))
            for one in known
            # An answer cannot be there before it was asked for: such a reading is made up.
            if one.got_ms is not None and one.got_ms >= one.sent_ms
        )
        sent = sorted((one.sent_ms, _since(one.server_at)) for one in known)
        self._got = [reading for reading, _at_us in got]
        self._before = list(accumulate((at_us - reading * _PROVEN_US for reading, at_us in got), max))
        self._sent = [reading for reading, _at_us in sent]
        after = [at_us - reading * _PROVEN_US for reading, at_us in sent]
        self._after = list(accumulate(reversed(after), min))[::-1]

    def earliest(self, reading_ms: int) -> int | None:
        """Return the greatest lower bound by the answers that were there before the reading, in microseconds."""
        place = bisect_right(self._got, reading_ms)
        return self._before[place - 1] + reading_ms * _PROVEN_US - _SLACK_US if place else None

    def latest(self, reading_ms: int) -> int | None:
        """Return the least upper bound by the requests that left after the reading, in microseconds."""
        place = bisect_left(self._sent, reading_ms)
        if place == len(self._sent):
            return None
        return self._after[place] + reading_ms * _PROVEN_US + _SLACK_US


def _own_earliest(
    one: TapEvidence, ladders: Mapping[str, _Ladder], began_after: Mapping[str, datetime]
) -> int | None:
    ladder = ladders.get(one.boot)
    by_anchor = ladder.earliest(one.reading_ms) if ladder else None
    began = began_after.get(one.boot)
    return _greater(by_anchor, _since(began) - _SLACK_US if began else None)


def _own_latest(one: TapEvidence, ladders: Mapping[str, _Ladder]) -> int:
    ladder = ladders.get(one.boot)
    by_anchor = ladder.latest(one.reading_ms) if ladder else None
    uploaded = _since(one.uploaded_at)
    return uploaded if by_anchor is None else min(uploaded, by_anchor)


def _faults(known: Knowledge) -> dict[str, Fault]:
    """Return the events that prove nothing by themselves."""
    places: dict[tuple[str, int], set[str]] = {}
    for one in known.events:
        places.setdefault((one.boot, one.sequence), set()).add(one.hash)
    links = {one.hash for one in known.events} | set(known.known_links) | {""}
    faults: dict[str, Fault] = {}
    for one in known.events:
        if one.hash != one.claimed_hash:
            faults[one.hash] = Fault.CHANGED
        elif len(places[one.boot, one.sequence]) > 1:
            faults[one.hash] = Fault.TWICE
        elif one.previous not in links:
            faults[one.hash] = Fault.LINK_MISSING
    return faults


def _chain_order(events: Collection[TapEvidence], faults: Mapping[str, Fault]) -> list[TapEvidence]:
    """Return the sound events so that each comes after the one before it in the chain."""
    sound = {one.hash: one for one in events if one.hash not in faults}
    followers: dict[str, list[TapEvidence]] = {}
    begins = []
    for one in sound.values():
        if one.previous in sound:
            followers.setdefault(one.previous, []).append(one)
        else:
            begins.append(one)
    order: list[TapEvidence] = []
    waiting = begins
    while waiting:
        one = waiting.pop()
        order.append(one)
        waiting.extend(followers.get(one.hash, ()))
    return order


def _handed_on(order: list[TapEvidence], own: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return each lower bound with those of the events before it in the chain: it was written after them."""
    before: dict[str, int | None] = {}
    found: dict[str, int | None] = {}
    for one in order:
        carried = _greater(before.get(one.previous), own.get(one.previous))
        before[one.hash] = carried
        found[one.hash] = _greater(own[one.hash], None if carried is None else carried - _SLACK_US)
    return found


def _handed_back(order: list[TapEvidence], own: Mapping[str, int]) -> dict[str, int]:
    """Return each upper bound with those of the events after it in the chain: it was written before them."""
    after: dict[str, int] = {}
    for one in reversed(order):
        carried = min(own[one.hash], after.get(one.hash, own[one.hash]))
        after[one.previous] = min(carried, after.get(one.previous, carried))
    return {one.hash: min(own[one.hash], after.get(one.hash, own[one.hash]) + _SLACK_US) for one in order}


def _bounds(earliest: int | None, latest: int) -> Bounds:
    contradicts = earliest is not None and earliest > latest
    return Bounds(earliest=_instant(earliest), latest=_at(latest), fault=Fault.CLOCK if contradicts else None)


def _by_boot(anchors: Collection[Anchor]) -> dict[str, list[Anchor]]:
    found: dict[str, list[Anchor]] = {}
    for one in anchors:
        found.setdefault(one.boot, []).append(one)
    return found


def _greater(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return one if other is None else other
    return max(one, other)


def _since(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def _at(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _at(microseconds)
