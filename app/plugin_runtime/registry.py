"""The plugins of one application, and everything that they declared."""

from collections.abc import Container, Iterable, Sequence
from itertools import chain

from app.core.access import events as access_events
from app.core.access.domain.permission import Permission
from app.core.access.permissions import CORE_PERMISSIONS
from app.core.events import DomainEvent
from app.core.groups import events as group_events
from app.core.intake import events as intake_events
from app.core.keeping import events as keeping_events
from app.core.meetings import events as meeting_events
from app.core.notices.mails_of_core import CORE_MAILS
from app.core.notices.wording import MailKind
from app.core.offices import events as office_events
from app.plugin_api import Importer, Manifest, Plugin, Subscription


class Registry:
    """What is there, found once at start: plugins in order, permissions, subscriptions, importers, events."""

    def __init__(self, plugins: Sequence[Plugin], core_importers: Sequence[Importer] = ()) -> None:
        self.plugins = tuple(plugins)
        self.by_name = {plugin.manifest.name: plugin for plugin in plugins}
        self.permissions = _by_name(
            [*CORE_PERMISSIONS, *(one for plugin in plugins for one in plugin.manifest.permissions)]
        )
        self._core_importers = tuple(core_importers)
        self._importers = {plugin.manifest.name: tuple(plugin.importers()) for plugin in plugins}
        _refuse_unpermitted(self.every_importer(), self.permissions)
        for plugin in plugins:
            _refuse_foreign_names(plugin.manifest)
        self.subscriptions: dict[type[DomainEvent], list[tuple[str, Subscription]]] = {}
        for plugin in plugins:
            for subscription in plugin.subscriptions():
                self.subscriptions.setdefault(subscription.event, []).append(
                    (plugin.manifest.name, subscription)
                )
        self._mails = {"": CORE_MAILS, **{plugin.manifest.name: plugin.manifest.mails for plugin in plugins}}
        self.events = {event.kind: event for event in self._all_events()}

    def on(self, switched_on: frozenset[str]) -> list[Plugin]:
        """Return the plugins that are on, in order."""
        return [plugin for plugin in self.plugins if plugin.manifest.name in switched_on]

    def importers(self, switched_on: frozenset[str]) -> list[Importer]:
        """Return what can be taken in where these plugins are on, core's own first; several may be parts of one kind."""
        names = [plugin.manifest.name for plugin in self.on(switched_on)]
        return [*self._core_importers, *(one for name in names for one in self._importers[name])]

    def every_importer(self) -> list[Importer]:
        """Return every importer, on or off: what a file brought can be undone also after a plugin was switched off."""
        return [*self._core_importers, *chain.from_iterable(self._importers.values())]

    def mails(self, switched_on: frozenset[str]) -> list[tuple[str, MailKind]]:
        """Return the mails that a group with these plugins may word, each with its plugin (nothing for core's)."""
        names = ["", *(plugin.manifest.name for plugin in self.on(switched_on))]
        return [(name, kind) for name in names for kind in self._mails[name]]

    def subscription(self, name: str) -> tuple[str, Subscription] | None:
        """Return the plugin and the subscription called `<plugin>.<handler>`, or None if it is gone."""
        for pairs in self.subscriptions.values():
            for plugin, subscription in pairs:
                if f"{plugin}.{subscription.name}" == name:
                    return plugin, subscription
        return None

    def _all_events(self) -> Iterable[type[DomainEvent]]:
        yield from _core_events()
        for plugin in self.plugins:
            yield from plugin.manifest.publishes


def _core_events() -> Iterable[type[DomainEvent]]:
    for module in (group_events, office_events, meeting_events, access_events, intake_events, keeping_events):
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, DomainEvent) and found is not DomainEvent:
                yield found


def _refuse_foreign_names(manifest: Manifest) -> None:
    """Refuse a plugin that goes by a name of core's, or names an event of somebody else's."""
    taken = {"core", *(event.kind.partition(".")[0] for event in _core_events())}
    if manifest.name in taken:
        raise ValueError(f"Plugin name {manifest.name!r} is a name of core's; choose another one.")
    for event in manifest.publishes:
        if not event.kind.startswith(f"{manifest.name}."):
            raise ValueError(
                f"Plugin {manifest.name} publishes {event.kind!r}; its events are called {manifest.name}.…"
            )


def _refuse_unpermitted(importers: Sequence[Importer], permissions: Container[str]) -> None:
    """Refuse an importer whose permission nobody declared."""
    for importer in importers:
        if importer.permission not in permissions:
            raise ValueError(
                f"The importer {importer.kind!r} names the permission {importer.permission!r}, "
                "which is not declared; declare it in the manifest."
            )


def _by_name(permissions: Sequence[Permission]) -> dict[str, Permission]:
    found: dict[str, Permission] = {}
    for permission in permissions:
        if permission.name in found:
            raise ValueError(
                f"The permission {permission.name} is declared twice; names begin with the component."
            )
        found[permission.name] = permission
    return found
