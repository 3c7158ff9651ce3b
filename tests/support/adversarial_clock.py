"""Tablets on bad days: true instants beside what a device could know, so that every verdict can be held against the truth.

A device's wall clock is wrong by hours and jumps; its readings drift within ε, stand still while it sleeps, and begin
anew with each reload; requests take up to minutes each way; two tabs write into one chain; what is sent is sent again,
in parts, in any order. Instants are seconds of true time from the start of the day; the cut-off is at `CUT_OFF`.
"""

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from app.plugins.attendance.domain.interval_rule import DRIFT, Anchor, Knowledge, TapEvidence

DAY = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
CUT_OFF = 7_200.0
LONGEST_LATENCY = 240.0
SERVER_WRONG = 0.4
"""Two workers' clocks, each this far from the truth at most: together within δ."""


def instant(seconds: float) -> datetime:
    """Return an instant of the day."""
    return DAY + timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class Tap:
    """One event as it truly was: when it was tapped, and what the device's clock on the wall said."""

    evidence: TapEvidence
    true_at: float
    wall_at: float


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One request with events: what the server knows once it has taken it in."""

    received_at: float
    taps: tuple[Tap, ...]
    anchors: tuple[Anchor, ...]
    began_after: dict[str, datetime]


@dataclass(kw_only=True)
class PageRun:
    """One page: from `start` on its reading runs, stands still in each sleep, and drifts."""

    boot: str
    start: float
    end: float
    rate: float
    sleeps: list[tuple[float, float]]
    anchors: list[tuple[float, Anchor]] = field(default_factory=list)
    """Each contact with the instant at which its answer was there."""

    def reading(self, at: float) -> int:
        """Return the monotonic reading at a true instant, in milliseconds."""
        asleep = sum(max(0.0, min(at, end) - begin) for begin, end in self.sleeps if begin < at)
        return max(0, int((at - self.start - asleep) * self.rate * 1_000))

    def is_awake(self, at: float) -> bool:
        """Return whether somebody could tap at that instant."""
        return self.start <= at <= self.end and not any(begin <= at <= end for begin, end in self.sleeps)


@dataclass(frozen=True, kw_only=True)
class BadDay:
    """Everything that happened to one tablet."""

    taps: list[Tap]
    uploads: list[Upload]

    def known(self, uploads: list[Upload]) -> Knowledge:
        """Return what the server knows after these uploads, whatever their order: first receipts and all contacts."""
        first: dict[str, tuple[float, TapEvidence]] = {}
        anchors: dict[tuple[str, datetime, int], Anchor] = {}
        began: dict[str, datetime] = {}
        for one in uploads:
            for tap in one.taps:
                held = first.get(tap.evidence.hash)
                if held is None or one.received_at < held[0]:
                    first[tap.evidence.hash] = (one.received_at, tap.evidence)
            for anchor in one.anchors:
                key = (anchor.boot, anchor.server_at, anchor.sent_ms)
                held_anchor = anchors.get(key)
                if held_anchor is None or held_anchor.got_ms is None:
                    anchors[key] = anchor
            for boot, instant_before in one.began_after.items():
                began[boot] = max(instant_before, began.get(boot, instant_before))
        events = [_received(evidence, at) for at, evidence in first.values()]
        return Knowledge(events=events, anchors=list(anchors.values()), began_after=began)


def bad_day(chance: random.Random, taps: int) -> BadDay:
    """Return one tablet's day with about so many taps."""
    runs = _runs(chance)
    for run in runs:
        _contacts(chance, run)
    made = _taps(chance, runs, taps)
    return BadDay(taps=made, uploads=_uploads(chance, runs, made))


def _runs(chance: random.Random) -> list[PageRun]:
    """Return page runs one after the other, some of them beside a second tab."""
    runs: list[PageRun] = []
    start = chance.uniform(0, 3_000)
    while start < 9_500 and len(runs) < 6:
        end = start + chance.choice([600, 2_000, 8_000]) * chance.uniform(0.3, 1.2)
        runs.append(_run(chance, start, end))
        if chance.random() < 0.25:
            runs.append(_run(chance, start + chance.uniform(0, 300), end + chance.uniform(-200, 400)))
        start = end + chance.uniform(0.5, 900)
    return runs


def _run(chance: random.Random, start: float, end: float) -> PageRun:
    sleeps = []
    at = start + chance.uniform(60, 2_000)
    while at < end and chance.random() < 0.5:
        woken = at + chance.choice([5, 120, 1_500]) * chance.random()
        sleeps.append((at, woken))
        at = woken + chance.uniform(60, 2_000)
    rate = 1 + chance.choice([0.0, 1.0, -1.0]) * DRIFT * chance.random()
    return PageRun(
        boot=f"{chance.getrandbits(128):032x}",
        start=start,
        end=max(end, start + 30),
        rate=rate,
        sleeps=sleeps,
    )


