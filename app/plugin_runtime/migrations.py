"""Bringing the database to the code: a history and a version table per component, core first, each in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, make_url, text

from app.core import sealing
from app.core.database import Base
from app.plugin_api import Plugin
from app.plugin_runtime.routing import package_folder

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

CORE = "core"
MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"
APPEND_ONLY = ("ledger_entry",)
"""Tables whose triggers refuse every change and removal; checked after every migration."""

_LOCK = 7_204_026_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something with a history: core, or a plugin. `versions` is the folder of its migrations."""

    name: str
    versions: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a component stands. `is_orphan` where the database knows it and the code does not."""

    component: str
    at: str
    head: str
    is_orphan: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the database is where the code is."""
        return self.at == self.head


def components(plugins: Sequence[Plugin]) -> list[Component]:
    """Return core and every plugin that has tables, in order."""
    found = [Component(name=CORE, versions=MIGRATIONS / "versions")]
    for plugin in plugins:
        if plugin.manifest.migrations:
            folder = package_folder(plugin) / plugin.manifest.migrations / "versions"
            found.append(Component(name=plugin.manifest.name, versions=folder))
    return found


def upgrade(engine: Engine, parts: Sequence[Component], *, web_url: str) -> list[str]:
    """Bring every component to its head and return what was moved; then check the triggers and grant the web role.

    One process at a time: another one waits.
    """
    from alembic import command  # noqa: PLC0415  # a command's need: the web server starts without it

    moved = []
    with _locked(engine) as connection:
        sealing.make_schema(connection)
        connection.commit()
        for part in parts:
            before = _at(connection, part.name)
            command.upgrade(_alembic(connection, part, parts), "head")
            after = _at(connection, part.name)
            if before != after:
                moved.append(f"{part.name}: {before or 'nothing'} → {after}")
        _refuse_missing_triggers(connection)
        _grant(connection, web_url)
    return moved


def downgrade(engine: Engine, part: Component, parts: Sequence[Component], revision: str) -> None:
    """Take one component back to `revision` (`base` removes its tables)."""
    from alembic import command  # noqa: PLC0415  # as above

    with _locked(engine) as connection:
        command.downgrade(_alembic(connection, part, parts), revision)
        if part.name != CORE or revision != "base":
            _refuse_missing_triggers(connection)


def status(engine: Engine, parts: Sequence[Component]) -> list[Status]:
    """Return where every component stands, and every history in the database whose code is gone."""
    with engine.connect() as connection:
        known = [
            Status(component=part.name, at=_at(connection, part.name), head=_head(connection, part, parts))
            for part in parts
        ]
        tables = inspect(connection).get_table_names()
        names = {part.name for part in parts}
        prefix = "alembic_version_"
        orphans = [
            Status(
                component=table.removeprefix(prefix),
                at=_at(connection, table.removeprefix(prefix)),
                head="",
                is_orphan=True,
            )
            for table in tables
            if table.startswith(prefix) and table.removeprefix(prefix) not in names
        ]
    return known + orphans


def has_revision(part: Component, revision: str) -> bool:
    """Return whether the component's code knows `revision`."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # as above

    history = ScriptDirectory(str(MIGRATIONS), version_locations=[str(part.versions)])
    return any(script.revision == revision for script in history.walk_revisions())


def owners_of_tables(parts: Sequence[Component]) -> dict[str, str]:
    """Return which component each table of the models belongs to: by its prefix a plugin's, else core's."""
    # Longest first: `lunch_club_seat` is of lunch_club, where there is a plugin called lunch too.
    plugins = sorted((part.name for part in parts if part.name != CORE), key=len, reverse=True)
    return {
        table: next((name for name in plugins if table.startswith(f"{name}_")), CORE)
        for table in Base.metadata.tables
    }


def _alembic(connection: Connection, part: Component, parts: Sequence[Component]) -> "AlembicConfig":
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(part.versions))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["component"] = part.name
    config.attributes["owner_of_table"] = owners_of_tables(parts)
    return config


def _at(connection: Connection, component: str) -> str:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415  # as above

    context = MigrationContext.configure(connection, opts={"version_table": f"alembic_version_{component}"})
    at = context.get_current_revision() or ""
    connection.rollback()
    return at


def _head(connection: Connection, part: Component, parts: Sequence[Component]) -> str:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # as above

    return ScriptDirectory.from_config(_alembic(connection, part, parts)).get_current_head() or ""


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if connection.dialect.name != "postgresql":
            yield connection
            return
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            connection.commit()


def _refuse_missing_triggers(connection: Connection) -> None:
    found = append_only_triggers(connection)
    connection.rollback()
    missing = [
        f"{table}_{act}"
        for table in APPEND_ONLY
        for act in ("no_update", "no_delete")
        if f"{table}_{act}" not in found
    ]
    if missing:
        raise RuntimeError(
            f"The migration lost the triggers {', '.join(missing)}; restore the back-up and report this."
        )


def append_only_triggers(connection: Connection) -> set[str]:
    """Return the names of the triggers that stand."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(connection.scalars(text(query)))


def _grant(connection: Connection, web_url: str) -> None:
    """Give the web role what it needs and no more; it owns nothing, adds to the ledger without changing it, and calls what is sealed."""
    if connection.dialect.name != "postgresql":
        return
    role = make_url(web_url).username or ""
    owner = connection.scalar(text("SELECT current_user"))
    if not role or role == owner:
        connection.rollback()
        return
    quoted = connection.dialect.identifier_preparer.quote(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}",
        *(f"REVOKE UPDATE, DELETE ON {table} FROM {quoted}" for table in APPEND_ONLY),
        *(
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {quoted}"
            for table in inspect(connection).get_table_names()
            if table.startswith("alembic_version_")
        ),
        *sealing.rights_of(quoted),
    ):
        connection.execute(text(statement))
    connection.commit()
