"""The ledger: does its chain stay whole under writers at once, and is whatever is done to it behind its back found?"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from app.core.events import DomainEvent
from app.core.groups.domain.standing import Group
from app.core.ids import NETWORK
from app.core.ledger.queries import chains, entries_of, pulse_of, weak_links
from config import Config
from tests.support.parallel import at_once
from tests.support.town import Town


@dataclass(frozen=True, kw_only=True)
class Weighed(DomainEvent):
    """A thing to record."""

    kind: ClassVar[str] = "tests.weighed"

    number: int


@dataclass(frozen=True, kw_only=True)
class WhisperedAbout(DomainEvent):
    """A confidential thing."""

    kind: ClassVar[str] = "tests.whispered_about"
    sealed: ClassVar[bool] = True


def filled(town: Town, slug: str, count: int = 5) -> Group:
    """Return a group without plugins whose chain holds its founding and `count` entries."""
    group = town.group(slug, plugins=())
    with town.act() as work:
        for number in range(count):
            work.record(Weighed(group_id=group.id, number=number))
    return group


@contextmanager
def behind_its_back(settings: Config) -> Iterator[Connection]:
    """Lend the database to somebody who may do everything, with the ledger's triggers out of the way meanwhile."""
    engine: Engine = create_engine(settings.migration_database_url)
    try:
        with engine.begin() as connection, _without_triggers(connection):
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE ledger_entry DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE ledger_entry ENABLE TRIGGER USER"))
        return
    standing = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
    ).all()
    assert len(standing) >= 2
    for trigger in standing:
        connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    yield
    for trigger in standing:
        connection.exec_driver_sql(trigger.sql)


def test_writers_at_once_never_fork_the_chain(town: Town) -> None:
    group, threads, each = filled(town, "writers", 0), 8, 12

    def write(number: int) -> None:
        for turn in range(each):
            with town.act() as work:
                work.record(Weighed(group_id=group.id, number=number * 100 + turn))

    assert at_once(threads, write) == [None] * threads
    entries = [entry for entry, _hash in entries_of(town.session, group.id)]
    assert [entry.sequence for entry in entries] == list(range(1, threads * each + 2))
    town.assert_ledger_whole(group)
    numbers = [json.loads(entry.facts)["number"] for entry in entries[1:]]
    assert sorted(numbers) == [number * 100 + turn for number in range(threads) for turn in range(each)]


def test_chains_of_groups_do_not_mix(town: Town) -> None:
    first, second = filled(town, "one-chain", 0), filled(town, "other-chain", 0)
    with town.act() as work:
        for number in range(3):
            work.record(Weighed(group_id=second.id, number=number))
            work.record(Weighed(group_id=first.id, number=number))
            work.record(Weighed(group_id=NETWORK, number=number))
    for group_id in (first.id, second.id, NETWORK):
        assert weak_links(town.session, group_id) == []
        numbers = [
            json.loads(entry.facts)["number"]
            for entry, _hash in entries_of(town.session, group_id, ("tests.weighed",))
        ]
        assert numbers == [0, 1, 2]
    assert {first.id, second.id, NETWORK} <= set(chains(town.session))


def test_sealed_events_stand_in_the_chain_and_leave_the_pulse(town: Town) -> None:
    group = filled(town, "sealed", 0)
    before = pulse_of(town.session, group.id)
    with town.act() as work:
        work.record(WhisperedAbout(group_id=group.id))
        work.record(WhisperedAbout(group_id=group.id))
    assert pulse_of(town.session, group.id) == before
    with town.act() as work:
        work.record(Weighed(group_id=group.id, number=1))
        work.record(WhisperedAbout(group_id=group.id))
    assert pulse_of(town.session, group.id) == before + 1
    assert town.value(f"SELECT sequence FROM ledger_head WHERE group_id = {group.id}") == 5
    town.assert_ledger_whole(group)


def test_written_reason_stands_beside_the_chain_and_can_go_without_breaking_it(town: Town) -> None:
    group = filled(town, "reason", 0)
    with town.act() as work:
        work.record(Weighed(group_id=group.id, number=1), reason="Ana was at the dentist")
    assert "dentist" not in "".join(entry.facts for entry, _hash in entries_of(town.session, group.id))
    assert (
        town.value(f"SELECT reason FROM ledger_reason WHERE group_id = {group.id}")
        == "Ana was at the dentist"
    )
    with town.act() as work:
        work.session.execute(text(f"DELETE FROM ledger_reason WHERE group_id = {group.id}"))
    town.assert_ledger_whole(group)


def test_entry_says_who_acted(town: Town) -> None:
    group = filled(town, "actor", 0)
    ana = town.member(group)
    with town.act(ana) as work:
        work.record(Weighed(group_id=group.id, number=1))
    *_others, (entry, _hash) = entries_of(town.session, group.id)
    assert (entry.actor, entry.device_id) == (f"person:{ana.person_id}", None)


