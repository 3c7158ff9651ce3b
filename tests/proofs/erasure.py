"""Proof: of a person who is erased, and of a stranger whose time is over, no byte stays in any store; no count of others moves."""

import argparse
import time as stopwatch
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.core.clock import FixedClock
from app.core.database import THE_ROW, Base
from app.core.groups.queries import all_groups
from app.core.groups.services import end_membership
from app.core.ids import PersonId, RandomIds
from app.core.keeping import postgresql
from app.core.keeping.wiping import wipe_traces
from app.core.local_time import Period
from app.core.notices.services import Letter, notify, write_to_member
from app.core.people.models import PersonRow
from app.core.person_data import erasing
from app.core.person_data.declared import PEOPLE as PEOPLE_TABLES
from app.core.person_data.declared import Declared, Keys, labelled, leads_to
from app.core.person_data.outbox_files import forget_files
from app.core.person_data.who import keys_of, memberships_running
from app.core.work import HOUSE, UnitOfWork
from app.extensions import db
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugin_runtime.person_data import erase_person
from app.plugin_runtime.runtime import Runtime, runtime
from app.plugins.attendance.queries.rebuilding import stored_letters
from config import Config
from tests.support.canaries import (
    Canaries,
    found_in_files,
    found_in_tables,
    plant_in_person,
    plant_in_strangers,
    take_made_rows_away,
)
from tests.support.canary_strangers import PLACE, let_strangers_come
from tests.support.engines import STARTS_AT, migrated_by_owner, settings_for

PEOPLE = 6
EVER = Period(first=date(2020, 1, 1), last=date(2035, 12, 31))
LONGER_THAN_ANYTHING_IS_KEPT = timedelta(days=366 * 4)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one trial found. `left` tells by store where the words were planted that are still there."""

    people: int
    planted: int
    columns: int
    unplanted: tuple[str, ...]
    left: Mapping[str, set[str]]
    moved_counts: tuple[str, ...]
    stores: int = field(default=0)

    @property
    def holds(self) -> bool:
        """Whether nothing was left and no count moved."""
        return not self.left and not self.moved_counts

    def __str__(self) -> str:
        left = sum(len(places) for places in self.left.values())
        return (
            f"{self.people} people erased and every stranger's time over: {self.planted} words planted in {self.columns} "
            f"columns, {left} left in {self.stores} stores; {len(self.moved_counts)} counts of others moved."
        )


def main(arguments: list[str]) -> int:
    """Try it on a demo network, after an erasure that leaves out a column was caught."""
    parser = argparse.ArgumentParser(prog="script/proof erasure")
    parser.add_argument("--groups", type=int, default=2)
    parser.add_argument("--members", type=int, default=18)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--people", type=int, default=PEOPLE)
    asked = parser.parse_args(arguments)
    size = (asked.groups, asked.members, asked.weeks)
    started = stopwatch.monotonic()
    with demo(*size) as app:
        with leaving_out("member.about"):
            caught = not tried(app, people=1).holds
        print(f"An erasure that leaves out one column is {'caught' if caught else 'NOT caught'}.", flush=True)
    with demo(*size) as app:
        outcome = tried(app, people=asked.people)
    print(f"{outcome} {stopwatch.monotonic() - started:.0f} s.")
    for store, places in outcome.left.items():
        print(f"  left in {store}: {', '.join(sorted(places))}")
    for moved in outcome.moved_counts:
        print(f"  moved: {moved}")
    if outcome.unplanted:
        print(f"  in these columns nobody had a row: {', '.join(outcome.unplanted)}")
    return 0 if outcome.holds and caught else 1


@contextmanager
def demo(groups: int, members: int, weeks: int) -> Iterator[Flask]:
    """Lend an application over a demo network in a file of its own."""
    with TemporaryDirectory(prefix="givefirst-erasure-") as folder:
        settings = settings_for(Path(folder), f"sqlite:///{Path(folder) / 'erasure.db'}")
        migrated_by_owner(settings)
        app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
        load(app, groups, members, weeks)
        yield app
        with app.app_context():
            db.engine.dispose()


def load(app: Flask, groups: int, members: int, weeks: int) -> None:
    """Fill the database with the demo network."""
    options = ["--groups", str(groups), "--members", str(members), "--weeks", str(weeks)]
    done = app.test_cli_runner().invoke(args=["demo", "load", *options])
    if done.exit_code != 0:
        raise RuntimeError(done.output)


@contextmanager
def leaving_out(column: str) -> Iterator[None]:
    """Let the erasure forget one column: the fault that the proof has to find."""
    whole = labelled

    def partly(tables: Any) -> Iterator[Declared]:
        return (one for one in whole(tables) if one.name != column)

    erasing.labelled = partly  # type: ignore[attr-defined]
    try:
        yield
    finally:
        erasing.labelled = whole  # type: ignore[attr-defined]


def tried(app: Flask, *, people: int) -> Outcome:
    """Plant, erase, let time pass, and look everywhere."""
    held = runtime(app)
    settings: Config = app.extensions["givefirst.config"]
    canaries, chosen = Canaries(), _chosen(held, people)
    _leave(held, chosen)
    _plant(held, canaries, chosen, settings.instance / "outbox")
    let_strangers_come(app, canaries)
    before = counts(held)
    planted = Counter(canaries.planted.values())
    for keys in chosen:
        with held.new_session() as session:
            work = held.work(session, HOUSE)
            done = erase_person(work, held.registry, keys.person_id)
            work.commit()
        forget_files(settings.instance / "outbox", done.words)
    after = counts(held)
    at_once = _in_tables(held, canaries, {place for place in planted if not _is_of_strangers(place)})
    _pass_time(app, canaries)
    left, stores = _left(app, settings, canaries)
    return Outcome(
        people=len(chosen),
        planted=len(canaries.planted),
        columns=len(planted),
        unplanted=tuple(sorted(set(canaries.unplanted) - planted.keys())),
        left={**left, **{f"{name} at once": places for name, places in at_once.items()}},
        stores=stores,
        moved_counts=tuple(_moved(before, after)),
    )


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, was in before.items():
        now = after.get(name, {})
        if was != now:
            where = {key: (was.get(key), now.get(key)) for key in was.keys() | now.keys()}
            yield f"{name} { ({key: pair for key, pair in where.items() if pair[0] != pair[1]}) }"


def _in_tables(held: Runtime, canaries: Canaries, places: set[str]) -> dict[str, set[str]]:
    """Return what is left in the tables of those words that were planted in `places`."""
    with held.new_session() as session:
        found = found_in_tables(session, canaries)
        session.rollback()
    return {name: words & places for name, words in found.items() if words & places}


def _is_of_strangers(place: str) -> bool:
    """Return whether a word there stays until its row's time is over: the row's own, or one of a stranger's row."""
    found = [one for one in labelled(Base.metadata.sorted_tables) if one.name == place]
    return place.startswith(PLACE) or any(
        THE_ROW in one.of
        or not all(leads_to(one.table, path).name in PEOPLE_TABLES for path in one.erased_with)
        for one in found
    )


