"""A mail server of moods: it takes, refuses for now, answers late, or hangs up, as a plan says for each try of each mail."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from enum import StrEnum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MOST_BAD_TRIES = 4
"""After so many bad tries of one mail the server takes it."""


class Mood(StrEnum):
    """What the server does with one try of one mail."""

    TAKES = "takes"
    REFUSES = "refuses for now"
    IS_LATE = "answers late"
    HANGS_UP_BEFORE = "hangs up before"
    HANGS_UP_AFTER = "hangs up after taking"
    IS_TOO_LATE = "takes it and answers when nobody listens any more"


_OFTEN = {
    Mood.TAKES: 30,
    Mood.REFUSES: 20,
    Mood.IS_LATE: 15,
    Mood.HANGS_UP_BEFORE: 20,
    Mood.HANGS_UP_AFTER: 13,
    Mood.IS_TOO_LATE: 2,
}
"""Of a hundred tries; the sender waits out its whole patience in the last, so it is rare."""

LOSES_THE_ANSWER = frozenset({Mood.HANGS_UP_AFTER, Mood.IS_TOO_LATE})
"""Moods in which the mail is taken and nobody is told: each costs a copy, so a mail meets at most one of them."""


@dataclass(kw_only=True)
class MoodyServer:
    """The plan of a server and what it took; `url` is where it listens."""

    seed: int
    late: float
    """After how many seconds it answers late, within the sender's patience."""
    too_late: float
    """After how many seconds it answers too late, when the sender has given up."""
    port: int = 0
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often it took each mail, by address and Message-ID."""
    met: Counter[Mood] = field(default_factory=Counter)
    _tries: defaultdict[str, list[Mood]] = field(default_factory=lambda: defaultdict(list))

    @property
    def url(self) -> str:
        """The address for the postman."""
        return f"smtp://127.0.0.1:{self.port}"

    def mood_for(self, address: str) -> Mood:
        """Return the mood of the next try of the mail to `address`: the same for the same seed."""
        before = self._tries[address]
        chance = random.Random(f"{self.seed} {address} {len(before)}")  # a plan, no secret
        choices = [mood for mood in Mood if not (mood in LOSES_THE_ANSWER and LOSES_THE_ANSWER & set(before))]
        weights = [_OFTEN[mood] for mood in choices]
        mood = Mood.TAKES if len(before) >= MOST_BAD_TRIES else chance.choices(choices, weights)[0]
        before.append(mood)
        self.met[mood] += 1
        return mood

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Answer the end of one mail."""
        address = envelope.rcpt_tos[0]
        mood = self.mood_for(address)
        if mood is Mood.REFUSES:
            return "451 Come back later"
        if mood is not Mood.HANGS_UP_BEFORE:
            content = envelope.content
            message = message_from_bytes(content.encode() if isinstance(content, str) else content or b"")
            self.taken[address, str(message["Message-ID"])] += 1
        if mood in {Mood.HANGS_UP_BEFORE, Mood.HANGS_UP_AFTER} and server.transport is not None:
            server.transport.close()
        if mood is Mood.IS_LATE:
            await asyncio.sleep(self.late)
        if mood is Mood.IS_TOO_LATE:
            await asyncio.sleep(self.too_late)
        return "250 Kept"


class _OnAFreePort(Controller):
    """Tells the server the port that the system chose, before the first connection."""

    def __init__(self, moody: MoodyServer) -> None:
        super().__init__(moody, hostname="127.0.0.1", port=0, ready_timeout=10)
        self._moody = moody

    def _trigger_server(self) -> None:
        if not isinstance(self.server, asyncio.Server):
            raise TypeError(f"{self.server!r} does not listen on a socket.")
        self.port = self._moody.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # typed in part only


@contextmanager
def moody_server(*, seed: int, late: float, too_late: float) -> Iterator[MoodyServer]:
    """Lend a server of moods on a free port of loopback."""
    moody = MoodyServer(seed=seed, late=late, too_late=too_late)
    controller = _OnAFreePort(moody)
    controller.start()
    try:
        yield moody
    finally:
        controller.stop()
