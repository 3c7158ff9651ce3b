"""Traps of migrating: children deleted by batch mode, triggers dropped by it, and a web role that is left without rights."""

from pathlib import Path

import psycopg
import pytest

from app.plugin_runtime import migrations
from tests.support.histories import PROBE, Histories, probe
from tests.support.postgres import conninfo

TWO_PEOPLE = (
    "INSERT INTO person (id, public_id, given_name, family_name, family_first, name, sort_name, say_it, language,"
    " created_at_utc) VALUES (1, 'a', 'Ana', '', false, 'Ana', 'ana', '', 'en', '2026-11-24T06:00:00.000000Z'),"
    " (2, 'b', 'Rui', '', false, 'Rui', 'rui', '', 'en', '2026-11-24T06:00:00.000000Z')"
)
THEIR_ACCOUNTS = (
    "INSERT INTO account (id, person_id, email, is_site_admin, created_at_utc) VALUES"
    " (1, 1, 'ana@x.example', false, '2026-11-24T06:00:00.000000Z'),"
    " (2, 2, 'rui@x.example', false, '2026-11-24T06:00:00.000000Z')"
)

WIDEN_PARENT = """
with op.batch_alter_table("person", recreate="always") as batch:
    batch.add_column(sa.Column("shoe_size", sa.Integer()))
"""
LOSE_PARENTS = """
op.create_table("probe_seat", sa.Column("id", sa.Integer(), primary_key=True))
op.execute("DELETE FROM person")
"""
REBUILD_LEDGER = """
with op.batch_alter_table("ledger_entry", recreate="always") as batch:
    batch.alter_column("kind", type_=sa.String(100))
"""


def with_people(histories: Histories) -> Histories:
    histories.execute(TWO_PEOPLE, THEIR_ACCOUNTS)
    return histories


def test_batch_mode_keeps_the_children_of_a_table_that_it_rebuilds(
    on_sqlite: Histories, tmp_path: Path
) -> None:
    with_people(on_sqlite)
    on_sqlite.up([*on_sqlite.parts, probe(tmp_path, WIDEN_PARENT)])
    assert (on_sqlite.rows()["person"], on_sqlite.rows()["account"]) == (2, 2)
    assert on_sqlite.value("SELECT count(shoe_size) FROM person") == 0
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        on_sqlite.execute("DELETE FROM person")


@pytest.mark.parametrize("earlier", [(), ("op.create_table('probe_chair', sa.Column('id', sa.Integer()))",)])
def test_migration_that_would_leave_orphans_changes_nothing(
    on_sqlite: Histories, tmp_path: Path, earlier: tuple[str, ...]
) -> None:
    before = with_people(on_sqlite).rows()
    parts = [*on_sqlite.parts, probe(tmp_path, *earlier, LOSE_PARENTS)]
    with pytest.raises(RuntimeError, match="rows without their parents"):
        on_sqlite.up(parts)
    assert on_sqlite.rows() == before
    assert on_sqlite.at(parts)[PROBE] == ""


def test_foreign_keys_are_on_again_after_a_migration_whether_it_went_well_or_not(
    on_sqlite: Histories, tmp_path: Path
) -> None:
    with_people(on_sqlite)
    (tmp_path / "good").mkdir()
    (tmp_path / "bad").mkdir()
    on_sqlite.up([*on_sqlite.parts, probe(tmp_path / "good", WIDEN_PARENT)])
    assert on_sqlite.value("PRAGMA foreign_keys") == 1
    with pytest.raises(RuntimeError, match="rows without their parents"):
        on_sqlite.up([*on_sqlite.parts, probe(tmp_path / "bad", WIDEN_PARENT, LOSE_PARENTS)])
    assert on_sqlite.value("PRAGMA foreign_keys") == 1
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        on_sqlite.execute("DELETE FROM person")


@pytest.mark.postgres
def test_orphans_are_refused_by_postgresql_itself(on_postgresql: Histories, tmp_path: Path) -> None:
    before = with_people(on_postgresql).rows()
    with pytest.raises(Exception, match="violates foreign key constraint"):
        on_postgresql.up([*on_postgresql.parts, probe(tmp_path, LOSE_PARENTS)])
    assert on_postgresql.rows() == before


def test_migration_that_loses_the_ledgers_triggers_is_told_at_once(
    on_sqlite: Histories, tmp_path: Path
) -> None:
    with pytest.raises(
        RuntimeError, match=r"lost the triggers ledger_entry_no_update, ledger_entry_no_delete"
    ):
        on_sqlite.up([*on_sqlite.parts, probe(tmp_path, REBUILD_LEDGER)])


def test_triggers_stand_after_every_history_went_up_and_down(histories: Histories) -> None:
    for part in reversed(histories.parts[1:]):
        histories.down(part.name)
    histories.up()
    with histories.engine.connect() as connection:
        standing = migrations.append_only_triggers(connection)
    assert {"ledger_entry_no_update", "ledger_entry_no_delete"} <= standing


def test_trigger_that_somebody_dropped_is_told_at_the_next_upgrade(histories: Histories) -> None:
    histories.execute(
        f"DROP TRIGGER ledger_entry_no_delete{'' if histories.is_sqlite else ' ON ledger_entry'}"
    )
    with pytest.raises(RuntimeError, match="lost the triggers ledger_entry_no_delete"):
        histories.up()


@pytest.mark.postgres
def test_web_role_may_use_tables_that_a_later_migration_made(
    on_postgresql: Histories, tmp_path: Path
) -> None:
    seats = "op.create_table('probe_seat', sa.Column('id', sa.Integer()))"
    on_postgresql.up([*on_postgresql.parts, probe(tmp_path, seats)])
    with psycopg.connect(conninfo(on_postgresql.settings.database_url)) as connection:
        connection.execute("INSERT INTO probe_seat VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO alembic_version_probe VALUES ('x')")
