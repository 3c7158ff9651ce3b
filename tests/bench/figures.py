"""What do the measured rounds say: CPU a request, the median of paired ratios, and which target that reaches?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


def cpu_ms_a_request(cpu_seconds: float, answered: int) -> float:
    """Return the CPU milliseconds a request of a round; one without an answer raises ValueError."""
    if answered == 0:
        raise ValueError("No request was answered in this round: nothing to divide by.")
    return 1000 * cpu_seconds / answered


class Reached(StrEnum):
    """Which of the two targets a figure keeps to."""

    STRETCH = "stretch"
    FLOOR = "floor"
    MISSED = "MISSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The most that a figure may be: `floor` has to be kept, `stretch` is hoped for."""

    floor: float
    stretch: float

    def reached(self, figure: float) -> Reached:
        """Return the better of the two targets that `figure` keeps to."""
        if figure <= self.stretch:
            return Reached.STRETCH
        return Reached.FLOOR if figure <= self.floor else Reached.MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """The product over its reference: the median of the rounds' own ratios, and their range."""

    median: float
    lowest: float
    highest: float


def ratio_of(product: Sequence[float], reference: Sequence[float]) -> Ratio:
    """Return the ratio of two series measured in the same rounds; each round is its own pair.

    A slow minute of the machine falls on both halves of a pair and drops out of its ratio.
    """
    if not product or len(product) != len(reference):
        raise ValueError(f"{len(product)} and {len(reference)} rounds make no pairs; give as many of each.")
    ratios = [ours / theirs for ours, theirs in zip(product, reference, strict=True)]
    return Ratio(median=median(ratios), lowest=min(ratios), highest=max(ratios))
