"""Proof: a back-up that was made while people wrote restores every row, in minutes, also at a gigabyte."""

import argparse
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.keeping.digest import TableDigest, differences
from app.core.keeping.house import Place, back_up, restore
from app.core.keeping.sqlite import verified
from tests.proofs.grown import grow

LONGEST_SECONDS = 600.0
"""The promise: a gigabyte there and back within ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What one drill measured."""

    bytes: int
    rows: int
    backed_up_seconds: float
    restored_seconds: float
    written_meanwhile: int
    differences: list[str]

    def __str__(self) -> str:
        return (
            f"{self.bytes / 1e6:.0f} MB, {self.rows} rows: backed up and tried out in {self.backed_up_seconds:.1f} s "
            f"while {self.written_meanwhile} writes were acknowledged, restored in {self.restored_seconds:.1f} s; "
            f"{len(self.differences)} tables differ"
        )


def drill(database: Path, instance: Path) -> Drill:
    """Back the database up while somebody writes, spoil it, restore it, and compare every row with the back-up's instant."""
    place = Place(url=f"sqlite:///{database}", instance=instance, revisions={"core": "as it is"})
    target = instance / "drill.givefirst-backup"
    size = database.stat().st_size
    with _somebody_writes(database) as written:
        started = time.monotonic()
        manifest = back_up(place, target, now=datetime(2026, 11, 24, tzinfo=UTC), tell=_silent)
        backed_up = time.monotonic() - started
    _spoil(database)
    started = time.monotonic()
    # Nothing worth keeping stands there now: the drill measures the restore, not another back-up.
    empty = Place(url=place.url, instance=instance, revisions={})
    restore(empty, target, now=datetime(2026, 11, 24, tzinfo=UTC), known=lambda *_: True, tell=_silent)
    restored = time.monotonic() - started
    return Drill(
        bytes=size,
        rows=manifest.rows,
        backed_up_seconds=backed_up,
        restored_seconds=restored,
        written_meanwhile=len(written),
        differences=differences(manifest.tables, _tables(database)),
    )


def main(arguments: list[str]) -> int:
    """Run the drill at the size asked for, after showing that it finds a row that was changed."""
    parser = argparse.ArgumentParser(prog="script/proof backup")
    parser.add_argument("--megabytes", type=int, default=1000)
    megabytes = parser.parse_args(arguments).megabytes
    with TemporaryDirectory(prefix="givefirst-proof-") as folder:
        instance = Path(folder)
        database = instance / "givefirst.db"
        _demo(instance)
        print(f"Growing the demo network to {megabytes} MB …", flush=True)
        copies = grow(database, bytes_wanted=megabytes * 1_000_000)
        print(f"{copies} copies of the largest group.", flush=True)
        found = drill(database, instance)
        print(found)
        caught = _finds_a_changed_row(database)
        print(f"a single changed letter is {'found' if caught else 'NOT found'} by the comparison")
    took = found.backed_up_seconds + found.restored_seconds
    holds = not found.differences and caught and took <= LONGEST_SECONDS
    print(f"{'holds' if holds else 'DOES NOT HOLD'}: {took:.1f} s of {LONGEST_SECONDS:.0f} s")
    return 0 if holds else 1


def _finds_a_changed_row(database: Path) -> bool:
    before = _tables(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE person SET name = name || '.' WHERE id = (SELECT max(id) FROM person)")
        connection.commit()
    return differences(before, _tables(database)) == ["the table person has other rows"]


def _tables(database: Path) -> Mapping[str, TableDigest]:
    return verified(database, _silent)


def _demo(instance: Path) -> None:
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    environment = {"GIVEFIRST_INSTANCE": str(instance), "PATH": "/usr/bin:/bin"}
    for command in (["db", "upgrade"], ["demo", "load"]):
        subprocess.run([*flask, *command], env=environment, check=True, capture_output=True)


@contextmanager
def _somebody_writes(database: Path) -> Iterator[list[int]]:
    """Add notices, one commit each, for the time of the block; yield the list that grows with every acknowledged one."""
    written: list[int] = []
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
            while not stop.wait(0.02):
                connection.execute(
                    "UPDATE person SET say_it = say_it WHERE id = (SELECT min(id) FROM person)"
                )
                connection.execute(
                    "INSERT INTO notice (group_id, id, member_id, kind, text, path, at_utc) "
                    "SELECT group_id, ?, id, 'proof', 'written meanwhile', '', '2026-11-24T00:00:00.000000Z' "
                    "FROM member LIMIT 1",
                    ((1 << 61) + len(written),),
                )
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        stop.set()
        writer.join()


def _spoil(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM notice")
        connection.execute("UPDATE member SET firm = 'spoilt'")
        connection.commit()


def _silent(_step: str, _done: int, _total: int) -> None:
    return None
