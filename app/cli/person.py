"""`flask person`: what the house holds of somebody, taken along, erased, or put together from two records."""

from datetime import timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.cli.desk import at_the_desk
from app.cli.owner import owner_engine
from app.core.database import transaction_mode
from app.core.groups.handing_over import leave_group
from app.core.groups.queries import all_groups, members_on
from app.core.ids import PersonId
from app.core.keeping.erased import erased_before, note_erased
from app.core.keeping.wiping import wipe_traces
from app.core.local_time import local_day
from app.core.people.models import PersonRow
from app.core.person_data.erasing import unknown_tables
from app.core.person_data.outbox_files import forget_files
from app.core.person_data.who import keys_of, person_called
from app.core.work import Actor, UnitOfWork
from app.http.own_data import packed
from app.plugin_runtime import person_data
from app.plugin_runtime.person_data import Erasure
from app.plugin_runtime.runtime import runtime
from config import Config

person = AppGroup("person", help="Somebody's data: export, erase, merge.")


@person.command("export")
@click.argument("who")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The zip to write; it holds a person's data, readable by you alone.",
)
def export(who: str, target: Path) -> None:
    """Write everything the house holds of WHO, and that they may read, into a zip with a page to read it by."""
    if target.exists():
        raise click.ClickException(f"{target} is there already; choose another name. Nothing was written.")
    with at_the_desk() as work:
        found = _found(work, who)
        parts = person_data.export_person(work, runtime().registry, found)
        name = work.session.get_one(PersonRow, found).name
        with current_app.test_request_context():
            content = packed(parts, name=name, at=work.now)
        work.rollback()
    target.touch(mode=0o600)
    target.write_bytes(content)
    click.echo(f"{target}: {sum(len(part.stores) for part in parts)} tables of {name}.")


@person.command("erase")
@click.argument("who")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option(
    "--also-member", is_flag=True, help="End a membership that still runs, with yesterday as its last day."
)
@click.option("--yes", is_flag=True, help="Do not ask once more.")
def erase(who: str, *, dry_run: bool, also_member: bool, yes: bool) -> None:
    """Erase WHO from every store. Rows that count for others stay, without a name."""
    with at_the_desk() as work:
        found = _found(work, who)
        if also_member:
            _end_memberships(work, found)
        planned = person_data.erase_person(work, runtime().registry, found)
        _say(planned, work)
        work.rollback()
    if dry_run:
        click.echo("Nothing was changed.")
        return
    if not yes:
        click.confirm("This cannot be taken back. Erase?", abort=True)
    with at_the_desk() as work:
        if also_member:
            _end_memberships(work, found)
            work.commit()
        done = person_data.erase_person(work, runtime().registry, found)
        work.commit()
    _beside_the_database(done)
    click.echo("Erased. Back-ups made before hold what they held; a restore erases this person again.")


@person.command("merge")
@click.argument("kept")
@click.argument("gone")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
def merge(kept: str, gone: str, *, yes: bool) -> None:
    """Make KEPT and GONE, two records of one human, one: everything of GONE becomes KEPT's."""
    with at_the_desk() as work:
        stays, goes = _found(work, kept), _found(work, gone)
        names = [work.session.get_one(PersonRow, one).name for one in (stays, goes)]
        moved = person_data.merge_people(work, runtime().registry, stays, goes)
        click.echo(f"What is of {names[1]} becomes {names[0]}’s: {_counted(moved)}.")
        if not yes:
            click.confirm("This cannot be taken back. Go on?", abort=True)
        work.commit()
    click.echo(f"{names[0]} is one record.")


def erase_again(instance: Path) -> int:
    """Erase everybody on the list again, after a restore of an older back-up; return how many were there again."""
    again: list[Erasure] = []
    with owner_engine() as engine, Session(engine) as session:
        work = runtime().work(session, Actor(name="command"))
        for found in erased_before(instance):
            row = session.get(PersonRow, found)
            if row is not None and row.erased_at_utc is None:
                again.append(person_data.erase_person(work, runtime().registry, found, also_members=True))
        work.commit()
    for one in again:
        _beside_the_database(one)
    return len(again)


def note_who_is_erased(instance: Path) -> None:
    """Add everybody whom the database knows as erased to the list beside it: before that database is replaced."""
    # An engine of its own, given back at once: a restore is refused while anybody is connected.
    with owner_engine() as engine, Session(engine) as session, transaction_mode("read"):
        people = person_data.erased_people(runtime().work(session, Actor(name="command")))
    note_erased(instance, people)


def _found(work: UnitOfWork, who: str) -> PersonId:
    found = person_called(work.session, who)
    if found is None:
        raise click.ClickException(
            f"Nobody is called {who!r} here. Name the address they sign in with, or the last part of the address of their page."
        )
    return found


def _end_memberships(work: UnitOfWork, found: PersonId) -> None:
    """End what still runs with yesterday as its last day, as the group itself would; refused for the last leader."""
    own = dict(keys_of(work.session, found).members)
    for group in all_groups(work.session):
        today = local_day(work.now, group.zone)
        running = [one for one in members_on(work.session, group.id, today) if one.id == own.get(group.id)]
        for member in running:
            leave_group(work, group, member_id=member.id, last_day=today - timedelta(days=1), reason="erased")


def _say(planned: Erasure, work: UnitOfWork) -> None:
    groups = ", ".join(planned.groups) or "no group"
    click.echo(f"A record in: {groups}. To be emptied or taken away: {_counted(planned.by_table)}.")
    click.echo("Slips, talks and marks stay for the counts of others, without the name.")
    if unknown := unknown_tables(work.session):
        click.echo(
            f"No plugin in use knows these tables: {', '.join(unknown)}. What they hold stays; "
            "`plugins remove NAME --purge` removes them."
        )


def _counted(by_table: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(by_table.items())) or "nothing"


def _beside_the_database(done: Erasure) -> None:
    """Take the person out of the files beside the database, and the traces out of its pages."""
    settings: Config = current_app.extensions["givefirst.config"]
    note_erased(settings.instance, [done.person_id])
    files = forget_files(settings.instance / "outbox", done.words)
    with owner_engine() as engine:
        is_wiped = wipe_traces(engine)
    click.echo(f"{files} mails in the outbox folder removed.")
    if not is_wiped:
        click.echo(
            "The database was not written anew: it is large, or somebody is writing. The worker does it within a day; "
            "a file over 256 MB you write anew yourself: sqlite3 FILE VACUUM."
        )
