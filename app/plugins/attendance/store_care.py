"""Writing care: a trend is noticed once, moved on by whoever saw its latest version, and its steps are only ever added."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.attendance.domain.care_patterns import BOUNDS, CareNumbers, Trend
from app.plugins.attendance.domain.care_trail import CareState, Step, WantedStep, Words
from app.plugins.attendance.models_care import CareNumbersRow, CareRow, CareStepRow, CareWordsRow

_CARE: Any = CareRow.__table__
_STEP: Any = CareStepRow.__table__
_WORDS: Any = CareWordsRow.__table__
_NUMBERS: Any = CareNumbersRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCare:
    """A trend that was noticed just now."""

    key: int
    public_id: str
    group_id: GroupId
    member_id: MemberId
    trend: Trend
    noticed_at: datetime


def notice(session: Session, care: NewCare) -> bool:
    """Keep a trend; return False where it is known: two who look at once notice it once."""
    new = (
        _dialect(session)
        .insert(_CARE)
        .values(
            group_id=care.group_id,
            id=care.key,
            public_id=care.public_id,
            member_id=care.member_id,
            pattern=care.trend.pattern.value,
            count=care.trend.count,
            weeks=care.trend.weeks,
            newest_on=care.trend.newest_on,
            state=CareState.NOTICED.value,
            noticed_at_utc=care.noticed_at,
            close_reason="",
            version=1,
        )
    )
    return session.scalar(new.on_conflict_do_nothing().returning(_CARE.c.id)) is not None


def move_care(session: Session, group_id: GroupId, care_id: int, *, seen_version: int, **said: Any) -> bool:
    """Write where a trend stands now; return False where it has moved since `seen_version`."""
    changed = (
        update(_CARE)
        .where(_CARE.c.group_id == group_id, _CARE.c.id == care_id, _CARE.c.version == seen_version)
        .values(version=_CARE.c.version + 1, **said)
        .returning(_CARE.c.id)
    )
    return session.scalar(changed) is not None


def add_step(
    session: Session,
    group_id: GroupId,
    *,
    key: int,
    care_id: int,
    wanted: WantedStep,
    done_on: date,
    by: MemberId,
    at: datetime,
) -> None:
    """Keep what an office did."""
    session.execute(
        insert(_STEP).values(
            group_id=group_id,
            id=key,
            care_id=care_id,
            kind=wanted.step.value,
            done_on=done_on,
            by_member_id=by,
            note=wanted.note.strip(),
            subject=wanted.subject.strip() if wanted.is_sent else "",
            body=wanted.body.strip() if wanted.is_sent else "",
            at_utc=at,
        )
    )


def keep_words(session: Session, group_id: GroupId, step: Step, words: Words, at: datetime) -> bool:
    """Keep the group's words for a step over those of `words.version`; return False where they changed since."""
    key = {"group_id": group_id, "kind": step.value}
    said = {"subject": words.subject.strip(), "body": words.body.strip(), "changed_at_utc": at}
    return _keep(session, _WORDS, key, said, words.version)


def keep_numbers(session: Session, group_id: GroupId, numbers: CareNumbers, at: datetime) -> bool:
    """Keep the group's numbers over those of `numbers.version`; return False where they changed since."""
    said = {name: getattr(numbers, name) for name in BOUNDS} | {"changed_at_utc": at}
    return _keep(session, _NUMBERS, {"group_id": group_id}, said, numbers.version)


def _keep(session: Session, table: Any, key: dict[str, Any], said: dict[str, Any], seen_version: int) -> bool:
    if seen_version == 0:
        new = _dialect(session).insert(table).values(**key, **said, version=1)
        return session.scalar(new.on_conflict_do_nothing().returning(table.c.version)) is not None
    changed = (
        update(table)
        .where(*(table.c[name] == value for name, value in key.items()), table.c.version == seen_version)
        .values(**said, version=table.c.version + 1)
        .returning(table.c.version)
    )
    return session.scalar(changed) is not None


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
