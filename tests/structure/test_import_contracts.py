"""The contracts on imports reach every package there is: a new one that no contract names would be free to do anything."""

import tomllib
from fnmatch import fnmatchcase
from typing import Any

import pytest

from tests.support.source import ROOT

OF_EVERY_PLUGIN = {
    "plugins-meet-in-interfaces": ("modules", "app.plugins.{}"),
    "rooms": ("containers", "app.plugins.{}"),
    "nobody-imports-a-plugin": ("forbidden_modules", "app.plugins.{}.services"),
    "pure-rules": ("source_modules", "app.plugins.{}.domain"),
}
"""Which list of which contract must name something of each plugin."""


def contracts() -> dict[str, dict[str, Any]]:
    """Return the contracts of the project by their ids."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}


def packages(folder: str) -> list[str]:
    """Return the packages and modules that lie in `folder`."""
    lying = (ROOT / folder).iterdir()
    found = [path for path in lying if path.suffix == ".py" or (path / "__init__.py").exists()]
    holding = [path for path in (ROOT / folder).iterdir() if path.is_dir() and any(path.glob("*/plugin.py"))]
    return sorted({path.stem for path in [*found, *holding]} - {"__init__"})


def names(pattern: str, module: str) -> bool:
    """Return whether a contract's pattern reaches `module`: `*` is one part of a name, `**` any number."""
    if pattern.endswith(".**"):
        return module.startswith(pattern.removesuffix("**"))
    return pattern.count(".") == module.count(".") and fnmatchcase(module, pattern)


def layers() -> set[str]:
    """Return the packages of the application that the contract of layers names."""
    lines = contracts()["down"]["layers"]
    return {part.strip(" ()") for line in lines for part in line.replace(":", "|").split("|")}


def test_every_sibling_of_the_plugins_stands_in_a_layer() -> None:
    assert [name for name in packages("app") if name not in layers()] == []
    assert contracts()["down"]["exhaustive"] is True


def test_the_plugins_are_found_where_they_lie() -> None:
    assert {"attendance", "referrals"} <= set(packages("app/plugins"))


@pytest.mark.parametrize("contract", OF_EVERY_PLUGIN)
def test_every_plugin_is_held_by_the_contract(contract: str) -> None:
    part, module = OF_EVERY_PLUGIN[contract]
    patterns = contracts()[contract][part]
    free = [
        plugin
        for plugin in packages("app/plugins")
        if not any(names(pattern, module.format(plugin)) for pattern in patterns)
    ]
    assert free == []


def test_a_contract_with_a_hand_kept_list_would_miss_the_next_plugin() -> None:
    assert not names("app.plugins.attendance", "app.plugins.welcome")
    assert names("app.plugins.*", "app.plugins.welcome")
    assert not names("app.plugins.*", "app.plugins.welcome.services")
