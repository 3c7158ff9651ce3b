"""The outbox at work: mails are claimed with a lease, sent, and noted as sent; a crash between costs at most a copy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app.core.database import table_of
from app.core.groups.models import GroupRow, MemberRow
from app.core.ids import GroupId
from app.core.notices.models import OutgoingMailRow
from app.core.notices.stopping import StopLine, Stoppable
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork

LEASE = timedelta(minutes=5)
BATCH = 20
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(minutes=30)

_MAIL = table_of(OutgoingMailRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to be handed to the mail server. `message_id` stays the same when it is tried again.

    A mail with an `attached_name` has one text file with it, of the type `attached_type`; one with a `stop` can be
    stopped by its reader, and says so.
    """

    id: int
    address: str
    subject: str
    body: str
    message_id: str
    created_at_utc: datetime
    attempts: int
    attached_name: str = ""
    attached_type: str = ""
    attached: str = ""
    stop: StopLine | None = None


class Undeliverable(Exception):
    """The mail server will never take this mail: a wrong address, for instance. It is not tried again."""


class TryLater(Exception):
    """The mail server could not be reached, was busy or hung up; the mail stays in the outbox."""


def claim(work: UnitOfWork) -> list[Mail]:
    """Lease the mails that are due, so that no other worker takes them, after dropping what is pointless by now. Commits."""
    work.session.execute(
        update(_MAIL)
        .where(_MAIL.c.state == "waiting", _MAIL.c.not_after_utc < work.now)
        .values(state="expired", leased_until_utc=None)
    )
    rows = work.session.execute(_claim_statement(work.now)).all()
    stops = _stops_of(work.session, [row.id for row in rows if row.topic])
    work.commit()
    return [
        Mail(
            id=row.id,
            address=row.address,
            subject=row.subject,
            body=row.body,
            message_id=row.message_id,
            created_at_utc=row.created_at_utc,
            attempts=row.attempts,
            attached_name=row.attached_name,
            attached_type=row.attached_type,
            attached=row.attached,
            stop=stops.get(row.id),
        )
        for row in rows
    ]


def send_due(new_work: Callable[[], tuple[Session, UnitOfWork]], send: Callable[[Mail], None]) -> int:
    """Send what is due, each mail outside any transaction; return how many left the house."""
    session, work = new_work()
    with session:
        mails = claim(work)
    clock, lease_is_safe_until = work.clock, work.now + LEASE / 2
    sent = 0
    for mail in mails:
        if clock.now() > lease_is_safe_until:
            break  # a slow mail server used the time up: the rest is claimed again, by one worker, after the lease
        values: dict[str, Any]
        try:
            send(mail)
            values, sent = {"state": "sent"}, sent + 1
        except Undeliverable as refusal:
            values = {"state": "refused", "last_error": str(refusal)[:500]}
        except TryLater as failure:
            values = {"state": "waiting", "last_error": str(failure)[:500]}
        session, work = new_work()
        with session:
            _settle(work, mail, values)
    return sent


def _settle(work: UnitOfWork, mail: Mail, values: dict[str, Any]) -> None:
    if values["state"] == "sent":
        values = {**values, "sent_at_utc": work.now, "last_error": ""}
    due = work.now + min(FIRST_WAIT * 2 ** min(mail.attempts, 12), LONGEST_WAIT)
    work.session.execute(
        update(_MAIL)
        .where(_MAIL.c.id == mail.id)
        .values(attempts=mail.attempts + 1, leased_until_utc=None, due_at_utc=due, **values)
    )
    work.commit()


def _stops_of(session: Session, mails: list[int]) -> dict[int, StopLine]:
    """Return what the link under each of these mails is about, by mail; none for who was never a member."""
    if not mails:
        return {}
    rows = session.execute(
        select(
            _MAIL.c.id,
            _MAIL.c.topic,
            _MAIL.c.created_at_utc,
            GroupRow.id.label("group_id"),
            GroupRow.slug,
            GroupRow.name,
            MemberRow.public_id,
            PersonRow.language,
        )
        .join(GroupRow, GroupRow.id == _MAIL.c.group_id)
        .join(MemberRow, and_(MemberRow.group_id == GroupRow.id, MemberRow.person_id == _MAIL.c.person_id))
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(_MAIL.c.id.in_(mails))
    )
    return {
        row.id: StopLine(
            group_id=GroupId(row.group_id),
            group_slug=row.slug,
            group_name=row.name,
            member_public_id=row.public_id,
            what=Stoppable(row.topic),
            language=row.language,
            written_at=row.created_at_utc,
        )
        for row in rows
    }


def _claim_statement(now: datetime) -> ReturningUpdate[Any]:
    due = (
        select(_MAIL.c.id)
        .where(
            _MAIL.c.state == "waiting",
            _MAIL.c.due_at_utc <= now,
            (_MAIL.c.leased_until_utc.is_(None)) | (_MAIL.c.leased_until_utc <= now),
        )
        .order_by(_MAIL.c.due_at_utc)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return (
        update(_MAIL)
        .where(_MAIL.c.id.in_(due))
        .values(leased_until_utc=now + LEASE)
        .returning(
            _MAIL.c.id,
            _MAIL.c.address,
            _MAIL.c.subject,
            _MAIL.c.body,
            _MAIL.c.message_id,
            _MAIL.c.created_at_utc,
            _MAIL.c.attempts,
            _MAIL.c.attached_name,
            _MAIL.c.attached_type,
            _MAIL.c.attached,
            _MAIL.c.topic,
        )
    )
