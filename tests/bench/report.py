"""What does the person at the terminal read, and what stands in the JSON file?"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.figures import Ratio, Reached
from tests.bench.targets import STATEMENTS, STATEMENTS_ROW, Counted, Work


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


def counted_from(counts: dict[str, int]) -> list[Counted]:
    """Return the counts beside their targets, in the order of the targets."""
    return [
        Counted(
            row=STATEMENTS_ROW, name=f"SQL statements: {page}", unit="", figure=counts[page], target=target
        )
        for page, target in STATEMENTS.items()
    ]


def table(measured: Sequence[Measured], counted: Sequence[Counted]) -> str:
    """Return the table of targets with what was measured, as Markdown."""
    lines = [
        "| # | work | measured against | floor | stretch | measured | min..max | CPU ms: ours / theirs | reached |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = [(one.work.number, _ratio_line(one)) for one in measured]
    rows += [(one.row, _count_line(one)) for one in counted]
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
        "counted": [asdict(one) | {"reached": one.target.reached(one.figure).value} for one in counted],
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _ratio_line(one: Measured) -> str:
    work, ratio = one.work, one.ratio
    return (
        f"| {work.number} | {work.name} | {work.beside} | ≤ {work.target.floor:.3g}× | ≤ {work.target.stretch:.3g}× "
        f"| {ratio.median:.2f}× | {ratio.lowest:.2f}..{ratio.highest:.2f} "
        f"| {one.product_ms:.2f} / {one.reference_ms:.2f} | {one.reached} |"
    )


def _count_line(one: Counted) -> str:
    unit = f" {one.unit}" if one.unit else ""
    figure = f"{one.figure:.1f}" if one.unit else f"{one.figure:g}"
    return (
        f"| {one.row} | {one.name} | counter | ≤ {one.target.floor:g}{unit} | ≤ {one.target.stretch:g}{unit} "
        f"| {figure}{unit} | | | {one.target.reached(one.figure)} |"
    )
