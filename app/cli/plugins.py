"""`flask plugins`: which there are, where they are on, and taking one away."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.cli.desk import at_the_desk
from app.cli.owner import owner_engine
from app.core.groups.models import GroupRow, PluginSwitchRow
from app.core.groups.services import switch_plugin
from app.core.ids import NETWORK, GroupId
from app.core.keeping.events import PluginPurged
from app.core.keeping.purge import drop, export, leftovers_of
from app.core.work import Actor
from app.plugin_runtime.runtime import runtime
from config import Config

plugins = AppGroup("plugins", help="Plugins: list, remove.")


@plugins.command("list")
def list_plugins() -> None:
    """List every plugin with its version and the groups in which it is on."""
    with at_the_desk() as work:
        query = (
            select(PluginSwitchRow.plugin, GroupRow.slug)
            .join(GroupRow, GroupRow.id == PluginSwitchRow.group_id)
            .where(PluginSwitchRow.is_on.is_(True))
            .order_by(GroupRow.slug)
        )
        on: dict[str, list[str]] = {}
        for name, slug in work.session.execute(query):
            on.setdefault(name, []).append(slug)
    for plugin in runtime().registry.plugins:
        manifest = plugin.manifest
        where = ", ".join(on.get(manifest.name, [])) or "no group"
        click.echo(f"{manifest.name} {manifest.version}: {manifest.summary} On in: {where}.")


@plugins.command("remove")
@click.argument("name")
@click.option("--purge", is_flag=True, help="Export what it kept into a file, then remove its tables.")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of the export; by default one in the instance folder's `exports`.",
)
@click.confirmation_option(prompt="The plugin is taken away from every group. Go on?")
def remove(name: str, *, purge: bool, target: Path | None) -> None:
    """Take a plugin away: switched off everywhere, or, once it is no longer in use, with everything it kept."""
    is_loaded = name in runtime().registry.by_name
    if purge and is_loaded:
        raise click.ClickException(
            f"{name} is in use. Leave it out of GIVEFIRST_PLUGINS (or uninstall it) first, then purge it. "
            "Nothing was changed."
        )
    if purge:
        _purge(name, target)
        return
    if not is_loaded:
        raise click.ClickException(
            f"No plugin is called {name!r}; `flask --app wsgi plugins list` shows them all."
        )
    _switch_off_everywhere(name)
    click.echo(
        f"{name} is off in every group; what it kept stays. Leave it out of GIVEFIRST_PLUGINS and start again to "
        f"unload it; `plugins remove {name} --purge` then exports and removes what it kept."
    )


def _switch_off_everywhere(name: str) -> None:
    needing = [p.manifest.name for p in runtime().registry.plugins if name in p.manifest.requires]
    if needing:
        raise click.ClickException(
            f"{', '.join(needing)} needs {name}; remove that first. Nothing was changed."
        )
    with at_the_desk() as work:
        query = select(PluginSwitchRow.group_id).where(
            PluginSwitchRow.plugin == name, PluginSwitchRow.is_on.is_(True)
        )
        for group_id in work.session.scalars(query).all():
            switch_plugin(work, group_id=GroupId(group_id), plugin=name, is_on=False)
        work.commit()


def _purge(name: str, target: Path | None) -> None:
    settings: Config = current_app.extensions["givefirst.config"]
    now = runtime().clock.now()
    path = (target or settings.instance / "exports" / f"{name}-{now:%Y%m%dT%H%M%S}.zip").resolve()
    if path.exists():
        raise click.ClickException(f"{path} is there already; choose another name. Nothing was changed.")
    others = [plugin.manifest.name for plugin in runtime().registry.plugins]
    # One transaction of the role that owns the tables: the export stands, the tables are gone and the ledger says so.
    with owner_engine() as engine, Session(engine) as session:
        work = runtime().work(session, Actor(name="command"))
        found = leftovers_of(session.connection(), name, others)
        if found.is_empty:
            raise click.ClickException(f"The database holds nothing of a plugin called {name!r}.")
        rows = export(session.connection(), found, path)
        drop(session.connection(), found)
        session.execute(delete(PluginSwitchRow).where(PluginSwitchRow.plugin == name))
        work.record(PluginPurged(group_id=NETWORK, plugin=name, rows=rows))
        work.commit()
    click.echo(f"{path}: {rows} rows of {len(found.tables)} tables.")
    click.echo(
        f"Everything that {name} kept is removed from the database; the ledger keeps that it happened."
    )
