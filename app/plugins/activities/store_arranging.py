"""Writing arrangements and their times: each step lands only on the version that was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.core.notices.models import OutgoingMailRow
from app.core.work import UnitOfWork
from app.plugins.activities.domain.arranging import OPEN
from app.plugins.activities.domain.keys import ArrangementId
from app.plugins.activities.models_arranging import ArrangementRow, TalkTimeRow

_ARRANGEMENT: Any = ArrangementRow.__table__
_TIME: Any = TalkTimeRow.__table__
_MAIL: Any = OutgoingMailRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTime:
    """A time that is proposed: when, for how many minutes, where."""

    starts_at_utc: datetime
    minutes: int
    is_online: bool
    place: str


def add_arrangement(session: Session, values: Mapping[str, Any]) -> bool:
    """Keep a new arrangement; return False where the two have an open one already, whoever began it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(_ARRANGEMENT).values(dict(values)).on_conflict_do_nothing()
    return session.scalar(row.returning(_ARRANGEMENT.c.id)) is not None


def keep_step(
    session: Session,
    group_id: GroupId,
    arrangement_id: ArrangementId,
    *,
    seen_version: int,
    values: Mapping[str, Any],
) -> bool:
    """Keep how an open arrangement stands now; return False where it changed since it was seen."""
    changed = session.execute(
        update(_ARRANGEMENT)
        .where(
            _ARRANGEMENT.c.group_id == group_id,
            _ARRANGEMENT.c.id == arrangement_id,
            _ARRANGEMENT.c.version == seen_version,
            _ARRANGEMENT.c.state.in_([state.value for state in OPEN]),
        )
        .values(**values, version=seen_version + 1)
        .returning(_ARRANGEMENT.c.id)
    )
    return changed.one_or_none() is not None


def keep_times(
    session: Session, group_id: GroupId, arrangement_id: ArrangementId, times: Sequence[PlannedTime]
) -> None:
    """Let these be the times that wait for an answer, and no others."""
    session.execute(
        delete(_TIME).where(_TIME.c.group_id == group_id, _TIME.c.arrangement_id == arrangement_id)
    )
    if times:
        identity = {"group_id": group_id, "arrangement_id": arrangement_id}
        session.execute(
            insert(_TIME),
            [
                identity
                | {
                    "number": number,
                    "starts_at_utc": one.starts_at_utc,
                    "minutes": one.minutes,
                    "is_online": one.is_online,
                    "place": one.place,
                }
                for number, one in enumerate(times)
            ],
        )


def mark_reminded(session: Session, group_id: GroupId, arrangement_id: ArrangementId, sequence: int) -> bool:
    """Note that the two were reminded of the talk as it stands; return False where they were before."""
    changed = session.execute(
        update(_ARRANGEMENT)
        .where(
            _ARRANGEMENT.c.group_id == group_id,
            _ARRANGEMENT.c.id == arrangement_id,
            _ARRANGEMENT.c.sequence == sequence,
            or_(
                _ARRANGEMENT.c.reminded_sequence.is_(None),
                _ARRANGEMENT.c.reminded_sequence != sequence,
            ),
        )
        .values(reminded_sequence=sequence)
        .returning(_ARRANGEMENT.c.id)
    )
    return changed.one_or_none() is not None


def remove_arrangements(session: Session, group_id: GroupId, keys: Sequence[ArrangementId]) -> None:
    """Forget arrangements with their times, places and words. Notes of the two stay with their writers."""
    session.execute(delete(_TIME).where(_TIME.c.group_id == group_id, _TIME.c.arrangement_id.in_(keys)))
    session.execute(
        delete(_ARRANGEMENT).where(_ARRANGEMENT.c.group_id == group_id, _ARRANGEMENT.c.id.in_(keys))
    )


def take_out_unsent(work: UnitOfWork, group_id: GroupId, *, subject_key: str, kinds: Sequence[str]) -> None:
    """Take mails of these kinds about the arrangement out of the outbox that nobody is sending at this moment."""
    work.session.execute(
        delete(_MAIL).where(
            _MAIL.c.group_id == group_id,
            _MAIL.c.subject_key == subject_key,
            _MAIL.c.kind.in_(kinds),
            _MAIL.c.state.in_(("waiting", "held")),
            or_(_MAIL.c.leased_until_utc.is_(None), _MAIL.c.leased_until_utc <= work.now),
        )
    )
