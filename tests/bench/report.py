"""What does the person at the terminal read, and what stands in the JSON file?"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.figures import Ratio, Reached, Target
from tests.bench.targets import STATEMENTS, STATEMENTS_ROW, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row as measured: the ratio to its reference, and both sides' median cost in milliseconds of CPU time."""

    work: Work
    ratio: Ratio
    product_ms: float
    reference_ms: float
    rounds: tuple[tuple[float, float], ...]
    """Product and reference of each round, in milliseconds."""

    @property
    def reached(self) -> Reached:
        """The target that the median keeps to."""
        return self.work.target.reached(self.ratio.median)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One page's statements."""

    page: str
    count: int
    target: Target


def counted_from(counts: dict[str, int]) -> list[Counted]:
    """Return the counts beside their targets, in the order of the targets."""
    return [Counted(page=page, count=counts[page], target=target) for page, target in STATEMENTS.items()]


def table(measured: Sequence[Measured], counted: Sequence[Counted]) -> str:
    """Return the table of targets with what was measured, as Markdown."""
    lines = [
        "| # | work | measured against | floor | stretch | measured | min..max | CPU ms: ours / theirs | reached |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = [(one.work.number, _ratio_line(one)) for one in measured]
    rows += [(STATEMENTS_ROW, _count_line(one)) for one in counted]
    return "\n".join([*lines, *(line for _, line in sorted(rows, key=lambda row: row[0]))])


def write_json(path: Path, measured: Sequence[Measured], counted: Sequence[Counted]) -> None:
    """Write everything that was measured, with the machine it was measured on, to one file."""
    told = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        },
        "rows": [asdict(one) | {"reached": one.reached.value} for one in measured],
        "statements": [
            asdict(one) | {"row": STATEMENTS_ROW, "reached": one.target.reached(one.count).value}
            for one in counted
        ],
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _ratio_line(one: Measured) -> str:
    work, ratio = one.work, one.ratio
    return (
        f"| {work.number} | {work.name} | {work.beside} | ≤ {work.target.floor:g}× | ≤ {work.target.stretch:g}× "
        f"| {ratio.median:.2f}× | {ratio.lowest:.2f}..{ratio.highest:.2f} "
        f"| {one.product_ms:.2f} / {one.reference_ms:.2f} | {one.reached} |"
    )


def _count_line(one: Counted) -> str:
    return (
        f"| {STATEMENTS_ROW} | SQL statements: {one.page} | counter | ≤ {one.target.floor:g} | ≤ {one.target.stretch:g} "
        f"| {one.count} | | | {one.target.reached(one.count)} |"
    )
