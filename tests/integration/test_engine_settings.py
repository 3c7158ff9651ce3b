"""Are the settings that keep data safe really in force on SQLite, and may the web role of PostgreSQL do no more than it must?"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text

from app.core.database import SQLITE_SETTINGS, prepare_engine
from tests.support.postgres import Database, Server, conninfo


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    prepare_engine(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("setting", SQLITE_SETTINGS, ids=lambda setting: str(setting[0]))
def test_setting_is_in_force_on_every_connection(engine: Engine, setting: tuple[str, str, str]) -> None:
    name, _value, expected = setting
    reading = engine.execution_options(givefirst_transaction="read")
    with reading.connect() as first, reading.connect() as second, reading.connect() as third:
        found = [str(one.scalar(text(f"PRAGMA {name}"))) for one in (first, second, third)]
    assert found == [expected] * 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("secure_delete", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
    ],
)
def test_settings_are_those_that_were_measured_to_be_safe(name: str, value: str) -> None:
    assert {setting: expected for setting, _set_to, expected in SQLITE_SETTINGS}[name] == value


def test_sqlite_that_refuses_a_setting_is_not_used(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.database.SQLITE_SETTINGS", (("journal_mode", "WAL", "delete"),))
    with pytest.raises(RuntimeError, match="SQLite refused PRAGMA journal_mode=WAL: it reads back wal"):
        engine.connect()


@pytest.fixture(scope="module")
def database(postgres_server: Server, postgres_template: Database) -> Iterator[Database]:
    with postgres_server.copy(postgres_template) as copy:
        yield copy


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE person ADD COLUMN mine int",
        "DROP TABLE submission",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_entry_no_update ON ledger_entry",
        "DROP FUNCTION ledger_is_append_only() CASCADE",
        "SET session_replication_role = replica",
        "UPDATE ledger_entry SET actor = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "UPDATE alembic_version_core SET version_num = 'x'",
        "DELETE FROM alembic_version_core",
        "CREATE ROLE thief LOGIN",
        "SELECT * FROM pg_authid",
    ],
)
def test_web_role_may_not(database: Database, statement: str) -> None:
    with psycopg.connect(conninfo(database.web_url)) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        connection.rollback()


@pytest.mark.postgres
def test_web_role_owns_nothing_and_does_its_work(database: Database) -> None:
    with psycopg.connect(conninfo(database.web_url)) as connection:
        owned = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
        assert connection.execute(owned).fetchone() == (0,)
        may = "SELECT bool_and(has_table_privilege(oid, 'SELECT')) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        assert connection.execute(may).fetchone() == (True,)
        connection.execute("INSERT INTO ledger_head (group_id, sequence, pulse, hash) VALUES (-1, 0, 0, '')")
        connection.rollback()
