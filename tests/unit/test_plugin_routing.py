"""Which pages may a plugin hang where, and what is refused at the start?"""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.core.access.domain.permission import PUBLIC, SCREEN
from app.http.page import Answer, GroupPage
from app.plugin_api import Page, Plugin, for_members
from app.plugin_runtime.gate import AccessRule
from app.plugin_runtime.routing import ACCESS
from tests.support.engines import settings_for
from tests.support.plugins import MadePlugin, manifest

POT_VIEW = "tea:pot:view"


def pot(_page: GroupPage) -> Answer:
    """Answer a request."""
    return "tea"


def cup(_page: GroupPage) -> Answer:
    """Answer another request."""
    return "cup"


class Tea(MadePlugin):
    """A plugin whose pages at the door and for visitors a test can choose."""

    door: tuple[Page, ...] = ()
    visit: tuple[Page, ...] = ()

    def door_routes(self) -> tuple[Page, ...]:
        return self.door

    def public_routes(self) -> tuple[Page, ...]:
        return self.visit


def tea(*pages: Page, name: str = "tea", permission: str = POT_VIEW) -> Tea:
    """Return a plugin with these pages, that declares one permission."""
    return Tea(manifest(name, permissions=(for_members(permission, "see the pot"),)), pages=pages)


@pytest.fixture
def house_with(tmp_path: Path) -> "HouseWith":
    """Return what makes an application with a test's plugins and no others."""
    return HouseWith(tmp_path)


class HouseWith:
    """Makes an application of given plugins; nobody asks its database anything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *plugins: Plugin) -> Flask:
        return create_app(settings_for(self._folder, "sqlite:///:memory:"), plugins)


def test_a_page_hangs_under_its_group_and_its_plugin(house_with: HouseWith) -> None:
    app = house_with(tea(Page(rule="/pot", view=pot, permission=POT_VIEW, methods=("GET", "POST"))))
    (rule,) = [rule for rule in app.url_map.iter_rules() if rule.endpoint == "group.tea.pot"]
    assert rule.rule == "/g/<group>/tea/pot"
    assert {"GET", "POST"} <= (rule.methods or set())


def test_the_access_of_each_page_is_kept_for_the_matrix(house_with: HouseWith) -> None:
    app = house_with(tea(Page(rule="/pot", view=pot, permission=POT_VIEW)))
    assert app.extensions[ACCESS]["group.tea.pot"] == AccessRule(
        realm="group", component="tea", permission=POT_VIEW
    )


@pytest.mark.parametrize("permission", ["tea:pot:smash", "", PUBLIC, SCREEN])
def test_a_page_with_a_permission_that_nobody_declared_is_refused(
    house_with: HouseWith, permission: str
) -> None:
    with pytest.raises(
        ValueError, match=r"tea: the page /pot names the permission .* declare it in the manifest"
    ):
        house_with(tea(Page(rule="/pot", view=pot, permission=permission)))


@pytest.mark.parametrize("permission", [POT_VIEW, PUBLIC])
def test_a_page_at_the_door_is_a_devices(house_with: HouseWith, permission: str) -> None:
    plugin = tea()
    plugin.door = (Page(rule="/pot", view=pot, permission=permission),)
    with pytest.raises(ValueError, match="not declared for /door"):
        house_with(plugin)


@pytest.mark.parametrize("permission", [POT_VIEW, SCREEN])
def test_a_page_for_visitors_is_public_or_nothing(house_with: HouseWith, permission: str) -> None:
    plugin = tea()
    plugin.visit = (Page(rule="/pot", view=pot, permission=permission),)
    with pytest.raises(ValueError, match="not declared for /visit"):
        house_with(plugin)


def test_pages_at_the_door_and_for_visitors_hang_in_their_realms(house_with: HouseWith) -> None:
    plugin = tea()
    plugin.door = (Page(rule="/pot", view=pot, permission=SCREEN),)
    plugin.visit = (Page(rule="/pot", view=pot, permission=PUBLIC),)
    rules = {rule.endpoint: rule.rule for rule in house_with(plugin).url_map.iter_rules()}
    assert (rules["door.tea.pot"], rules["visit.tea.pot"]) == (
        "/door/<group>/tea/pot",
        "/visit/<group>/tea/pot",
    )


def test_two_pages_of_one_name_are_refused(house_with: HouseWith) -> None:
    pages = [Page(rule=rule, view=pot, permission=POT_VIEW) for rule in ("/pot", "/kettle")]
    with pytest.raises(ValueError, match=r"Two pages are called group\.tea\.pot"):
        house_with(tea(*pages))


def test_two_pages_of_one_view_may_have_names_of_their_own(house_with: HouseWith) -> None:
    app = house_with(
        tea(
            Page(rule="/pot", view=pot, permission=POT_VIEW),
            Page(rule="/kettle", view=pot, permission=POT_VIEW, name="kettle"),
        )
    )
    assert {"group.tea.pot", "group.tea.kettle"} <= app.extensions[ACCESS].keys()


def test_one_name_in_two_plugins_is_two_pages(house_with: HouseWith) -> None:
    jam = tea(
        Page(rule="/pot", view=cup, permission="jam:pot:view", name="pot"),
        name="jam",
        permission="jam:pot:view",
    )
    app = house_with(tea(Page(rule="/pot", view=pot, permission=POT_VIEW)), jam)
    assert {"group.tea.pot", "group.jam.pot"} <= app.extensions[ACCESS].keys()


@pytest.mark.parametrize("name", ["members", "settings"])
def test_a_plugin_that_would_hide_a_page_of_core_is_refused(house_with: HouseWith, name: str) -> None:
    permission = f"{name}_x:pot:view"
    with pytest.raises(ValueError, match=f"Plugin '{name}' would hide core's page /g/<group>/{name}"):
        house_with(tea(name=name, permission=permission))
