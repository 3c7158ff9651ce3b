"""Do the facts of every kind of event that there is come back from the ledger as they went in?"""

import dataclasses
import json
import typing
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest

from app.core.events import DomainEvent, Fact
from app.core.groups.events import MembershipStarted
from app.core.ids import GroupId
from app.core.ledger.domain.chain import canonical
from app.plugin_runtime.discovery import find_plugins
from app.plugin_runtime.registry import Registry
from config import PLUGINS

EVENTS = sorted(Registry(find_plugins(PLUGINS)).events.values(), key=lambda event: event.kind)
GROUP = GroupId(7)

SAMPLES: dict[type, Any] = {
    int: 2**62,
    str: "Łódź “quoted” \\ 'x'",
    bool: True,
    datetime: datetime(2026, 10, 25, 0, 30, 0, 123456, tzinfo=UTC),
    date: date(2026, 10, 25),
    type(None): None,
}


def base_of(kind: Any) -> type:
    """Return the plain type behind a NewType."""
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return typing.cast(type, kind)


def filled(event: type[DomainEvent], *, choice: int) -> DomainEvent:
    """Return the event with a sample of the first or last type that each field may have."""
    hints = typing.get_type_hints(event)
    values = {
        field.name: SAMPLES[base_of((typing.get_args(hints[field.name]) or (hints[field.name],))[choice])]
        for field in dataclasses.fields(event)
        if field.name != "group_id"
    }
    return event(group_id=GROUP, **values)


def there_and_back(event: DomainEvent) -> DomainEvent:
    return type(event).from_facts(GROUP, json.loads(canonical(event.facts())))


def test_membership_that_the_ledger_keeps_from_before_newcomers_were_told_apart_is_a_newcomers() -> None:
    facts: dict[str, Fact] = {"member_id": 1, "person_id": 2, "started_on": "2026-01-06"}
    assert MembershipStarted.from_facts(GROUP, facts).is_newcomer


@pytest.mark.parametrize("choice", [0, -1], ids=["filled", "none where it may be"])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_facts_come_back_as_they_went_in(event: type[DomainEvent], choice: int) -> None:
    happened = filled(event, choice=choice)
    assert there_and_back(happened) == happened


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_event_can_be_kept(event: type[DomainEvent]) -> None:
    component, _dot, what = event.kind.partition(".")
    assert component
    assert what
    assert len(event.kind) <= 80, "the ledger's column is 80 wide"
    assert "group_id" not in filled(event, choice=0).facts(), "the group is a column of its own"


def test_every_kind_is_named_once() -> None:
    published = [
        *(event for plugin in find_plugins(PLUGINS) for event in plugin.manifest.publishes),
        *(event for event in DomainEvent.__subclasses__() if event.__module__.startswith("app.core")),
    ]
    kinds = [event.kind for event in published]
    assert sorted(kinds) == sorted(set(kinds))
    assert set(kinds) == {event.kind for event in EVENTS}


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Weighed(DomainEvent):
    kind: ClassVar[str] = "tests.weighed"

    weight: Any
    added_later: int | None = None


@pytest.mark.parametrize("weight", [1.5, ["a"], {"name": "Ana"}, b"x"])
def test_value_that_json_would_bend_is_refused(weight: Any) -> None:
    with pytest.raises(TypeError, match="cannot stand in an event"):
        _Weighed(group_id=GROUP, weight=weight).facts()


def test_entry_written_before_a_field_was_added_or_after_one_was_dropped_is_still_read() -> None:
    assert _Weighed.from_facts(GROUP, {"weight": 3, "colour": "red"}) == _Weighed(group_id=GROUP, weight=3)
