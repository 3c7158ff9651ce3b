"""Commands of upkeep: is the database brought up to date and taken back, and does `doctor` find what is amiss?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from app import create_app
from app.extensions import db
from app.plugin_api import Plugin
from config import PLUGINS, Config
from tests.support.engines import settings_for
from tests.support.world import World

COMPONENTS = ("core", *(name.rpartition(".")[2] for name in PLUGINS))


@contextmanager
def house(settings: Config, plugins: list[Plugin] | None = None) -> Iterator[Flask]:
    """Lend an application with these settings, and give its connections back."""
    app = create_app(settings, plugins, testing=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def behind_its_back(settings: Config, *statements: str) -> None:
    """Change the database as somebody does who holds its file or is its owner."""
    engine = create_engine(settings.migration_database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_database_is_brought_up_to_date_shown_and_taken_back(tmp_path: Path) -> None:
    with house(settings_for(tmp_path, f"sqlite:///{tmp_path / 'new.db'}")) as app:
        _goes_up_and_down(app)


def _goes_up_and_down(app: Flask) -> None:
    before = run(app, "db", "status")
    assert (before.exit_code, before.stdout.count("nothing (newest: ")) == (1, len(COMPONENTS))
    assert "db upgrade" in before.stderr

    assert run(app, "db", "upgrade").stdout.count("nothing → ") == len(COMPONENTS)
    assert run(app, "db", "upgrade").stdout == "Everything is up to date.\n"
    current = run(app, "db", "status")
    assert (current.exit_code, "newest" in current.stdout) == (0, False)

    unsure = run(app, "db", "downgrade", "referrals", "--to", "base")
    assert unsure.exit_code == 1
    assert run(app, "db", "status").exit_code == 0, "nothing was done without a yes"
    assert (
        run(app, "db", "downgrade", "referrals", "--to", "base", "--yes").stdout == "referrals: now at base\n"
    )
    assert "referrals: nothing (newest: " in run(app, "db", "status").stdout
    unknown = run(app, "db", "downgrade", "lunches", "--to", "base", "--yes")
    assert unknown.stderr == f"Error: No component is called 'lunches'; there are: {', '.join(COMPONENTS)}.\n"


def test_component_whose_code_is_gone_is_shown_as_orphan_and_is_no_fault(settings: Config) -> None:
    with house(settings, plugins=[]) as without:
        shown, checked = run(without, "db", "status"), run(without, "doctor")
    assert shown.exit_code == 0
    assert "referrals: orphan, its code is not installed; its tables stay as they are" in shown.stdout
    assert checked.exit_code == 0, checked.output
    assert "note   Tables of referrals, whose code is gone" in checked.stdout


def test_doctor_finds_a_fresh_house_sound(app: Flask, world: World) -> None:
    world.member(world.group())
    checked = run(app, "doctor")
    assert checked.exit_code == 0, checked.output
    assert "wrong" not in checked.stdout
    assert "ledger_entry can only be added to" in checked.stdout
    assert checked.stdout.count("is whole") == 2
    assert "Phones cannot reach this address." in checked.stdout
    assert "Nobody receives it." in checked.stdout


@pytest.mark.parametrize(
    "what", ["an entry altered", "the head set back", "a trigger dropped", "a history set back"]
)
def test_doctor_finds_what_was_done_behind_the_products_back(app: Flask, world: World, what: str) -> None:
    group = world.group()
    settings: Config = app.extensions["givefirst.config"]
    on_table = " ON ledger_entry" if settings.database_url.startswith("postgresql") else ""
    drop = f"DROP TRIGGER ledger_entry_no_update{on_table}"
    statements, line = {
        "an entry altered": (
            [drop, f"UPDATE ledger_entry SET actor = 'thief' WHERE group_id = {group.id} AND sequence = 1"],
            f"wrong  Ledger chain {group.id} is broken at [1]",
        ),
        "the head set back": (
            [f"UPDATE ledger_head SET sequence = 0, hash = '' WHERE group_id = {group.id}"],
            f"wrong  Ledger chain {group.id} is broken at ",
        ),
        "a trigger dropped": ([drop], "wrong  ledger_entry could be altered"),
        "a history set back": (
            ["UPDATE alembic_version_referrals SET version_num = 'referrals_0000'"],
            "wrong  Tables of referrals at referrals_0000",
        ),
    }[what]
    behind_its_back(settings, *statements)
    checked = run(app, "doctor")
    assert checked.exit_code == 1
    assert line in checked.stdout
    assert checked.stderr == "Error: Something needs mending; see the lines that begin with “wrong”.\n"


def test_doctor_finds_a_sqlite_file_that_is_damaged(sqlite_template: Path, tmp_path: Path) -> None:
    content = bytearray(sqlite_template.read_bytes())
    page = 4096
    content[10 * page : 12 * page] = b"\xff" * (2 * page)
    (tmp_path / "test.db").write_bytes(content)
    with house(settings_for(tmp_path, f"sqlite:///{tmp_path / 'test.db'}")) as app:
        checked = run(app, "doctor")
    assert checked.exit_code == 1
    assert "wrong  SQLite integrity: " in checked.stdout, checked.output
    assert "Restore the latest back-up." in checked.stdout
