"""The fixtures every test may use: a migrated database on each engine, and a small world to put people into."""

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db, limiter
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config
from tests.support.compiled import compile_once
from tests.support.engines import STARTS_AT, copy_on_sqlite, migrated_by_owner, settings_for
from tests.support.memory import roomy_memory
from tests.support.missing import skip_or_fail
from tests.support.postgres import Database, NoPostgresError, Server, running_server
from tests.support.world import World

ENGINES = ("sqlite", "postgresql")

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile(
    "untimed"
)  # how long an example takes says how busy the machine is, not whether the rule holds


def pytest_configure() -> None:
    """Keep the folders of tests in memory where there is room and nobody named a place; pytest asks when the first is made."""
    memory = roomy_memory()
    if memory is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_finish() -> None:
    """Spare the collector what was imported and collected, which stays to the end: a third of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Replace pytest-flask's fixture: under its one request context two clients would share one signed-in user."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("sqlite-template")
    path = folder / "template.db"
    migrated_by_owner(settings_for(folder, f"sqlite:///{path}"))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Lend a real PostgreSQL for the whole run; skip, or fail in CI, where there is none."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except NoPostgresError as fault:
            skip_or_fail(str(fault))
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return a PostgreSQL database migrated by its owner and granted to the web role, copied for each test."""
    folder = tmp_path_factory.mktemp("postgres-template")
    return postgres_server.create_template(
        lambda database: migrated_by_owner(
            settings_for(folder, database.web_url, owner_url=database.owner_url)
        )
    )


@pytest.fixture(params=[ENGINES[0], pytest.param(ENGINES[1], marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Yield settings for a fresh migrated database: once on SQLite, once on PostgreSQL as the web role."""
    if request.param == "sqlite":
        yield copy_on_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: Server = request.getfixturevalue("postgres_server")
    template: Database = request.getfixturevalue("postgres_template")
    with server.copy(template) as database:
        yield settings_for(tmp_path, database.web_url, owner_url=database.owner_url)


@pytest.fixture
def app(settings: Config) -> Iterator[Flask]:
    """Yield an application on the test's own database, with a clock that stands still; forms need no token."""
    made = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    compile_once(made)
    with made.app_context():
        limiter.reset()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    """Yield a small world: groups, members, meetings, clients, on the test's own database."""
    made = World(app)
    yield made
    made.close()


@pytest.fixture
def parts(app: Flask) -> list[migrations.Component]:
    """Return core and the plugins of the application, with their histories."""
    return migrations.components(runtime(app).registry.plugins)
