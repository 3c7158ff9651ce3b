"""Which plugins there are: the ones named in the settings, from the tree or installed as a wheel."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

from app.plugin_api import API_VERSION, Plugin

ENTRY_POINTS = "givefirst.plugins"


class UnknownPlugin(LookupError):
    """A name in the settings that no plugin answers to."""


class MisfitPlugin(ValueError):
    """A plugin that cannot run beside the others or in this house."""


def find_plugins(names: Sequence[str]) -> list[Plugin]:
    """Return the plugins called `names`, in the order in which each comes after those it requires.

    A name with a dot is a package of the tree whose `plugin` module holds `plugin`; another one is an entry
    point of the group `givefirst.plugins`. Raises `UnknownPlugin` or `MisfitPlugin` with one line that says what
    to do. A plugin that cannot be imported raises its own error: a feature that is missing without a word would
    be worse than a start that fails.
    """
    plugins = [_load(name) for name in names]
    _refuse_misfits(plugins)
    return _in_order(plugins)


def _load(name: str) -> Plugin:
    if "." in name:
        if not _is_in_the_tree(name):
            raise UnknownPlugin(f"There is no plugin {name!r} in the tree; check GIVEFIRST_PLUGINS.")
        found: type[Plugin] = import_module(f"{name}.plugin").plugin
        return found()
    installed = {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise UnknownPlugin(
            f"No plugin called {name!r} is installed (installed: {known}); check GIVEFIRST_PLUGINS."
        )
    loaded: type[Plugin] = installed[name].load()
    return loaded()


def _is_in_the_tree(name: str) -> bool:
    """Return whether there is a package of that name with a `plugin` module; it is not imported to find out."""
    try:
        return find_spec(f"{name}.plugin") is not None
    except ModuleNotFoundError as missing:
        if name.startswith(missing.name or name):
            return False
        raise  # the package is there and imports something that is not


def _refuse_misfits(plugins: Sequence[Plugin]) -> None:
    names = [plugin.manifest.name for plugin in plugins]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise MisfitPlugin(
            f"Two plugins share the name {', '.join(twice)}; name each once in GIVEFIRST_PLUGINS."
        )
    for plugin in plugins:
        manifest = plugin.manifest
        if manifest.api != API_VERSION:
            raise MisfitPlugin(
                f"Plugin {manifest.name} {manifest.version} is made for contract {manifest.api}, "
                f"this house offers {API_VERSION}; install a version of it that fits."
            )
        missing = sorted(set(manifest.requires) - set(names))
        if missing:
            raise MisfitPlugin(
                f"Plugin {manifest.name} requires {', '.join(missing)}; add it to GIVEFIRST_PLUGINS."
            )


def _in_order(plugins: Sequence[Plugin]) -> list[Plugin]:
    waiting, placed = list(plugins), list[Plugin]()
    while waiting:
        names_placed = {plugin.manifest.name for plugin in placed}
        ready = [plugin for plugin in waiting if set(plugin.manifest.requires) <= names_placed]
        if not ready:
            circle = ", ".join(plugin.manifest.name for plugin in waiting)
            raise MisfitPlugin(f"Plugins require one another in a circle: {circle}.")
        placed += ready
        waiting = [plugin for plugin in waiting if plugin not in ready]
    return placed
