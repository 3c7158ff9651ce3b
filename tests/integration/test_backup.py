"""Back-up and restore on both engines: every row equal, nothing half done, nobody surprised."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.core.clock import FixedClock
from app.core.keeping.archive import SUFFIX, manifest_of
from app.core.keeping.open_house import Opening, shut_house
from app.extensions import db
from app.plugin_runtime.runtime import runtime
from config import Config
from tests.proofs.backup import drill
from tests.proofs.grown import grow
from tests.support.engines import STARTS_AT, settings_for
from tests.support.pg_tools import put_on_path
from tests.support.source import ROOT


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch)


@contextmanager
def house(settings: Config) -> Iterator[Flask]:
    """Lend an application that serves nobody, as a command is."""
    app = create_app(settings, clock=FixedClock(STARTS_AT), testing=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    done = app.test_cli_runner().invoke(args=list(arguments))
    with app.app_context():
        db.engine.dispose()
    return done


@pytest.fixture
def lived_in(settings: Config) -> Iterator[Flask]:
    """Yield a command-line application over a small demo network."""
    with house(settings) as app:
        loaded = run(app, "demo", "load", "--groups", "1", "--members", "6", "--weeks", "4")
        assert loaded.exit_code == 0, loaded.output
        yield app


def spoil(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE member SET firm = 'spoilt'")
        connection.exec_driver_sql("DELETE FROM notice")
    with app.app_context():
        db.engine.dispose()


def firms(app: Flask) -> set[str]:
    with app.app_context():
        with db.engine.connect() as connection:
            found = {row[0] for row in connection.exec_driver_sql("SELECT firm FROM member")}
        db.engine.dispose()
    return found


def instance_of(app: Flask) -> Path:
    settings: Config = app.extensions["givefirst.config"]
    return settings.instance


def backups(app: Flask) -> list[str]:
    folder = instance_of(app) / "backups"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def test_backup_is_restored_with_every_row_and_what_stood_before_is_kept(lived_in: Flask) -> None:
    before = firms(lived_in)
    made = run(lived_in, "backup")
    assert made.exit_code == 0, made.output
    assert re.search(r"\d+ rows of \d+ tables, restored once and found equal\.", made.stdout)
    (name,) = backups(lived_in)
    path = instance_of(lived_in) / "backups" / name
    assert path.stat().st_mode & 0o777 == 0o600
    assert "credibility_evidence" in manifest_of(path).tables, "what is sealed is compared too"

    spoil(lived_in)
    assert firms(lived_in) == {"spoilt"}
    restored = run(lived_in, "restore", str(path), "--yes")
    assert restored.exit_code == 0, restored.output
    assert firms(lived_in) == before
    kept = [one for one in backups(lived_in) if "before-restore" in one]
    assert len(kept) == 1

    again = run(lived_in, "restore", str(instance_of(lived_in) / "backups" / kept[0]), "--yes")
    assert again.exit_code == 0, again.output
    assert firms(lived_in) == {"spoilt"}, "what stood before the restore can be had again"
    assert run(lived_in, "doctor").exit_code == 0


def test_restore_needs_a_yes(lived_in: Flask) -> None:
    run(lived_in, "backup")
    path = instance_of(lived_in) / "backups" / backups(lived_in)[0]
    spoil(lived_in)
    assert run(lived_in, "restore", str(path)).exit_code == 1
    assert firms(lived_in) == {"spoilt"}


def test_restore_onto_a_running_server_is_refused(lived_in: Flask) -> None:
    run(lived_in, "backup")
    path = instance_of(lived_in) / "backups" / backups(lived_in)[0]
    spoil(lived_in)
    serving = Opening(instance_of(lived_in))
    serving.hold()
    refused = run(lived_in, "restore", str(path), "--yes")
    assert refused.exit_code == 1
    assert "Givefirst is running on this data. Stop the server and the worker first" in refused.stderr
    assert firms(lived_in) == {"spoilt"}
    del serving
    assert run(lived_in, "restore", str(path), "--yes").exit_code == 0


def test_restore_is_refused_while_anybody_holds_the_database_open(lived_in: Flask) -> None:
    run(lived_in, "backup")
    path = instance_of(lived_in) / "backups" / backups(lived_in)[0]
    spoil(lived_in)
    with lived_in.app_context(), db.engine.connect() as somebody:
        somebody.exec_driver_sql("SELECT count(*) FROM member")
        with house(lived_in.extensions["givefirst.config"]) as command:
            refused = run(command, "restore", str(path), "--yes")
    assert refused.exit_code == 1
    assert "Nothing was changed" in refused.stderr or "nothing was changed" in refused.stderr
    assert firms(lived_in) == {"spoilt"}


def test_nobody_is_served_while_a_restore_is_under_way(settings: Config) -> None:
    with house(settings) as app, shut_house(settings.instance):
        shut = app.test_client().get("/")
    assert shut.status_code == 503
    assert "Back in a few minutes" in shut.text
    with house(settings) as app:
        assert app.test_client().get("/").status_code == 200


@pytest.mark.parametrize(
    "what", ["no zip", "damaged", "newer format", "newer tables", "other engine", "a row lost"]
)
def test_file_that_cannot_be_restored_changes_nothing_and_says_why(
    lived_in: Flask, tmp_path: Path, what: str
) -> None:
    run(lived_in, "backup", "--to", str(tmp_path / f"good{SUFFIX}"))
    bad = tmp_path / f"bad{SUFFIX}"
    expected = spoilt_copy(tmp_path / f"good{SUFFIX}", bad, what)
    spoil(lived_in)
    refused = run(lived_in, "restore", str(bad), "--yes")
    assert refused.exit_code == 1
    assert expected in refused.stderr, refused.stderr
    assert firms(lived_in) == {"spoilt"}


def spoilt_copy(good: Path, bad: Path, what: str) -> str:
    """Write a back-up that must be refused, and return what is said of it."""
    if what == "no zip":
        bad.write_bytes(b"certainly not a back-up")
        return "cannot be read as a back-up of Givefirst"
    replaced = {
        "damaged": (b'"tables"', b'"tobles"', "is no back-up of Givefirst, or is damaged"),
        "newer format": (b'"format": 1', b'"format": 9', "was made by a newer version of Givefirst"),
        "newer tables": (b'"core": "core_', b'"core": "core_9', "was made by a newer version (core)"),
        "other engine": (b'"engine": "', b'"engine": "other', "is a back-up of other"),
        "a row lost": (b'"rows": ', b'"rows": 9', "The back-up does not hold what it should"),
    }
    old, new, said = replaced[what]
    with ZipFile(good) as source, ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new, 1) if name == "manifest.json" else content)
    return said


def test_backup_never_overwrites_a_file_and_leaves_none_where_it_fails(
    lived_in: Flask, tmp_path: Path
) -> None:
    there = tmp_path / f"mine{SUFFIX}"
    there.write_text("mine")
    refused = run(lived_in, "backup", "--to", str(there))
    assert (refused.exit_code, there.read_text()) == (1, "mine")
    assert "is there already" in refused.stderr


def test_backup_that_fails_its_trial_leaves_no_file(lived_in: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.keeping.house.differences", lambda *_: ["the table member has other rows"])
    failed = run(lived_in, "backup")
    assert failed.exit_code == 1
    assert "The back-up does not hold what it should: the table member has other rows" in failed.stderr
    assert backups(lived_in) == []


def test_house_with_data_is_backed_up_before_each_migration(lived_in: Flask) -> None:
    assert run(lived_in, "db", "upgrade").stdout == "Everything is up to date.\n"
    assert backups(lived_in) == []
    run(lived_in, "db", "downgrade", "welcome", "--to", "base", "--yes")
    upgraded = run(lived_in, "db", "upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    assert "Backed up before the upgrade: " in upgraded.stdout
    assert len([name for name in backups(lived_in) if "before-upgrade" in name]) == 1
    run(lived_in, "db", "downgrade", "welcome", "--to", "base", "--yes")
    assert "Backed up" not in run(lived_in, "db", "upgrade", "--no-backup").stdout


def test_new_house_is_not_backed_up_before_its_first_tables(tmp_path: Path) -> None:
    with house(settings_for(tmp_path, f"sqlite:///{tmp_path / 'new.db'}")) as app:
        assert "Backed up" not in run(app, "db", "upgrade").stdout
        assert backups(app) == []


def test_only_the_newest_backups_before_upgrades_are_kept(lived_in: Flask) -> None:
    clock = runtime(lived_in).clock
    assert isinstance(clock, FixedClock)
    run(lived_in, "backup")
    for _ in range(7):
        run(lived_in, "db", "downgrade", "welcome", "--to", "base", "--yes")
        run(lived_in, "db", "upgrade")
        clock.advance(clock.now().resolution * 60_000_000)
    names = backups(lived_in)
    assert len([name for name in names if "before-upgrade" in name]) == 5
    assert len(names) == 6, "a back-up made on purpose stays"


def test_doctor_says_when_the_last_backup_was_made(lived_in: Flask) -> None:
    assert "No back-up stands in the instance folder" in run(lived_in, "doctor").stdout
    run(lived_in, "backup")
    path = instance_of(lived_in) / "backups" / backups(lived_in)[0]
    os.utime(path, (STARTS_AT.timestamp() - 9 * 86_400,) * 2)
    assert "That is more than a week ago" in run(lived_in, "doctor").stdout
    os.utime(path, (STARTS_AT.timestamp() - 3_600,) * 2)
    said = run(lived_in, "doctor").stdout
    assert "The last back-up was made on 2026-11-24 05:00 UTC" in said
    assert "more than a week" not in said


def test_small_drill_restores_every_row_while_somebody_writes(tmp_path: Path, sqlite_template: Path) -> None:
    with house(settings_for(tmp_path, f"sqlite:///{tmp_path / 'givefirst.db'}")) as app:
        run(app, "db", "upgrade")
        assert run(app, "demo", "load", "--groups", "1", "--members", "8", "--weeks", "6").exit_code == 0
    database = tmp_path / "givefirst.db"
    assert grow(database, bytes_wanted=12_000_000) >= 3
    found = drill(database, tmp_path)
    assert found.differences == []
    assert found.written_meanwhile > 0
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE person SET name = name || '.'")
        connection.commit()
    (tmp_path / "second").mkdir()
    assert drill(database, tmp_path / "second").differences == []


def test_restore_killed_at_any_file_operation_leaves_the_old_data_or_the_new(
    tmp_path: Path, sqlite_template: Path
) -> None:
    for name in ("old", "new"):
        shutil.copyfile(sqlite_template, tmp_path / f"{name}.db")
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        connection.execute("INSERT INTO network (id, founding, changed_at_utc) VALUES (1, 'anyone', '2026')")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    program = [sys.executable, "-m", "tests.support.killed_restores", str(tmp_path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    stands = json.loads(done.stdout.splitlines()[-1])
    assert len(stands) > 10, "a restore does more file operations than that"
    assert set(stands) == {"old", "new"}
    assert stands == sorted(stands, reverse=True), "once the new data stands, it stays"
