"""`flask plugins`: which there are and where they are on."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.cli.desk import at_the_desk
from app.core.groups.models import GroupRow, PluginSwitchRow
from app.plugin_runtime.runtime import runtime

plugins = AppGroup("plugins", help="Plugins: list.")


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
