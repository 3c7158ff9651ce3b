"""The real server is killed while people write: is everything that was acknowledged there afterwards, and nothing broken?"""

import http.client
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ledger.queries import chains, weak_links
from tests.support.real_server import RealServer, free_port, real_server
from tests.support.town import Town

KILLS = {"sqlite": 5, "postgresql": 1}
WRITERS = 4
FEWEST_WRITES = 20
"""A kill that nobody was writing at proves nothing."""


@pytest.fixture(scope="module")
def town_place() -> Iterator[Path]:
    """Lend a folder on the disk, as a house has: a commit that waits there can be killed in its middle."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@dataclass(kw_only=True)
class Writer:
    """Takes members in, one after another, and remembers the names whose form was answered with success."""

    cookie: str
    port: int
    slug: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    unexpected: list[int] = field(default_factory=list)
    tried: int = 0

    def write_until(self, stop: threading.Event) -> None:
        """Write until told to stop or until nobody answers any more."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            token = self._csrf_token(connection)
            while not stop.is_set():
                self._take_somebody_in(connection, token)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _csrf_token(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", f"/g/{self.slug}/members/add", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
        renewed = answer.getheader("Set-Cookie")
        if renewed:
            self.cookie = renewed.partition(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None, page
        return found[1]

    def _take_somebody_in(self, connection: http.client.HTTPConnection, token: str) -> None:
        self.tried += 1
        name = f"{self.name}{self.tried}"
        body = {"csrf_token": token, "form_token": name, "given_name": name, "joined_on": "2026-11-01"}
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/g/{self.slug}/members/add", body=urlencode(body), headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 303:
            self.acknowledged.append(name)
        else:
            self.unexpected.append(answer.status)


@contextmanager
def writing(writers: list[Writer]) -> Iterator[None]:
    """Let all of them write during the block."""
    stop = threading.Event()
    threads = [threading.Thread(target=writer.write_until, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def kill_while_writing(server: RealServer, writers: list[Writer], chance: random.Random) -> None:
    before = sum(len(writer.acknowledged) for writer in writers)
    deadline = time.monotonic() + 20
    with writing(writers):
        while sum(len(writer.acknowledged) for writer in writers) < before + FEWEST_WRITES:
            assert time.monotonic() < deadline, [writer.unexpected for writer in writers]
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        server.kill()


def assert_sound(town: Town, group: Group, writers: list[Writer]) -> None:
    """Fail where an acknowledged name is missing, a name is half there, or the database or a chain is broken."""
    session = town.session
    kept = set(
        session.scalars(
            text(
                f"SELECT given_name FROM person JOIN member ON member.person_id = person.id WHERE group_id = {group.id}"
            )
        )
    )
    acknowledged = {name for writer in writers for name in writer.acknowledged}
    assert acknowledged - kept == set()
    assert town.rows("member") == town.rows("membership") == town.rows("person")
    assert [weak_links(session, group_id) for group_id in chains(session)] == [[]] * len(chains(session))
    started = f"SELECT count(*) FROM ledger_entry WHERE group_id = {group.id} AND kind = 'groups.membership_started'"
    assert session.scalar(text(started)) == town.rows("member")
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    session.close()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(town: Town) -> None:
    group = town.group("durable")
    president = town.member(group, offices=[Office.PRESIDENT])
    cookie = town.client(president).get_cookie("givefirst", domain="localhost")
    assert cookie is not None
    port, chance = free_port(), random.Random(20261124)
    writers = [
        Writer(cookie=f"givefirst={cookie.value}", port=port, slug=group.slug, name=f"Writer{letter}n")
        for letter in "abcd"[:WRITERS]
    ]
    kills = KILLS[town.session.get_bind().dialect.name]
    settings = town.app.extensions["givefirst.config"]
    for _kill in range(kills):
        with real_server(settings, port) as server:
            kill_while_writing(server, writers, chance)
        assert_sound(town, group, writers)
    assert sum(len(writer.acknowledged) for writer in writers) >= kills * FEWEST_WRITES
    assert {status for writer in writers for status in writer.unexpected} == set()
