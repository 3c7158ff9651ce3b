"""Every address declares its access, and one without a declared permission cannot be registered."""

import re
from collections.abc import Sequence
from typing import ClassVar

import pytest
from flask import Flask

from app import create_app
from app import setup as house_setup
from app.core.access.domain.permission import PUBLIC, SCREEN, SIGNED_IN, STEWARD, TABLET, for_members
from app.http.page import Answer, GroupPage
from app.plugin_api import Manifest, Page, Plugin
from app.plugin_runtime.gate import AccessRule
from app.plugin_runtime.routing import ACCESS, declare
from app.plugin_runtime.runtime import runtime
from config import Config

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
MAY_LIGHT = for_members("lamp:light:see", "see the light")
PREFIXES = {"group": "/g/<group>/", "door": "/door/<group>/", "visit": "/visit/<group>/"}


def lamp(page: GroupPage) -> Answer:
    """Answer a page."""
    return "light"


class Lamp(Plugin):
    """A plugin with one page in each realm; a test says which permissions these name."""

    manifest: ClassVar[Manifest] = Manifest(
        name="lamp", title="Lamp", version="1", summary="Light", permissions=(MAY_LIGHT,), migrations=""
    )
    group: ClassVar[str] = MAY_LIGHT.name
    door: ClassVar[str] = SCREEN
    visit: ClassVar[str] = PUBLIC

    def group_routes(self) -> Sequence[Page]:
        return (Page(rule="/", view=lamp, permission=self.group),)

    def door_routes(self) -> Sequence[Page]:
        return (Page(rule="/", view=lamp, permission=self.door),)

    def public_routes(self) -> Sequence[Page]:
        return (Page(rule="/", view=lamp, permission=self.visit),)


def lamp_with(**permissions: str) -> Plugin:
    """Return the lamp, naming other permissions."""
    made: type[Plugin] = type("OtherLamp", (Lamp,), {"__module__": Lamp.__module__, **permissions})
    return made()


@SQLITE
def test_every_endpoint_declares_who_is_let_in(app: Flask) -> None:
    rules: dict[str, AccessRule] = app.extensions[ACCESS]
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(rules)
    assert set(app.view_functions) == set(rules)


@SQLITE
def test_every_declared_permission_is_one_that_somebody_declared(app: Flask) -> None:
    declared = {
        "group": set(runtime(app).registry.permissions),
        "door": {SCREEN, STEWARD, TABLET},
        "visit": {PUBLIC},
        "house": {PUBLIC, SIGNED_IN},
    }
    rules: dict[str, AccessRule] = app.extensions[ACCESS]
    assert {name: rule for name, rule in rules.items() if rule.permission not in declared[rule.realm]} == {}


@SQLITE
def test_every_permission_is_asked_for_somewhere(app: Flask) -> None:
    """A permission that nothing asks for is a promise that nothing keeps."""
    registry = runtime(app).registry
    asked = {rule.permission for rule in app.extensions[ACCESS].values()}
    asked |= {importer.permission for importer in registry.importers(frozenset(registry.by_name))}
    assert sorted(set(registry.permissions) - asked) == []


@SQLITE
def test_every_address_stands_under_its_realm_and_its_plugin(app: Flask) -> None:
    rules: dict[str, AccessRule] = app.extensions[ACCESS]
    astray = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if (declared := rules[rule.endpoint]).realm != "house"
        and not rule.rule.startswith(f"{PREFIXES[declared.realm]}{declared.component}")
        and not (declared.is_front and rule.rule == "/visit/<group>")
    ]
    assert astray == []
    outside = [rule.rule for rule in app.url_map.iter_rules() if rules[rule.endpoint].realm == "house"]
    assert [rule for rule in outside if re.match("/(g|door|visit)/", rule)] == []


@SQLITE
def test_a_plugin_with_declared_permissions_is_mounted(settings: Config) -> None:
    rules = create_app(settings, [Lamp()], testing=True).extensions[ACCESS]
    assert rules["group.lamp.lamp"] == AccessRule(realm="group", component="lamp", permission=MAY_LIGHT.name)
    assert rules["door.lamp.lamp"] == AccessRule(realm="door", component="lamp", permission=SCREEN)
    assert rules["visit.lamp.lamp"] == AccessRule(realm="visit", component="lamp", permission=PUBLIC)


@SQLITE
@pytest.mark.parametrize(
    "permissions",
    [
        {"group": ""},
        {"group": "lamp:light:switch"},
        {"group": PUBLIC},
        {"group": SCREEN},
        {"door": PUBLIC},
        {"door": MAY_LIGHT.name},
        {"visit": ""},
        {"visit": MAY_LIGHT.name},
    ],
    ids=str,
)
def test_a_page_without_a_declared_permission_cannot_be_registered(
    settings: Config, permissions: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="which is not declared"):
        create_app(settings, [lamp_with(**permissions)], testing=True)


@SQLITE
def test_a_core_page_without_a_declared_permission_cannot_be_registered(
    settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        house_setup, "CORE_GROUP_PAGES", [Page(rule="/x", view=lamp, permission="group:x:see")]
    )
    with pytest.raises(ValueError, match="which is not declared"):
        create_app(settings, [], testing=True)


@SQLITE
def test_a_page_outside_the_groups_is_public_or_for_the_signed_in(settings: Config) -> None:
    made = create_app(settings, [], testing=True)
    with pytest.raises(ValueError, match="a page outside the groups is"):
        declare(made, "house.secret", MAY_LIGHT.name)


@SQLITE
def test_two_pages_of_one_name_cannot_be_registered(settings: Config) -> None:
    class TwoLamps(Lamp):
        def group_routes(self) -> Sequence[Page]:
            return [Page(rule=rule, view=lamp, permission=MAY_LIGHT.name) for rule in ("/", "/second")]

    with pytest.raises(ValueError, match=r"Two pages are called group\.lamp\.lamp"):
        create_app(settings, [TwoLamps()], testing=True)


@SQLITE
def test_two_plugins_cannot_declare_one_permission(settings: Config) -> None:
    class Lantern(Lamp):
        manifest: ClassVar[Manifest] = Manifest(
            name="lantern", title="Lantern", version="1", summary="Light", permissions=(MAY_LIGHT,)
        )

    with pytest.raises(ValueError, match="declared twice"):
        create_app(settings, [Lamp(), Lantern()], testing=True)
