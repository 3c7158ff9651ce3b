"""Events on their way: is each handled exactly once, whatever fails, stops or runs beside it?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.events import DomainEvent
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.groups.services import switch_plugin
from app.core.ledger.queries import entries_of
from app.core.ledger.store import Delivery
from app.core.work import HOUSE, UnitOfWork
from app.plugin_api import Plugin, Subscription
from app.plugin_runtime.bus import LEASE, Bus
from app.plugin_runtime.registry import Registry
from tests.support.parallel import at_once
from tests.support.plugins import MadePlugin, manifest
from tests.support.town import Town


@dataclass(frozen=True, kw_only=True)
class Rang(DomainEvent):
    """The bell rang."""

    kind: ClassVar[str] = "bell.rang"

    number: int


@dataclass(frozen=True, kw_only=True)
class Heard(DomainEvent):
    """Somebody heard it: what the handler leaves behind, in the transaction of the delivery."""

    kind: ClassVar[str] = "bell.heard"

    number: int


@dataclass(kw_only=True)
class Ear:
    """A subscriber that can be told to fail, before or after it wrote."""

    fails: set[int] = field(default_factory=set)
    tried: list[int] = field(default_factory=list)

    def hear(self, work: UnitOfWork, event: Rang) -> None:
        """Note that the event was heard, then fail where told to."""
        self.tried.append(event.number)
        work.record(Heard(group_id=event.group_id, number=event.number))
        written = update(GroupRow).where(GroupRow.id == event.group_id).values(version=event.number)
        work.session.execute(written)
        if event.number in self.fails:
            raise RuntimeError(f"deaf to {event.number}")


EAR = Ear()
LOUD_EAR = Ear()


def is_loud(event: Rang) -> bool:
    """Return whether the bell was rung a hundred times or more; cannot tell for a thousand."""
    if event.number == 1000:
        raise ValueError("too loud to tell")
    return event.number >= 100


def hear_loud(work: UnitOfWork, event: Rang) -> None:
    """Hear loud bells."""
    LOUD_EAR.tried.append(event.number)


@pytest.fixture(scope="module")
def town_plugins() -> list[Plugin]:
    return [
        MadePlugin(
            manifest("bell", publishes=(Rang, Heard)),
            listens=(Subscription(event=Rang, handler=EAR.hear),),
        ),
        MadePlugin(manifest("tower"), listens=(Subscription(event=Rang, handler=hear_loud, when=is_loud),)),
    ]


@pytest.fixture(autouse=True)
def ear() -> Ear:
    EAR.fails.clear()
    EAR.tried.clear()
    LOUD_EAR.tried.clear()
    return EAR


@pytest.fixture(autouse=True)
def _nothing_waits_from_before(town: Town) -> None:
    with town.act() as work:
        work.session.connection().exec_driver_sql("DELETE FROM ledger_delivery")


class Lost:
    """Knows the subscribers, and ends with its process between the commit and the delivery."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def names_for(self, session: Session, events: Sequence[DomainEvent]) -> list[tuple[str, ...]]:
        return self._bus.names_for(session, events)

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        return


def ring(town: Town, group: Group, *numbers: int) -> None:
    with town.act() as work:
        for number in numbers:
            work.record(Rang(group_id=group.id, number=number))


def ring_and_end(town: Town, group: Group, *numbers: int) -> None:
    """Ring in a process that ends between the commit and the delivery."""
    with town.held.new_session() as session:
        work = UnitOfWork(
            session=session, clock=town.clock, ids=town.held.ids, actor=HOUSE, subscribers=Lost(town.held.bus)
        )
        for number in numbers:
            work.record(Rang(group_id=group.id, number=number))
        work.commit()


def heard(town: Town, group: Group) -> list[int]:
    return [
        json.loads(entry.facts)["number"]
        for entry, _hash in entries_of(town.session, group.id, ("bell.heard",))
    ]


def deliveries(town: Town) -> list[tuple[str, int, str]]:
    """Return state, attempts and last error of every delivery, in order."""
    query = "SELECT state, attempts, last_error FROM ledger_delivery ORDER BY group_id, sequence"
    return [(row[0], row[1], row[2]) for row in town.session.connection().exec_driver_sql(query)]


