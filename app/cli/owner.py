"""The database as its owner sees it: for commands that change or copy the tables themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Engine, create_engine

from app.core.database import ENGINE_OPTIONS
from app.core.sealing import prepare_owner_engine
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config


def parts_of_house() -> list[migrations.Component]:
    """Return core and every plugin that has tables."""
    return migrations.components(runtime().registry.plugins)


@contextmanager
def owner_engine() -> Iterator[Engine]:
    """Lend an engine of the role that owns the tables."""
    settings: Config = current_app.extensions["givefirst.config"]
    engine = create_engine(settings.migration_database_url, **ENGINE_OPTIONS)
    prepare_owner_engine(engine)
    try:
        yield engine
    finally:
        engine.dispose()
