"""`flask db`: bring the database to the code, show where it stands, take a component back."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.keeping import back_up_before_upgrade
from app.cli.owner import owner_engine, parts_of_house
from app.core.database import transaction_mode
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config

db_commands = AppGroup("db", help="The database: upgrade, status, downgrade.")


@db_commands.command("upgrade")
@click.option(
    "--no-backup", is_flag=True, help="Do not back up first; only where you have a back-up of your own."
)
def upgrade(*, no_backup: bool) -> None:
    """Bring core and every plugin to the newest tables; a house with data in it is backed up before."""
    settings: Config = current_app.extensions["givefirst.config"]
    with owner_engine() as engine:
        saved = None if no_backup else back_up_before_upgrade(engine, runtime().clock.now())
        if saved is not None:
            click.echo(f"Backed up before the upgrade: {saved}")
        moved = migrations.upgrade(engine, parts_of_house(), web_url=settings.database_url)
    for line in moved or ["Everything is up to date."]:
        click.echo(line)


@db_commands.command("status")
def status() -> None:
    """Show where every component stands; exit 1 where something is to be upgraded."""
    with transaction_mode("read"), owner_engine() as engine:
        lines = migrations.status(engine, parts_of_house())
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
    parts = parts_of_house()
    part = next((one for one in parts if one.name == component), None)
    if part is None:
        raise click.ClickException(
            f"No component is called {component!r}; there are: {', '.join(p.name for p in parts)}."
        )
    with owner_engine() as engine:
        migrations.downgrade(engine, part, parts, revision)
    click.echo(f"{component}: now at {revision}")
