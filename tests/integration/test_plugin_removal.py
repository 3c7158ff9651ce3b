"""Taking a plugin away: off everywhere, and then, once its code is out of use, everything it kept, exported first."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, inspect, text

from app import create_app
from app.core.keeping import purge
from app.core.sealing import prepare_owner_engine
from app.extensions import db
from config import PLUGINS, Config

WITHOUT_REFERRALS = tuple(name for name in PLUGINS if name != "app.plugins.referrals")


@contextmanager
def house(settings: Config, plugins: tuple[str, ...] = PLUGINS) -> Iterator[Flask]:
    """Lend an application with these plugins."""
    app = create_app(replace(settings, plugins=plugins), testing=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def lived_in(settings: Config) -> Config:
    """Return the settings of a house with a small demo network in it."""
    with house(settings) as app:
        assert run(app, "demo", "load", "--groups", "1", "--members", "6", "--weeks", "6").exit_code == 0
    return settings


def tables(settings: Config) -> set[str]:
    with house(settings) as app, app.app_context():
        return set(inspect(db.engine).get_table_names())


def count(settings: Config, query: str) -> int:
    with house(settings) as app, app.app_context(), db.engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def exported(settings: Config) -> Path:
    (path,) = (settings.instance / "exports").glob("referrals-*.zip")
    return path


def test_plugin_in_use_is_switched_off_everywhere_and_keeps_what_it_kept(lived_in: Config) -> None:
    slips = count(lived_in, "SELECT count(*) FROM referrals_slip")
    with house(lived_in) as app:
        done = run(app, "plugins", "remove", "referrals", "--yes")
    assert done.exit_code == 0, done.output
    assert "referrals is off in every group; what it kept stays." in done.stdout
    on = "SELECT count(*) FROM plugin_switch WHERE plugin = 'referrals' AND is_on"
    assert count(lived_in, on) == 0
    assert count(lived_in, "SELECT count(*) FROM referrals_slip") == slips > 0


def test_plugin_in_use_is_not_purged(lived_in: Config) -> None:
    with house(lived_in) as app:
        refused = run(app, "plugins", "remove", "referrals", "--purge", "--yes")
    assert refused.exit_code == 1
    assert "Leave it out of GIVEFIRST_PLUGINS" in refused.stderr
    assert "referrals_slip" in tables(lived_in)


def test_purge_exports_every_row_and_then_removes_the_tables_and_nothing_else(lived_in: Config) -> None:
    before = tables(lived_in)
    slips = count(lived_in, "SELECT count(*) FROM referrals_slip")
    with house(lived_in, WITHOUT_REFERRALS) as app:
        done = run(app, "plugins", "remove", "referrals", "--purge", "--yes")
    assert done.exit_code == 0, done.output
    gone = {name for name in before if name.startswith("referrals_")} | {"alembic_version_referrals"}
    with house(lived_in, WITHOUT_REFERRALS) as app, app.app_context():
        assert set(inspect(db.engine).get_table_names()) == before - gone
    with ZipFile(exported(lived_in)) as archive:
        lines = archive.read("referrals_slip.jsonl").splitlines()
        manifest = json.loads(archive.read("manifest.json"))
    assert len(lines) == slips == manifest["rows"]["referrals_slip"]
    assert {"public_id", "state", "passed_at_utc"} <= json.loads(lines[0]).keys()
    assert exported(lived_in).stat().st_mode & 0o777 == 0o600
    assert count(lived_in, "SELECT count(*) FROM ledger_entry WHERE kind = 'keeping.plugin_purged'") == 1
    with house(lived_in) as app:
        assert run(app, "db", "upgrade", "--no-backup").exit_code == 0
    assert count(lived_in, "SELECT count(*) FROM referrals_slip") == 0, "installed again, it begins empty"


def left_of(settings: Config, plugin: str) -> list[str]:
    """Return the tables and functions of the plugin in the database, as its owner sees them."""
    engine = create_engine(settings.migration_database_url)
    prepare_owner_engine(engine)
    with engine.connect() as connection:
        found = purge.leftovers_of(connection, plugin, others=())
    engine.dispose()
    return [*(table.name for table in found.tables), *found.functions]


def test_purge_takes_sealed_tables_with_their_functions(lived_in: Config) -> None:
    names = tuple(name for name in PLUGINS if name != "app.plugins.credibility")
    before = left_of(lived_in, "credibility")
    with house(lived_in, names) as app:
        done = run(app, "plugins", "remove", "credibility", "--purge", "--yes")
    assert done.exit_code == 0, done.output
    assert left_of(lived_in, "credibility") == []
    (path,) = (lived_in.instance / "exports").glob("credibility-*.zip")
    with ZipFile(path) as archive:
        lines = archive.read("credibility_evidence.jsonl").splitlines()
    assert {"weight", "about_member_id"} <= json.loads(lines[0]).keys()
    with house(lived_in) as app:
        assert run(app, "db", "upgrade", "--no-backup").exit_code == 0
    assert left_of(lived_in, "credibility") == before
    assert len(before) > 8


def test_purge_that_cannot_export_removes_nothing(lived_in: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    slips = count(lived_in, "SELECT count(*) FROM referrals_slip")
    monkeypatch.setattr(purge, "_lines_of", lambda *_: -1)
    with house(lived_in, WITHOUT_REFERRALS) as app:
        failed = run(app, "plugins", "remove", "referrals", "--purge", "--yes")
    assert failed.exit_code == 1
    assert count(lived_in, "SELECT count(*) FROM referrals_slip") == slips
    assert list((lived_in.instance / "exports").glob("*.zip")) == []


def test_purge_of_lunch_leaves_lunch_club_alone(settings: Config) -> None:
    with house(settings) as app, app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            pytest.skip("the web role of this test may not make tables; the rule is the same")
        for table in ("lunch_seat", "lunch_club_seat", "alembic_version_lunch_club"):
            connection.execute(text(f"CREATE TABLE {table} (group_id BIGINT)"))
        found = purge.leftovers_of(connection, "lunch", others=())
        assert [table.name for table in found.tables] == ["lunch_seat"]
        connection.rollback()


def test_unknown_plugin_is_said_to_be_unknown(settings: Config) -> None:
    with house(settings) as app:
        assert "No plugin is called 'lunch'" in run(app, "plugins", "remove", "lunch", "--yes").stderr
        purged = run(app, "plugins", "remove", "lunch", "--purge", "--yes")
    assert (purged.exit_code, "holds nothing of a plugin" in purged.stderr) == (1, True)