def _pass_time(app: Flask, canaries: Canaries) -> None:
    """Let everything expire that does, by the jobs that the worker runs."""
    held = runtime(app)
    with held.new_session() as session:
        take_made_rows_away(session, canaries)
        held.work(session, HOUSE).commit()
    if isinstance(held.clock, FixedClock):
        held.clock.advance(LONGER_THAN_ANYTHING_IS_KEPT)
    with app.app_context(), app.test_request_context():
        run_all(plugin_jobs(held))


def counts(held: Runtime) -> dict[str, Any]:
    """Return every letter of the record and every column of PALMS of every group, for all its members."""
    found: dict[str, Any] = {}
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        for group in all_groups(session):
            found[f"{group.slug}: letters"] = dict(stored_letters(session, group.id))
            for plugin in held.registry.plugins:
                for column in plugin.palms_columns(work, group, EVER):
                    found[f"{group.slug}: {column.code}"] = dict(column.values)
        work.rollback()
    return found


def _chosen(held: Runtime, people: int) -> list[Keys]:
    with held.new_session() as session:
        found = session.scalars(select(PersonRow.id).order_by(PersonRow.id).limit(people)).all()
        keys = [keys_of(session, PersonId(one)) for one in found]
        session.rollback()
    return keys


def _leave(held: Runtime, chosen: list[Keys]) -> None:
    """End every membership of theirs with yesterday: what leaving changes is no matter of the erasure."""
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        for group_id, member_id in (place for keys in chosen for place in keys.members):
            if memberships_running(session, group_id, member_id):
                end_membership(
                    work,
                    group_id=group_id,
                    member_id=member_id,
                    last_day=(work.now - timedelta(days=1)).date(),
                    reason="left",
                )
        work.commit()


def _plant(held: Runtime, canaries: Canaries, chosen: list[Keys], outbox: Path) -> None:
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        plant_in_strangers(session, canaries, chosen[0])
        for keys in chosen:
            plant_in_person(session, canaries, keys)
            _tell_others(work, keys, outbox, chosen)
        work.commit()


def _tell_others(work: UnitOfWork, keys: Keys, outbox: Path, chosen: list[Keys]) -> None:
    """Let a notice, a mail and a mail in the outbox folder of somebody else name the person."""
    session = work.session
    name = (
        session.connection()
        .exec_driver_sql(f"SELECT name FROM person WHERE id = {keys.person_id}")
        .scalar_one()
    )
    leaving = {member_id for one in chosen for _group_id, member_id in one.members}
    for group_id, _member_id in keys.members:
        rows = session.connection().exec_driver_sql(f"SELECT id FROM member WHERE group_id = {group_id}")
        other = next(row.id for row in rows.all() if row.id not in leaving)
        notify(work, group_id=group_id, member_id=other, kind="tests.word", text=f"{name} wrote to you.")
        letter = Letter(
            kind="tests.word", subject="A word", body=f"From {name}.\n", subject_key=str(keys.person_id)
        )
        write_to_member(work, group_id=group_id, member_id=other, letter=letter)
    outbox.mkdir(exist_ok=True)
    mail = f"To: somebody@harbour.example\nSubject: A word\n\nFrom {name}.\n"
    (outbox / f"{keys.person_id}.eml").write_text(mail)


def _left(app: Flask, settings: Config, canaries: Canaries) -> tuple[dict[str, set[str]], int]:
    """Return what is still in any table, in the database's files or its dump, and in the outbox."""
    held = runtime(app)
    with held.new_session() as session:
        tables = found_in_tables(session, canaries)
        session.rollback()
    with app.app_context():
        db.engine.dispose()
        wipe_traces(db.engine)
        db.engine.dispose()
    files = [*(settings.instance / "outbox").glob("*"), settings.instance / "erased-people"]
    if settings.database_url.startswith("postgresql"):
        dump = settings.instance / "after.dump"
        postgresql.copy(settings.migration_database_url, dump, lambda *_: None)
        files.append(dump)
    else:
        files += settings.instance.glob("*.db*")
    left = {**tables, **found_in_files(files, canaries)}
    return left, len(files) + 1
