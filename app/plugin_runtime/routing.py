"""Where pages hang: the four parents that core owns, and under each the blueprints of the components.

A page without a declared permission cannot be registered, and every endpoint's rule is kept, so that the
access matrix is made from what is really there.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask

from app.core.access.domain.permission import PUBLIC, SCREEN, SIGNED_IN, STEWARD, TABLET
from app.plugin_api import Page, Plugin
from app.plugin_runtime.gate import AccessRule, GatedView, door_gate, member_gate, public_gate
from app.plugin_runtime.registry import Registry

ACCESS = "givefirst.access"
"""The application's extension that maps every endpoint to its `AccessRule`."""

Gate = Callable[[Page, str], GatedView]

_GATES: dict[str, tuple[str, Gate]] = {
    "group": ("/g/<group>", member_gate),
    "door": ("/door/<group>", door_gate),
    "visit": ("/visit/<group>", public_gate),
}
_PERMITTED = {"door": frozenset({SCREEN, STEWARD, TABLET}), "visit": frozenset({PUBLIC})}


def mount_groups(app: Flask, registry: Registry, core_pages: Sequence[Page]) -> None:
    """Mount core's group pages and every plugin's pages behind the gate of their realm."""
    _refuse_taken_addresses(registry, core_pages)
    for realm, (prefix, gate) in _GATES.items():
        parent = Blueprint(realm, __name__, url_prefix=prefix)
        if realm == "group":
            _add(_Place(app=app, registry=registry, realm=realm, gate=gate), parent, core_pages)
        for plugin in registry.plugins:
            name = plugin.manifest.name
            folder = package_folder(plugin) / "web" / "templates" if realm == "group" else None
            child = Blueprint(name, __name__, url_prefix=f"/{name}", template_folder=folder)
            place = _Place(app=app, registry=registry, realm=realm, gate=gate, component=name)
            pages = _pages(plugin, realm)
            _add(place, child, [page for page in pages if not page.is_front])
            _add_front(place, parent, [page for page in pages if page.is_front])
            parent.register_blueprint(child)
        app.register_blueprint(parent)


def declare(app: Flask, endpoint: str, permission: str) -> None:
    """Note the rule of a page outside any group: `public` or `account:self:use`."""
    if permission not in {PUBLIC, SIGNED_IN}:
        raise ValueError(
            f"{endpoint}: a page outside the groups is {PUBLIC!r} or {SIGNED_IN!r}, not {permission!r}."
        )
    rules: dict[str, AccessRule] = app.extensions.setdefault(ACCESS, {})
    rules[endpoint] = AccessRule(realm="house", component="", permission=permission)


def package_folder(plugin: Plugin) -> Path:
    """Return the folder of the plugin's package, where its templates and migrations lie."""
    return Path(sys.modules[type(plugin).__module__].__file__ or "").resolve().parent


def _refuse_taken_addresses(registry: Registry, core_pages: Sequence[Page]) -> None:
    taken = {page.rule.split("/")[1] for page in core_pages}
    for name in registry.by_name:
        if name in taken:
            raise ValueError(
                f"Plugin {name!r} would hide core's page /g/<group>/{name}; give it another name."
            )


def _pages(plugin: Plugin, realm: str) -> Sequence[Page]:
    by_realm = {"group": plugin.group_routes, "door": plugin.door_routes, "visit": plugin.public_routes}
    return by_realm[realm]()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where pages are hung: the realm with its gate, and whose they are."""

    app: Flask
    registry: Registry
    realm: str
    gate: Gate
    component: str = ""


def _add(place: _Place, blueprint: Blueprint, pages: Sequence[Page]) -> None:
    rules: dict[str, AccessRule] = place.app.extensions.setdefault(ACCESS, {})
    parents = f"{place.realm}." if place.component else ""
    for page in pages:
        _refuse_undeclared(page, place)
        endpoint = f"{parents}{blueprint.name}.{page.endpoint}"
        if endpoint in rules:
            raise ValueError(f"Two pages are called {endpoint}; give one of them a name of its own.")
        rules[endpoint] = AccessRule(realm=place.realm, component=place.component, permission=page.permission)
        view = place.gate(page, place.component)
        blueprint.add_url_rule(page.rule, endpoint=page.endpoint, view_func=view, methods=list(page.methods))


def _add_front(place: _Place, parent: Blueprint, pages: Sequence[Page]) -> None:
    """Hang the front page of the group's public addresses on `/visit/<group>`, with and without a slash behind it."""
    rules: dict[str, AccessRule] = place.app.extensions[ACCESS]
    for page in pages:
        _refuse_undeclared(page, place)
        if place.realm != "visit" or page.rule:
            raise ValueError(f"{place.component}: a front page is public and has no rule, not {page.rule!r}.")
        endpoint = f"{place.realm}.{page.endpoint}"
        if endpoint in rules or any(rule.is_front for rule in rules.values()):
            raise ValueError(f"{place.component}: another plugin has the front page of the public already.")
        rules[endpoint] = AccessRule(
            realm=place.realm, component=place.component, permission=page.permission, is_front=True
        )
        view = place.gate(page, place.component)
        parent.add_url_rule(
            "", endpoint=page.endpoint, view_func=view, methods=list(page.methods), strict_slashes=False
        )


def _refuse_undeclared(page: Page, place: _Place) -> None:
    permitted = _PERMITTED.get(place.realm) or place.registry.permissions.keys()
    if page.permission not in permitted:
        raise ValueError(
            f"{place.component or 'core'}: the page {page.rule} names the permission {page.permission!r}, "
            f"which is not declared for /{place.realm}; declare it in the manifest."
        )
