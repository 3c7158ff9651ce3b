"""What happens to the data as a whole."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PluginPurged(DomainEvent):
    """The tables of a plugin were exported and removed; `rows` is how many there were."""

    kind: ClassVar[str] = "keeping.plugin_purged"

    plugin: str
    rows: int
