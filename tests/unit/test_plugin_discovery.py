"""Which plugins are found, in which order, and what is said where a list cannot be had?"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from app.plugin_runtime.discovery import MisfitPlugin, UnknownPlugin, find_plugins
from app.plugin_runtime.runtime import runtime
from config import BadSetting, Config
from tests.support.engines import settings_for
from tests.support.plugins import on_the_path


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Put":
    """Return what puts plugins on the path of the test alone."""
    return Put(monkeypatch, tmp_path)


class Put:
    """Puts plugins on the path and names them the tree's way."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch, self.folder = monkeypatch, folder

    def __call__(self, name: str, *, requires: tuple[str, ...] = (), api: int = 1, head: str = "") -> str:
        on_the_path(self._monkeypatch, self.folder, name, requires=requires, api=api, head=head)
        return f"trees.{name}"


def settings_naming(folder: Path, *plugins: str) -> Config:
    """Return settings that name `plugins` and no others."""
    return replace(settings_for(folder, f"sqlite:///{folder / 'none.db'}"), plugins=plugins)


def found(*names: str) -> list[str]:
    """Return the names of the plugins that are found for a list of settings, in order."""
    return [plugin.manifest.name for plugin in find_plugins(names)]


def test_a_plugin_of_the_tree_is_found_by_its_dotted_path(put: Put) -> None:
    assert found(put("tea")) == ["tea"]


def test_an_installed_plugin_is_found_by_its_entry_point(put: Put) -> None:
    put("tea")
    assert found("tea") == ["tea"]


def test_plugins_keep_the_order_of_the_settings(put: Put) -> None:
    tea, jam, pie = put("tea"), put("jam"), put("pie")
    assert found(jam, tea, pie) == ["jam", "tea", "pie"]


def test_a_plugin_comes_after_those_it_requires(put: Put) -> None:
    pie, jam, tea = put("pie", requires=("jam",)), put("jam", requires=("tea",)), put("tea")
    assert found(pie, jam, tea) == ["tea", "jam", "pie"]


def test_plugins_that_require_one_another_in_a_circle_are_refused(put: Put) -> None:
    tea, jam = put("tea", requires=("jam",)), put("jam", requires=("tea",))
    with pytest.raises(MisfitPlugin, match="in a circle: tea, jam"):
        found(tea, jam)


def test_a_plugin_without_the_one_it_requires_is_refused(put: Put) -> None:
    jam = put("jam", requires=("tea",))
    with pytest.raises(MisfitPlugin, match="Plugin jam requires tea; add it to GIVEFIRST_PLUGINS"):
        found(jam)


def test_one_name_twice_is_refused(put: Put) -> None:
    tea = put("tea")
    with pytest.raises(MisfitPlugin, match="Two plugins share the name tea"):
        found(tea, "tea")


def test_a_plugin_of_another_contract_is_refused(put: Put) -> None:
    tea = put("tea", api=2)
    with pytest.raises(
        MisfitPlugin, match=re.escape("Plugin tea 1.0 is made for contract 2, this house offers 1")
    ):
        found(tea)


def test_a_name_that_nobody_installed_is_refused_with_those_that_are(put: Put) -> None:
    put("jam")
    with pytest.raises(UnknownPlugin, match=r"No plugin called 'tea' is installed \(installed: jam\)"):
        found("tea")


def test_a_dotted_path_without_a_plugin_is_refused() -> None:
    with pytest.raises(UnknownPlugin, match=r"There is no plugin 'app\.plugins\.tea' in the tree"):
        found("app.plugins.tea")


@pytest.mark.parametrize("named", ["trees.tea", "tea"])
def test_an_import_that_fails_in_a_plugin_is_its_own_error(put: Put, named: str) -> None:
    put("tea", head="import a_library_nobody_has\n")
    with pytest.raises(ModuleNotFoundError, match="a_library_nobody_has"):
        found(named)


def test_a_list_that_cannot_be_had_stops_the_start_as_a_bad_setting(put: Put) -> None:
    tea = put("tea", api=2)
    with pytest.raises(BadSetting, match="contract 2"):
        create_app(settings_naming(put.folder, tea))


def test_plugins_installed_on_this_machine_do_not_load_by_themselves(put: Put) -> None:
    put("tea")
    assert runtime(create_app(settings_naming(put.folder))).registry.plugins == ()
