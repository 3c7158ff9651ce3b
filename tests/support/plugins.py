"""How does a test come by a plugin of its own: one that does what the test says, in the tree of nobody?"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.http.navigation import NavItem
from app.http.page import GroupPage
from app.plugin_api import Manifest, Page, Panel, Plugin, Subscription, Task

Named = Callable[[GroupPage], Sequence[Any]]


def nothing(_page: GroupPage) -> Sequence[Any]:
    """Contribute nothing."""
    return ()


def broken(_page: GroupPage) -> Sequence[Any]:
    """Fail, as a plugin with a fault in it does."""
    raise RuntimeError("a fault in the plugin")


def manifest(name: str, **given: Any) -> Manifest:
    """Return a valid manifest without tables; `given` is what the test is about."""
    return Manifest(
        **{
            "name": name,
            "title": name.title(),
            "version": "1.0",
            "summary": "A test.",
            "migrations": "",
            **given,
        }
    )


class MadePlugin(Plugin):
    """A plugin put together by a test."""

    def __init__(
        self,
        about: Manifest,
        *,
        pages: Sequence[Page] = (),
        listens: Sequence[Subscription] = (),
        answers: Mapping[type[Any], Any] | None = None,
        nav: Named = nothing,
        panels: Named = nothing,
        todo: Named = nothing,
    ) -> None:
        self.manifest = about  # type: ignore[misc]  # on the instance, so that one class serves every test
        self._pages, self._listens, self._answers = tuple(pages), tuple(listens), dict(answers or {})
        self._nav, self._panels, self._todo = nav, panels, todo
        self.turned_on_in: list[GroupId] = []

    def group_routes(self) -> Sequence[Page]:
        return self._pages

    def subscriptions(self) -> Sequence[Subscription]:
        return self._listens

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return self._answers

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return self._nav(page)

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return self._panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return self._todo(page)

    def turned_on(self, work: UnitOfWork, group_id: GroupId) -> None:
        self.turned_on_in.append(group_id)


def made(name: str, **given: Any) -> MadePlugin:
    """Return a plugin called `name` that contributes nothing but what its manifest says."""
    return MadePlugin(manifest(name, **given))


SOURCE = """
from app.plugin_api import Manifest, Plugin


class ThePlugin(Plugin):
    manifest = Manifest(
        name="{name}", title="T", version="1.0", summary="S", migrations="", requires={requires!r}, api={api}
    )


plugin = ThePlugin
"""


def on_the_path(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    name: str,
    *,
    requires: tuple[str, ...] = (),
    api: int = 1,
    head: str = "",
) -> None:
    """Put a plugin where the tree's are found, as package `trees.<name>`, and beside it an entry point `<name>`.

    `head` is what its module begins with: an import that fails, for instance.
    """
    package = folder / "trees" / name
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(head + SOURCE.format(name=name, requires=requires, api=api))
    dist = folder / f"trees_{name}-1.0.dist-info"
    dist.mkdir()
    (dist / "METADATA").write_text(f"Metadata-Version: 2.1\nName: trees_{name}\nVersion: 1.0\n")
    (dist / "entry_points.txt").write_text(f"[givefirst.plugins]\n{name} = trees.{name}.plugin:plugin\n")
    monkeypatch.syspath_prepend(str(folder))
    for module in [one for one in sys.modules if one == "trees" or one.startswith("trees.")]:
        monkeypatch.delitem(sys.modules, module)
