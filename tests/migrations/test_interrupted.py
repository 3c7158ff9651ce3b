"""A migration killed in the middle: is the database the old one or the new one, never something between?"""

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import create_engine, event

from app.core.database import prepare_engine
from app.plugin_runtime import migrations
from app.plugin_runtime.migrations import Component
from tests.support.histories import PROBE, Histories, probe

SEATS: Final = """
op.create_table("probe_seat", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("trade", sa.Text()))
op.execute("INSERT INTO probe_seat VALUES (1, 'baker'), (2, 'florist')")
"""
REBUILT: Final = """
op.create_table("probe_row", sa.Column("id", sa.Integer(), primary_key=True))
with op.batch_alter_table("probe_seat", recreate="auto") as batch:
    batch.add_column(sa.Column("row", sa.Integer()))
    batch.create_index("ix_probe_seat_trade", ["trade"])
op.execute("UPDATE probe_seat SET row = id * 10")
op.execute("DELETE FROM probe_seat WHERE id = 2")
"""


NEVER: Final = -1


def upgraded_until(histories: Histories, parts: Sequence[Component], statement: int) -> bool:
    """Upgrade in a process of its own that is killed before its so-manieth statement; return whether it lived."""
    return _is_well(_begun(histories, parts, statement))


def _is_well(process: int) -> bool:
    return os.waitpid(process, 0)[1] == 0


def _begun(histories: Histories, parts: Sequence[Component], statement: int) -> int:
    """Begin an upgrade and return the number of its process, which is killed before that statement."""
    child = os.fork()
    if child:
        return child
    try:
        engine = create_engine(histories.settings.migration_database_url)
        prepare_engine(engine)
        done = 0

        def kill_when_due(*_event: Any) -> None:
            nonlocal done
            if done == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

        event.listen(engine, "before_cursor_execute", kill_when_due)
        event.listen(engine, "commit", kill_when_due)
        migrations.upgrade(engine, parts, web_url=histories.settings.database_url)
    except BaseException:  # noqa: BLE001  # whatever happens, the copy of the test run must not go on
        os._exit(3)
    os._exit(0)


def state(histories: Histories, parts: Sequence[Component]) -> tuple[dict[str, str], dict[str, int]]:
    """Return where every component stands and how many rows each table has; a version table without one does not count."""
    at = histories.at(parts)
    empty_versions = {f"alembic_version_{name}" for name, revision in at.items() if not revision}
    return at, {table: count for table, count in histories.rows().items() if table not in empty_versions}


def test_history_killed_at_each_statement_is_old_or_new(empty: Histories, tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    parts = [probe(folder, SEATS, REBUILT)]
    old = state(empty, parts)
    kills = 0
    while state(empty, parts) == old:
        survived = upgraded_until(empty, [*parts], kills)
        kills += 1
        assert kills < 200, "it never came to its end"
        if survived:
            break
    assert kills > 12, "each statement was tried"
    with pytest.raises(RuntimeError, match="lost the triggers"):
        empty.up(parts)  # this database has no ledger, which is told, after the history is whole
    assert state(empty, parts)[0] == {PROBE: "probe_0002"}
    assert empty.value("SELECT count(*) FROM probe_seat WHERE row = 10") == 1
    assert empty.value("SELECT count(*) FROM probe_seat") == 1


def test_real_histories_killed_here_and_there_are_old_or_new_one_by_one(empty: Histories) -> None:
    parts = list(empty.parts)
    at_statement = 1
    while not upgraded_until(empty, parts, at_statement):
        now, _rows = state(empty, parts)
        for part in parts:
            tables = {
                name for name, owner in migrations.owners_of_tables(parts).items() if owner == part.name
            }
            there = tables & set(empty.rows())
            assert there == (tables if now[part.name] else set()), f"{part.name} is half there"
        at_statement += 5
        assert at_statement < 500, "it never came to its end"
    assert at_statement > 50, "several kills a component"
    assert empty.up() == []
    assert all(line.is_current for line in migrations.status(empty.engine, parts))


def test_processes_that_upgrade_at_the_same_moment_do_it_once(empty: Histories) -> None:
    processes = [_begun(empty, empty.parts, NEVER) for _ in range(3)]
    assert [_is_well(process) for process in processes] == [True] * 3
    assert all(line.is_current for line in migrations.status(empty.engine, empty.parts))
    assert empty.value("SELECT count(*) FROM ledger_head") == 1
    assert empty.up() == []
