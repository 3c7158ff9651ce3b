"""A plugin with a fault in it takes its own part off the page and no other, on both engines."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from app import create_app
from app.core.clock import FixedClock
from app.extensions import db
from app.http.page import GroupPage
from app.plugin_api import Panel
from config import Config
from tests.support.engines import STARTS_AT
from tests.support.plugins import MadePlugin, manifest
from tests.support.world import World

SOUND = "A part that is sound"
FAULTY = "A part with a fault"


def _panel(title: str, template: str) -> Panel:
    return Panel(key="part", title=title, template=template, order=90 if title == SOUND else 10)


def sound(page: GroupPage) -> Sequence[Panel]:
    """Give a panel that can be drawn, after asking the database something."""
    page.work.session.execute(text("SELECT 1"))
    return [_panel(SOUND, "parts/mark.html")]


def asks_for_a_table_that_is_not_there(page: GroupPage) -> Sequence[Panel]:
    """Fail in the database, which on PostgreSQL spoils the transaction of the page."""
    page.work.session.execute(text("SELECT * FROM a_table_that_is_not_there"))
    return [_panel(FAULTY, "parts/mark.html")]


def has_no_template(_page: GroupPage) -> Sequence[Panel]:
    """Give a panel whose template was forgotten in the wheel."""
    return [_panel(FAULTY, "faulty/forgotten.html")]


def misses_a_name(_page: GroupPage) -> Sequence[Panel]:
    """Give a panel whose template reads a name that nobody gave."""
    return [_panel(FAULTY, "house/groups.html")]


Visited = Callable[[Callable[[GroupPage], Sequence[Panel]]], tuple[int, str, list[str]]]


@pytest.fixture
def visit(settings: Config) -> Iterator[Visited]:
    """Yield what opens the home page of a group with one faulty plugin and one sound one: status, page, plugins logged."""
    opened: list[World] = []

    def visited(fault: Callable[[GroupPage], Sequence[Panel]]) -> tuple[int, str, list[str]]:
        plugins = [MadePlugin(manifest("faulty"), panels=fault), MadePlugin(manifest("sound"), panels=sound)]
        world = World(create_app(settings, plugins, clock=FixedClock(STARTS_AT)))
        opened.append(world)
        client = world.client(world.member(world.group(plugins=("faulty", "sound"))))
        with capture_logs() as logs:
            answer = client.get("/g/harbour/")
        return answer.status_code, answer.text, [line["plugin"] for line in logs if "plugin" in line]

    yield visited
    for world in opened:
        world.close()
        with world.app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("fault", [asks_for_a_table_that_is_not_there, has_no_template, misses_a_name])
def test_the_page_stands_without_the_faulty_part(
    visit: Visited, fault: Callable[[GroupPage], Sequence[Panel]]
) -> None:
    status, page, logged = visit(fault)
    assert (status, SOUND in page, FAULTY in page) == (200, True, False)
    assert logged == ["faulty"]


def test_without_a_fault_nothing_is_logged(visit: Visited) -> None:
    status, _page, logged = visit(sound)
    assert (status, logged) == (200, [])
