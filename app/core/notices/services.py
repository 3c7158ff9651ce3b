"""Telling people: a notice on their page and a mail in the outbox, added to the unit of work that makes it true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.access.models import AccountRow
from app.core.groups.models import GroupRow, MemberRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.notices.choosing import chosen
from app.core.notices.hours import Choices, ToldBy, Topic, digest_at, leaves_at
from app.core.notices.models import MailWordsRow, NoticeRow, OutgoingMailRow, ToldWhenRow
from app.core.notices.wording import filled
from app.core.people.models import PersonRow
from app.core.texts import translated
from app.core.vocabulary import STANDARD
from app.core.work import UnitOfWork

MAIL_LIVES = timedelta(days=3)
"""How long a mail may wait for a broken mail server before it is pointless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """One text file that goes with a mail; `content_type` is as a mail names it: `text/calendar; method=PUBLISH`."""

    name: str
    content_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to be written: `subject` and `body` are sentences marked with `N_`, with `%(name)s` for `facts`.

    One mail per `kind`, person, `subject_key` (what it is about) and `period`: sent twice, told once. `attached`
    goes with it as a file. A letter with a `topic` can wait: it leaves as its reader chose for that topic. Before
    `not_before` it does not leave, and can be taken out of the outbox again (`unsend`). After `lives`, counted from when it
    may leave at the earliest, and after `not_after` it is pointless and never leaves; without either it outlives a mail
    server that is broken for `MAIL_LIVES`. `wording` is what a group's own words for it are kept under (`MailKind`), where
    mails of one kind have several texts; else the kind.
    """

    kind: str
    subject: str
    body: str
    subject_key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    lives: timedelta | None = None
    attached: Enclosure | None = None
    topic: Topic | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """When a mail leaves, as what it stands in the outbox until then, and what of it its reader can stop (`Stoppable`)."""

    state: str
    due_at: datetime
    topic: str = ""


def notify(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    member_id: MemberId,
    kind: str,
    text: str,
    facts: Mapping[str, Any] | None = None,
    path: str = "",
    not_before: datetime | None = None,
) -> None:
    """Put one sentence (`text`, marked with `N_`) on the member's page, in their language; `path` is where it leads.

    Before `not_before` no page shows it, and it can be taken away again (`unsend`).
    """
    reader = _reader_of(work, group_id, member_id)
    work.session.add(
        NoticeRow(
            group_id=group_id,
            id=work.ids.key(),
            member_id=member_id,
            kind=kind,
            text=translated(reader.language, text, facts, vocabulary=reader.vocabulary),
            path=path,
            at_utc=not_before or work.now,
        )
    )


def write_to_member(work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, letter: Letter) -> None:
    """Put a mail to a member in the outbox, at the address they sign in with, else the one they show.

    A member without any address gets none, nor one who chose to be told of its topic on the page only; their page
    tells them all the same.
    """
    reader = _reader_of(work, group_id, member_id)
    sending = _sending(letter.not_before or work.now, letter.topic, reader)
    if sending is None:
        return
    address = work.session.scalar(select(AccountRow.email).where(AccountRow.person_id == reader.person_id))
    if address is None:
        query = select(MemberRow.email).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
        address = work.session.scalar(query)
    if address:
        write_to(
            work,
            person_id=reader.person_id,
            language=reader.language,
            address=address,
            group_id=group_id,
            letter=letter,
            vocabulary=reader.vocabulary,
            sending=sending,
        )


def write_to(
    work: UnitOfWork,
    *,
    person_id: PersonId,
    language: str,
    address: str,
    group_id: GroupId | None,
    letter: Letter,
    vocabulary: str = "",
    sending: Sending | None = None,
) -> int | None:
    """Put a mail in the outbox and return its key; a second one of the same kind, person, subject and period is None.

    It speaks the words of its group; `vocabulary` spares looking for them where the caller knows their key. It leaves
    at once, unless `sending` says otherwise; one that would be pointless by then is not written, and None.
    """
    reader = {"person_id": person_id, "reader_key": str(person_id), "address": address, "group_id": group_id}
    return _put(work, reader, letter, language=language, vocabulary=vocabulary, sending=sending)


def write_to_address(
    work: UnitOfWork, *, group_id: GroupId, address: str, language: str, letter: Letter
) -> int | None:
    """Put a mail to somebody who is no person of the house in the outbox; otherwise like `write_to`.

    It is theirs alone: whoever forgets them calls `forget_about` (`app.core.notices.forgetting`) with the letter's subject key.
    """
    key = f"a:{sha256(address.strip().casefold().encode()).hexdigest()[:40]}"
    reader = {"person_id": None, "reader_key": key, "address": address, "group_id": group_id}
    leaves = Sending(state="waiting", due_at=letter.not_before or work.now)
    return _put(work, reader, letter, language=language, vocabulary="", sending=leaves)


def _put(
    work: UnitOfWork,
    reader: Mapping[str, Any],
    letter: Letter,
    *,
    language: str,
    vocabulary: str,
    sending: Sending | None,
) -> int | None:
    leaves = sending or Sending(state="waiting", due_at=letter.not_before or work.now)
    pointless_at = _pointless_at(letter, work.now, leaves.due_at)
    if pointless_at < leaves.due_at:
        return None
    key = work.ids.key()
    subject, body = _said(work, reader, letter, language, vocabulary)
    values = {
        **reader,
        "id": key,
        "kind": letter.kind,
        "subject_key": letter.subject_key,
        "period": letter.period,
        "subject": subject,
        "body": body,
        "attached_name": letter.attached.name if letter.attached else "",
        "attached_type": letter.attached.content_type if letter.attached else "",
        "attached": letter.attached.text if letter.attached else "",
        "message_id": f"<{key}.{work.ids.public_id()}@givefirst>",
        "topic": leaves.topic,
        "state": leaves.state,
        "attempts": 0,
        "created_at_utc": work.now,
        "due_at_utc": leaves.due_at,
        "not_after_utc": pointless_at,
        "last_error": "",
    }
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(OutgoingMailRow).values(values).on_conflict_do_nothing()
    put: int | None = work.session.scalar(row.returning(OutgoingMailRow.id))
    return put


def _said(
    work: UnitOfWork, reader: Mapping[str, Any], letter: Letter, language: str, vocabulary: str
) -> tuple[str, str]:
    """Return subject and body: in the group's own words where it has some, else in the reader's language."""
    words = vocabulary or _vocabulary_of(work, reader["group_id"])
    usual = translated(language, letter.subject, letter.facts, vocabulary=words)
    if reader["group_id"] is None:
        return usual, translated(language, letter.body, letter.facts, vocabulary=words)
    own = work.session.execute(
        select(MailWordsRow.subject, MailWordsRow.body, GroupRow.name, PersonRow.given_name)
        .join(GroupRow, GroupRow.id == MailWordsRow.group_id)
        .outerjoin(PersonRow, PersonRow.id == reader["person_id"])
        .where(
            MailWordsRow.group_id == reader["group_id"],
            MailWordsRow.wording == (letter.wording or letter.kind),
            MailWordsRow.body != "",
        )
    ).one_or_none()
    if own is None:
        return usual, translated(language, letter.body, letter.facts, vocabulary=words)
    everywhere = {"group": own.name, "reader": own.given_name or "", "headline": usual}
    facts = {**everywhere, **letter.facts}
    return " ".join(filled(own.subject, facts).split()), filled(own.body, facts)


def _pointless_at(letter: Letter, now: datetime, due_at: datetime) -> datetime:
    """Return after which instant the letter must not leave, however long it waits for its reader's hours."""
    ends = due_at + MAIL_LIVES if letter.lives is None else (letter.not_before or now) + letter.lives
    return ends if letter.not_after is None else min(ends, letter.not_after)


