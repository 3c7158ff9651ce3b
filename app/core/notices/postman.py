"""Handing mails over: to an SMTP server, or, where none is set, to files in a folder that a person can read."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from app.core.notices.outbox import Mail, TryLater, Undeliverable
from app.core.notices.stopping import StopLine, StopLink
from app.core.sentences import N_
from app.core.texts import translated

SMTP_TIMEOUT_SECONDS = 20

_STOP_HEADER = "List-Unsubscribe"
_STOP_WORDS = N_(
    "You get this because you belong to %(group)s. Fewer of these mails, or none: open this and press a button; "
    "you need not sign in.\n%(link)s\n"
)


class Postman(Protocol):
    """Takes one mail; raises `TryLater` or `Undeliverable`."""

    def __call__(self, mail: Mail) -> None:
        """Hand `mail` over."""
        ...


def postman_for(mail_url: str, *, outbox: Path, sender: str, stop_link: StopLink | None = None) -> Postman:
    """Return who takes the mails: the SMTP server of `mail_url`, or the folder `outbox` where it is empty.

    `stop_link` makes the address at which a reader stops a mail that can be stopped.
    """
    if mail_url:
        return SmtpPostman(mail_url, sender, stop_link)
    return FolderPostman(outbox, sender, stop_link)


class FolderPostman:
    """Writes each mail as a file `<id>.eml`; sent again, it is the same file."""

    def __init__(self, folder: Path, sender: str, stop_link: StopLink | None = None) -> None:
        self._folder = folder
        self._sender = sender
        self._stop_link = stop_link

    def __call__(self, mail: Mail) -> None:
        content = message_of(mail, self._sender, self._stop_link).as_bytes()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f".{mail.id}.part"
            unfinished.write_bytes(content)
            unfinished.rename(self._folder / f"{mail.id}.eml")
        except OSError as failure:
            raise TryLater(f"{type(failure).__name__}: {failure}") from failure


class SmtpPostman:
    """Speaks to one SMTP server; a connection for each mail, so that a broken one spoils no other."""

    def __init__(self, url: str, sender: str, stop_link: StopLink | None = None) -> None:
        parts = urlsplit(url)
        self._scheme = parts.scheme
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if parts.scheme == "smtps" else 587 if parts.username else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender
        self._stop_link = stop_link

    def __call__(self, mail: Mail) -> None:
        message = message_of(mail, self._sender, self._stop_link)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
            if _is_final(refusal):
                raise Undeliverable(str(refusal)) from refusal
            raise TryLater(str(refusal)) from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Undeliverable(str(refusal)) from refusal
        except (smtplib.SMTPException, OSError) as failure:
            raise TryLater(f"{type(failure).__name__}: {failure}") from failure

    def greet(self) -> None:
        """Sign in to the server and say goodbye, sending nothing; raises what goes wrong."""
        with self._connected() as server:
            server.noop()

    def _connected(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=SMTP_TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=SMTP_TIMEOUT_SECONDS)
        if self._scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if self._user:
            server.login(self._user, self._password)
        return server


class _WholeLinks(EmailPolicy):
    """Writes the link of `List-Unsubscribe` on one line: folded, it would be encoded, and no mail program could open it."""

    def _fold(self, name: str, value: Any, refold_binary: bool = False) -> str:  # noqa: FBT001, FBT002 - the library's
        if name == _STOP_HEADER:
            return f"{name}: {value}{self.linesep}"
        return str(super()._fold(name, value, refold_binary))  # type: ignore[misc]  # not in the stubs


_POLICY = _WholeLinks()


def message_of(mail: Mail, sender: str, stop_link: StopLink | None = None) -> EmailMessage:
    """Return the mail as it travels: plain text, its own Message-ID, the day it was written, the file that goes with it.

    What its reader can stop says so in a header that mail programs turn into a button (RFC 8058), and below the text.

    Raises `Undeliverable` where it cannot be written as a mail, so that it does not stop the ones behind it.
    """
    message = EmailMessage(_POLICY)
    link = stop_link(mail.stop) if mail.stop and stop_link else ""
    try:
        message["From"] = sender
        message["To"] = mail.address
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(mail.created_at_utc)
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        if link:
            message[_STOP_HEADER] = f"<{link}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(mail.body + (_stop_words(mail.stop, link) if mail.stop and link else ""))
        _enclose(message, mail)
    except ValueError as flaw:
        raise Undeliverable(f"This cannot be written as a mail: {flaw}") from flaw
    return message


def _stop_words(stop: StopLine, link: str) -> str:
    facts = {"group": stop.group_name, "link": link}
    return f"\n-- \n{translated(stop.language, _STOP_WORDS, facts)}"


def _enclose(message: EmailMessage, mail: Mail) -> None:
    """Put the mail's text file into the message, with the parameters of its type such as `method=PUBLISH`."""
    if not mail.attached_name:
        return
    kind, *parameters = (part.strip() for part in mail.attached_type.split(";"))
    named = {name: value for name, _is, value in (one.partition("=") for one in parameters)}
    message.add_attachment(
        mail.attached, subtype=kind.partition("/")[2], filename=mail.attached_name, params=named
    )


def _is_final(refusal: smtplib.SMTPException) -> bool:
    """Return whether the server said never (5xx) rather than not now (4xx)."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in refusal.recipients.values())
    code = getattr(refusal, "smtp_code", 0)
    return int(code) >= 500
