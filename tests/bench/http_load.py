"""Keeps a server busy for a while over loopback, a fixed number of requests at a time, and counts the answers."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

CONNECTIONS = 8
"""Requests under way at a time: as many as the servers have threads."""
LONGEST_ANSWER_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A browser as a server sees it: the address it calls, and its cookies."""

    host: str
    cookie: str

    def get(self, path: str) -> bytes:
        """Return the bytes of a GET."""
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {self.cookie}\r\n\r\n".encode()

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """Return the bytes of a POST of a form."""
        body = urlencode(fields)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return f"{head}{body}".encode()


@dataclass(kw_only=True)
class Tally:
    """How many answers had the status that was expected, and how many had not, with the first such answer's status line."""

    expected_status: int
    answered: int = 0
    wrong: int = 0
    first_wrong: str = ""

    def note(self, status_line: str) -> None:
        """Count one answer, or a failure to get one."""
        if status_line.split(" ", 2)[1:2] == [str(self.expected_status)]:
            self.answered += 1
            return
        self.wrong += 1
        self.first_wrong = self.first_wrong or status_line


def keep_busy(port: int, requests: Iterator[bytes], *, seconds: float, expected_status: int) -> Tally:
    """Send `requests` in their order until the time or the requests are over, and return the tally."""
    tally = Tally(expected_status=expected_status)
    asyncio.run(_keep_busy(port, requests, time.monotonic() + seconds, tally))
    return tally


async def _keep_busy(port: int, requests: Iterator[bytes], deadline: float, tally: Tally) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(_one_connection(port, requests, deadline, tally))


async def _one_connection(port: int, requests: Iterator[bytes], deadline: float, tally: Tally) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.monotonic() < deadline and (request := next(requests, None)) is not None:
            writer.write(request)
            stays_open = await asyncio.wait_for(_read_answer(reader, tally), LONGEST_ANSWER_SECONDS)
            if not stays_open:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()


async def _read_answer(reader: asyncio.StreamReader, tally: Tally) -> bool:
    """Read one answer to its end and count it; return whether the connection stays open."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        await reader.readexactly(content_length(head))
    except asyncio.IncompleteReadError:
        tally.note("the connection broke off")
        return False
    tally.note(head.partition("\r\n")[0])
    return "\r\nconnection: close" not in head.lower()


def content_length(head: str) -> int:
    """Return how many bytes follow the head of an answer; the servers here always say."""
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    raise ValueError(f"The answer does not say how long it is: {head!r}.")
