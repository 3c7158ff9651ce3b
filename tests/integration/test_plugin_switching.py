"""A plugin goes on with what it requires and off with what requires it, in one transaction or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.standing import Group
from app.core.groups.queries import switched_on
from app.core.ids import GroupId
from app.core.ledger.queries import entries_of
from app.core.work import UnitOfWork
from app.extensions import db
from app.plugin_runtime.switching import switch_off, switch_on
from config import Config
from tests.support.engines import STARTS_AT
from tests.support.plugins import MadePlugin, made, manifest
from tests.support.world import World


class Stubborn(MadePlugin):
    """A plugin that cannot prepare a group."""

    def turned_on(self, work: UnitOfWork, group_id: GroupId) -> None:
        raise RuntimeError("the pot is broken")


@dataclass(frozen=True, kw_only=True)
class Kitchen:
    """A world with a group and three plugins: jam requires tea, pie requires jam."""

    world: World
    group: Group
    tea: MadePlugin

    def turn(self, name: str, to: str) -> None:
        """Switch a plugin and commit."""
        work = self.world.work()
        act = switch_on if to == "on" else switch_off
        try:
            act(work, self.world.held.registry, group_id=self.group.id, name=name)
            work.commit()
        finally:
            work.session.close()

    def on(self, group: Group | None = None) -> set[str]:
        """Return what is on in the group."""
        session = self.world.work().session
        found = switched_on(session, (group or self.group).id)
        session.rollback()
        return set(found)

    def switches(self) -> list[str]:
        """Return the facts of every switch, in the order of the ledger."""
        session = self.world.work().session
        found = [entry.facts for entry, _ in entries_of(session, self.group.id, ("groups.plugin_switched",))]
        session.rollback()
        return found


@pytest.fixture
def kitchen(settings: Config) -> Iterator[Kitchen]:
    """Yield a group with nothing on."""
    tea = made("tea")
    others = [made("jam", requires=("tea",)), made("pie", requires=("jam",)), Stubborn(manifest("old_pot"))]
    app = create_app(settings, [tea, *others], clock=FixedClock(STARTS_AT), testing=True)
    world = World(app)
    yield Kitchen(world=world, group=world.group(plugins=()), tea=tea)
    world.close()
    with app.app_context():
        db.engine.dispose()


def test_a_plugin_goes_on_after_those_it_requires(kitchen: Kitchen) -> None:
    kitchen.turn("pie", "on")
    assert kitchen.on() == {"tea", "jam", "pie"}
    assert [facts.partition("plugin")[2][3:6] for facts in kitchen.switches()] == ["tea", "jam", "pie"]


def test_a_plugin_goes_off_after_those_that_require_it(kitchen: Kitchen) -> None:
    kitchen.turn("pie", "on")
    kitchen.turn("tea", "off")
    assert kitchen.on() == set()
    assert [facts.partition("plugin")[2][3:6] for facts in kitchen.switches()[3:]] == ["pie", "jam", "tea"]


def test_what_it_requires_stays_on_when_a_plugin_goes_off(kitchen: Kitchen) -> None:
    kitchen.turn("pie", "on")
    kitchen.turn("pie", "off")
    assert kitchen.on() == {"tea", "jam"}


def test_switching_on_what_is_on_changes_nothing(kitchen: Kitchen) -> None:
    kitchen.turn("tea", "on")
    kitchen.turn("tea", "on")
    assert len(kitchen.switches()) == 1
    assert kitchen.tea.turned_on_in == [kitchen.group.id]


def test_a_plugin_prepares_the_group_each_time_it_goes_on(kitchen: Kitchen) -> None:
    for to in ("on", "off", "on"):
        kitchen.turn("tea", to)
    assert kitchen.tea.turned_on_in == [kitchen.group.id, kitchen.group.id]


def test_one_group_switches_for_itself_alone(kitchen: Kitchen) -> None:
    other = kitchen.world.group("mill", plugins=())
    kitchen.turn("tea", "on")
    assert kitchen.on(other) == set()


def test_a_plugin_that_cannot_prepare_the_group_stays_off(kitchen: Kitchen) -> None:
    with pytest.raises(RuntimeError, match="the pot is broken"):
        kitchen.turn("old_pot", "on")
    assert (kitchen.on(), kitchen.switches()) == (set(), [])
