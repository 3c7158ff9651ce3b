"""No hook without a user: each one is used by a plugin in the tree, tried by a test, and written up for authors."""

import ast
import inspect
import re
from collections.abc import Iterable
from pathlib import Path

from app.plugin_api import Plugin
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS
from tests.support.source import ROOT

HOOKS = tuple(
    name for name, hook in vars(Plugin).items() if inspect.isfunction(hook) and not name.startswith("_")
)
DOCS = ROOT / "docs/plugins.md"


def used_by_the_tree() -> set[str]:
    """Return the hooks that a plugin of the tree, or the sample plugin, overrides."""
    own = {name for plugin in find_plugins(PLUGINS) for name in vars(type(plugin))}
    return own | names_in((ROOT / "tests/sample_plugin").rglob("*.py"))


def names_in(files: Iterable[Path]) -> set[str]:
    """Return every function that the files define, every attribute they use, and every name they give in quotes."""
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_there_are_hooks() -> None:
    assert {"group_routes", "home_panels", "subscriptions"} <= set(HOOKS)


def test_every_hook_is_used_in_the_tree() -> None:
    assert sorted(set(HOOKS) - used_by_the_tree()) == []


def test_every_hook_is_named_by_a_test() -> None:
    assert sorted(set(HOOKS) - names_in((ROOT / "tests").rglob("test_*.py"))) == []


def test_every_hook_has_its_line_in_the_docs() -> None:
    assert DOCS.is_file(), "docs/plugins.md is missing: plugin authors have nothing to read"
    text = DOCS.read_text()
    assert [hook for hook in HOOKS if not re.search(rf"`{hook}[`(]", text)] == []


def test_every_hook_says_what_it_is_for() -> None:
    assert [hook for hook in HOOKS if len((getattr(Plugin, hook).__doc__ or "").split()) < 8] == []


def test_no_plugin_defines_what_looks_like_a_hook_and_is_none() -> None:
    """A misspelt hook would never be called, and nobody would hear of it."""
    strange = {
        f"{plugin.manifest.name}.{name}"
        for plugin in find_plugins(PLUGINS)
        for name, value in vars(type(plugin)).items()
        if inspect.isfunction(value) and not name.startswith("_") and name not in HOOKS
    }
    assert strange == set()
