"""`flask backup` and `flask restore`: the whole house into one file, and back."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine

from app.cli.owner import owner_engine, parts_of_house
from app.cli.person import erase_again, note_who_is_erased
from app.core.database import transaction_mode
from app.core.keeping.archive import Progress
from app.core.keeping.house import KeepingError, Place, back_up, forget_old, restore, usual_path
from app.core.keeping.postgresql import ToolMissingError
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config

Made = TypeVar("Made")

BEFORE_UPGRADE = "before-upgrade"
KEPT_BEFORE_UPGRADES = 5


@click.command("backup")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; by default one named after the time, in the instance folder's `backups`.",
)
@with_appcontext
def backup(target: Path | None) -> None:
    """Write everything the house keeps into one file, and restore that once to see that every row is equal."""
    now = runtime().clock.now()
    with owner_engine() as engine:
        place = place_of(engine)
    path = (target or usual_path(place, now)).resolve()
    if path.exists():
        raise click.ClickException(f"{path} is there already; choose another name. Nothing was written.")
    manifest = _refusing(lambda: back_up(place, path, now=now, tell=progress()))
    click.echo(
        f"{path}: {manifest.rows} rows of {len(manifest.tables)} tables, restored once and found equal."
    )
    click.echo(
        "The secret key is not in it: keep a copy of it elsewhere, or everybody signs in anew after a restore."
    )


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="Everything the house keeps now is replaced by the back-up. Go on?")
@with_appcontext
def restore_backup(source: Path) -> None:
    """Put a back-up in the place of all data. Stop the server first. What stood there is backed up before."""
    with owner_engine() as engine:
        place = place_of(engine)
    now = runtime().clock.now()
    if any(place.revisions.values()):
        note_who_is_erased(place.instance)
    restored = _refusing(lambda: restore(place, source.resolve(), now=now, known=_known, tell=progress()))
    moved = upgraded_without_backup()
    again = erase_again(place.instance)
    click.echo(
        f"Restored {restored.manifest.rows} rows as they stood at {restored.manifest.made_at:%Y-%m-%d %H:%M} UTC."
    )
    if restored.before is not None:
        click.echo(f"What stood there before is kept in {restored.before}.")
    for line in moved:
        click.echo(line)
    if again:
        click.echo(f"{again} people who were erased since then are erased again.")


def back_up_before_upgrade(engine: Engine, now: datetime) -> Path | None:
    """Back the house up where an upgrade would change tables with data in them; return the file, or None."""
    place = place_of(engine)
    is_new = not any(place.revisions.values())
    with transaction_mode("read"):
        waiting = [
            line
            for line in migrations.status(engine, parts_of_house())
            if not line.is_current and not line.is_orphan
        ]
    if is_new or not waiting:
        return None
    path = usual_path(place, now, BEFORE_UPGRADE)
    _refusing(lambda: back_up(place, path, now=now, tell=progress()))
    forget_old(place, BEFORE_UPGRADE, KEPT_BEFORE_UPGRADES)
    return path


def upgraded_without_backup() -> list[str]:
    """Bring the tables to the code, after a restore of an older back-up; return what was moved."""
    settings: Config = current_app.extensions["givefirst.config"]
    with owner_engine() as engine:
        return migrations.upgrade(engine, parts_of_house(), web_url=settings.database_url)


def place_of(engine: Engine) -> Place:
    """Return where the data stands, as its owner sees it."""
    settings: Config = current_app.extensions["givefirst.config"]
    with transaction_mode("read"):
        lines = migrations.status(engine, parts_of_house())
    return Place(
        url=settings.migration_database_url,
        instance=settings.instance,
        revisions={line.component: line.at for line in lines},
    )


def progress() -> Progress:
    """Return what tells on a terminal how far a long command has come; it says nothing in a pipe."""
    on_terminal = sys.stderr.isatty()
    last = [("", -1)]

    def tell(step: str, done: int, total: int) -> None:
        share = (step, 100 * done // max(total, 1))
        if on_terminal and share != last[0]:
            click.echo(f"\r\033[K{step} … {share[1]} %", err=True, nl=done >= total)
            last[0] = share

    return tell


def _known(component: str, revision: str) -> bool | None:
    part = next((one for one in parts_of_house() if one.name == component), None)
    return None if part is None else migrations.has_revision(part, revision)


def _refusing(act: Callable[[], Made]) -> Made:
    try:
        return act()
    except (KeepingError, ToolMissingError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
