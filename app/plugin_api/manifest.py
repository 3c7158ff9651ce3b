"""What a plugin says of itself before it is asked to do anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.access.domain.permission import Permission
from app.core.events import DomainEvent
from app.core.notices.wording import MailKind

API_VERSION = 1
"""The version of this contract. A plugin made for another version stops the start with one line that says so."""

_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The plugin's name, what it needs, what it declares.

    `name` is the folder, the address under the group, the blueprint, the template folder and the table
    prefix (`<name>_`). `requires` names plugins that must be on in the group before this one; `uses` names
    plugins whose `interface` it imports and can do without. `permissions` are all that its pages name.
    `publishes` are its events; `sentences` gives every refusal code its sentence, marked with `N_`.
    `migrations` is the folder of its Alembic history beside `plugin.py`, or empty if it has no tables.
    `settings` is the endpoint of the page on which a group's leaders set how it works there, or empty.
    `mails` are those of its mails that a group may word its own way.
    `on_in_new_groups` switches it on where a group is founded, if the group is of a kind that it `suits`.
    """

    name: str
    title: str
    version: str
    summary: str
    api: int = API_VERSION
    requires: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    publishes: tuple[type[DomainEvent], ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    migrations: str = "migrations"
    settings: str = ""
    on_in_new_groups: bool = False
    mails: tuple[MailKind, ...] = ()
    suits: tuple[str, ...] = ("referral-group", "roundtable")

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(
                f"Plugin name {self.name!r} must be lower case letters, digits and _, 2 to 31 long."
            )

    @property
    def table_prefix(self) -> str:
        """What the name of every table of the plugin begins with."""
        return f"{self.name}_"
