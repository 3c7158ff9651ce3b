"""Are the servers that the tests start for themselves real, and do they leave nothing behind?"""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.missing import skip_or_fail
from tests.support.postgres import NoPostgresError, Server, conninfo, running_server
from tests.support.smtp import Behaviour, running_postbox

MESSAGE = "Subject: Hello\nContent-Type: text/plain; charset=utf-8\n\nGrüße".encode()

START_AND_TELL = """
import time
import psycopg
from tests.support.postgres import conninfo, running_server
with running_server() as server:
    with psycopg.connect(conninfo(server.admin)) as connection:
        data = connection.execute("SHOW data_directory").fetchone()[0]
    print(server.admin.query["host"], data, sep="\\n", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with running_server() as running:
            yield running
    except NoPostgresError as missing:
        skip_or_fail(str(missing))


@pytest.mark.postgres
def test_the_web_role_owns_nothing_and_creates_nothing(server: Server) -> None:
    template = server.create_template(
        lambda database: _execute(database.owner_url, "CREATE TABLE seat (name text)")
    )

    with server.copy(template) as copy:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _execute(copy.web_url, "SELECT * FROM seat")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _execute(copy.web_url, "CREATE TABLE mine (name text)")

    server.drop(template)


@pytest.mark.postgres
def test_what_is_written_into_a_copy_reaches_neither_the_template_nor_the_next_copy(server: Server) -> None:
    template = server.create_template(
        lambda database: _execute(database.owner_url, "CREATE TABLE seat (name text)")
    )

    with server.copy(template) as first:
        _execute(first.owner_url, "INSERT INTO seat VALUES ('plumber')")
    with server.copy(template) as second, psycopg.connect(conninfo(second.owner_url)) as connection:
        assert connection.execute("SELECT count(*) FROM seat").fetchone() == (0,)

    server.drop(template)


@pytest.mark.postgres
@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="the server is not ours to stop")
def test_a_killed_test_run_leaves_no_postgres_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", START_AND_TELL], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folders = [Path(run.stdout.readline().strip()) for _folder in ("socket", "data")]
        assert all(folder.is_dir() for folder in folders)
        run.kill()

    deadline = time.monotonic() + 30
    while left := [folder for folder in folders if folder.exists()]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("behaviour", "kept", "raised"),
    [
        ("refuse", 0, smtplib.SMTPDataError),
        ("refuse for good", 0, smtplib.SMTPDataError),
        ("hang up before", 0, smtplib.SMTPServerDisconnected),
        ("hang up after", 1, smtplib.SMTPServerDisconnected),
    ],
)
def test_the_postbox_misbehaves_as_told(behaviour: Behaviour, kept: int, raised: type[Exception]) -> None:
    with running_postbox() as postbox:
        postbox.behaviour = behaviour
        with smtplib.SMTP(postbox.host, postbox.port, timeout=10) as client, pytest.raises(raised):
            client.sendmail("a@x.example", ["b@y.example"], MESSAGE)

        assert len(postbox.messages) == kept


def test_the_postbox_keeps_what_it_accepts() -> None:
    with running_postbox() as postbox:
        with smtplib.SMTP(postbox.host, postbox.port, timeout=10) as client:
            client.sendmail("a@x.example", ["b@y.example"], MESSAGE)

        (received,) = postbox.to("b@y.example")
        assert (received.sender, received.message["Subject"], received.text) == (
            "a@x.example",
            "Hello",
            "Grüße\n",
        )


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(conninfo(url)) as connection:
        connection.execute(statement.encode())
