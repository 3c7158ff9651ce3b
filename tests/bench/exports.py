"""How much work and memory are files of a million rows? Each is written in a process of its own, and removed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench import targets
from tests.bench.programs import ROOT
from tests.bench.references import exports as reference
from tests.bench.rounds import Pair

FEW: Final = 10_000
"""The rows of the small file, beside which the memory of the large one is held."""


class Exports:
    """The files of one run, in the folder `run`; the highest memory of each case is kept."""

    def __init__(self, run: Path, rows: int) -> None:
        self._run = run
        self._rows = rows
        self._peaks: dict[tuple[str, int], float] = {}

    def pairs(self, rows: tuple[int, ...]) -> list[Pair]:
        """Return the pairs of the rows that were asked for."""
        asked = [work for work in (targets.CSV, targets.XLSX) if work.number in rows]
        if targets.CSV in asked:
            for count in (FEW, self._rows):
                reference.fill(self._database(count), count)
        return [self._pair(work, "csv" if work is targets.CSV else "xlsx") for work in asked]

    def memory(self, rows: tuple[int, ...]) -> list[targets.Counted]:
        """Return how much memory the product's files took, once they have been measured."""
        found = []
        if targets.CSV.number in rows:
            self._write("product-csv", FEW)
            growth = self._peaks["product-csv", self._rows] - self._peaks["product-csv", FEW]
            found.append(targets.CSV_MEMORY.counted(max(growth, 0.0)))
        if targets.XLSX.number in rows:
            found.append(targets.XLSX_MEMORY.counted(self._peaks["product-xlsx", self._rows]))
        return found

    def _pair(self, work: targets.Work, ending: str) -> Pair:
        return Pair(
            work=work,
            product=lambda _seconds: self._write(f"product-{ending}", self._rows),
            reference=lambda _seconds: self._write(f"reference-{ending}", self._rows),
        )

    def _write(self, case: str, count: int) -> float:
        """Write one file, remove it, keep the memory it took, and return its CPU milliseconds."""
        file = self._run / f"export-{case}"
        arguments = (case, str(count), str(self._database(count)), str(file))
        command = [sys.executable, "-m", "tests.bench.export_case", *arguments]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        file.unlink()
        told = json.loads(said)
        self._peaks[case, count] = max(told["peak_mb"], self._peaks.get((case, count), 0.0))
        return 1000 * float(told["cpu_seconds"])

    def _database(self, count: int) -> Path:
        return self._run / f"export-{count}.db"
