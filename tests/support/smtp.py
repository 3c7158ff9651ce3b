"""A real SMTP server on loopback that keeps what it received, and can be told to refuse or to hang up."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Behaviour = Literal["accept", "refuse", "refuse for good", "hang up before", "hang up after"]
"""`refuse` answers 451, `refuse for good` 550; `hang up after` keeps the message, then cuts the line unanswered."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """One message as it came in, with the addresses of its envelope."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text that a reader sees, with one character at the end of each line."""
        body = self.message.get_body(preferencelist=("plain",))
        return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


@dataclass(kw_only=True)
class Postbox:
    """What the server received so far, and how it behaves from now on; used by the test and the server's thread."""

    host: str
    port: int
    behaviour: Behaviour = "accept"
    unknown: frozenset[str] = frozenset()
    """Addresses that this server has never heard of: mail to one of them is refused for good."""
    _messages: list[Received] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """The address for GIVEFIRST_MAIL_URL."""
        return f"smtp://{self.host}:{self.port}"

    @property
    def messages(self) -> tuple[Received, ...]:
        """Everything that was accepted, in the order it came."""
        with self._lock:
            return tuple(self._messages)

    def to(self, address: str) -> tuple[Received, ...]:
        """Return what was accepted for this address."""
        return tuple(message for message in self.messages if address in message.recipients)

    def keep(self, received: Received) -> None:
        """Add a message."""
        with self._lock:
            self._messages.append(received)


class _Handler:
    """Answers the end of each message as the postbox behaves at that moment."""

    def __init__(self, postbox: Postbox) -> None:
        self._postbox = postbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        behaviour = self._postbox.behaviour
        if self._postbox.unknown.intersection(envelope.rcpt_tos):
            return "550 5.1.1 No such mailbox here"
        if behaviour == "refuse":
            return "451 Come back later"
        if behaviour == "refuse for good":
            return "550 Not here"
        if behaviour != "hang up before":
            self._postbox.keep(_received(envelope))
        if behaviour.startswith("hang up") and server.transport is not None:
            server.transport.close()
        return "250 Kept"


class _OnAFreePort(Controller):
    """Tells its postbox the port that the system chose, before the first connection."""

    def __init__(self, postbox: Postbox) -> None:
        super().__init__(_Handler(postbox), hostname=postbox.host, port=0, ready_timeout=10)
        self._postbox = postbox

    def _trigger_server(self) -> None:
        if not isinstance(self.server, asyncio.Server):
            raise TypeError(f"{self.server!r} does not listen on a socket.")
        self.port = self._postbox.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # typed in part only


@contextmanager
def running_postbox() -> Iterator[Postbox]:
    """Lend a postbox behind a real SMTP server on a free port of loopback."""
    postbox = Postbox(host="127.0.0.1", port=0)
    controller = _OnAFreePort(postbox)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def _received(envelope: Envelope) -> Received:
    content = envelope.content
    message = message_from_bytes(
        content.encode() if isinstance(content, str) else content or b"", policy=policy.default
    )
    return Received(
        sender=envelope.mail_from or "",
        recipients=tuple(envelope.rcpt_tos),
        message=message,
    )
