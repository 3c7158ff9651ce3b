"""The digest: what members chose to read once a day is gathered into one mail."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import select, update

from app.core.database import table_of
from app.core.groups.models import GroupRow
from app.core.ids import GroupId, PersonId
from app.core.notices.models import OutgoingMailRow
from app.core.notices.services import Letter, Sending, write_to
from app.core.notices.stopping import Stoppable
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.core.work import UnitOfWork

KIND = "notices.digest"

_SUBJECT = N_("%(group)s: your news of the day")
_BODY = N_(
    "This is what happened in %(group)s since your last digest.\n\n%(news)s\n"
    "You chose to read this once a day. You can choose anew under “What comes by mail”, on your page of notices.\n"
)

_MAIL = table_of(OutgoingMailRow)


class _Reader(NamedTuple):
    """Whose digest it is, and of which group; mails to two addresses of one person stay apart."""

    person_id: int
    group_id: int
    address: str


def gather_digests(work: UnitOfWork) -> int:
    """Gather what is due into one mail for each member, and return how many were written. The caller commits.

    A mail is gathered by one worker, whose digest is written in the same transaction; what is pointless by now is dropped.
    """
    work.session.execute(
        update(_MAIL).where(_MAIL.c.state == "held", _MAIL.c.not_after_utc < work.now).values(state="expired")
    )
    gathered = work.session.execute(
        update(_MAIL)
        .where(_MAIL.c.state == "held", _MAIL.c.due_at_utc <= work.now)
        .values(state="gathered")
        .returning(
            _MAIL.c.id,
            _MAIL.c.person_id,
            _MAIL.c.group_id,
            _MAIL.c.address,
            _MAIL.c.subject,
            _MAIL.c.body,
        )
    ).all()
    written = 0
    for reader, rows in groupby(sorted(gathered, key=_in_order), key=_reader_of):
        _write(work, reader, list(rows))
        written += 1
    return written


def _reader_of(row: Any) -> _Reader:
    return _Reader(person_id=row.person_id, group_id=row.group_id, address=row.address)


def _in_order(row: Any) -> tuple[_Reader, int]:
    return _reader_of(row), row.id


def _write(work: UnitOfWork, reader: _Reader, rows: Sequence[Any]) -> None:
    name = work.session.scalar(select(GroupRow.name).where(GroupRow.id == reader.group_id))
    language = work.session.scalar(select(PersonRow.language).where(PersonRow.id == reader.person_id))
    letter = Letter(
        kind=KIND,
        subject=_SUBJECT,
        body=_BODY,
        subject_key=str(reader.group_id),
        facts={"group": name, "news": "\n".join(f"* {row.subject}\n\n{row.body}" for row in rows)},
        period=str(rows[0].id),
    )
    write_to(
        work,
        person_id=PersonId(reader.person_id),
        language=language or "",
        address=reader.address,
        group_id=GroupId(reader.group_id),
        letter=letter,
        sending=Sending(state="waiting", due_at=work.now, topic=Stoppable.DIGEST.value),
    )
