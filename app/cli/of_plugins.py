"""`flask <plugin> …`: the commands that plugins bring, each plugin's under its own name."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Final

from click import Command
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from app.cli.desk import at_the_desk, group_called
from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugin_api import Plugin
from app.plugin_runtime.runtime import runtime

_OF_FLASK: Final = ("routes", "run", "shell")


class TheDesk:
    """The desk of the house, as plugins are handed it."""

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """Lend a unit of work for one command."""
        return at_the_desk()

    def group(self, work: UnitOfWork, slug: str) -> Group:
        """Return the group, or end the command."""
        return group_called(work, slug)


def add_plugin_commands(app: Flask) -> None:
    """Hang the commands of each plugin under `flask`; raise ValueError where two would go by one name."""
    taken = {*app.cli.commands, *_OF_FLASK}
    for plugin in runtime(app).registry.plugins:
        commands = plugin.commands(TheDesk())
        if commands:
            app.cli.add_command(_group_of(plugin, commands, taken))


def _group_of(plugin: Plugin, commands: Sequence[Command], taken: Collection[str]) -> AppGroup:
    name, title = plugin.manifest.name, plugin.manifest.title
    if name in taken:
        raise ValueError(
            f"The plugin {name} brings commands, and `flask {name}` is the house's own; choose another name."
        )
    names = [command.name or "" for command in commands]
    if twice := sorted({one for one in names if names.count(one) > 1}):
        raise ValueError(f"The plugin {name} brings two commands called {', '.join(twice)}.")
    # The group's own callback runs first: it opens the application's context for whichever command follows.
    made = AppGroup(name, help=f"{title}: {', '.join(names)}.", callback=with_appcontext(_open))
    for command in commands:
        made.add_command(command)
    return made


def _open() -> None:
    """Do nothing but run inside the application's context."""
