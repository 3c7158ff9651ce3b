"""What one store holds of a person, on its way out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.groups.domain.standing import Group

Told = str | int | bool | None
"""A value as it is written down: days and instants as ISO 8601 texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The rows of one table that are a person's: `name` becomes the file's name, each row tells heading and value.

    `pictures` are files of their own (portraits, recordings) by their names.
    """

    name: str
    rows: Sequence[Mapping[str, Told]] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one group holds of a person, or, without a group, what the house holds of them."""

    group: Group | None
    stores: Sequence[Exported]
