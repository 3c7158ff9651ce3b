"""Which hooks are called, in which order, and what happens to the page where one of them raises?"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app.core.access.domain.viewer import SignedIn, Viewer
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import AccountId, GroupId, MemberId, PersonId, SeededIds
from app.core.work import HOUSE, UnitOfWork
from app.http.navigation import NavItem
from app.http.page import GroupPage
from app.plugin_api import Panel, Plugin, Task, for_leaders
from app.plugin_runtime.dispatch import Dispatch
from app.plugin_runtime.registry import Registry
from tests.support.plugins import MadePlugin, broken, made, manifest, nothing

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
ON = frozenset({"tea", "jam"})


class Weather(Protocol):
    """A read protocol of some plugin."""


def dispatch_of(
    *plugins: Plugin, strict: bool = False, core_nav: Callable[[GroupPage], Sequence[NavItem]] = nothing
) -> Dispatch:
    """Return what asks `plugins`."""
    return Dispatch(Registry(plugins), core_nav, strict=strict)


HARBOUR = Group(
    id=GroupId(1),
    slug="harbour",
    name="Harbour",
    kind="referral-group",
    zone="Europe/Lisbon",
    currency="EUR",
    locale="en-GB",
    settling_in_days=91,
)


def page_of(
    dispatch: Dispatch, *, on: frozenset[str] = ON, offices: frozenset[Office] = frozenset()
) -> GroupPage:
    """Return a member's page of the group harbour."""
    person = PersonId(2)
    return GroupPage(
        group=HARBOUR,
        work=UnitOfWork(session=Session(), clock=FixedClock(NOW), ids=SeededIds(1), actor=HOUSE),
        house=dispatch,
        switched_on=on,
        viewer=Viewer(
            account_id=AccountId(3),
            person_id=person,
            member_id=MemberId(4),
            member_public_id="abc",
            name="Ana Sousa",
            first_name="Ana",
            offices=offices,
            joined_on=NOW.date(),
            first_joined_on=NOW.date(),
        ),
        signed_in=SignedIn(
            account_id=AccountId(3),
            person_id=person,
            name="Ana Sousa",
            first_name="Ana",
            email="ana@harbour.example",
            language="en",
            token_hash="",
            confirmed_at_utc=NOW,
            seen_at_utc=NOW,
            is_site_admin=False,
        ),
    )


def panels(*wanted: tuple[str, int]) -> Callable[[GroupPage], Sequence[Panel]]:
    """Return a hook that gives a panel for each key and order."""
    return lambda _page: [
        Panel(key=key, title=key, template="tea/pot.html", order=order) for key, order in wanted
    ]


def entries(*wanted: NavItem) -> Callable[[GroupPage], Sequence[NavItem]]:
    """Return a hook that gives these entries."""
    return lambda _page: wanted


def entry(url: str, *, order: int = 50, permission: str = "") -> NavItem:
    """Return an entry of the navigation whose title is its address."""
    return NavItem(title=url, url=url, order=order, permission=permission)


def nav_at(path: str, dispatch: Dispatch, page: GroupPage) -> list[NavItem]:
    """Return the navigation while `path` is looked at."""
    with Flask("nav").test_request_context(path):
        return list(dispatch.nav_items(page))


def test_panels_come_in_their_order_whichever_plugin_they_are_of() -> None:
    tea = MadePlugin(manifest("tea"), panels=panels(("last", 90), ("first", 10)))
    jam = MadePlugin(manifest("jam"), panels=panels(("middle", 50)))
    dispatch = dispatch_of(tea, jam)
    found = dispatch.home_panels(page_of(dispatch))
    assert [(plugin, panel.key) for plugin, panel in found] == [
        ("tea", "first"),
        ("jam", "middle"),
        ("tea", "last"),
    ]


def test_panels_of_the_same_order_keep_the_order_of_the_plugins() -> None:
    tea, jam = (MadePlugin(manifest(name), panels=panels((name, 50))) for name in ("tea", "jam"))
    dispatch = dispatch_of(tea, jam)
    assert [plugin for plugin, _panel in dispatch.home_panels(page_of(dispatch))] == ["tea", "jam"]


def test_a_plugin_that_is_off_is_not_asked() -> None:
    off = MadePlugin(manifest("pie"), panels=broken, nav=broken, todo=broken)
    dispatch = dispatch_of(off, strict=True)
    page = page_of(dispatch)
    assert (dispatch.home_panels(page), nav_at("/", dispatch, page), dispatch.tasks(page)) == ([], [], [])


def test_one_plugin_alone_is_asked_for_a_panel_that_is_drawn_again() -> None:
    tea, jam = (
        MadePlugin(manifest("tea"), panels=broken),
        MadePlugin(manifest("jam"), panels=panels(("a", 1))),
    )
    dispatch = dispatch_of(tea, jam, strict=True)
    assert [plugin for plugin, _panel in dispatch.home_panels(page_of(dispatch), only="jam")] == ["jam"]