def test_handler_hears_each_event_once_after_the_commit(town: Town, ear: Ear) -> None:
    group = town.group("once", plugins=["bell"])
    work = town.work()
    for number in (1, 2):
        work.record(Rang(group_id=group.id, number=number))
    assert ear.tried == []
    work.commit()
    assert (ear.tried, heard(town, group)) == ([1, 2], [1, 2])
    assert deliveries(town) == [("done", 1, ""), ("done", 1, "")]
    town.pass_time(days=1)
    assert town.held.bus.deliver_waiting() == 0


def test_subscriber_with_a_question_hears_what_it_asked_for_and_the_rest_makes_no_delivery(
    town: Town, ear: Ear
) -> None:
    group = town.group("loud", plugins=["tower"])
    ring(town, group, 1, 100, 99, 101)
    assert (LOUD_EAR.tried, len(deliveries(town))) == ([100, 101], 2)


def test_two_subscribers_of_one_event_are_asked_each_for_itself(town: Town, ear: Ear) -> None:
    group = town.group("both", plugins=["bell", "tower"])
    ring(town, group, 1, 100)
    assert (ear.tried, LOUD_EAR.tried) == ([1, 100], [100])


def test_subscriber_whose_question_fails_hears_of_the_event(town: Town, ear: Ear) -> None:
    group = town.group("cannot-tell", plugins=["tower"])
    ring(town, group, 1000)
    assert LOUD_EAR.tried == [1000]


def test_thousands_of_events_are_asked_about_in_one_statement(town: Town, ear: Ear) -> None:
    group = town.group("thousands", plugins=["bell"])
    events = [Rang(group_id=group.id, number=number) for number in range(3000)]
    with town.statements() as asked:
        names = town.held.bus.names_for(town.session, events)
    assert (names, len(asked)) == ([("bell.hear",)] * 3000, 1)


def test_nobody_hears_of_what_was_rolled_back(town: Town, ear: Ear) -> None:
    group = town.group("rolled-back", plugins=["bell"])
    work = town.work()
    work.record(Rang(group_id=group.id, number=1))
    work.rollback()
    assert (ear.tried, deliveries(town)) == ([], [])


def test_handler_that_fails_leaves_the_act_and_its_own_error_and_nothing_else(town: Town, ear: Ear) -> None:
    group = town.group("fails", plugins=["bell"])
    ear.fails.add(2)
    ring(town, group, 1, 2)
    assert town.value(f"SELECT version FROM member_group WHERE id = {group.id}") == 1, "what it wrote is gone"
    ring(town, group, 3)
    assert heard(town, group) == [1, 3]
    assert deliveries(town) == [("done", 1, ""), ("waiting", 1, "RuntimeError: deaf to 2"), ("done", 1, "")]
    town.assert_ledger_whole(group)


def test_failed_delivery_is_tried_again_when_due_and_then_done_exactly_once(town: Town, ear: Ear) -> None:
    group = town.group("again", plugins=["bell"])
    ear.fails.add(1)
    ring(town, group, 1)
    town.pass_time(seconds=19)
    assert town.held.bus.deliver_waiting() == 0
    town.pass_time(seconds=1)
    assert town.held.bus.deliver_waiting() == 1
    assert deliveries(town) == [("waiting", 2, "RuntimeError: deaf to 1")]

    ear.fails.clear()
    town.pass_time(seconds=39)
    assert town.held.bus.deliver_waiting() == 0
    town.pass_time(seconds=1)
    assert town.held.bus.deliver_waiting() == 1
    assert deliveries(town) == [("done", 3, "")]
    assert heard(town, group) == [1]


def test_delivery_that_fails_for_days_is_tried_every_six_hours(town: Town, ear: Ear) -> None:
    group = town.group("for-days", plugins=["bell"])
    ear.fails.add(1)
    ring(town, group, 1)
    for _attempt in range(40):
        town.pass_time(hours=6)
        assert town.held.bus.deliver_waiting() == 1
    town.pass_time(hours=5, minutes=59)
    assert town.held.bus.deliver_waiting() == 0


def test_nothing_is_delivered_where_the_plugin_is_off(town: Town, ear: Ear) -> None:
    off, on = town.group("off", plugins=[]), town.group("on", plugins=["bell"])
    ring(town, off, 1)
    ring(town, on, 2)
    assert (ear.tried, heard(town, off), heard(town, on)) == ([2], [], [2])


