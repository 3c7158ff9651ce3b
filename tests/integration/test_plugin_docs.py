"""The smallest plugin that the page for authors shows: built from that page, it works as it stands there."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from app import create_app
from app.core.clock import FixedClock
from app.extensions import db
from app.plugin_api import Plugin
from config import Config
from tests.support.engines import STARTS_AT
from tests.support.wheel import ROOT, build_wheel, install
from tests.support.world import World

BLOCK = re.compile(
    r"^```\w+\n(?:# |\{#- )(?P<path>\S+\.\w+)(?: -#\})?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the plugin of the page is installed."""
    project = tmp_path_factory.mktemp("hello")
    files = {found["path"]: found["text"] for found in BLOCK.finditer((ROOT / "docs/plugins.md").read_text())}
    assert sorted(files) == [
        "givefirst_hello/plugin.py",
        "givefirst_hello/web/templates/hello/greeting.html",
        "pyproject.toml",
    ]
    for path, text in files.items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    installed = tmp_path_factory.mktemp("site")
    install(build_wheel(project, tmp_path_factory.mktemp("wheel")), installed)
    return installed


@pytest.fixture
def hello(site: Path, monkeypatch: pytest.MonkeyPatch) -> Plugin:
    """Return the plugin, imported from where it was installed."""
    monkeypatch.syspath_prepend(str(site))
    for name in [name for name in sys.modules if name.startswith("givefirst_hello")]:
        monkeypatch.delitem(sys.modules, name)
    made: Plugin = import_module("givefirst_hello.plugin").HelloPlugin()
    return made


def test_the_smallest_plugin_of_the_page_greets_a_member(settings: Config, hello: Plugin) -> None:
    world = World(create_app(settings, [hello], clock=FixedClock(STARTS_AT), testing=True))
    client = world.client(world.member(world.group(plugins=("hello",)), "Ana Sousa"))
    page = client.get("/g/harbour/hello/")
    assert (page.status_code, "Hello, Ana" in page.text) == (200, True)
    assert 'href="/g/harbour/hello/" aria-current="page"' in page.text
    world.close()
    with world.app.app_context():
        db.engine.dispose()
