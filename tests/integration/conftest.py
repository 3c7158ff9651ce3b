"""A town: a world whose database is made once for all tests of a file. Each test founds groups of its own in it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db, limiter
from app.plugin_api import Plugin
from config import Config
from tests.support.compiled import compile_once
from tests.support.engines import STARTS_AT, settings_for
from tests.support.postgres import Database, Server
from tests.support.town import Town


@pytest.fixture(scope="module")
def town_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the folders of towns are made; a file of tests that needs another place says so by a fixture of this name."""
    return tmp_path_factory.mktemp("towns")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def town_settings(request: pytest.FixtureRequest, town_place: Path) -> Iterator[Config]:
    """Yield settings for one migrated database a file of tests: once on SQLite, once on PostgreSQL as the web role."""
    folder = Path(tempfile.mkdtemp(dir=town_place))
    if request.param == "sqlite":
        path = folder / "town.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield settings_for(folder, f"sqlite:///{path}")
        return
    server: Server = request.getfixturevalue("postgres_server")
    template: Database = request.getfixturevalue("postgres_template")
    with server.copy(template) as database:
        yield settings_for(folder, database.web_url, owner_url=database.owner_url)


@pytest.fixture(scope="module")
def town_plugins() -> list[Plugin] | None:
    """Return the plugins of the town; a file of tests that needs its own says so by a fixture of this name."""
    return None


@pytest.fixture(scope="module")
def town_app(town_settings: Config, town_plugins: list[Plugin] | None) -> Iterator[Flask]:
    """Yield the application of the town, with a clock that stands still; forms need no token."""
    made = create_app(town_settings, town_plugins, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    compile_once(made)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def town(town_app: Flask) -> Iterator[Town]:
    """Yield the town at the start of the day; found a group of a name of its own in it."""
    made = Town(town_app)
    made.clock.move_to(STARTS_AT)
    with town_app.app_context():
        limiter.reset()
    yield made
    made.close()
