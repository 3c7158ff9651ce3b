"""What happened: frozen facts in the past tense, with ids only, as they stand in the ledger and reach subscribers."""

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from app.core.ids import GroupId

Fact = str | int | bool | None


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """Something that happened in a group. Subclasses name themselves in `kind`: `<component>.<past_participle>`.

    Fields are ids, numbers, short codes, days and instants; never personal text. A `sealed` event does not
    move the counter that pages poll, so that a confidential report cannot be noticed by the page changing.
    """

    kind: ClassVar[str]
    sealed: ClassVar[bool] = False

    group_id: GroupId

    def facts(self) -> dict[str, Fact]:
        """Return the fields, without the group, as values that JSON can hold."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in dataclasses.fields(self)
            if field.name != "group_id"
        }

    @classmethod
    def from_facts(cls, group_id: GroupId, facts: Mapping[str, Fact]) -> Self:
        """Return the event that `facts` were taken from: the inverse of `facts`."""
        kinds = _field_types(cls)
        values = {name: _restored(value, kinds[name]) for name, value in facts.items() if name in kinds}
        return cls(group_id=group_id, **values)


def _plain(value: Any) -> Fact:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, bool)):
        return value
    raise TypeError(
        f"{value!r} cannot stand in an event; use an id, a number, a short code, a day or an instant."
    )


def _field_types(cls: type[DomainEvent]) -> dict[str, tuple[Any, ...]]:
    hints = typing.get_type_hints(cls)
    return {
        field.name: typing.get_args(hints[field.name]) or (hints[field.name],)
        for field in dataclasses.fields(cls)
    }


def _restored(value: Fact, kinds: tuple[Any, ...]) -> Any:
    if not isinstance(value, str):
        return value
    if datetime in kinds:
        return datetime.fromisoformat(value)
    if date in kinds:
        return date.fromisoformat(value)
    return value