def test_tasks_come_in_their_order() -> None:
    todo = [Task(text="later", url="/b", order=60), Task(text="now", url="/a", order=10)]
    dispatch = dispatch_of(MadePlugin(manifest("tea"), todo=lambda _page: todo))
    assert [task.text for task in dispatch.tasks(page_of(dispatch))] == ["now", "later"]


@pytest.mark.parametrize("hook", ["home_panels", "tasks"])
def test_a_hook_that_raises_loses_its_own_part_only(hook: str) -> None:
    todo = [Task(text="pour", url="/a")]
    faulty = MadePlugin(manifest("tea"), panels=broken, todo=broken)
    sound = MadePlugin(manifest("jam"), panels=panels(("jam", 50)), todo=lambda _page: todo)
    dispatch = dispatch_of(faulty, sound)
    with capture_logs() as logs:
        found = getattr(dispatch, hook)(page_of(dispatch))
    assert len(found) == 1
    (line,) = logs
    assert (line["plugin"], line["group"], line["log_level"]) == ("tea", "harbour", "error")


def test_an_entry_that_raises_leaves_the_others_standing() -> None:
    faulty = MadePlugin(manifest("tea"), nav=broken)
    sound = MadePlugin(manifest("jam"), nav=entries(entry("/jam")))
    dispatch = dispatch_of(faulty, sound)
    with capture_logs() as logs:
        assert [item.url for item in nav_at("/", dispatch, page_of(dispatch))] == ["/jam"]
    assert [line["plugin"] for line in logs] == ["tea"]


def test_an_entry_that_names_a_permission_nobody_declared_is_lost_alone() -> None:
    faulty = MadePlugin(manifest("tea"), nav=entries(entry("/tea", permission="tea:pot:smash")))
    sound = MadePlugin(manifest("jam"), nav=entries(entry("/jam")))
    dispatch = dispatch_of(faulty, sound)
    with capture_logs() as logs:
        assert [item.url for item in nav_at("/", dispatch, page_of(dispatch))] == ["/jam"]
    assert [line["plugin"] for line in logs] == ["tea"]


@pytest.mark.parametrize("hook", ["home_panels", "tasks"])
def test_a_hook_that_raises_is_seen_by_a_test(hook: str) -> None:
    dispatch = dispatch_of(MadePlugin(manifest("tea"), panels=broken, todo=broken), strict=True)
    with pytest.raises(RuntimeError, match="a fault in the plugin"):
        getattr(dispatch, hook)(page_of(dispatch))


def test_entries_come_in_their_order_core_and_plugins_mixed() -> None:
    dispatch = dispatch_of(
        MadePlugin(manifest("tea"), nav=entries(entry("/tea", order=10))),
        core_nav=entries(entry("/home", order=0), entry("/settings", order=90)),
    )
    assert [item.url for item in nav_at("/", dispatch, page_of(dispatch))] == ["/home", "/tea", "/settings"]


@pytest.mark.parametrize(
    ("offices", "shown"),
    [(frozenset[Office](), ["/tea"]), (frozenset({Office.PRESIDENT}), ["/tea", "/tea/book"])],
    ids=["a member", "the president"],
)
def test_an_entry_is_hidden_from_who_lacks_its_permission(
    offices: frozenset[Office], shown: list[str]
) -> None:
    about = manifest("tea", permissions=(for_leaders("tea:pot:book", "book a pot"),))
    links = entries(entry("/tea"), entry("/tea/book", permission="tea:pot:book"))
    dispatch = dispatch_of(MadePlugin(about, nav=links))
    assert [item.url for item in nav_at("/", dispatch, page_of(dispatch, offices=offices))] == shown


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/g/h/", ["/g/h/"]),
        ("/g/h/tea/", ["/g/h/tea/"]),
        ("/g/h/tea/pots/7", ["/g/h/tea/"]),
        ("/g/h/tea/book", ["/g/h/tea/book"]),
        ("/g/h/tearoom", []),
        ("/g/h/elsewhere", []),
    ],
)
def test_the_entry_that_stands_nearest_is_current(path: str, current: list[str]) -> None:
    links = entries(entry("/g/h/", order=0), entry("/g/h/tea/"), entry("/g/h/tea/book"))
    dispatch = dispatch_of(core_nav=links)
    items = nav_at(path, dispatch, page_of(dispatch))
    assert [item.url for item in items if item.is_current] == current


def test_a_page_elsewhere_belongs_to_the_entry_that_names_its_address() -> None:
    pots = NavItem(title="Pots", url="/g/h/tea/pots", also=("/g/h/tea/cups",))
    dispatch = dispatch_of(core_nav=entries(entry("/g/h/tea/"), pots))
    items = nav_at("/g/h/tea/cups/7", dispatch, page_of(dispatch))
    assert [item.url for item in items if item.is_current] == ["/g/h/tea/pots"]


def test_a_reader_is_had_from_the_plugin_that_is_on() -> None:
    answer = object()
    dispatch = dispatch_of(made("jam"), MadePlugin(manifest("tea"), answers={Weather: answer}))
    page = page_of(dispatch)
    asked: type[Any] = Weather
    assert dispatch.reader(page.work, ON, asked) is answer
    assert dispatch.reader(page.work, frozenset({"jam"}), asked) is None
