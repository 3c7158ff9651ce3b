"""The demo network: is it the same for the same seed on every engine, as large as promised, and believable?"""

import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app
from app.core.access.hashing import is_password
from app.core.access.queries import account_by_email
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.queries import GroupChoice, group_by_slug, groups_of, members_on, offices_of_members
from app.core.ids import PersonId
from app.core.ledger.queries import chains, weak_links
from app.core.local_time import local_day
from app.core.meetings.queries import last_meetings
from app.core.sealing import SCHEMA
from app.core.work import HOUSE
from app.extensions import db
from app.plugin_runtime.runtime import runtime
from config import Config
from tests.support.engines import STARTS_AT, copy_on_sqlite, settings_for
from tests.support.owner import as_owner
from tests.support.postgres import Database, Server

PASSWORD = "demo-password-only"
SIGN_INS = ("president@harbour", "secretary@harbour", "member@harbour", "newcomer@harbour", "president@mill")
OF_CHANCE = {"password_hash", "hash", "previous_hash"}
"""Salted, or made from keys of what is salted; everything else must repeat."""

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A house with the demo network in it."""

    app: Flask

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Return the rows that the statement finds."""
        with self.app.app_context(), db.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    def rows(self) -> Rows:
        """Return the content of every table, sealed ones too, without what is drawn by chance."""
        found: Rows = {}
        with as_owner(self.app) as connection:
            seen = inspect(connection)
            schemas = [None, *({SCHEMA} & set(seen.get_schema_names()))]
            for schema, table in [(one, name) for one in schemas for name in seen.get_table_names(one)]:
                kept = [
                    one["name"] for one in seen.get_columns(table, schema) if one["name"] not in OF_CHANCE
                ]
                rows = connection.execute(text(f"SELECT {', '.join(kept)} FROM {table}"))
                found[table] = sorted((tuple(map(_plain, row)) for row in rows), key=repr)
        return found


def _plain(value: object) -> str:
    """Return the value as both engines hold it: times without a fraction of nothing, truth as 1 and 0."""
    if isinstance(value, bool):
        return str(int(value))
    written = value.isoformat() if isinstance(value, dt.datetime | dt.date | dt.time) else str(value)
    return re.sub(r"(\d\d:\d\d:\d\d)\.?\d*(Z|\+00:00)?$", r"\1", written)


