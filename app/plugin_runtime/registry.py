"""The plugins of one application, and everything that they declared."""

from collections.abc import Iterable, Sequence

from app.core.access import events as access_events
from app.core.access.domain.permission import Permission
from app.core.access.permissions import CORE_PERMISSIONS
from app.core.events import DomainEvent
from app.core.groups import events as group_events
from app.core.intake import events as intake_events
from app.core.meetings import events as meeting_events
from app.plugin_api import Importer, Plugin, Subscription


class Registry:
    """What is there, found once at start: plugins in order, permissions, subscriptions, importers, events."""

    def __init__(self, plugins: Sequence[Plugin], core_importers: Sequence[Importer] = ()) -> None:
        self.plugins = tuple(plugins)
        self.by_name = {plugin.manifest.name: plugin for plugin in plugins}
        self.permissions = _by_name(
            [*CORE_PERMISSIONS, *(one for plugin in plugins for one in plugin.manifest.permissions)]
        )
        self.core_importers = tuple(core_importers)
        self.subscriptions: dict[type[DomainEvent], list[tuple[str, Subscription]]] = {}
        for plugin in plugins:
            for subscription in plugin.subscriptions():
                self.subscriptions.setdefault(subscription.event, []).append(
                    (plugin.manifest.name, subscription)
                )
        self.events = {event.kind: event for event in self._all_events()}

    def on(self, switched_on: frozenset[str]) -> list[Plugin]:
        """Return the plugins that are on, in order."""
        return [plugin for plugin in self.plugins if plugin.manifest.name in switched_on]

    def importers(self, switched_on: frozenset[str]) -> list[Importer]:
        """Return the kinds of file that can be taken in where these plugins are on, core's own first."""
        return [*self.core_importers, *(one for plugin in self.on(switched_on) for one in plugin.importers())]

    def subscription(self, name: str) -> tuple[str, Subscription] | None:
        """Return the plugin and the subscription called `<plugin>.<handler>`, or None if it is gone."""
        for pairs in self.subscriptions.values():
            for plugin, subscription in pairs:
                if f"{plugin}.{subscription.name}" == name:
                    return plugin, subscription
        return None

    def _all_events(self) -> Iterable[type[DomainEvent]]:
        for module in (group_events, meeting_events, access_events, intake_events):
            for found in vars(module).values():
                if isinstance(found, type) and issubclass(found, DomainEvent) and found is not DomainEvent:
                    yield found
        for plugin in self.plugins:
            yield from plugin.manifest.publishes


def _by_name(permissions: Sequence[Permission]) -> dict[str, Permission]:
    found: dict[str, Permission] = {}
    for permission in permissions:
        if permission.name in found:
            raise ValueError(
                f"The permission {permission.name} is declared twice; names begin with the component."
            )
        found[permission.name] = permission
    return found
