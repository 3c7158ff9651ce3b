"""Row 2: the sign-in on a real PostgreSQL, beside the least work that it can be there."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg

from app import create_app
from config import from_environment
from tests.bench import targets
from tests.bench.preparation import seats_of
from tests.bench.product import Browsers
from tests.bench.programs import Program, Running, free_port, served
from tests.bench.references import store
from tests.bench.rounds import WARM_UP_SECONDS, Load, Pair, warm
from tests.bench.seed import environment_of, load_demo
from tests.bench.setting import MOST_SIGN_INS_A_SECOND, reference_sign_ins
from tests.support.postgres import Database, NoPostgresError, Server, conninfo, running_server


class OnPostgresql:
    """The product and the reference on two databases of one server, which is stopped with `programs`."""

    def __init__(self, run: Path, programs: ExitStack, asked: argparse.Namespace) -> None:
        self._run = run
        self._programs = programs
        self._busy_seconds = asked.rounds * asked.secs

    def pairs(self, rows: Sequence[int]) -> list[Pair]:
        """Return the row's pair, or none where it is not asked for or no PostgreSQL can be had."""
        if targets.SIGN_IN_POSTGRESQL.number not in rows:
            return []
        try:
            server = self._programs.enter_context(running_server())
        except NoPostgresError as missing:
            print(f"Row 2 is left out: {missing}", file=sys.stderr)
            return []
        return [warm(targets.SIGN_IN_POSTGRESQL, self._product(server), self._reference(server))]

    def _product(self, server: Server) -> Load:
        database = server.create_template(lambda _new: None)
        folder = self._run / "postgresql"
        folder.mkdir()
        port = free_port()
        environment = environment_of(folder, port=port) | {
            "GIVEFIRST_DATABASE_URL": database.web_url,
            "GIVEFIRST_MIGRATION_DATABASE_URL": database.owner_url,
        }
        print("Filling a PostgreSQL with the demo network …", file=sys.stderr, flush=True)
        load_demo(environment)
        settings = {name: value for name, value in environment.items() if name.startswith("GIVEFIRST_")}
        app = create_app(from_environment(settings))
        browsers = Browsers(app, seats_of(app), host=f"127.0.0.1:{port}")
        wanted = int(MOST_SIGN_INS_A_SECOND * (self._busy_seconds + WARM_UP_SECONDS))
        requests = iter(browsers.sign_ins(wanted))
        running = self._serve("product-postgresql", "wsgi:application", port, environment)
        return Load(running=running, requests=requests, expected_status=303)

    def _reference(self, server: Server) -> Load:
        database = server.create_template(_fill)
        port = free_port()
        environment = environment_of(self._run, port=port) | {store.DATABASE: conninfo(database.owner_url)}
        running = self._serve(
            "raw-postgresql", "tests.bench.references.raw_postgresql:app", port, environment
        )
        return Load(running=running, requests=reference_sign_ins(port), expected_status=303)

    def _serve(self, name: str, target: str, port: int, environment: dict[str, str]) -> Running:
        program = Program(name=name, target=target, port=port, environment=environment)
        return self._programs.enter_context(served(program, self._run / f"{name}.log"))


def _fill(database: Database) -> None:
    members, letters = store.rows()
    with psycopg.connect(conninfo(database.owner_url)) as connection:
        for table in store.TABLES.split(";")[:-1]:
            connection.execute(table.encode())
        with connection.cursor() as cursor:
            with cursor.copy("COPY member FROM STDIN") as copy:
                for member in members:
                    copy.write_row(member)
            with cursor.copy(
                "COPY attendance (group_id, meeting_id, member_id, status, at) FROM STDIN"
            ) as copy:
                for letter in letters:
                    copy.write_row(letter)