def unsend(
    work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, kind: str, subject_key: str, path: str
) -> None:
    """Take away the mail and the notice of `kind` that the member was not to be told before an instant still to come.

    What has left or was shown stays. The caller commits.
    """
    reader = select(MemberRow.person_id).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
    work.session.execute(
        delete(OutgoingMailRow).where(
            OutgoingMailRow.group_id == group_id,
            OutgoingMailRow.person_id == reader.scalar_subquery(),
            OutgoingMailRow.kind == kind,
            OutgoingMailRow.subject_key == subject_key,
            OutgoingMailRow.state.in_(("waiting", "held")),
            OutgoingMailRow.due_at_utc > work.now,
        )
    )
    work.session.execute(
        delete(NoticeRow).where(
            NoticeRow.group_id == group_id,
            NoticeRow.member_id == member_id,
            NoticeRow.kind == kind,
            NoticeRow.path == path,
            NoticeRow.at_utc > work.now,
        )
    )


def mark_read(work: UnitOfWork, *, group_id: GroupId, member_id: MemberId) -> None:
    """Note that the member has seen all their notices up to now; the caller commits."""
    work.session.execute(
        update(NoticeRow)
        .where(
            NoticeRow.group_id == group_id,
            NoticeRow.member_id == member_id,
            NoticeRow.at_utc <= work.now,
            NoticeRow.read_at_utc.is_(None),
        )
        .values(read_at_utc=work.now)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Who reads, in which language, in the words of which vocabulary pack, and when mail may reach them."""

    person_id: PersonId
    language: str
    vocabulary: str
    zone: str
    choices: Choices


def _reader_of(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> _Reader:
    query = (
        select(PersonRow.id, PersonRow.language, GroupRow.vocabulary, GroupRow.zone, ToldWhenRow)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .join(GroupRow, GroupRow.id == MemberRow.group_id)
        .outerjoin(
            ToldWhenRow,
            and_(ToldWhenRow.group_id == MemberRow.group_id, ToldWhenRow.member_id == MemberRow.id),
        )
        .where(MemberRow.group_id == group_id, MemberRow.id == member_id)
    )
    row = work.session.execute(query).one()
    return _Reader(
        person_id=PersonId(row.id),
        language=row.language,
        vocabulary=row.vocabulary,
        zone=row.zone,
        choices=chosen(row.ToldWhenRow),
    )


def _sending(now: datetime, topic: Topic | None, reader: _Reader) -> Sending | None:
    """Return when the mail leaves, as its reader chose; None where they want none."""
    if topic is None:
        return Sending(state="waiting", due_at=now)
    how = reader.choices.of(topic)
    if how is ToldBy.PAGE:
        return None
    if how is ToldBy.DAILY:
        return Sending(state="held", due_at=digest_at(now, reader.choices, reader.zone), topic=topic.value)
    return Sending(state="waiting", due_at=leaves_at(now, reader.choices, reader.zone), topic=topic.value)


def _vocabulary_of(work: UnitOfWork, group_id: GroupId | None) -> str:
    if group_id is None:
        return STANDARD
    return work.session.scalar(select(GroupRow.vocabulary).where(GroupRow.id == group_id)) or STANDARD
