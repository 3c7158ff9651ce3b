"""Sealed tables move behind their functions and back with every row, on PostgreSQL; on SQLite they stay where they are."""

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db
from app.plugin_runtime import migrations
from tests.migrations.conftest import PARTS
from tests.support.engines import STARTS_AT
from tests.support.histories import Histories
from tests.support.postgres import WEB_ROLE, conninfo
from tests.support.sealed_rows import keep_record
from tests.support.slips import acting
from tests.support.world import World

SEALED = ("credibility_evidence", "credibility_pair", "credibility_standing")
MOVED = "credibility_0005"


def fill(histories: Histories) -> None:
    app = create_app(histories.settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    world = World(app)
    group = world.group(plugins=("attendance", "referrals", "credibility"))
    by, about = world.member(group), world.member(group)
    with acting(world) as work:
        keep_record(work, group, by, about, 3)
        work.commit()
    world.close()
    with app.app_context():
        db.engine.dispose()


def before_it_moved(histories: Histories) -> str:
    """Return the revision before the one that moves the tables."""
    versions = str(histories.part("credibility").versions)
    history = ScriptDirectory(str(migrations.MIGRATIONS), version_locations=[versions])
    return str(history.get_revision(MOVED).down_revision)


def rows(histories: Histories) -> dict[str, list[object]]:
    with histories.engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
            for table in SEALED
        }


def schemas(histories: Histories) -> set[object]:
    with histories.engine.connect() as connection:
        query = "SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = ANY(:names)"
        return set(connection.scalars(text(query), {"names": list(SEALED)}))


def functions(histories: Histories) -> object:
    return histories.value("SELECT count(*) FROM pg_proc WHERE pronamespace = 'sealed'::regnamespace")


@pytest.mark.postgres
def test_rows_go_behind_the_functions_and_back_with_all_their_bits(on_postgresql: Histories) -> None:
    fill(on_postgresql)
    before, made = rows(on_postgresql), functions(on_postgresql)
    assert [len(found) for found in before.values()] == [3, 1, 1]
    assert schemas(on_postgresql) == {"sealed"}

    on_postgresql.down("credibility", before_it_moved(on_postgresql))
    assert (schemas(on_postgresql), functions(on_postgresql)) == ({"public"}, 0)
    assert isinstance(made, int)
    assert made > 15
    assert rows(on_postgresql) == before

    # As in a house of before: there the web role has every right on every table.
    on_postgresql.execute(*(f"GRANT ALL ON {table} TO {WEB_ROLE}" for table in SEALED))
    assert [line.partition(":")[0] for line in on_postgresql.up()] == ["credibility"]
    assert (schemas(on_postgresql), functions(on_postgresql)) == ({"sealed"}, made)
    assert rows(on_postgresql) == before
    with psycopg.connect(conninfo(on_postgresql.settings.database_url)) as web:
        assert web.execute("SELECT * FROM sealed.credibility_all_evidence(1)").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT * FROM sealed.credibility_evidence")


def test_on_sqlite_nothing_moves(on_sqlite: Histories) -> None:
    fill(on_sqlite)
    before = rows(on_sqlite)
    on_sqlite.down("credibility", before_it_moved(on_sqlite))
    assert rows(on_sqlite) == before
    on_sqlite.up()
    assert rows(on_sqlite) == before


@pytest.mark.postgres
def test_role_that_owns_everything_serves_pages_through_the_same_functions(
    on_postgresql: Histories,
) -> None:
    """One role for the tables and the pages is allowed; it gets no rights and needs none."""
    migrations.upgrade(on_postgresql.engine, PARTS, web_url=on_postgresql.settings.migration_database_url)
    with on_postgresql.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM sealed.credibility_standings(1)")).all() == []
