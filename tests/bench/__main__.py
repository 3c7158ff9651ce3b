"""`python -m tests.bench`: the product beside its references, as a table and, with `--json`, as a file."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.bursts import Bursts
from tests.bench.exports import Exports
from tests.bench.on_postgresql import OnPostgresql
from tests.bench.on_writes import OnWrites
from tests.bench.page_weight import page_weights
from tests.bench.programs import pin_this_process
from tests.bench.rebuilds import Rebuilds
from tests.bench.report import counted_from, table, write_json
from tests.bench.rounds import Pair, measure
from tests.bench.seed import FOLDER, put_seeded_database
from tests.bench.setting import Setting
from tests.bench.statements import statements_of
from tests.bench.targets import (
    CREDIBILITY_REBUILD,
    CREDIBILITY_WRITE,
    CSV,
    PAGE_WEIGHT_ROW,
    ROWS,
    SIGN_IN_POSTGRESQL,
    STATEMENTS_ROW,
    XLSX,
    Counted,
)

ELSEWHERE = {
    *(work.number for work in (CSV, XLSX, SIGN_IN_POSTGRESQL, CREDIBILITY_WRITE, CREDIBILITY_REBUILD)),
}
"""Rows that are measured on no database, or on one of their own."""


def main(arguments: Sequence[str]) -> int:
    """Measure the rows that were asked for; return 1 where the machine cannot be measured on."""
    asked = _parse(arguments)
    if not Path("/proc/self/stat").exists():
        print("The bench reads CPU times from /proc; run it on Linux.", file=sys.stderr)
        return 1
    with _run_folder() as run, ExitStack() as programs:
        exports = Exports(run, asked.export_rows)
        setting = _setting(run, programs, asked)
        counted = _counted(setting, asked.only) if setting else []
        writes = OnWrites(run, programs)
        pin_this_process()
        measured = measure(
            [
                *_pairs(setting, OnPostgresql(run, programs, asked), exports, asked),
                *writes.pairs(asked.only),
                *Rebuilds(run).pairs(asked.only),
            ],
            rounds=asked.rounds,
            seconds=asked.secs,
            told=_tell,
        )
        counted += [*exports.memory(asked.only), *writes.counted()]
        if setting:
            setting.insist_that_all_was_written()
            counted += Bursts(setting, seconds=asked.secs, told=_tell).counted(asked.only)
    print(table(measured, counted))
    if asked.json:
        write_json(asked.json, measured, counted)
    return 0


def _setting(run: Path, programs: ExitStack, asked: argparse.Namespace) -> Setting | None:
    """Prepare the product's database, unless only what needs none, or has its own, is measured."""
    if set(asked.only) <= ELSEWHERE:
        return None
    _tell("Preparing the database and the sign-ins …")
    put_seeded_database(run, datetime.now(UTC).date())
    return Setting(run, programs)


def _pairs(
    setting: Setting | None, postgresql: OnPostgresql, exports: Exports, asked: argparse.Namespace
) -> list[Pair]:
    served = setting.pairs(asked.only, busy_seconds=asked.rounds * asked.secs) if setting else []
    return [*served, *postgresql.pairs(asked.only), *exports.pairs(asked.only)]


def _counted(setting: Setting, rows: tuple[int, ...]) -> list[Counted]:
    counted: list[Counted] = []
    if STATEMENTS_ROW in rows:
        president = setting.browsers.leaders[0]
        counted += counted_from(statements_of(setting.app, setting.browsers, president))
    if PAGE_WEIGHT_ROW in rows:
        counted += page_weights(setting.app, setting.browsers)
    return counted


@contextmanager
def _run_folder() -> Iterator[Path]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    run = Path(tempfile.mkdtemp(prefix="run-", dir=FOLDER))
    try:
        yield run
    finally:
        shutil.rmtree(run)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Measure the product beside its references."
    )
    parser.add_argument("--rounds", type=_positive, default=5, help="rounds; the median counts (default: 5)")
    parser.add_argument("--secs", type=_positive, default=3, help="seconds a program and round (default: 3)")
    parser.add_argument("--only", type=_rows, default=ROWS, help="rows, for instance 1,3 (default: all)")
    parser.add_argument(
        "--export-rows", type=_positive, default=1_000_000, help="rows of a file (default: 1,000,000)"
    )
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of at least 1")
    return number


def _rows(text: str) -> tuple[int, ...]:
    rows = tuple(int(part) for part in text.split(","))
    unknown = sorted(set(rows) - set(ROWS))
    if unknown:
        raise argparse.ArgumentTypeError(
            f"there is no row {unknown[0]}; there are {', '.join(map(str, ROWS))}"
        )
    return rows


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
