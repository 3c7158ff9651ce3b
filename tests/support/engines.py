"""Which settings do tests run with, and how does a database come to be migrated as in earnest?"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from app import create_app
from app.core.sealing import prepare_owner_engine
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import PLUGINS, Config

STARTS_AT: Final = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""The present of every test: a Tuesday, an hour before the harbour's meeting."""

BASE_URL: Final = "http://localhost"


def settings_for(
    folder: Path, database_url: str, *, owner_url: str = "", base_url: str = BASE_URL, mail_url: str = ""
) -> Config:
    """Return settings for a database; `owner_url` migrates where the web role may not."""
    return Config(
        instance=folder,
        database_url=database_url,
        migration_database_url=owner_url or database_url,
        secret_key="only-for-tests-" + "0" * 32,
        base_url=base_url,
        trusted_hosts=("localhost", "127.0.0.1"),
        mail_url=mail_url,
        plugins=PLUGINS,
    )


def migrated_by_owner(settings: Config) -> None:
    """Bring the database of `settings` to the newest tables, as its owner, and leave nobody connected."""
    engine = create_engine(settings.migration_database_url)
    prepare_owner_engine(engine)
    parts = migrations.components(runtime(create_app(settings, testing=True)).registry.plugins)
    migrations.upgrade(engine, parts, web_url=settings.database_url)
    engine.dispose()


def copy_on_sqlite(template: Path, folder: Path) -> Config:
    """Return settings for a copy of a migrated SQLite file in the folder."""
    path = folder / "test.db"
    shutil.copyfile(template, path)
    return settings_for(folder, f"sqlite:///{path}")