def test_plugin_switched_off_meanwhile_hears_of_it_when_it_is_on_again(town: Town, ear: Ear) -> None:
    group = town.group("off-and-on", plugins=["bell"])
    ring_and_end(town, group, 1)
    with town.act() as work:
        switch_plugin(work, group_id=group.id, plugin="bell", is_on=False)
    town.pass_time(minutes=1)
    town.held.bus.deliver_waiting()
    assert ear.tried == []
    assert deliveries(town) == [("waiting", 1, "The plugin is switched off in this group.")]
    with town.act() as work:
        switch_plugin(work, group_id=group.id, plugin="bell", is_on=True)
    town.pass_time(minutes=1)
    town.held.bus.deliver_waiting()
    assert heard(town, group) == [1]


def test_worker_delivers_after_a_minute_what_a_process_committed_and_did_not_deliver(
    town: Town, ear: Ear
) -> None:
    group = town.group("ended", plugins=["bell"])
    ring_and_end(town, group, 1, 2)
    town.pass_time(seconds=59)
    assert town.held.bus.deliver_waiting() == 0
    town.pass_time(seconds=1)
    assert town.held.bus.deliver_waiting() == 2
    assert heard(town, group) == [1, 2]


def test_workers_at_once_share_what_waits_and_handle_nothing_twice(town: Town, ear: Ear) -> None:
    group, count = town.group("workers", plugins=["bell"]), 70
    ring_and_end(town, group, *range(count))
    town.pass_time(minutes=1)
    tried = at_once(4, lambda _number: [town.held.bus.deliver_waiting() for _round in range(2)])
    assert [one for one in tried if isinstance(one, Exception)] == []
    assert sum(sum(one) for one in tried if isinstance(one, list)) == count
    assert sorted(ear.tried) == sorted(heard(town, group)) == list(range(count))
    town.assert_ledger_whole(group)


def test_one_delivery_handed_over_by_many_at_once_is_handled_once(town: Town, ear: Ear) -> None:
    group = town.group("same", plugins=["bell"])
    ring_and_end(town, group, 1)
    sequence = town.value("SELECT sequence FROM ledger_delivery")
    assert isinstance(sequence, int)
    same = Delivery(
        group_id=group.id, sequence=sequence, subscriber="bell.hear", event=Rang(group_id=group.id, number=1)
    )
    assert at_once(6, lambda _number: town.held.bus.deliver([same])) == [None] * 6
    assert heard(town, group) == [1]


def test_what_a_worker_claimed_and_did_not_finish_is_free_again_after_its_lease(town: Town) -> None:
    group = town.group("lease", plugins=["bell"])
    ring_and_end(town, group, 1)
    town.pass_time(minutes=1)
    with town.act() as work:
        until = work.now + LEASE
        work.session.connection().exec_driver_sql(
            f"UPDATE ledger_delivery SET leased_until_utc = '{until:%Y-%m-%dT%H:%M:%S.%fZ}'"
        )
    town.clock.move_to(until - timedelta(microseconds=1))
    assert town.held.bus.deliver_waiting() == 0
    town.clock.move_to(until)
    assert town.held.bus.deliver_waiting() == 1
    assert heard(town, group) == [1]


def test_delivery_of_a_plugin_that_is_gone_stops_no_other(town: Town, ear: Ear) -> None:
    group = town.group("gone", plugins=["bell"])
    ring_and_end(town, group, 1, 2)
    town.pass_time(minutes=1)
    held = town.held
    nobody = Bus(Registry([]), held.new_session, town.clock, held.ids)
    assert nobody.deliver_waiting() == 0
    assert [state for state, _attempts, _error in deliveries(town)] == ["gone", "gone"]
    unheard = Bus(
        Registry([MadePlugin(manifest("bell", publishes=(Rang,)))]), held.new_session, town.clock, held.ids
    )
    ring_and_end(town, group, 3)
    town.pass_time(minutes=1)
    assert unheard.deliver_waiting() == 1
    assert {state for state, _attempts, _error in deliveries(town)} == {"gone"}
    assert ear.tried == []


def test_whoever_acts_is_not_told_of_a_database_that_fails_after_the_commit(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = town.group("after-commit", plugins=["bell"])

    def no_session() -> Session:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(town.held.bus, "_new_session", no_session)
    ring(town, group, 1)
    monkeypatch.undo()
    assert deliveries(town) == [("waiting", 0, "")]
    town.pass_time(minutes=1)
    town.held.bus.deliver_waiting()
    assert heard(town, group) == [1]
