"""The words that a group gave its mails: read, kept, and the usual ones come back."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.groups.events import MailWordsKept
from app.core.ids import GroupId
from app.core.notices.models import MailWordsRow
from app.core.notices.wording import MailKind, refusals_for_words
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """How a group words a mail; without a body in the usual words. `version` is 0 where it never was otherwise."""

    subject: str = ""
    body: str = ""
    version: int = 0

    @property
    def are_own(self) -> bool:
        """Whether the group has words of its own for it."""
        return bool(self.body)


def own_words(session: Session, group_id: GroupId, wording: str) -> OwnWords:
    """Return the group's words for a mail."""
    row = session.execute(
        select(MailWordsRow.subject, MailWordsRow.body, MailWordsRow.version).where(
            MailWordsRow.group_id == group_id, MailWordsRow.wording == wording
        )
    ).one_or_none()
    return OwnWords(subject=row.subject, body=row.body, version=row.version) if row else OwnWords()


def worded_mails(session: Session, group_id: GroupId) -> frozenset[str]:
    """Return the mails that the group words its own way."""
    query = select(MailWordsRow.wording).where(MailWordsRow.group_id == group_id, MailWordsRow.body != "")
    return frozenset(session.scalars(query))


def keep_own_words(
    work: UnitOfWork, group_id: GroupId, kind: MailKind, *, subject: str, body: str, seen_version: int
) -> None:
    """Keep the group's own words; refused with every reason, or where somebody else changed them meanwhile. Commits."""
    if refusals := refusals_for_words(kind, subject, body):
        raise Refused(refusals)
    _keep(work, group_id, kind, OwnWords(subject=subject, body=body, version=seen_version))
    work.record(MailWordsKept(group_id=group_id, wording=kind.wording, are_own=True))
    work.commit()


def back_to_usual(work: UnitOfWork, group_id: GroupId, kind: MailKind, *, seen_version: int) -> None:
    """Let the usual words be said again; refused where somebody else changed them meanwhile. Commits."""
    _keep(work, group_id, kind, OwnWords(version=seen_version))
    work.record(MailWordsKept(group_id=group_id, wording=kind.wording, are_own=False))
    work.commit()


def _keep(work: UnitOfWork, group_id: GroupId, kind: MailKind, words: OwnWords) -> None:
    """Keep `words` over the version that they name; the database lets one of two through."""
    values = {"subject": words.subject, "body": words.body, "changed_at_utc": work.now}
    if words.version == 0:
        dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
        first = dialect.insert(MailWordsRow).values(
            group_id=group_id, wording=kind.wording, version=1, **values
        )
        kept = work.session.scalar(first.on_conflict_do_nothing().returning(MailWordsRow.version))
    else:
        kept = work.session.scalar(
            update(MailWordsRow)
            .where(
                MailWordsRow.group_id == group_id,
                MailWordsRow.wording == kind.wording,
                MailWordsRow.version == words.version,
            )
            .values(version=words.version + 1, **values)
            .returning(MailWordsRow.version)
        )
    if kept is None:
        raise Refused([Refusal(code="notices.words_changed_meanwhile")])
