"""The switch per group: a plugin goes on with what it requires, and off with what requires it."""

from app.core.groups.queries import switched_on
from app.core.groups.services import switch_plugin
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_runtime.registry import Registry


def switch_on(work: UnitOfWork, registry: Registry, *, group_id: GroupId, name: str) -> None:
    """Switch the plugin on, and before it the ones it requires; the caller commits."""
    on = switched_on(work.session, group_id)
    plugin = registry.by_name[name]
    for required in plugin.manifest.requires:
        if required not in on:
            switch_on(work, registry, group_id=group_id, name=required)
    if name not in on:
        plugin.turned_on(work, group_id)
        switch_plugin(work, group_id=group_id, plugin=name, is_on=True)


def switch_off(work: UnitOfWork, registry: Registry, *, group_id: GroupId, name: str) -> None:
    """Switch the plugin off, and before it the ones that require it; the caller commits."""
    on = switched_on(work.session, group_id)
    for other in registry.plugins:
        if name in other.manifest.requires and other.manifest.name in on:
            switch_off(work, registry, group_id=group_id, name=other.manifest.name)
    if name in on:
        switch_plugin(work, group_id=group_id, plugin=name, is_on=False)
