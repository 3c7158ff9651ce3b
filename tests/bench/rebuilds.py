"""Row 15: how much work is a rebuild of a group's records, beside the shortest program that makes the same ones?"""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import targets
from tests.bench.programs import ROOT
from tests.bench.references.rebuilding import records
from tests.bench.rounds import Pair
from tests.bench.seed import database_in, put_seeded_database

CASES = ("product", "reference")


class Rebuilds:
    """Two copies of the same groups in the folder `run`, whose records are lost and made anew in each round."""

    def __init__(self, run: Path) -> None:
        self._run = run

    def pairs(self, rows: tuple[int, ...]) -> list[Pair]:
        """Return the row's pair, if it is asked for."""
        if targets.CREDIBILITY_REBUILD.number not in rows:
            return []
        for case in CASES:
            self._folder(case).mkdir()
            put_seeded_database(self._folder(case), datetime.now(UTC).date())
        ours, theirs = CASES
        return [
            Pair(
                work=targets.CREDIBILITY_REBUILD,
                product=lambda _seconds: self._measured(ours, beside=theirs),
                reference=lambda _seconds: self._measured(theirs),
            )
        ]

    def _measured(self, case: str, *, beside: str = "") -> float:
        """Return the CPU milliseconds a group; raise where the records are not those of the other copy, bit for bit."""
        command = [sys.executable, "-m", "tests.bench.rebuild_case", case, str(self._folder(case))]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        told = json.loads(said.splitlines()[-1])
        if beside and self._records(case) != self._records(beside):
            raise RuntimeError("The product and the reference made other records of the same reports.")
        return 1000 * float(told["cpu_seconds"]) / int(told["groups"])

    def _records(self, case: str) -> list[tuple[object, ...]]:
        """Return every row, doubles to their last bit."""
        with closing(sqlite3.connect(database_in(self._folder(case)))) as connection:
            return [
                tuple(one.hex() if isinstance(one, float) else one for one in row)
                for row in records(connection)
            ]

    def _folder(self, case: str) -> Path:
        return self._run / f"rebuild-{case}"