TAMPERINGS: dict[str, tuple[str, list[int]]] = {
    "an entry altered": ("UPDATE ledger_entry SET facts = '{}' WHERE group_id = {g} AND sequence = 3", [3]),
    "another actor": ("UPDATE ledger_entry SET actor = 'house2' WHERE group_id = {g} AND sequence = 4", [4]),
    "another hash": (
        "UPDATE ledger_entry SET hash = previous_hash WHERE group_id = {g} AND sequence = 3",
        [3, 4],
    ),
    "an entry taken out": ("DELETE FROM ledger_entry WHERE group_id = {g} AND sequence = 3", [4]),
    "the first taken out": ("DELETE FROM ledger_entry WHERE group_id = {g} AND sequence = 1", [2]),
    "the end cut off": ("DELETE FROM ledger_entry WHERE group_id = {g} AND sequence >= 5", [5]),
    "everything taken out": ("DELETE FROM ledger_entry WHERE group_id = {g}", [1]),
    "the head set back": ("UPDATE ledger_head SET sequence = 4 WHERE group_id = {g}", [7]),
    "an entry added": (
        """INSERT INTO ledger_entry SELECT group_id, 7, at_utc, actor, device_id, kind, facts, hash, hash
           FROM ledger_entry WHERE group_id = {g} AND sequence = 6""",
        [7, 8],
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found_where_it_was_done(town: Town, town_settings: Config, what: str) -> None:
    statement, found = TAMPERINGS[what]
    number = list(TAMPERINGS).index(what)
    group, neighbour = filled(town, f"tampered-{number}"), filled(town, f"beside-{number}")
    town.assert_ledger_whole(group)
    with behind_its_back(town_settings) as connection:
        connection.exec_driver_sql(statement.replace("{g}", str(group.id)))
    assert weak_links(town.session, group.id) == found
    town.assert_ledger_whole(neighbour)


REFUSED: dict[str, Callable[[Group], str]] = {
    "UPDATE": lambda group: f"UPDATE ledger_entry SET facts = '{{}}' WHERE group_id = {group.id}",
    "UPDATE of nothing new": lambda group: f"UPDATE ledger_entry SET hash = hash WHERE group_id = {group.id}",
    "DELETE": lambda group: f"DELETE FROM ledger_entry WHERE group_id = {group.id} AND sequence = 6",
    "DELETE of everything": lambda _group: "DELETE FROM ledger_entry",
    "REPLACE": lambda group: (
        "INSERT OR REPLACE INTO ledger_entry SELECT group_id, sequence, at_utc, 'thief', device_id, kind, facts,"
        f" previous_hash, hash FROM ledger_entry WHERE group_id = {group.id} AND sequence = 2"
    ),
    "UPDATE OR REPLACE": lambda group: (
        f"UPDATE OR REPLACE ledger_entry SET sequence = 3 WHERE group_id = {group.id} AND sequence = 2"
    ),
    "ON CONFLICT DO UPDATE": lambda group: (
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry"
        f" WHERE group_id = {group.id} AND sequence = 2 ON CONFLICT (group_id, sequence) DO UPDATE SET actor = 'thief'"
    ),
    "TRUNCATE": lambda _group: "TRUNCATE ledger_entry CASCADE",
    "DROP": lambda _group: "DROP TABLE ledger_entry",
}
ON_SQLITE_ALONE = {"REPLACE", "UPDATE OR REPLACE"}
ON_POSTGRESQL_ALONE = {"TRUNCATE", "DROP"}
"""On SQLite whoever holds the file may drop its tables; there is no TRUNCATE."""


@pytest.mark.parametrize("way", REFUSED)
def test_database_itself_refuses_to_change_the_ledger(town: Town, way: str) -> None:
    engine = town.session.get_bind().dialect.name
    if way in (ON_POSTGRESQL_ALONE if engine == "sqlite" else ON_SQLITE_ALONE):
        pytest.skip(f"{engine} knows no such statement, or it is the owner's alone")
    group = filled(town, f"refused-{list(REFUSED).index(way)}")
    entries = town.rows("ledger_entry")
    with (
        pytest.raises(Exception, match=r"only ever added to|permission denied|must be owner"),
        town.act() as work,
    ):
        work.session.connection().exec_driver_sql(REFUSED[way](group).replace("%", "%%"))
    assert town.rows("ledger_entry") == entries
    town.assert_ledger_whole(group)


def test_owner_of_the_tables_cannot_change_the_ledger_by_mistake_either(
    town: Town, town_settings: Config
) -> None:
    group = filled(town, "owner")
    engine = create_engine(town_settings.migration_database_url)
    ways = ["UPDATE", "DELETE", *(["TRUNCATE"] if engine.dialect.name == "postgresql" else [])]
    for way in ways:
        with pytest.raises(Exception, match="only ever added to"), engine.begin() as connection:
            connection.exec_driver_sql(REFUSED[way](group))
    engine.dispose()
    town.assert_ledger_whole(group)
