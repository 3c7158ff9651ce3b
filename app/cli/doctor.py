"""`flask doctor`: is this installation sound? Each finding says what it means and what to do."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.database import SQLITE_SETTINGS, transaction_mode
from app.core.ledger.queries import chains, weak_links
from app.extensions import db
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config

SQLITE_WITHOUT_WAL_BUG = (3, 51, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `is_wrong` ends the command with 1; `advice` says what to do, or is empty."""

    what: str
    is_wrong: bool = False
    advice: str = ""


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at database, migrations, ledger, addresses and mail, and say what to do where something is amiss."""
    settings: Config = current_app.extensions["givefirst.config"]
    with transaction_mode("read"), runtime().new_session() as session:
        findings = [
            *_engine(session),
            *_migrations(),
            *_ledger(session),
            *_address(settings),
            *_mail(settings),
        ]
    for finding in findings:
        click.echo(
            ("wrong  " if finding.is_wrong else "note   " if finding.advice else "ok     ") + finding.what
        )
        if finding.advice:
            click.echo(f"       {finding.advice}")
    if any(finding.is_wrong for finding in findings):
        raise click.ClickException("Something needs mending; see the lines that begin with “wrong”.")


def _engine(session: Session) -> Iterator[Finding]:
    if db.engine.dialect.name == "postgresql":
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            value = session.scalar(text(f"SHOW {setting}"))
            yield Finding(
                what=f"PostgreSQL {setting} is {value}",
                is_wrong=value == "off",
                advice="Switch it on: without it, a power cut loses what was acknowledged."
                if value == "off"
                else "",
            )
        return
    for name, _value, expected in SQLITE_SETTINGS:
        found = str(session.scalar(text(f"PRAGMA {name}")))
        yield Finding(what=f"SQLite {name} is {found}", is_wrong=found != expected)
    version = sqlite3.sqlite_version_info
    yield Finding(
        what=f"SQLite is {sqlite3.sqlite_version}",
        advice=""
        if version >= SQLITE_WITHOUT_WAL_BUG
        else "Versions before 3.51.3 have a rare fault that can damage the file when its log is reset; "
        "keep back-ups and use a Python built with a newer SQLite, or PostgreSQL.",
    )
    integrity = session.scalar(text("PRAGMA quick_check"))
    yield Finding(
        what=f"SQLite integrity: {integrity}",
        is_wrong=integrity != "ok",
        advice="" if integrity == "ok" else "Restore the latest back-up.",
    )


def _migrations() -> Iterator[Finding]:
    parts = migrations.components(runtime().registry.plugins)
    for line in migrations.status(db.engine, parts):
        if line.is_orphan:
            yield Finding(
                what=f"Tables of {line.component}, whose code is gone",
                advice="They stay as they are until you remove them.",
            )
        else:
            yield Finding(
                what=f"Tables of {line.component} at {line.at or 'nothing'}",
                is_wrong=not line.is_current,
                advice="" if line.is_current else "Run `flask --app wsgi db upgrade`.",
            )
    with db.engine.connect() as connection:
        standing = migrations.append_only_triggers(connection)
    for table in migrations.APPEND_ONLY:
        missing = {f"{table}_no_update", f"{table}_no_delete"} - standing
        yield Finding(
            what=f"{table} can only be added to" if not missing else f"{table} could be altered",
            is_wrong=bool(missing),
            advice="Restore the latest back-up, or run the migrations of a fresh database and compare."
            if missing
            else "",
        )


def _ledger(session: Session) -> Iterator[Finding]:
    for group_id in chains(session):
        weak = weak_links(session, group_id)
        yield Finding(
            what=f"Ledger chain {group_id} " + ("is whole" if not weak else f"is broken at {weak[:5]}"),
            is_wrong=bool(weak),
            advice="Somebody changed the database behind the product; compare with a back-up."
            if weak
            else "",
        )


def _address(settings: Config) -> Iterator[Finding]:
    advice = ""
    if settings.is_loopback:
        advice = "Phones cannot reach this address. Set GIVEFIRST_BASE_URL to one they can, with https."
    elif not settings.is_https:
        advice = (
            "Without https, cookies travel in the open and offline sign-in is off. Put a TLS proxy before it."
        )
    yield Finding(what=f"People reach the house at {settings.base_url}", advice=advice)


def _mail(settings: Config) -> Iterator[Finding]:
    if settings.mail_url:
        yield Finding(what="Mail leaves by SMTP")
    else:
        yield Finding(
            what=f"Mail is written to {settings.instance / 'outbox'}",
            advice="Nobody receives it. Set GIVEFIRST_MAIL_URL to an SMTP server.",
        )
