"""The access matrix: what each rule demands of each visitor, group and switch, and what the house answers.

What is expected is worked out here from the declared rules alone; nothing of the gate is used for it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from typing import Any

from flask import Flask, Response
from werkzeug.datastructures import Headers
from werkzeug.routing import Rule

from app.core.access.domain.permission import PUBLIC, SIGNED_IN, Permission
from app.http.door import JSON
from app.http.page import Answer
from app.plugin_api import Page, Plugin
from app.plugin_runtime.gate import AccessRule
from app.plugin_runtime.routing import ACCESS
from app.plugin_runtime.runtime import runtime
from tests.support.visitors import NOWHERE, Visitor

PASSED = "X-Passed-The-Gate"


class Verdict(StrEnum):
    """How a page answers somebody at its door."""

    ADMITTED = "admitted"
    TO_SIGN_IN = "sent to the sign-in"
    NOT_THERE = "not there"
    NOT_YOUR_OFFICE = "belongs to an office"
    TOLD_OUT = "told that it was revoked"
    BROKEN = "something else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address with one method, and the rule that its endpoint declares."""

    endpoint: str
    method: str
    rule: AccessRule
    address: str
    """With `{group}` where the group's name goes; other parts of the address name nothing that exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One visitor at one door of one group, with these plugins on."""

    door: Door
    visitor: Visitor
    group: str
    on: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A cell and how the house answered."""

    cell: Cell
    verdict: Verdict
    status: int

    def against(self, expected: Verdict) -> str:
        """Return what is wrong, as a sentence of the matrix."""
        cell = self.cell
        off_or_on = f"with {', '.join(sorted(cell.on)) or 'nothing'} on"
        return (
            f"{cell.door.method} {cell.door.endpoint} of {cell.group} {off_or_on}: "
            f"{cell.visitor.name} is {self.verdict} ({self.status}), not {expected}"
        )


def doors(app: Flask, *, with_head: bool = True) -> list[Door]:
    """Return every address of the URL map with each method that reaches its view."""
    rules: Mapping[str, AccessRule] = app.extensions[ACCESS]
    return [
        Door(endpoint=rule.endpoint, method=method, rule=rules[rule.endpoint], address=_address(rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in sorted((rule.methods or set()) - {"OPTIONS"})
        if with_head or method != "HEAD"
    ]


def expected(cell: Cell, permissions: Mapping[str, Permission]) -> Verdict:
    """Return what the declared rule demands for this cell."""
    demand = {"group": _for_members, "door": _for_devices, "visit": _for_anybody, "house": _for_the_house}
    return demand[cell.door.rule.realm](cell, permissions)


def answer(app: Flask, cell: Cell) -> Answered:
    """Send the request of the cell and return how the house answered.

    It goes to the application as a server would hand it over: a test client takes longer than the house itself.
    """
    started: list[tuple[int, Headers]] = []

    def start(
        status: str, headers: list[tuple[str, str]], _failure: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((int(status[:3]), Headers(headers)))
        return lambda _data: None

    for _part in app.wsgi_app(_request(cell), start):
        pass
    status, headers = started[-1]
    return Answered(cell=cell, verdict=verdict_of(status, headers), status=status)


def _request(cell: Cell) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": cell.door.method,
        "PATH_INFO": cell.door.address.format(group=cell.group),
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cell.visitor.cookies,
        "REMOTE_ADDR": "127.0.0.1",
        # As a tablet's script sends: it opens nothing to anybody but a tablet.
        "HTTP_ACCEPT": JSON,
        "CONTENT_TYPE": JSON,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def verdict_of(status: int, headers: Headers) -> Verdict:
    """Return how the gate answered: a page behind a probe says by a header that it was reached."""
    if headers.get(PASSED) == "yes":
        return Verdict.ADMITTED
    if status == 303 and headers["Location"].startswith("/account/sign-in"):
        return Verdict.TO_SIGN_IN
    return {404: Verdict.NOT_THERE, 403: Verdict.NOT_YOUR_OFFICE, 401: Verdict.TOLD_OUT}.get(
        status, Verdict.BROKEN
    )


def faults(answered: Iterable[Answered], permissions: Mapping[str, Permission]) -> list[str]:
    """Return each cell that was not answered as its rule demands."""
    return [
        one.against(demanded)
        for one in answered
        if one.verdict is not (demanded := expected(one.cell, permissions))
    ]


def cells(
    app: Flask,
    visitors: Sequence[Visitor],
    groups: Sequence[str],
    on: frozenset[str],
    *,
    with_head: bool = False,
    of: frozenset[str] | None = None,
) -> Iterator[Cell]:
    """Yield every visitor at every door inside a group, for these groups; `of` names the components whose doors are tried."""
    inside = [
        door
        for door in doors(app, with_head=with_head)
        if door.rule.realm != "house" and (of is None or door.rule.component in of)
    ]
    for group in groups:
        for door in inside:
            for visitor in visitors:
                yield Cell(door=door, visitor=visitor, group=group, on=on)


def switches(app: Flask) -> list[frozenset[str]]:
    """Return which plugins are on: all, each one alone off, none."""
    names = frozenset(plugin.manifest.name for plugin in runtime(app).registry.plugins)
    return list(dict.fromkeys([names, *(names - {name} for name in sorted(names)), frozenset[str]()]))


def probed(page: Page) -> Page:
    """Return the page with a view that only says that it was reached; the gate before it is the real one."""
    return replace(page, view=_reached, name=page.endpoint)


def probed_plugin(plugin: Plugin) -> Plugin:
    """Return the plugin with a probe behind every gate."""
    kind = type(plugin)

    def pages(hook: str) -> Any:
        return lambda self: [probed(page) for page in getattr(kind, hook)(self)]

    hooks = {hook: pages(hook) for hook in ("group_routes", "door_routes", "public_routes")}
    made: type[Plugin] = type(kind.__name__, (kind,), {"__module__": kind.__module__, **hooks})
    return made()


def _reached(_page: object, **_values: str) -> Answer:
    return Response("reached", headers={PASSED: "yes"})


def _address(rule: Rule) -> str:
    """Return the rule's address; a part that names a thing is filled with a name that no thing has."""
    address = rule.rule
    for argument in sorted(rule.arguments - {"group"}):
        address = address.replace(f"<{argument}>", f"no-such-{argument}")
    return address.replace("<group>", "{group}")


