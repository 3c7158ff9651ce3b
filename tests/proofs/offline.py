"""Proof: what a tablet without network writes down is judged rightly or not at all, in whatever order it comes back."""

import argparse
import random
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.plugins.attendance.domain.interval_rule import Anchor, Bounds, Knowledge, bounds_of
from app.plugins.attendance.domain.punctuality import Verdict
from tests.support.adversarial_clock import CUT_OFF, BadDay, Tap, Upload, bad_day, instant

TAPS_A_DAY = 40
FEWEST_CAUGHT = 0.01
"""A simulation in which the naive rules are hardly ever wrong would prove nothing."""


@dataclass(kw_only=True)
class Figures:
    """What many bad days came to."""

    events: int = 0
    days: int = 0
    orders: int = 0
    wrong: int = 0
    flipped: int = 0
    other_ends: int = 0
    undecided: int = 0
    by_wall_wrong: int = 0
    by_elapsed_wrong: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Whether no verdict was wrong, none flipped, one state stood at the end, and the naive rules were caught."""
        caught = min(self.by_wall_wrong, self.by_elapsed_wrong) >= FEWEST_CAUGHT * self.events > 0
        return caught and not self.wrong and not self.flipped and not self.other_ends and not self.faults

    def lines(self) -> list[str]:
        """Return the figures as sentences."""
        return [
            f"{self.events} events of {self.days} days in {self.orders} orders of arrival",
            f"trusting the device's clock: {self._share(self.by_wall_wrong)} wrong verdicts",
            f"anchor plus elapsed: {self._share(self.by_elapsed_wrong)} wrong verdicts",
            f"the interval rule: {self.wrong} wrong verdicts, {self.flipped} flipped",
            f"days with more than one final state: {self.other_ends}; faults seen: {sum(self.faults.values())}",
            f"left to the leader: {self._share(self.undecided)}",
        ]

    def _share(self, count: int) -> str:
        return f"{100 * count / max(1, self.events):.1f} %"


def simulated(events: int, seed: int) -> Figures:
    """Return the figures of at least so many events."""
    figures = Figures()
    while figures.events < events:
        chance = random.Random(f"{seed}-{figures.days}")
        _add(figures, bad_day(chance, TAPS_A_DAY), chance)
    return figures


def main(arguments: list[str]) -> int:
    """Run the simulation at the size asked for and print its figures."""
    parser = argparse.ArgumentParser(prog="script/proof offline")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args(arguments)
    figures = simulated(asked.events, asked.seed)
    for line in figures.lines():
        print(line)
    print("holds" if figures.holds else "DOES NOT HOLD")
    return 0 if figures.holds else 1


def _add(figures: Figures, day: BadDay, chance: random.Random) -> None:
    """Judge one day: by the naive rules, by the rule in one go, and as it comes in parts, twice, in another order."""
    known = day.known(day.uploads)
    final = bounds_of(known)
    contacts = _contacts_of(known)
    uploaded = {one.hash: one.uploaded_at for one in known.events}
    cut_off = instant(CUT_OFF)
    said = {name: bounds.verdict(cut_off) for name, bounds in final.items()}
    figures.days += 1
    figures.events += len(day.taps)
    figures.faults.update(bounds.fault for bounds in final.values() if bounds.fault)
    for tap in day.taps:
        truth = Verdict.ON_TIME if tap.true_at <= CUT_OFF else Verdict.LATE
        verdict = said[tap.evidence.hash]
        elapsed = _by_elapsed(contacts, tap, uploaded[tap.evidence.hash])
        figures.undecided += verdict is Verdict.UNDECIDED
        figures.wrong += verdict not in {truth, Verdict.UNDECIDED} or not _holds_true(final, tap)
        figures.by_wall_wrong += (tap.wall_at <= CUT_OFF) != (truth is Verdict.ON_TIME)
        figures.by_elapsed_wrong += (elapsed <= cut_off) != (truth is Verdict.ON_TIME)
    _arrive_in_another_order(figures, day, said, chance)


def _holds_true(found: dict[str, Bounds], tap: Tap) -> bool:
    bounds = found[tap.evidence.hash]
    at = instant(tap.true_at)
    return (bounds.earliest is None or bounds.earliest <= at) and at <= bounds.latest


def _arrive_in_another_order(
    figures: Figures, day: BadDay, said: dict[str, Verdict], chance: random.Random
) -> None:
    """Let the uploads be taken in, some twice, in any order; a verdict once decided must stand and be the final one."""
    order = [*day.uploads, *chance.choices(day.uploads, k=2)]
    chance.shuffle(order)
    figures.orders += 1
    taken: list[Upload] = []
    decided: dict[str, Verdict] = {}
    for upload in order:
        taken.append(upload)
        for name, bounds in bounds_of(day.known(taken)).items():
            verdict = bounds.verdict(instant(CUT_OFF))
            if name in decided:
                figures.flipped += verdict is not decided[name]
            elif verdict is not Verdict.UNDECIDED:
                decided[name] = verdict
    end = {name: decided.get(name, Verdict.UNDECIDED) for name in said}
    figures.other_ends += end != said


def _contacts_of(known: Knowledge) -> dict[str, list[Anchor]]:
    """Return every contact of each page run, in the order of their readings."""
    by_boot: dict[str, list[Anchor]] = {}
    for anchor in known.anchors:
        by_boot.setdefault(anchor.boot, []).append(anchor)
    return {boot: sorted(anchors, key=_reading) for boot, anchors in by_boot.items()}


def _by_elapsed(contacts: dict[str, list[Anchor]], tap: Tap, uploaded: datetime) -> datetime:
    """Return what the naive rule says: the last contact of the page run, plus the time that its reading went on."""
    of_run = contacts.get(tap.evidence.boot, [])
    place = bisect_right(of_run, tap.evidence.reading_ms, key=_reading)
    if not place:
        return uploaded
    last = of_run[place - 1]
    return last.server_at + timedelta(milliseconds=tap.evidence.reading_ms - last.sent_ms)


def _reading(anchor: Anchor) -> int:
    return anchor.sent_ms
