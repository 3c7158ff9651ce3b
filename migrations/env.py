"""Alembic's environment, one for all components: core and every plugin bring a history and a version table of their own.

Run by `app.plugin_runtime.migrations`, which passes the connection and the component in `config.attributes`.
"""

from alembic import context
from sqlalchemy import Connection, text

from app.core.database import Base


def run() -> None:
    """Run the asked-for steps of one component in one transaction: after a crash the old or the new, never between."""
    connection: Connection = context.config.attributes["connection"]
    component: str = context.config.attributes["component"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=f"alembic_version_{component}",
        include_name=lambda name, kind, _parents: kind != "table" or _belongs(name or "", component),
        include_object=lambda _found, name, kind, *_: kind != "table" or _belongs(name or "", component),
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=False,
        # Alembic takes SQLite for a database without it, because its driver's defaults are; ours begins explicitly.
        # Without this, each step commits by itself and the check for orphans comes too late.
        transactional_ddl=True,
    )
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # Batch mode drops and renames tables; with foreign keys on, that deletes children silently, and the
        # PRAGMA does nothing once a transaction is open.
        _pragma(connection, "foreign_keys=OFF")
    try:
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                _refuse_orphans(connection)
    finally:
        if is_sqlite:
            _pragma(connection, "foreign_keys=ON")


def _belongs(table: str, component: str) -> bool:
    owner: dict[str, str] = context.config.attributes["owner_of_table"]
    return owner.get(table, "") == component


def _pragma(connection: Connection, setting: str) -> None:
    driver = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA {setting}")  # type: ignore[union-attr]  # sqlite3's connection has execute


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if orphans:
        raise RuntimeError(
            f"The migration would leave rows without their parents: {orphans[:5]}; nothing was changed."
        )


run()
