"""Can the web role of PostgreSQL reach sealed tables in any way but by their functions, and these beyond one group?"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app import create_app
from app.core.clock import FixedClock
from app.core.database import Base
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import RandomIds
from app.core.sealing import is_sealed
from app.extensions import db
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Pair, Standing
from app.plugins.credibility.queries import secret
from app.plugins.credibility.sealed import call, rows_of
from app.plugins.credibility.store import (
    Voice,
    add_evidence,
    drop_evidence,
    drop_pairs,
    freeze_evidence,
    publish_evidence,
    put_pairs,
    put_standings,
)
from app.plugins.credibility.store_confirming import lift_evidence
from app.plugins.credibility.store_people import (
    drop_evidence_between,
    drop_record,
    drop_sums,
    hand_over_evidence,
)
from tests.support.engines import STARTS_AT, settings_for
from tests.support.postgres import Database, Server, conninfo
from tests.support.sealed_rows import WEEK, keep_record, report
from tests.support.slips import acting, reading
from tests.support.world import World

pytestmark = pytest.mark.postgres

SEALED = [table.name for table in Base.metadata.sorted_tables if is_sealed(table)]
PLUGINS = ("attendance", "referrals", "credibility")


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A house of two groups, each with a record of one member by another."""

    database: Database
    world: World
    ours: Group
    theirs: Group
    by: MemberLine
    about: MemberLine

    def web(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(conninfo(self.database.web_url))

    def owner(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(conninfo(self.database.owner_url), autocommit=True)


@pytest.fixture(scope="module")
def house(
    postgres_server: Server, postgres_template: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sealed]:
    folder = tmp_path_factory.mktemp("sealed")
    with postgres_server.copy(postgres_template) as database:
        settings = settings_for(folder, database.web_url, owner_url=database.owner_url)
        app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
        world = World(app)
        ours, theirs = world.group("harbour", plugins=PLUGINS), world.group("mill", plugins=PLUGINS)
        people = [world.member(group) for group in (ours, ours, theirs, theirs)]
        with acting(world) as work:
            keep_record(work, ours, people[0], people[1], 2)
            keep_record(work, theirs, people[2], people[3])
            work.commit()
        yield Sealed(database=database, world=world, ours=ours, theirs=theirs, by=people[0], about=people[1])
        world.close()
        with app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM sealed.{}",
        "SELECT count(*) FROM sealed.{}",
        "INSERT INTO sealed.{} DEFAULT VALUES",
        "UPDATE sealed.{} SET group_id = 1",
        "DELETE FROM sealed.{}",
        "TRUNCATE sealed.{}",
        "COPY sealed.{} TO STDOUT",
        "ALTER TABLE sealed.{} SET SCHEMA public",
        "ALTER TABLE sealed.{} OWNER TO CURRENT_USER",
        "GRANT SELECT ON sealed.{} TO CURRENT_USER",
        "CREATE TABLE sealed.mine AS SELECT * FROM sealed.{}",
        "DROP TABLE sealed.{}",
    ],
)
def test_web_role_may_not_touch_a_sealed_table(house: Sealed, statement: str, table: str) -> None:
    with house.web() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"permission denied|must be owner"):
            connection.execute(statement.format(table).encode())
        connection.rollback()


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("SELECT * FROM credibility_evidence", psycopg.errors.UndefinedTable),
        ("CREATE TABLE sealed.mine (id int)", psycopg.errors.InsufficientPrivilege),
        ("DROP SCHEMA sealed CASCADE", psycopg.errors.InsufficientPrivilege),
        (
            "DROP FUNCTION sealed.credibility_all_evidence(bigint)",
            psycopg.errors.InsufficientPrivilege,
        ),
        (
            "ALTER FUNCTION sealed.credibility_all_evidence(bigint) RESET search_path",
            psycopg.errors.InsufficientPrivilege,
        ),
        ("SELECT pg_read_file('base/1/PG_VERSION')", psycopg.errors.InsufficientPrivilege),
    ],
)
def test_web_role_changes_nothing_beside_them(
    house: Sealed, statement: str, refused: type[psycopg.Error]
) -> None:
    with house.web() as connection:
        with pytest.raises(refused):
            connection.execute(statement.encode())
        connection.rollback()


def test_each_function_is_its_owners_takes_the_group_first_and_is_open_to_the_web_role_alone(
    house: Sealed,
) -> None:
    query = """
        SELECT proname, prosecdef, proconfig, proargnames[1], pg_get_userbyid(proowner),
               has_function_privilege('public', oid, 'EXECUTE'), has_function_privilege(%s, oid, 'EXECUTE')
        FROM pg_proc WHERE pronamespace = 'sealed'::regnamespace
    """
    with house.owner() as connection, house.web() as web:
        found = connection.execute(query, [web.info.user]).fetchall()
        owner = connection.info.user
    assert len(found) > 15
    path = ["search_path=pg_catalog, pg_temp"]
    assert [one for one in found if one[1:] != (True, path, "p_group", owner, False, True)] == []


def test_functions_of_one_group_give_nothing_of_another(house: Sealed) -> None:
    members = [house.by.id, house.about.id]
    asked: dict[str, dict[str, Any]] = {
        "evidence_about": {"facet": "handling", "members": members},
        "standings_of": {"member": house.about.id},
        "voices_about": {"members": members},
        "named": {"members": members},
    }
    with reading(house.world) as session:
        (row, _second) = secret.all_evidence(session, house.ours.id)
        asked |= {"evidence_called": {"public_id": row.public_id}, "evidence_at": {"id": row.id}}
        for function, arguments in asked.items():
            assert call(session, function, group=house.ours.id, **arguments).all(), function
            assert call(session, function, group=house.theirs.id, **arguments).all() == [], function
        for function in ("all_evidence", "standings"):
            theirs = call(session, function, group=house.theirs.id).all()
            assert {found.group_id for found in theirs} == {house.theirs.id}, function


