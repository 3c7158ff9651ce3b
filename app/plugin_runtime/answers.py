"""Who answers what plugins ask one another outside a page: in jobs, in handlers of events, in services."""

from typing import Any

from app.core.groups.queries import switched_on
from app.core.ids import GroupId
from app.core.work import ReadProtocol, UnitOfWork
from app.plugin_runtime.registry import Registry


def plugins_on(work: UnitOfWork, group_id: GroupId, known: frozenset[str] | None = None) -> frozenset[str]:
    """Return the names of the plugins that are on for the group; while a page is read, asked once, or `known` by its gate."""

    def ask() -> frozenset[str]:
        return switched_on(work.session, group_id) if known is None else known

    return work.asked_once(("house.plugins_on", group_id), ask)


class Answers:
    """Finds, among the plugins that are on in a group, who answers a read protocol."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def reader(
        self, work: UnitOfWork, group_id: GroupId, protocol: type[ReadProtocol]
    ) -> ReadProtocol | None:
        """Return who answers `protocol` in the group, the first in order, or None."""
        return self.among(work, plugins_on(work, group_id), protocol)

    def among(
        self, work: UnitOfWork, on: frozenset[str], protocol: type[ReadProtocol]
    ) -> ReadProtocol | None:
        """Return who answers `protocol` among the plugins named in `on`, the first in order, or None."""
        for plugin in self._registry.on(on):
            answer: Any = plugin.reads(work).get(protocol)
            if answer is not None:
                return answer  # type: ignore[no-any-return]  # the plugin's mapping pairs a protocol with its answer
        return None
