"""Templates of a plugin lie in a folder of its name, and lean on their own folder and the house's frames alone."""

import ast
import re
from pathlib import Path

import pytest

from tests.support.source import ROOT, Module, application, read

OF_THE_HOUSE = {"parts", "shell"}
_LEANS_ON = re.compile(
    r"""{%-?\s*(?:extends|include|import|from)\s+([^%]*?)(?:\s+import\b|\s+with\b|\s+as\b|-?%})"""
)


def plugins() -> list[Path]:
    """Return the folder of every plugin in the tree."""
    return sorted(path.parent for path in (ROOT / "app/plugins").glob("*/plugin.py"))


def astray(templates: Path, plugin: str) -> list[str]:
    """Return what lies in a plugin's template folder outside the folder of its name."""
    return sorted(path.name for path in templates.iterdir() if path.name != plugin)


def leaning(text: str) -> list[str]:
    """Return every template that a template's text extends, includes or imports from."""
    return [
        name for found in _LEANS_ON.findall(text) for name in re.findall(r"""["']([^"']+\.html)["']""", found)
    ]


def drawn(module: Module) -> list[str]:
    """Return every template that a module names."""
    literals = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
    return [text for text in literals if isinstance(text, str) and re.fullmatch(r"[\w/.-]+\.html", text)]


@pytest.mark.parametrize("folder", plugins(), ids=lambda folder: str(folder.name))
def test_a_plugins_templates_lie_in_a_folder_of_its_name(folder: Path) -> None:
    assert astray(folder / "web/templates", folder.name) == []
    assert list((folder / "web/templates" / folder.name).glob("*.html"))


@pytest.mark.parametrize("folder", plugins(), ids=lambda folder: str(folder.name))
def test_a_plugins_templates_lean_on_their_own_and_on_the_house(folder: Path) -> None:
    named = {
        f"{path.name} → {other}"
        for path in (folder / "web/templates").rglob("*.html")
        for other in leaning(path.read_text())
        if other.split("/")[0] not in {folder.name, *OF_THE_HOUSE}
    }
    assert named == set()


@pytest.mark.parametrize("folder", plugins(), ids=lambda folder: str(folder.name))
def test_a_plugin_draws_templates_of_its_own_alone(folder: Path) -> None:
    own = [module for module in application() if module.path.startswith(f"app/plugins/{folder.name}/")]
    names = {name for module in own for name in drawn(module)}
    assert names
    assert {name for name in names if name.split("/")[0] != folder.name} == set()
    assert {name for name in names if not (folder / "web/templates" / name).is_file()} == set()


def test_no_template_of_the_house_hides_one_of_a_plugin() -> None:
    folders = {
        path.name for root in ("app/web/templates", "app/http/templates") for path in (ROOT / root).iterdir()
    }
    assert folders & {folder.name for folder in plugins()} == set()
    assert folders >= OF_THE_HOUSE


def test_every_template_of_the_house_and_the_plugins_is_drawn_by_somebody() -> None:
    roots = [
        ROOT / "app/web/templates",
        ROOT / "app/http/templates",
        *(one / "web/templates" for one in plugins()),
    ]
    lying = {path.relative_to(root).as_posix(): path for root in roots for path in root.rglob("*.html")}
    used = {name for module in application() for name in drawn(module)}
    used |= {name for path in lying.values() for name in leaning(path.read_text())}
    assert sorted(set(lying) - used) == []


def test_a_template_astray_is_seen(tmp_path: Path) -> None:
    (tmp_path / "lamp").mkdir()
    assert astray(tmp_path, "lamp") == []
    (tmp_path / "shell").mkdir()
    assert astray(tmp_path, "lamp") == ["shell"]


def test_what_a_template_leans_on_is_seen() -> None:
    text = (
        "{% extends \"shell/console.html\" if page.is_console else 'shell/member.html' %}"
        '{%- from "group/_panels.html" import draw with context %}{% include "lamp/_bulb.html" %}'
    )
    assert leaning(text) == [
        "shell/console.html",
        "shell/member.html",
        "group/_panels.html",
        "lamp/_bulb.html",
    ]


def test_what_a_module_draws_is_seen() -> None:
    assert drawn(read("page.render('group/home.html', a='b')")) == ["group/home.html"]
