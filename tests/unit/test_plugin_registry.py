"""What do the plugins of one application declare together, and which declarations clash?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from app.core.access.permissions import HOME_VIEW
from app.core.events import DomainEvent
from app.core.groups.events import MembershipEnded
from app.core.work import UnitOfWork
from app.http.sentences import Sentences
from app.plugin_api import Importer, Subscription, for_members
from app.plugin_runtime.migrations import Component, owners_of_tables
from app.plugin_runtime.registry import Registry
from app.web.roster_import import RosterImporter
from tests.support.plugins import MadePlugin, made, manifest
from tests.support.wheel import ROOT


@dataclass(frozen=True, kw_only=True)
class TeaPoured(DomainEvent):
    """An event of the plugin tea."""

    kind: ClassVar[str] = "tea.poured"


def clear_table(work: UnitOfWork, event: MembershipEnded) -> None:
    """Handle an event by doing nothing."""


def test_permissions_of_core_and_of_plugins_stand_together() -> None:
    registry = Registry([made("tea", permissions=(for_members("tea:pot:view", "see the pot"),))])
    assert {HOME_VIEW, "tea:pot:view"} <= registry.permissions.keys()


@pytest.mark.parametrize("name", ["tea:pot:view", HOME_VIEW])
def test_a_permission_declared_twice_is_refused(name: str) -> None:
    tea = made("tea", permissions=(for_members("tea:pot:view", "see the pot"),))
    jam = made("jam", permissions=(for_members(name, "see the jam"),))
    with pytest.raises(ValueError, match=f"The permission {name} is declared twice"):
        Registry([tea, jam])


def test_plugins_that_are_on_keep_the_order_of_the_registry() -> None:
    registry = Registry([made("tea"), made("jam"), made("pie")])
    on = registry.on(frozenset({"pie", "tea", "no_longer_installed"}))
    assert [plugin.manifest.name for plugin in on] == ["tea", "pie"]


def test_a_subscription_is_found_by_plugin_and_handler() -> None:
    subscription = Subscription(event=MembershipEnded, handler=clear_table)
    registry = Registry([MadePlugin(manifest("tea"), listens=(subscription,))])
    assert registry.subscription("tea.clear_table") == ("tea", subscription)


@pytest.mark.parametrize("gone", ["tea.another_handler", "jam.clear_table"])
def test_a_subscription_whose_plugin_or_handler_is_gone_is_none(gone: str) -> None:
    subscription = Subscription(event=MembershipEnded, handler=clear_table)
    registry = Registry([MadePlugin(manifest("tea"), listens=(subscription,))])
    assert registry.subscription(gone) is None


def test_events_of_core_and_of_plugins_are_found_by_their_kind() -> None:
    events = Registry([made("tea", publishes=(TeaPoured,))]).events
    assert (events["tea.poured"], events[MembershipEnded.kind]) == (TeaPoured, MembershipEnded)


@pytest.mark.parametrize("event", [TeaPoured, MembershipEnded])
def test_a_plugin_cannot_publish_what_is_called_after_somebody_else(event: type[DomainEvent]) -> None:
    with pytest.raises(ValueError, match=f"Plugin jam publishes '{event.kind}'; its events are called jam"):
        Registry([made("jam", publishes=(event,))])


@pytest.mark.parametrize("name", ["core", "groups", "meetings", "access"])
def test_a_plugin_cannot_go_by_a_name_of_core(name: str) -> None:
    with pytest.raises(ValueError, match=f"Plugin name '{name}' is a name of core's"):
        Registry([made(name)])


class Cellar(MadePlugin):
    """A plugin that takes in lists of bottles; counts how often it is asked."""

    asked = 0

    def importers(self) -> Sequence[Importer]:
        self.asked += 1
        return (Bottles(),)


class Bottles(RosterImporter):
    """An importer of its own kind."""

    kind = "cellar.bottles"
    permission = "cellar:bottle:import"


def cellar(name: str = "cellar", *, permission: str = "cellar:bottle:import") -> Cellar:
    """Return a plugin that takes in lists of bottles and declares `permission`."""
    return Cellar(manifest(name, permissions=(for_members(permission, "import bottles"),)))


def test_importers_are_asked_for_once_and_offered_where_the_plugin_is_on() -> None:
    plugin, core = cellar(), RosterImporter()
    registry = Registry([plugin], [core])
    assert registry.importers(frozenset()) == [core]
    assert [one.kind for one in registry.importers(frozenset({"cellar"}))] == [core.kind, "cellar.bottles"]
    assert plugin.asked == 1


def test_two_importers_of_one_kind_are_two_parts_of_it() -> None:
    registry = Registry([cellar(), cellar("pantry", permission="pantry:bottle:import")])
    both = registry.importers(frozenset({"cellar", "pantry"}))
    assert [one.kind for one in both] == ["cellar.bottles", "cellar.bottles"]
    assert registry.importers(frozenset({"pantry"})) == both[1:]
    assert registry.every_importer() == both


def test_an_importer_with_a_permission_that_nobody_declared_is_refused() -> None:
    with pytest.raises(
        ValueError, match="names the permission 'cellar:bottle:import', which is not declared"
    ):
        Registry([cellar(permission="cellar:bottle:see")])


def test_a_refusal_code_with_two_sentences_is_refused() -> None:
    sentences = Sentences()
    sentences.add({"tea.cold": "The tea is cold."})
    with pytest.raises(ValueError, match=r"Refusal codes with two sentences: \['tea.cold'\]"):
        sentences.add({"tea.cold": "Warm it."})


def test_a_table_belongs_to_the_longest_name_that_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = dict.fromkeys(["tea_pot", "tea_time_guest", "member"])
    monkeypatch.setattr("app.plugin_runtime.migrations.Base.metadata", type("Known", (), {"tables": tables}))
    parts = [Component(name=name, versions=ROOT) for name in ("core", "tea", "tea_time")]
    assert owners_of_tables(parts) == {"tea_pot": "tea", "tea_time_guest": "tea_time", "member": "core"}
