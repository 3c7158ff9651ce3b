"""Calling hooks: only of plugins that are on, in a fixed order, each on its own, so that one cannot take the page down."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog
from flask import render_template, request
from markupsafe import Markup

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.http.navigation import NavItem
from app.http.page import GroupPage, ReadProtocol
from app.http.parts import Part
from app.plugin_api import (
    HandoverFile,
    MeetingBrief,
    MemberBrief,
    MemberColumn,
    PalmsColumn,
    Panel,
    Permission,
    Plugin,
    SlipBrief,
    Step,
    Task,
)
from app.plugin_runtime.answers import Answers
from app.plugin_runtime.registry import Registry

Contribution = TypeVar("Contribution")
Made = TypeVar("Made")

log = structlog.get_logger("givefirst.plugins")


class Dispatch:
    """What the house asks of plugins while it draws a page. With `strict` a hook that raises is not caught (tests)."""

    def __init__(
        self, registry: Registry, core_nav: Callable[[GroupPage], Sequence[NavItem]], *, strict: bool
    ) -> None:
        self._registry = registry
        self._core_nav = core_nav
        self._strict = strict

    def permission(self, name: str) -> Permission:
        """Return the declared permission called `name`."""
        return self._registry.permissions[name]

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        """Return the navigation: core's own entries and those of plugins, without what the viewer may not open."""
        items = [
            *_open_to(page, self._core_nav(page)),
            *self._each(page, lambda plugin: _open_to(page, plugin.nav_items(page))),
        ]
        shown = sorted(items, key=lambda item: item.order)
        current = _nearest(request.path, shown)
        return [replace(item, is_current=item is current) for item in shown]

    def home_panels(self, page: GroupPage, only: str = "") -> list[tuple[str, Panel]]:
        """Return each part of the home page with the plugin it comes from, in order; of the plugin `only`, if named."""
        return self._panels(
            page, lambda plugin: plugin.home_panels(page) if only in {"", plugin.manifest.name} else ()
        )

    def member_panels(self, page: GroupPage, member: MemberBrief) -> list[tuple[str, Panel]]:
        """Return each part of a member's page with the plugin it comes from, in order."""
        return self._panels(page, lambda plugin: plugin.member_panels(page, member))

    def member_columns(self, page: GroupPage, members: Sequence[MemberBrief]) -> list[MemberColumn]:
        """Return the plugins' columns of the list of members, in order; those without a cell are left out."""
        found = self._each(page, lambda plugin: plugin.member_columns(page, members))
        return sorted((column for column in found if column.cells), key=lambda column: column.order)

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> list[tuple[str, Panel]]:
        """Return each part of a meeting's page with the plugin it comes from, in order."""
        return self._panels(page, lambda plugin: plugin.meeting_panels(page, meeting))

    def receiver_parts(self, page: GroupPage, member: MemberLine) -> list[Part]:
        """Return what plugins bring beside the choice of a receiver, drawn and in order."""
        brief = MemberBrief.of(member)
        return self._parts(page, self._panels(page, lambda plugin: plugin.receiver_panels(page, brief)))

    def slip_parts(
        self, page: GroupPage, slip: str, *, giver: MemberId | None, receiver: MemberId | None
    ) -> list[Part]:
        """Return what plugins bring to the page of a slip, drawn and in order."""
        brief = SlipBrief(public_id=slip, giver_member_id=giver, receiver_member_id=receiver)
        return self._parts(page, self._panels(page, lambda plugin: plugin.slip_panels(page, brief)))

    def drawn(self, page: GroupPage, plugin: str, panel: Panel) -> Markup | None:
        """Return the panel's body, drawn by the plugin's own template, or None where that fails (and is logged)."""

        def draw() -> Markup:
            return Markup(render_template(panel.template, page=page, **panel.context))  # noqa: S704 - drawn with escaping

        return self._contained(page, plugin, draw)

    def tasks(self, page: GroupPage) -> list[Task]:
        """Return what waits for the viewer, in order."""
        return sorted(self._each(page, lambda plugin: plugin.tasks(page)), key=lambda task: task.order)

    def first_steps(self, page: GroupPage) -> list[tuple[str, Step]]:
        """Return each first step with the plugin it comes from, in order, the done ones among them."""
        named = self._each(
            page,
            lambda plugin: [(plugin.manifest.name, step) for step in plugin.first_steps(page)],
        )
        return sorted(named, key=lambda pair: pair[1].order)

    def open_matters(self, page: GroupPage, office: Office) -> list[Task]:
        """Return what is open for whoever holds `office`, in order."""
        found = self._each(page, lambda plugin: plugin.open_matters(page, office))
        return sorted(found, key=lambda task: task.order)

    def handover_files(self, page: GroupPage, office: Office) -> list[HandoverFile]:
        """Return the files that go with `office`, plugin after plugin."""
        return self._each(page, lambda plugin: plugin.handover_files(page, office))

    def palms_columns(
        self, work: UnitOfWork, group: Group, switched_on: frozenset[str], period: Period
    ) -> list[PalmsColumn]:
        """Return every plugin's columns of PALMS, in their usual order; one that fails is left out and logged."""
        found: list[PalmsColumn] = []
        for plugin in self._registry.on(switched_on):
            name, ask = plugin.manifest.name, partial(plugin.palms_columns, work, group, period)
            found += self._made(work, group.slug, name, ask) or ()
        return sorted(found, key=lambda column: column.order)

    def reader(
        self, work: UnitOfWork, switched_on: frozenset[str], protocol: type[ReadProtocol]
    ) -> ReadProtocol | None:
        """Return who answers `protocol` among the plugins that are on; the first in order, or None."""
        return Answers(self._registry).among(work, switched_on, protocol)

    def _panels(self, page: GroupPage, ask: Callable[[Plugin], Sequence[Panel]]) -> list[tuple[str, Panel]]:
        named = self._each(page, lambda plugin: [(plugin.manifest.name, panel) for panel in ask(plugin)])
        return sorted(named, key=lambda pair: pair[1].order)

    def _parts(self, page: GroupPage, panels: Sequence[tuple[str, Panel]]) -> list[Part]:
        bodies = [(panel, self.drawn(page, name, panel)) for name, panel in panels]
        return [
            Part(title=panel.title, url=panel.url, body=body) for panel, body in bodies if body is not None
        ]

    def _each(self, page: GroupPage, ask: Callable[[Plugin], Sequence[Contribution]]) -> list[Contribution]:
        given: list[Contribution] = []
        for plugin in self._registry.on(page.switched_on):
            given += self._contained(page, plugin.manifest.name, partial(ask, plugin)) or ()
        return given

    def _contained(self, page: GroupPage, plugin: str, make: Callable[[], Made]) -> Made | None:
        """Return what `make` makes for the page, or None where it raises."""
        return self._made(page.work, page.group.slug, plugin, make)

    def _made(self, work: UnitOfWork, group: str, plugin: str, make: Callable[[], Made]) -> Made | None:
        """Return what `make` makes, or None where it raises: that part is left out, and the log says whose it was."""
        try:
            return make()
        except Exception:
            if self._strict:
                raise
            log.exception("A plugin's part failed and was left out", plugin=plugin, group=group)
            # On PostgreSQL a failed statement spoils its transaction, and with it every part that comes after.
            work.rollback()
            return None


def _open_to(page: GroupPage, items: Sequence[NavItem]) -> list[NavItem]:
    return [item for item in items if not item.permission or page.may(item.permission)]


def _leads(url: str, path: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")


def _nearest(path: str, items: Sequence[NavItem]) -> NavItem | None:
    """Return the entry of which an address is the longest beginning of `path`; home is current on its own page only."""
    leading = [(len(url), item) for item in items for url in (item.url, *item.also) if _leads(url, path)]
    nearest = max(leading, key=lambda pair: pair[0], default=(0, None))[1]
    is_home = nearest is not None and nearest.order == 0
    return None if is_home and nearest is not None and path != nearest.url else nearest
