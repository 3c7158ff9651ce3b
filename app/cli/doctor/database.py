"""Is the database sound? Its settings, its tables, its ledger."""

import sqlite3
from collections.abc import Iterator, Sequence

from flask import current_app
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.cli.doctor.finding import Finding
from app.core.database import SQLITE_SETTINGS
from app.core.groups.queries import all_groups, switched_on
from app.core.ledger.queries import chains, weak_links
from app.core.sealing import open_to_me
from app.core.work import HOUSE
from app.extensions import db
from app.plugin_runtime import migrations
from app.plugin_runtime.runtime import runtime
from config import Config

SQLITE_WITHOUT_WAL_BUG = (3, 51, 3)


def engine_findings(session: Session) -> Iterator[Finding]:
    """Yield whether the engine keeps what it acknowledges."""
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


def migration_findings() -> Iterator[Finding]:
    """Yield where every component's tables stand, and whether the ledger can only be added to."""
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
        unsealed = open_to_me(connection)
    for table in migrations.APPEND_ONLY:
        missing = {f"{table}_no_update", f"{table}_no_delete"} - standing
        yield Finding(
            what=f"{table} can only be added to" if not missing else f"{table} could be altered",
            is_wrong=bool(missing),
            advice="Restore the latest back-up, or run the migrations of a fresh database and compare."
            if missing
            else "",
        )
    if db.engine.dialect.name == "postgresql":
        yield _sealed_finding(unsealed)


def plugin_findings(session: Session) -> Iterator[Finding]:
    """Yield what the plugins find wrong with what they keep, group by group, where they are on."""
    held = runtime()
    work = held.work(session, HOUSE)
    for group in all_groups(session):
        on = switched_on(session, group.id)
        found = [
            f"{plugin.manifest.name} of {group.slug}: {line}"
            for plugin in held.registry.plugins
            if plugin.manifest.name in on
            for line in plugin.faults(work, group)
        ]
        for line in found:
            yield Finding(what=line, is_wrong=True, advice="Compare with a back-up, or ask the makers.")
        if not found:
            yield Finding(what=f"What the plugins keep of {group.slug} agrees with itself")


def ledger_findings(session: Session) -> Iterator[Finding]:
    """Yield whether each chain of the ledger is whole."""
    for group_id in chains(session):
        weak = weak_links(session, group_id)
        yield Finding(
            what=f"Ledger chain {group_id} " + ("is whole" if not weak else f"is broken at {weak[:5]}"),
            is_wrong=bool(weak),
            advice="Somebody changed the database behind the product; compare with a back-up."
            if weak
            else "",
        )


def _sealed_finding(unsealed: Sequence[str]) -> Finding:
    """Return whether the role that serves pages could read the sealed tables itself; with one role for everything it can."""
    settings: Config = current_app.extensions["givefirst.config"]
    if not unsealed:
        return Finding(what="The role that serves pages cannot read what is sealed")
    if settings.database_url == settings.migration_database_url:
        advice = (
            "Set GIVEFIRST_MIGRATION_DATABASE_URL to the owner of the tables, and let pages be served by a role that "
            "owns nothing (README.md)."
        )
    else:
        advice = "Run `flask --app wsgi db upgrade`, which takes these rights away again."
    return Finding(
        what=f"The role that serves pages could read what is sealed: {', '.join(unsealed)}",
        is_wrong=settings.database_url != settings.migration_database_url,
        advice=advice,
    )
