"""Mail that came back: reads the report of a mail server (RFC 3464) and marks the mail that it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from sqlalchemy import select, update

from app.core.notices.models import OutgoingMailRow
from app.core.work import UnitOfWork

_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_ON_THEIR_WAY = ("sent", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a mail server says of mails that it could not deliver. Addresses are folded; `said` is its own words."""

    addresses: tuple[str, ...]
    message_ids: tuple[str, ...]
    said: str = ""


def read_report(raw: bytes) -> DeliveryReport | None:
    """Return the failures in a delivery-status mail, or None where it reports none: a delay, or another mail."""
    message = message_from_bytes(raw, policy=policy.compat32)
    failed = [part for part in _recipients(message) if _field(part, "Action").casefold() == "failed"]
    if not failed:
        return None
    return DeliveryReport(
        addresses=tuple(dict.fromkeys(address for part in failed if (address := _address_of(part)))),
        message_ids=tuple(dict.fromkeys(_message_ids(message))),
        said=" ".join(_field(failed[0], "Diagnostic-Code").split())[:300],
    )


def mark_bounced(work: UnitOfWork, report: DeliveryReport) -> int:
    """Mark the mail of the report as come back and return how many were; the caller commits.

    It is known by its Message-ID; where the report does not repeat it, the latest mail to the address is meant.
    """
    values = {"state": "bounced", "last_error": report.said}
    by_id = (
        update(OutgoingMailRow)
        .where(OutgoingMailRow.message_id.in_(report.message_ids), OutgoingMailRow.state.in_(_ON_THEIR_WAY))
        .values(**values)
    )
    marked = len(work.session.scalars(by_id.returning(OutgoingMailRow.id)).all())
    if marked or _knows(work, report.message_ids):
        return marked
    return sum(_mark_latest(work, address, values) for address in report.addresses)


def _knows(work: UnitOfWork, message_ids: tuple[str, ...]) -> bool:
    query = select(OutgoingMailRow.id).where(OutgoingMailRow.message_id.in_(message_ids)).limit(1)
    return work.session.scalar(query) is not None


def _mark_latest(work: UnitOfWork, address: str, values: dict[str, str]) -> int:
    latest = (
        select(OutgoingMailRow.id)
        .where(OutgoingMailRow.address == address, OutgoingMailRow.state == "sent")
        .order_by(OutgoingMailRow.id.desc())
        .limit(1)
    )
    key = work.session.scalar(latest)
    if key is None:
        return 0
    work.session.execute(update(OutgoingMailRow).where(OutgoingMailRow.id == key).values(**values))
    return 1


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the block of each recipient of the report."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (block for block in blocks if isinstance(block, Message) and "Action" in block)


def _address_of(block: Message) -> str:
    text = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
    return text.rpartition(";")[2].strip().strip("<>").casefold()


def _message_ids(message: Message) -> Iterator[str]:
    """Yield the ids of the mail that came back: of its copy or headers in the report, and what the report answers to."""
    for part in message.walk():
        if part is message:
            continue
        if part.get_content_type() == "text/rfc822-headers":
            yield from _MESSAGE_ID.findall(_line_of(str(part.get_payload(decode=False)), "message-id"))
        yield from _MESSAGE_ID.findall(_field(part, "Message-ID"))
    for name in ("References", "In-Reply-To"):
        yield from _MESSAGE_ID.findall(_field(message, name))


def _line_of(headers: str, name: str) -> str:
    unfolded = re.sub(r"\r?\n[ \t]+", " ", headers)
    return next((line for line in unfolded.splitlines() if line.casefold().startswith(f"{name}:")), "")


def _field(part: Message, name: str) -> str:
    return str(part.get(name, ""))