def _is_on(cell: Cell) -> bool:
    return not cell.door.rule.component or cell.door.rule.component in cell.on


def _for_members(cell: Cell, permissions: Mapping[str, Permission]) -> Verdict:
    if not cell.visitor.is_signed_in:
        return Verdict.TO_SIGN_IN
    if cell.group not in cell.visitor.offices or not _is_on(cell):
        return Verdict.NOT_THERE
    demanded = permissions[cell.door.rule.permission]
    is_held = demanded.members or not demanded.offices.isdisjoint(cell.visitor.offices[cell.group])
    return Verdict.ADMITTED if is_held else Verdict.NOT_YOUR_OFFICE


def _for_devices(cell: Cell, _permissions: Mapping[str, Permission]) -> Verdict:
    scope, kind, _action = cell.door.rule.permission.split(":")
    if scope != "device" or not _is_on(cell):
        return Verdict.NOT_THERE
    if kind == "tablet" and cell.visitor.was_device == (cell.group, kind):
        return Verdict.TOLD_OUT
    return Verdict.ADMITTED if cell.visitor.device == (cell.group, kind) else Verdict.NOT_THERE


def _for_anybody(cell: Cell, _permissions: Mapping[str, Permission]) -> Verdict:
    is_there = cell.group != NOWHERE and _is_on(cell) and cell.door.rule.permission == PUBLIC
    return Verdict.ADMITTED if is_there else Verdict.NOT_THERE


def _for_the_house(cell: Cell, _permissions: Mapping[str, Permission]) -> Verdict:
    needs_sign_in = cell.door.rule.permission == SIGNED_IN
    return Verdict.TO_SIGN_IN if needs_sign_in and not cell.visitor.is_signed_in else Verdict.ADMITTED