@contextmanager
def loaded(settings: Config, *options: str) -> Iterator[Loaded]:
    app = create_app(settings, clock=FixedClock(STARTS_AT), testing=True)
    result = app.test_cli_runner().invoke(args=["demo", "load", *options])
    assert result.exit_code == 0, result.output
    try:
        yield Loaded(app=app)
    finally:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def network(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with loaded(copy_on_sqlite(sqlite_template, tmp_path_factory.mktemp("demo"))) as made:
        yield made


def test_same_seed_and_clock_load_the_same_rows(
    network: Loaded, sqlite_template: Path, tmp_path: Path
) -> None:
    with loaded(copy_on_sqlite(sqlite_template, tmp_path)) as again:
        first, second = network.rows(), again.rows()
    assert sum(len(rows) for rows in first.values()) > 3_000
    assert {table: len(rows) for table, rows in first.items()} == {
        table: len(rows) for table, rows in second.items()
    }
    assert [table for table in first if first[table] != second[table]] == []


@pytest.mark.postgres
def test_both_engines_hold_the_same_network(
    network: Loaded, postgres_server: Server, postgres_template: Database, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(postgres_server.copy(postgres_template))
        settings = settings_for(tmp_path, database.web_url, owner_url=database.owner_url)
        other = stack.enter_context(loaded(settings)).rows()
        one = network.rows()
    assert [table for table in one if one[table] != other[table]] == []


def test_another_seed_loads_another_network(sqlite_template: Path, tmp_path: Path) -> None:
    small = ("--groups", "1", "--members", "6", "--weeks", "6")
    networks = []
    for seed in ("7", "8"):
        with loaded(copy_on_sqlite(sqlite_template, tmp_path), *small, "--seed", seed) as made:
            networks.append(made.rows())
    assert networks[0]["attendance_mark"] != networks[1]["attendance_mark"]


def test_network_is_as_large_as_promised(network: Loaded) -> None:
    with network.app.app_context():
        work = runtime().work(runtime().new_session(), HOUSE)
    with work.session as session:
        sizes, in_both = {}, Counter[PersonId]()
        for slug in ("harbour", "mill"):
            group = group_by_slug(session, slug)
            assert group is not None
            today = local_day(work.now, group.zone)
            members = members_on(session, group.id, today)
            in_both.update(member.person_id for member in members)
            held = last_meetings(session, group.id, work.now, 1_000)
            sizes[slug] = (
                group.zone,
                group.currency,
                len(members),
                len(held),
                {one.wall_time.isoformat()[:5] for one in held},
            )
            offices = {
                office
                for held_by in offices_of_members(session, group.id, today).values()
                for office in held_by
            }
            assert offices == set(Office), "every office is held"
        assert sizes == {
            "harbour": ("Europe/Lisbon", "EUR", 26, 40, {"07:00"}),
            "mill": ("America/New_York", "USD", 18, 10, {"07:30"}),
        }
        (both,) = [person_id for person_id, groups in in_both.items() if groups == 2]
        assert groups_of(session, both, work.now) == [
            GroupChoice(slug="harbour", name="Harbour Referrals"),
            GroupChoice(slug="mill", name="Mill Street Business Club"),
        ]
        assert [weak_links(session, group_id) for group_id in chains(session)] == [[], [], []]


def test_every_demo_sign_in_works_and_nobody_else_can(network: Loaded) -> None:
    with network.app.app_context(), runtime().new_session() as session:
        for name in SIGN_INS:
            account = account_by_email(session, f"{name}.example")
            assert account is not None, name
            assert is_password(PASSWORD, account.password_hash), name
    assert network.query("SELECT count(*) FROM account WHERE password_hash IS NOT NULL") == [(len(SIGN_INS),)]


@pytest.mark.parametrize(("slug", "fewest_names_with_letters_of_their_own"), [("harbour", 7), ("mill", 1)])
def test_names_are_of_many_languages(
    network: Loaded, slug: str, fewest_names_with_letters_of_their_own: int
) -> None:
    names = [
        str(name)
        for (name,) in network.query(
            "SELECT person.name FROM person JOIN member ON member.person_id = person.id"
            f" JOIN member_group ON member_group.id = member.group_id WHERE slug = '{slug}'"
        )
    ]
    assert len(set(names)) == len(names)
    assert sum(not name.isascii() for name in names) >= fewest_names_with_letters_of_their_own


@pytest.mark.parametrize("slug", ["harbour", "mill"])
def test_attendance_is_believable(network: Loaded, slug: str) -> None:
    marks = Counter(
        str(status)
        for (status,) in network.query(
            "SELECT status FROM attendance_mark JOIN member_group ON member_group.id = group_id"
            f" WHERE slug = '{slug}' AND status IS NOT NULL"
        )
    )
    total = marks.total()
    assert set(marks) == set("PALMS")
    assert 0.60 <= marks["P"] / total <= 0.95
    assert 0.03 <= marks["L"] / total <= 0.20
    assert 0.01 <= marks["A"] / total <= 0.15
    assert marks["S"] >= 1


def test_substitutes_have_names(network: Loaded) -> None:
    names = [str(name) for (name,) in network.query("SELECT name FROM attendance_substitute")]
    assert len(names) >= 3
    assert all(len(name.split()) >= 2 for name in names)


@pytest.mark.parametrize("slug", ["harbour", "mill"])
def test_referrals_are_won_and_lost_and_still_open(network: Loaded, slug: str) -> None:
    states = Counter(
        str(state)
        for (state,) in network.query(
            f"SELECT state FROM referrals_slip JOIN member_group ON member_group.id = group_id WHERE slug = '{slug}'"
        )
    )
    assert states["won"] >= 5
    assert states["lost"] >= 2
    assert states.total() - states["won"] - states["lost"] >= 2
    assert states["won"] / states.total() <= 0.8


def test_nothing_of_the_demo_lies_in_the_future_but_meetings(network: Loaded) -> None:
    assert network.query(
        "SELECT count(*) FROM ledger_entry WHERE at_utc > '2026-11-24T06:00:00.000000Z'"
    ) == [(0,)]
    assert network.query(
        "SELECT count(*) FROM referrals_slip WHERE passed_at_utc > '2026-11-24T06:00:00.000000Z'"
    ) == [(0,)]
    assert network.query(
        "SELECT count(*) FROM referrals_slip WHERE closed_at_utc > '2026-11-24T06:00:00.000000Z'"
    ) == [(0,)]


def test_demo_is_not_loaded_among_real_groups(network: Loaded) -> None:
    before = network.rows()
    runner = network.app.test_cli_runner()
    refused = runner.invoke(args=["demo", "load"])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert (
        refused.stderr
        == "Error: There are groups already. The demo network goes into an empty database only.\n"
    )
    left_alone = runner.invoke(args=["demo", "load", "--if-empty"])
    assert (left_alone.exit_code, left_alone.stdout) == (
        0,
        "There are groups already; the demo network was not loaded.\n",
    )
    assert network.rows() == before


def test_demo_that_fails_in_the_middle_leaves_an_empty_house(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(sys.modules["app.cli.demo"], "give_passwords", fail)
    app = create_app(copy_on_sqlite(sqlite_template, tmp_path), clock=FixedClock(STARTS_AT), testing=True)
    result = app.test_cli_runner().invoke(
        args=["demo", "load", "--groups", "1", "--members", "6", "--weeks", "6"]
    )
    assert isinstance(result.exception, RuntimeError)
    house = Loaded(app=app)
    assert (
        house.query("SELECT count(*) FROM member_group")
        == house.query("SELECT count(*) FROM person")
        == [(0,)]
    )
    with app.app_context():
        db.engine.dispose()
