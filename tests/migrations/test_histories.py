"""Each component's history: up, down and up again with rows in it, at the models when it is up, and nobody else's concern."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask

from app import create_app
from app.core.clock import FixedClock
from app.core.database import Base
from app.extensions import db
from app.plugin_runtime import migrations
from app.plugin_runtime.migrations import CORE, owners_of_tables
from config import Config
from tests.migrations.conftest import PARTS
from tests.support.engines import STARTS_AT
from tests.support.histories import Histories

PLUGIN_NAMES = [part.name for part in PARTS if part.name != CORE]


@pytest.fixture
def lived_in(settings: Config, histories: Histories) -> Histories:
    """Return a database with a small demo network in it."""
    app: Flask = create_app(settings, clock=FixedClock(STARTS_AT), testing=True)
    loaded = app.test_cli_runner().invoke(
        args=["demo", "load", "--groups", "1", "--members", "6", "--weeks", "6"]
    )
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        db.engine.dispose()
    return histories


def of(component: str, rows: dict[str, int]) -> dict[str, int]:
    """Return the rows of the component's own tables; with `-` before its name, those of all others."""
    name, is_own = component.removeprefix("-"), not component.startswith("-")
    owners = owners_of_tables(PARTS)
    return {
        table: count
        for table, count in rows.items()
        if (owners.get(table) == name) == is_own and table in owners
    }


def test_plugins_history_goes_down_and_up_again_and_touches_no_other_rows(lived_in: Histories) -> None:
    for name in PLUGIN_NAMES:
        before, at = lived_in.rows(), lived_in.at()
        assert sum(of(name, before).values()) > 0, f"{name} has rows to lose"

        lived_in.down(name)
        assert of(name, lived_in.rows()) == {}
        assert of(f"-{name}", lived_in.rows()) == of(f"-{name}", before)
        assert lived_in.at() == at | {name: ""}

        assert [line.partition(":")[0] for line in lived_in.up()] == [name]
        assert of(name, lived_in.rows()) == dict.fromkeys(of(name, before), 0)
        assert of(f"-{name}", lived_in.rows()) == of(f"-{name}", before)
        assert lived_in.at() == at
    assert lived_in.up() == []


def test_everything_goes_down_and_up_again(lived_in: Histories) -> None:
    at, tables = lived_in.at(), set(lived_in.rows())
    for part in reversed(lived_in.parts):
        lived_in.down(part.name)
    left = {table for table in lived_in.rows() if not table.startswith("alembic_version_")}
    assert left == set()
    assert len(lived_in.up()) == len(lived_in.parts)
    assert (lived_in.at(), set(lived_in.rows())) == (at, tables)
    assert lived_in.rows()["ledger_head"] == 1, "the network's own chain"


def test_core_is_not_taken_away_under_the_rows_of_plugins(lived_in: Histories) -> None:
    before = lived_in.rows()
    with pytest.raises(
        Exception, match=r"without their parents|depend on it|other objects depend|FOREIGN KEY"
    ):
        lived_in.down(CORE)
    assert lived_in.rows() == before
    assert lived_in.up() == []


def test_models_match_the_head_of_each_history(histories: Histories) -> None:
    owners = owners_of_tables(PARTS)
    with histories.engine.connect() as connection:
        for part in histories.parts:

            def belongs(
                _found: object, name: str | None, kind: str, *_more: object, owner: str = part.name
            ) -> bool:
                return kind != "table" or owners.get(name or "") == owner

            options = {
                "include_object": belongs,
                "compare_type": True,
                "version_table": f"alembic_version_{part.name}",
            }
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, Base.metadata) == [], part.name


def test_every_table_of_the_models_is_somebodys_and_plugins_bear_their_name(histories: Histories) -> None:
    owners = owners_of_tables(PARTS)
    assert set(owners) == {table for table in histories.rows() if not table.startswith("alembic_version_")}
    for name in PLUGIN_NAMES:
        assert [table for table, owner in owners.items() if owner == name], f"{name} has tables"


def test_each_component_has_a_version_table_of_its_own(histories: Histories) -> None:
    tables = {table for table in histories.rows() if table.startswith("alembic_version")}
    assert tables == {f"alembic_version_{part.name}" for part in histories.parts}


@pytest.mark.parametrize("gone", PLUGIN_NAMES)
def test_component_whose_code_is_gone_is_listed_as_orphan_and_bricks_nothing(
    histories: Histories, gone: str
) -> None:
    left = [part for part in histories.parts if part.name != gone]
    before = histories.rows()
    (orphan,) = [line for line in migrations.status(histories.engine, left) if line.is_orphan]
    assert (orphan.component, orphan.at) == (gone, histories.at()[gone])
    assert histories.up(left) == []
    assert histories.rows() == before
    assert histories.up() == [], "its code is back"


def test_upgrade_of_an_empty_database_makes_everything_and_a_second_one_nothing(empty: Histories) -> None:
    assert empty.rows() == {}
    assert len(empty.up()) == len(empty.parts)
    assert all(line.is_current for line in migrations.status(empty.engine, empty.parts))
    assert empty.up() == []