def _contacts(chance: random.Random, run: PageRun) -> None:
    """Let the page reach the server now and then, or never."""
    at = run.start
    pause = chance.choice([15, 60, 600, 1e9])
    while True:
        at += pause * chance.uniform(0.5, 1.5)
        if at > run.end:
            return
        there, back = _latency(chance), _latency(chance)
        if not run.is_awake(at) or at + there + back > run.end:
            continue
        answered = at + there
        got = answered + back
        anchor = Anchor(
            boot=run.boot,
            server_at=instant(answered + chance.uniform(-SERVER_WRONG, SERVER_WRONG)),
            sent_ms=run.reading(at),
            got_ms=run.reading(got) if chance.random() < 0.9 else None,
        )
        run.anchors.append((got, anchor))


def _latency(chance: random.Random) -> float:
    return chance.choice([0.02, 0.2, 3.0, LONGEST_LATENCY]) * chance.random()


def _taps(chance: random.Random, runs: list[PageRun], wanted: int) -> list[Tap]:
    """Return taps around the cut-off, chained in the order in which the device wrote them down."""
    made: list[tuple[float, float, PageRun]] = []
    for _tries in range(wanted * 4):
        run = chance.choice(runs)
        at = CUT_OFF + chance.choice([2, 60, 1_200, 5_000]) * chance.uniform(-1, 1)
        if run.is_awake(at):
            made.append((at + 0.5 * chance.random() ** 4, at, run))
        if len(made) == wanted:
            break
    made.sort(key=lambda one: one[0])
    wall_wrong = chance.choice([0.0, 30.0, 600.0, 7_200.0]) * chance.uniform(-1, 1)
    sequences: dict[str, int] = {}
    taps: list[Tap] = []
    previous = ""
    for number, (_written, at, run) in enumerate(made):
        if chance.random() < 0.02:
            wall_wrong += chance.uniform(-7_200, 7_200)
        sequences[run.boot] = sequences.get(run.boot, 0) + 1
        name = sha256(f"{previous}{run.boot}{number}".encode()).hexdigest()
        evidence = TapEvidence(
            hash=name,
            claimed_hash=name,
            boot=run.boot,
            sequence=sequences[run.boot],
            reading_ms=run.reading(at),
            previous=previous,
            uploaded_at=DAY,
        )
        taps.append(Tap(evidence=evidence, true_at=at, wall_at=at + wall_wrong))
        previous = name
    return taps


def _uploads(chance: random.Random, runs: list[PageRun], taps: list[Tap]) -> list[Upload]:
    """Return requests that bring every tap at least once: parts of the queue, some twice, from any run that followed."""
    uploads = []
    for run in runs:
        for _time in range(chance.choice([0, 1, 3])):
            sent = chance.uniform(run.start, run.end)
            if run.is_awake(sent):
                queue = [tap for tap in taps if tap.true_at <= sent - 1]
                part = queue if chance.random() < 0.5 else [tap for tap in queue if chance.random() < 0.6]
                if part:
                    uploads.append(_upload(chance, runs, run, sent, part))
    last = max(run.end for run in runs) + 5
    final = _run(chance, last, last + 900)
    final.sleeps.clear()
    uploads.append(_upload(chance, runs, final, last + chance.uniform(1, 600), taps))
    return uploads


def _upload(chance: random.Random, runs: list[PageRun], run: PageRun, sent: float, taps: list[Tap]) -> Upload:
    received = sent + _latency(chance)
    boots = {tap.evidence.boot for tap in taps}
    stored = [anchor for one in runs if one.boot in boots for got, anchor in one.anchors if got <= sent]
    itself = Anchor(boot=run.boot, server_at=_by_server(chance, received), sent_ms=run.reading(sent))
    return Upload(
        received_at=received,
        taps=tuple(taps),
        anchors=(*stored, itself),
        began_after=_began_after(runs, boots, sent),
    )


def _began_after(runs: list[PageRun], boots: set[str], sent: float) -> dict[str, datetime]:
    """Return for each page run the newest contact that the device had had when the run began."""
    answers = sorted((got, anchor.server_at) for run in runs for got, anchor in run.anchors)
    found = {}
    for run in runs:
        place = bisect_right(answers, (run.start, DAY))
        if run.boot in boots and run.start <= sent and place:
            found[run.boot] = max(at for _got, at in answers[:place])
    return found


def _by_server(chance: random.Random, at: float) -> datetime:
    return instant(at + chance.uniform(-SERVER_WRONG, SERVER_WRONG))


def _received(evidence: TapEvidence, at: float) -> TapEvidence:
    return TapEvidence(
        hash=evidence.hash,
        claimed_hash=evidence.claimed_hash,
        boot=evidence.boot,
        sequence=evidence.sequence,
        reading_ms=evidence.reading_ms,
        previous=evidence.previous,
        uploaded_at=instant(at),
    )
