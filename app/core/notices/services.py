"""Telling people: a notice on their page and a mail in the outbox, added to the unit of work that makes it true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.access.models import AccountRow
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.people.models import PersonRow
from app.core.texts import translated
from app.core.work import UnitOfWork

MAIL_LIVES = timedelta(days=3)
"""How long a mail may wait for a broken mail server before it is pointless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to be written: `subject` and `body` are sentences marked with `N_`, with `%(name)s` for `facts`.

    One mail per `kind`, person, `subject_key` (what it is about) and `period`: sent twice, told once.
    """

    kind: str
    subject: str
    body: str
    subject_key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    lives: timedelta = MAIL_LIVES


def notify(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    member_id: MemberId,
    kind: str,
    text: str,
    facts: Mapping[str, Any] | None = None,
    path: str = "",
) -> None:
    """Put one sentence (`text`, marked with `N_`) on the member's page, in their language; `path` is where it leads."""
    person = _person_of(work, group_id, member_id)
    work.session.add(
        NoticeRow(
            group_id=group_id,
            id=work.ids.key(),
            member_id=member_id,
            kind=kind,
            text=translated(person.language, text, facts),
            path=path,
            at_utc=work.now,
        )
    )


def write_to_member(work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, letter: Letter) -> None:
    """Put a mail to a member in the outbox, at the address they sign in with, else the one they show.

    A member without any address gets none; their page tells them all the same.
    """
    person = _person_of(work, group_id, member_id)
    address = work.session.scalar(select(AccountRow.email).where(AccountRow.person_id == person.id))
    if address is None:
        query = select(MemberRow.email).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
        address = work.session.scalar(query)
    if address:
        write_to(
            work,
            person_id=PersonId(person.id),
            language=person.language,
            address=address,
            group_id=group_id,
            letter=letter,
        )


def write_to(
    work: UnitOfWork,
    *,
    person_id: PersonId,
    language: str,
    address: str,
    group_id: GroupId | None,
    letter: Letter,
) -> None:
    """Put a mail in the outbox; a second one of the same kind, person, subject and period changes nothing."""
    key = work.ids.key()
    values = {
        "id": key,
        "group_id": group_id,
        "person_id": person_id,
        "kind": letter.kind,
        "subject_key": letter.subject_key,
        "period": letter.period,
        "address": address,
        "subject": translated(language, letter.subject, letter.facts),
        "body": translated(language, letter.body, letter.facts),
        "message_id": f"<{key}.{work.ids.public_id()}@givefirst>",
        "state": "waiting",
        "attempts": 0,
        "created_at_utc": work.now,
        "due_at_utc": work.now,
        "not_after_utc": work.now + letter.lives,
        "last_error": "",
    }
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    work.session.execute(dialect.insert(OutgoingMailRow).values(values).on_conflict_do_nothing())


def mark_read(work: UnitOfWork, *, group_id: GroupId, member_id: MemberId) -> None:
    """Note that the member has seen all their notices up to now; the caller commits."""
    work.session.execute(
        update(NoticeRow)
        .where(
            NoticeRow.group_id == group_id, NoticeRow.member_id == member_id, NoticeRow.read_at_utc.is_(None)
        )
        .values(read_at_utc=work.now)
    )


def _person_of(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> PersonRow:
    query = (
        select(PersonRow)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .where(MemberRow.group_id == group_id, MemberRow.id == member_id)
    )
    return work.session.scalars(query).one()
