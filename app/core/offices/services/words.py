"""What holders of an office write down for one another: written, changed, taken away, and forgotten at its time."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, update

from app.core.database import table_of
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.offices.domain.words import KEPT_FOR, refusals_for_words
from app.core.offices.models import OfficeWordRow
from app.core.offices.queries import holds_office, office_word
from app.core.work import UnitOfWork

_WORD = table_of(OfficeWordRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class InOffice:
    """Who acts in which office of which group."""

    group: Group
    office: Office
    member_id: MemberId


def write_word(work: UnitOfWork, on: InOffice, words: str) -> None:
    """Write something down; refused with the reason. `NotFound` for all but holders of today. Commits."""
    _only_holders(work, on)
    if refusals := refusals_for_words(words):
        raise Refused(refusals)
    work.session.add(
        OfficeWordRow(
            group_id=on.group.id,
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            office=on.office.value,
            member_id=on.member_id,
            words=words,
            written_at_utc=work.now,
            version=1,
        )
    )
    work.commit()


def change_word(work: UnitOfWork, on: InOffice, public_id: str, words: str, *, seen_version: int) -> None:
    """Say it in other words, over the version seen. `NotFound` for all but holders of today. Commits."""
    _only_holders(work, on)
    if office_word(work.session, on.group.id, on.office, public_id) is None:
        raise NotFound
    if refusals := refusals_for_words(words):
        raise Refused(refusals)
    changed = work.session.scalar(
        update(_WORD)
        .where(*_of(on, public_id), _WORD.c.version == seen_version)
        .values(words=words, member_id=on.member_id, written_at_utc=work.now, version=seen_version + 1)
        .returning(_WORD.c.id)
    )
    if changed is None:
        raise Refused([Refusal(code="offices.changed_meanwhile")])
    work.commit()


def take_word_away(work: UnitOfWork, on: InOffice, public_id: str) -> None:
    """Take it away for good; a second time changes nothing. `NotFound` for all but holders of today. Commits."""
    _only_holders(work, on)
    work.session.execute(delete(_WORD).where(*_of(on, public_id)))
    work.commit()


def forget_old_words(work: UnitOfWork) -> int:
    """Forget in every group what nobody has written anew for two years; return how much. The caller commits."""
    gone = work.session.execute(
        delete(_WORD).where(_WORD.c.written_at_utc < work.now - KEPT_FOR).returning(_WORD.c.id)
    )
    return len(gone.all())


def _only_holders(work: UnitOfWork, on: InOffice) -> None:
    today = local_day(work.now, on.group.zone)
    if not holds_office(work.session, on.group.id, on.member_id, on.office, today):
        raise NotFound


def _of(on: InOffice, public_id: str) -> tuple[ColumnElement[bool], ...]:
    return _WORD.c.group_id == on.group.id, _WORD.c.office == on.office.value, _WORD.c.public_id == public_id
