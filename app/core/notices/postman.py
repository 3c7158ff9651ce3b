"""Handing mails over: to an SMTP server, or, where none is set, to files in a folder that a person can read."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.core.notices.outbox import Mail, TryLater, Undeliverable

SMTP_TIMEOUT_SECONDS = 20


class Postman(Protocol):
    """Takes one mail; raises `TryLater` or `Undeliverable`."""

    def __call__(self, mail: Mail) -> None:
        """Hand `mail` over."""
        ...


def postman_for(mail_url: str, *, outbox: Path, sender: str) -> Postman:
    """Return who takes the mails: the SMTP server of `mail_url`, or the folder `outbox` where it is empty."""
    return SmtpPostman(mail_url, sender) if mail_url else FolderPostman(outbox, sender)


class FolderPostman:
    """Writes each mail as a file `<id>.eml`; sent again, it is the same file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def __call__(self, mail: Mail) -> None:
        content = message_of(mail, self._sender).as_bytes()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f".{mail.id}.part"
            unfinished.write_bytes(content)
            unfinished.rename(self._folder / f"{mail.id}.eml")
        except OSError as failure:
            raise TryLater(f"{type(failure).__name__}: {failure}") from failure


class SmtpPostman:
    """Speaks to one SMTP server; a connection for each mail, so that a broken one spoils no other."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._scheme = parts.scheme
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if parts.scheme == "smtps" else 587 if parts.username else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender

    def __call__(self, mail: Mail) -> None:
        message = message_of(mail, self._sender)
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


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """Return the mail as it travels: plain text, its own Message-ID, the day it was written, the file that goes with it.

    Raises `Undeliverable` where it cannot be written as a mail, so that it does not stop the ones behind it.
    """
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = mail.address
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(mail.created_at_utc)
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        _enclose(message, mail)
    except ValueError as flaw:
        raise Undeliverable(f"This cannot be written as a mail: {flaw}") from flaw
    return message


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
