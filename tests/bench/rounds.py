"""The measured rounds: each visits every pair of product and reference in turn, so that a slow minute falls on all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.figures import cpu_ms_a_request, ratio_of
from tests.bench.http_load import keep_busy
from tests.bench.programs import Running
from tests.bench.report import Measured
from tests.bench.targets import Work

WARM_UP_SECONDS = 1.0


@dataclass(kw_only=True)
class Load:
    """Requests for one program; a right answer has `expected_status`. `answered` counts them over all rounds."""

    running: Running
    requests: Iterator[bytes]
    expected_status: int
    answered: int = 0

    def cost_ms(self, seconds: float) -> float:
        """Keep the program busy for a while and return its CPU milliseconds a request; a wrong answer raises."""
        before = self.running.cpu_seconds()
        tally = keep_busy(
            self.running.program.port, self.requests, seconds=seconds, expected_status=self.expected_status
        )
        cpu_seconds = self.running.cpu_seconds() - before
        self.answered += tally.answered
        if tally.wrong:
            raise RuntimeError(
                f"{self.running.program.name}: {tally.wrong} wrong answers, first {tally.first_wrong!r}."
            )
        return cpu_ms_a_request(cpu_seconds, tally.answered)


def warm(work: Work, ours: Load, theirs: Load) -> "Pair":
    """Return the pair of two loads, both answered from warm caches."""
    for load in (ours, theirs):
        load.cost_ms(WARM_UP_SECONDS)
    return Pair(work=work, product=ours.cost_ms, reference=theirs.cost_ms)


Cost = Callable[[float], float]
"""Measures once more, for about so many seconds, and returns CPU milliseconds."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two halves of a row."""

    work: Work
    product: Cost
    reference: Cost


def measure(
    pairs: Sequence[Pair], *, rounds: int, seconds: float, told: Callable[[str], None]
) -> list[Measured]:
    """Measure every pair `rounds` times, interleaved, each half for `seconds`; `told` hears of each round."""
    figures: dict[int, list[tuple[float, float]]] = {pair.work.number: [] for pair in pairs}
    for number in range(1, rounds + 1):
        for pair in pairs:
            reference, product = pair.reference(seconds), pair.product(seconds)
            figures[pair.work.number].append((product, reference))
            told(f"round {number} of {rounds}: {pair.work.name}: {product:.2f} / {reference:.2f} CPU ms")
    return [_measured(pair.work, figures[pair.work.number]) for pair in pairs]


def _measured(work: Work, rounds: Sequence[tuple[float, float]]) -> Measured:
    products, references = [ours for ours, _ in rounds], [theirs for _, theirs in rounds]
    return Measured(
        work=work,
        ratio=ratio_of(products, references),
        product_ms=median(products),
        reference_ms=median(references),
        rounds=tuple(rounds),
    )
