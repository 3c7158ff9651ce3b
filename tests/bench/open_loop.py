"""The burst at seven: requests sent at their planned instants, whether earlier ones were answered or not."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.http_load import LONGEST_ANSWER_SECONDS, content_length

CONNECTIONS = 64
_SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request of a burst: its bytes, the status of a right answer, and whether it counts as a sign-in."""

    request: bytes
    status: int
    counts: bool = True


@dataclass(kw_only=True)
class Burst:
    """What came back: seconds from the planned instant to the end of each sign-in's answer, and wrong answers."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""

    def quantile(self, share: float) -> float:
        """Return the time in milliseconds within which that share of the sign-ins was answered."""
        if not self.seconds:
            raise ValueError("No sign-in was answered in this burst.")
        in_order = sorted(self.seconds)
        return 1000 * in_order[min(len(in_order) - 1, int(share * len(in_order)))]

    @property
    def p99(self) -> float:
        """The time in milliseconds within which 99 of 100 were answered."""
        return self.quantile(0.99)


def burst(port: int, requests: Sequence[Sent], *, a_second: float) -> Burst:
    """Send the requests at random instants, `a_second` of them on average, and return what came back."""
    chance = random.Random(_SEED)
    lasts = len(requests) / a_second
    plan = sorted(chance.random() * lasts for _ in requests)
    found = Burst()
    asyncio.run(_play(port, list(zip(plan, requests, strict=True)), found))
    return found


async def _play(port: int, plan: Sequence[tuple[float, Sent]], found: Burst) -> None:
    due: asyncio.Queue[tuple[float, Sent] | None] = asyncio.Queue()
    begins = time.perf_counter() + 0.2
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(_one_connection(port, due, found))
        for offset, sent in plan:
            if (early := begins + offset - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            due.put_nowait((begins + offset, sent))
        for _ in range(CONNECTIONS):
            due.put_nowait(None)


async def _one_connection(port: int, due: "asyncio.Queue[tuple[float, Sent] | None]", found: Burst) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (planned := await due.get()) is not None:
            instant, sent = planned
            head = await _answer(reader, writer, sent.request)
            _note(found, head.partition("\r\n")[0], sent, time.perf_counter() - instant)
            if not head or "\r\nconnection: close" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> str:
    """Return the head of the answer once its body is read; empty where the connection broke off."""
    try:
        writer.write(request)
        async with asyncio.timeout(LONGEST_ANSWER_SECONDS):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            await reader.readexactly(content_length(head))
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return ""
    return head


def _note(found: Burst, status_line: str, sent: Sent, seconds: float) -> None:
    if status_line.split(" ", 2)[1:2] != [str(sent.status)]:
        found.wrong += 1
        found.first_wrong = found.first_wrong or status_line or "the connection broke off"
    elif sent.counts:
        found.seconds.append(seconds)