def test_writes_of_one_group_leave_another_as_it_is(house: Sealed) -> None:
    ours, theirs, about = house.ours.id, house.theirs.id, house.about.id
    with acting(house.world) as work:
        session = work.session

        def everything() -> object:
            return (
                secret.all_evidence(session, ours),
                secret.standings(session, ours),
                secret.voices_about(session, ours, [about]),
            )

        before = everything()
        (row, _second) = secret.all_evidence(session, ours)
        drop_evidence(session, theirs, [row.id])
        freeze_evidence(session, theirs, row.id, is_frozen=True)
        lift_evidence(session, theirs, row.id, 1.0)
        publish_evidence(session, theirs, [(Facet.HANDLING, about)], WEEK)
        drop_pairs(session, theirs, (Facet.HANDLING, about))
        assert drop_record(session, theirs, about) == 0
        drop_evidence_between(session, theirs, house.by.id, about)
        assert hand_over_evidence(session, theirs, house.by.id, about) == set()
        drop_sums(session, theirs, about)
        assert everything() == before
        lift_evidence(session, ours, row.id, 1 / 3)
        lifted = secret.evidence_by_key(session, ours, row.id)
        assert lifted is not None
        assert (lifted.weight, lifted.voice) == (1 / 3, "confirmed")
        drop_evidence(session, ours, [row.id])
        assert everything() != before, "in their own group the same calls do what they say"


@pytest.mark.parametrize("function", ["add_evidence", "put_voices", "put_standings"])
@pytest.mark.parametrize("said", [{}, {"group_id": None}, {"group_id": "theirs"}])
def test_rows_of_another_group_are_refused(house: Sealed, function: str, said: dict[str, object]) -> None:
    values = {name: house.theirs.id if value else None for name, value in said.items()}
    with acting(house.world) as work:
        with pytest.raises(ProgrammingError, match="a row of another group"):
            call(work.session, function, group=house.ours.id, rows=rows_of([values]))
        work.rollback()


HARD_NUMBERS = (
    1 / 3,
    0.1 + 0.2,
    math.nextafter(1.0, 2.0),
    math.pi * 1e17,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    -0.0,
    2 ** (-7.3 / 365),
)


def test_doubles_keep_their_bits_on_the_way_there_and_back(house: Sealed) -> None:
    voice: Voice = (Facet.LEAD, house.about.id, house.by.id)
    for number in HARD_NUMBERS:
        with acting(house.world) as work:
            one = Pair(n=number, good=number, bad=number, good_in=number, bad_in=number, t=number)
            put_pairs(work.session, house.ours.id, {voice: Pair()})
            put_pairs(work.session, house.ours.id, {voice: one})
            sums = Standing(good=number, bad=number, t=number)
            put_standings(work.session, house.ours.id, {(Facet.LEAD, house.about.id): (sums, sums, WEEK)})
            add_evidence(
                work.session,
                [
                    report(
                        work,
                        house.ours,
                        house.by,
                        house.about,
                        facet="lead",
                        day=number,
                        worth=number,
                        weight=number,
                    )
                ],
            )
            read = secret.voices_about(work.session, house.ours.id, [house.about.id])[voice]
            known = secret.known_of(work.session, house.ours.id, house.about.id)[Facet.LEAD]
            (row,) = secret.evidence_about(work.session, house.ours.id, (Facet.LEAD, house.about.id))
            work.rollback()
        back = [read.n, read.good, read.bad, read.good_in, read.bad_in, read.t]
        back += [known.counted.good, known.shown.bad, known.shown.t, row.day, row.worth, row.weight]
        assert {one.hex() for one in back} == {number.hex()}


def test_doctor_says_what_the_web_role_could_read(house: Sealed) -> None:
    def said() -> str:
        return house.world.app.test_cli_runner().invoke(args=["doctor"]).stdout

    assert "The role that serves pages cannot read what is sealed" in said()
    with house.owner() as connection, house.web() as web:
        connection.execute(f"GRANT UPDATE ON sealed.credibility_pair TO {web.info.user}".encode())
        assert "The role that serves pages could read what is sealed: credibility_pair" in said()
        connection.execute(f"REVOKE ALL ON sealed.credibility_pair FROM {web.info.user}".encode())
        connection.execute(b"CREATE TABLE public.credibility_standing (group_id bigint)")
        assert "could read what is sealed: credibility_standing" in said()
        connection.execute(b"DROP TABLE public.credibility_standing")
    assert "The role that serves pages cannot read what is sealed" in said()


def test_rights_that_somebody_gave_are_taken_back_with_the_next_upgrade(house: Sealed) -> None:
    with house.owner() as connection, house.web() as web:
        connection.execute(f"GRANT SELECT ON sealed.credibility_evidence TO PUBLIC, {web.info.user}".encode())
        assert web.execute("SELECT count(*) FROM sealed.credibility_evidence").fetchone() == (3,)
        web.rollback()
        done = house.world.app.test_cli_runner().invoke(args=["db", "upgrade", "--no-backup"])
        assert done.exit_code == 0, done.output
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT count(*) FROM sealed.credibility_evidence")


def test_statements_of_the_web_role_see_no_sealed_table(house: Sealed) -> None:
    with reading(house.world) as session:
        found = session.scalars(text("SELECT relname FROM pg_class WHERE pg_table_is_visible(oid)")).all()
    assert "member" in found
    assert set(SEALED).isdisjoint(found)
