"""`flask db`: bring the database to the code, show where it stands, take a component back."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, create_engine

from app.core.database import prepare_engine, transaction_mode
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config

db_commands = AppGroup("db", help="The database: upgrade, status, downgrade.")


@db_commands.command("upgrade")
def upgrade() -> None:
    """Bring core and every plugin to the newest tables."""
    settings: Config = current_app.extensions["givefirst.config"]
    with _owner_engine(settings) as engine:
        moved = migrations.upgrade(engine, _parts(), web_url=settings.database_url)
    for line in moved or ["Everything is up to date."]:
        click.echo(line)


@db_commands.command("status")
def status() -> None:
    """Show where every component stands; exit 1 where something is to be upgraded."""
    settings: Config = current_app.extensions["givefirst.config"]
    with transaction_mode("read"), _owner_engine(settings) as engine:
        lines = migrations.status(engine, _parts())
    for line in lines:
        if line.is_orphan:
            click.echo(f"{line.component}: orphan, its code is not installed; its tables stay as they are")
        else:
            click.echo(
                f"{line.component}: {line.at or 'nothing'}"
                + ("" if line.is_current else f" (newest: {line.head})")
            )
    if any(not line.is_current and not line.is_orphan for line in lines):
        raise click.ClickException("Run `flask --app wsgi db upgrade`.")


@db_commands.command("downgrade")
@click.argument("component")
@click.option(
    "--to", "revision", required=True, help="A revision of the component, or `base` to remove its tables."
)
@click.confirmation_option(
    prompt="Tables that the older code does not know are removed with their rows. Go on?"
)
def downgrade(component: str, revision: str) -> None:
    """Take one component back to an older revision."""
    settings: Config = current_app.extensions["givefirst.config"]
    parts = _parts()
    part = next((one for one in parts if one.name == component), None)
    if part is None:
        raise click.ClickException(
            f"No component is called {component!r}; there are: {', '.join(p.name for p in parts)}."
        )
    with _owner_engine(settings) as engine:
        migrations.downgrade(engine, part, parts, revision)
    click.echo(f"{component}: now at {revision}")


def _parts() -> list[migrations.Component]:
    return migrations.components(runtime().registry.plugins)


@contextmanager
def _owner_engine(settings: Config) -> Iterator[Engine]:
    engine = create_engine(settings.migration_database_url)
    prepare_engine(engine)
    try:
        yield engine
    finally:
        engine.dispose()
