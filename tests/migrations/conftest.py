"""Databases for tests of migrations: seen as their owner sees them, once on SQLite, once on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app.core.sealing import prepare_owner_engine
from app.plugin_runtime import migrations
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS, Config
from tests.support.engines import settings_for
from tests.support.histories import Histories
from tests.support.postgres import Database, Server

PARTS = migrations.components(find_plugins(PLUGINS))


@pytest.fixture
def histories(settings: Config) -> Iterator[Histories]:
    """Yield a migrated database of one test."""
    yield from _seen_by_its_owner(settings)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Histories]:
    """Yield a database without a single table."""
    if request.param == "sqlite":
        yield from _seen_by_its_owner(settings_for(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}"))
        return
    server: Server = request.getfixturevalue("postgres_server")
    database = server.create_template(lambda _database: None)
    yield from _seen_by_its_owner(settings_for(tmp_path, database.web_url, owner_url=database.owner_url))
    server.drop(database)


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Histories]:
    """Yield a migrated SQLite database, for what concerns SQLite alone."""
    path = tmp_path / "test.db"
    shutil.copyfile(sqlite_template, path)
    yield from _seen_by_its_owner(settings_for(tmp_path, f"sqlite:///{path}"))


@pytest.fixture
def on_postgresql(
    postgres_server: Server, postgres_template: Database, tmp_path: Path
) -> Iterator[Histories]:
    """Yield a migrated PostgreSQL database, for what concerns PostgreSQL alone."""
    with postgres_server.copy(postgres_template) as database:
        yield from _seen_by_its_owner(settings_for(tmp_path, database.web_url, owner_url=database.owner_url))


def _seen_by_its_owner(settings: Config) -> Iterator[Histories]:
    engine = create_engine(settings.migration_database_url)
    prepare_owner_engine(engine)
    yield Histories(engine=engine, parts=PARTS, settings=settings)
    engine.dispose()
