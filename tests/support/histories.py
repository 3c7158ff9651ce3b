"""The histories of a database under test: moved up and down, looked at whole, and given a component of the test's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, text

from app.plugin_runtime import migrations
from app.plugin_runtime.migrations import Component
from config import Config

PROBE: Final = "probe"

_REVISION: Final = '''
"""{name}"""
import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = {before!r}
branch_labels = None
depends_on = None


def upgrade():
{body}


def downgrade():
    op.execute("DROP TABLE IF EXISTS probe_seat")
'''


@dataclass(frozen=True, kw_only=True)
class Histories:
    """A database with its components, as its owner sees it."""

    engine: Engine
    parts: Sequence[Component]
    settings: Config

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def part(self, name: str) -> Component:
        """Return the component of that name."""
        return next(part for part in self.parts if part.name == name)

    def up(self, parts: Sequence[Component] | None = None) -> list[str]:
        """Bring everything, or only `parts`, to its head."""
        return migrations.upgrade(self.engine, parts or self.parts, web_url=self.settings.database_url)

    def down(self, name: str, revision: str = "base") -> None:
        """Take one component back."""
        migrations.downgrade(self.engine, self.part(name), self.parts, revision)

    def at(self, parts: Sequence[Component] | None = None) -> dict[str, str]:
        """Return the revision that each component stands at."""
        return {line.component: line.at for line in migrations.status(self.engine, parts or self.parts)}

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has."""
        with self.engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            return {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}

    def execute(self, *statements: str) -> None:
        """Run statements in one transaction."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def value(self, query: str) -> object:
        """Return the one value that the query finds."""
        with self.engine.connect() as connection:
            return connection.execute(text(query)).scalar_one()


def probe(folder: Path, *bodies: str) -> Component:
    """Return a component whose history has one revision for each of `bodies`, the insides of `upgrade`."""
    before = None
    for number, body in enumerate(bodies, 1):
        name = f"probe_{number:04d}"
        indented = "\n".join(f"    {line}" for line in body.strip().splitlines())
        (folder / f"{name}.py").write_text(_REVISION.format(name=name, before=before, body=indented))
        before = name
    return Component(name=PROBE, versions=folder)
