"""What a browser keeps for times without network: pages that name nobody, and workers that know when these change."""

import json
import re
import shutil
from pathlib import Path

import pytest

from app.core.groups.domain.office import Office
from app.http.rendering import STATIC
from tests.support.tablets import registered
from tests.support.world import World

PLACE = "/visit/harbour/attendance"
WORKERS = (
    ("tablet-worker.js", "/door/harbour/attendance/tablet", "/door/harbour/attendance/tablet"),
    ("phone-worker.js", f"{PLACE}/offline", "/g/harbour/attendance/"),
    ("scan/worker.js", f"{PLACE}/offline", f"{PLACE}/scan/"),
)


def told(world: World, worker: str) -> dict[str, object]:
    """Return what the worker is told by its first line."""
    text = world.client().get(f"{PLACE}/{worker}").text
    found: dict[str, object] = json.loads(text.partition("\n")[0].removeprefix("self.OFFLINE = ").rstrip(";"))
    return found


@pytest.mark.parametrize(("worker", "page", "scope"), WORKERS)
def test_a_worker_knows_every_file_of_its_page(world: World, worker: str, page: str, scope: str) -> None:
    group = world.group()
    tablet = registered(world, group, world.member(group, offices=(Office.PRESIDENT,)))
    answer = world.client().get(f"{PLACE}/{worker}")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == scope
    known = told(world, worker)
    assert known["page"] == page
    files = known["files"]
    assert isinstance(files, list)
    html = tablet.client.get(page).text
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
    assert wanted
    assert wanted <= set(files)
    modules = {f"/static/js/door/{path.name}" for path in (STATIC / "js/door").glob("*.js")}
    assert modules <= {str(address).partition("?")[0] for address in files}
    for address in files:
        found = world.client().get(str(address))
        assert found.status_code == 200, address
        found.close()


@pytest.mark.parametrize(("worker", "page", "scope"), WORKERS)
def test_who_belongs_to_the_group_changes_nothing_of_what_is_kept(
    world: World, worker: str, page: str, scope: str
) -> None:
    group = world.group()
    tablet = registered(world, group, world.member(group, offices=(Office.PRESIDENT,)))
    before = world.client().get(f"{PLACE}/{worker}").data, tablet.client.get(page).data
    member = world.member(group, "Zuleika Dobson")
    world.meeting(group)
    after = world.client(member).get(f"{PLACE}/{worker}").data, tablet.client.get(page).data
    assert after == before
    assert b"Zuleika" not in after[1]


@pytest.mark.parametrize("worker", [worker for worker, _page, _scope in WORKERS])
@pytest.mark.parametrize("changed", ["js/door/store.js", "vendor/qr/decode.js", "css/door.css"])
def test_the_mark_changes_with_any_file(
    world: World, worker: str, changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.group()
    shutil.copytree(STATIC, tmp_path / "static")
    monkeypatch.setattr("app.http.offline_worker.STATIC", tmp_path / "static")
    before = told(world, worker)["mark"]
    assert told(world, worker)["mark"] == before
    with (tmp_path / "static" / changed).open("a") as file:
        file.write("/* another version */")
    assert told(world, worker)["mark"] != before


def test_the_tablets_page_is_put_on_the_home_screen_as_itself(world: World) -> None:
    world.group()
    answer = world.client().get(f"{PLACE}/tablet.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.json or json.loads(answer.text)
    assert manifest["start_url"] == manifest["scope"] == "/door/harbour/attendance/tablet"
    assert manifest["display"] == "fullscreen"
    for icon in manifest["icons"]:
        found = world.client().get(icon["src"])
        assert found.status_code == 200
        found.close()
