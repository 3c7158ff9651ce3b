"""Looks at and alters a database as the role that owns it: on PostgreSQL the web role reaches no sealed table."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection, create_engine

from app.core.sealing import prepare_owner_engine
from config import Config


@contextmanager
def as_owner(app: Flask) -> Iterator[Connection]:
    """Lend a connection of the owner in a transaction that is committed at the end of the block."""
    settings: Config = app.extensions["givefirst.config"]
    engine = create_engine(settings.migration_database_url)
    prepare_owner_engine(engine)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
