"""Commands of plugins: under the plugin's own name, inside the application's context, and never in place of another."""

from collections.abc import Sequence

import click
import pytest
from click import Command
from flask import Flask, current_app
from flask.cli import AppGroup

from app.cli.of_plugins import add_plugin_commands
from app.plugin_api import Desk
from app.plugin_runtime.runtime import EXTENSION
from tests.support.plugins import MadePlugin, manifest


class WithCommands(MadePlugin):
    """A plugin that brings what the test says."""

    def __init__(self, name: str, *brought: Command) -> None:
        super().__init__(manifest(name))
        self._brought = brought

    def commands(self, desk: Desk) -> Sequence[Command]:
        return self._brought


class Held:
    """As much of a running application as the commands are mounted from."""

    def __init__(self, *plugins: MadePlugin) -> None:
        self.registry = self
        self.plugins = plugins


def house(*plugins: MadePlugin) -> Flask:
    app = Flask("house")
    app.extensions[EXTENSION] = Held(*plugins)
    app.cli.add_command(AppGroup("jobs"))
    add_plugin_commands(app)
    return app


def command(name: str) -> Command:
    @click.command(name)
    def run() -> None:
        """Say in which application it runs."""
        click.echo(f"{name} in {current_app.name}")

    return run


def test_commands_stand_under_the_name_of_their_plugin() -> None:
    runner = house(WithCommands("tea", command("pour"), command("brew"))).test_cli_runner()
    assert runner.invoke(args=["tea", "pour"]).output == "pour in house\n"
    assert "Tea: pour, brew." in runner.invoke(args=["tea", "--help"]).output
    assert runner.invoke(args=["tea", "spill"]).exit_code == 2


def test_plugin_without_commands_has_no_group_and_may_go_by_any_name() -> None:
    assert list(house(WithCommands("jobs"), WithCommands("jam")).cli.commands) == ["jobs"]


@pytest.mark.parametrize("name", ["jobs", "run", "shell", "routes"])
def test_plugin_with_the_name_of_a_command_of_the_house_stops_the_start(name: str) -> None:
    with pytest.raises(ValueError, match=f"`flask {name}` is the house's own"):
        house(WithCommands(name, command("pour")))


def test_two_commands_of_one_name_stop_the_start() -> None:
    with pytest.raises(ValueError, match="two commands called pour"):
        house(WithCommands("tea", command("pour"), command("pour"), command("brew")))


def test_fault_in_the_hook_stops_the_start() -> None:
    class Faulty(MadePlugin):
        def commands(self, desk: Desk) -> Sequence[Command]:
            raise RuntimeError("a fault in the plugin")

    with pytest.raises(RuntimeError, match="a fault in the plugin"):
        house(Faulty(manifest("tea")))
