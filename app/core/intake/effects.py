"""What did an import do to rows that carry no batch of their own? Noted when it is applied, read when it is undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.core.intake.models import ImportEffectRow
from app.core.work import UnitOfWork

_EFFECT: Any = ImportEffectRow.__table__
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing an import did to `subject`, and what that held; `kind` is the component's own code."""

    kind: str
    subject: str
    before: str = ""
    after: str = ""


def note_effects(work: UnitOfWork, group_id: GroupId, batch_id: int, effects: Sequence[Effect]) -> None:
    """Note what the import did, in this unit of work; the caller commits."""
    last = work.session.scalar(
        select(func.max(_EFFECT.c.number)).where(
            _EFFECT.c.group_id == group_id, _EFFECT.c.batch_id == batch_id
        )
    )
    rows = [
        {
            "group_id": group_id,
            "batch_id": batch_id,
            "number": number,
            "kind": effect.kind,
            "subject": effect.subject,
            "before": effect.before,
            "after": effect.after,
        }
        for number, effect in enumerate(effects, (last or 0) + 1)
    ]
    for start in range(0, len(rows), _AT_ONCE):
        work.session.execute(insert(_EFFECT), rows[start : start + _AT_ONCE])


def effects_of(session: Session, group_id: GroupId, batch_id: int, kind: str) -> list[Effect]:
    """Return what the import did of that kind, in the order in which it did it."""
    rows = session.execute(
        select(_EFFECT.c.kind, _EFFECT.c.subject, _EFFECT.c.before, _EFFECT.c.after)
        .where(_EFFECT.c.group_id == group_id, _EFFECT.c.batch_id == batch_id, _EFFECT.c.kind == kind)
        .order_by(_EFFECT.c.number)
    )
    return [Effect(kind=row.kind, subject=row.subject, before=row.before, after=row.after) for row in rows]


def forget_effects(work: UnitOfWork, group_id: GroupId, batch_id: int) -> None:
    """Forget what an undone import did; the caller commits."""
    work.session.execute(
        delete(_EFFECT).where(_EFFECT.c.group_id == group_id, _EFFECT.c.batch_id == batch_id)
    )
