"""Writing appeals: filed, decided on, ended, forgotten; and reports marked void."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.groups.models import GroupRow
from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.models_appeals import AppealRow, AppearedRow, DeciderRow, VoidRow

_APPEAL: Any = AppealRow.__table__
_APPEARED: Any = AppearedRow.__table__
_DECIDER: Any = DeciderRow.__table__
_VOID: Any = VoidRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Moot:
    """An appeal that ended because its report is gone: nothing was left to decide."""

    id: int
    public_id: str
    about_member_id: MemberId


def one_at_a_time(session: Session, group_id: GroupId) -> None:
    """Let whoever changes the group's records wait for each other until the commit."""
    session.execute(select(GroupRow.id).where(GroupRow.id == group_id).with_for_update(key_share=True))


def add_appeal(session: Session, values: Mapping[str, Any]) -> None:
    """Keep a new appeal."""
    session.execute(insert(_APPEAL).values(**values))


def add_deciders(session: Session, group_id: GroupId, appeal_id: int, members: Sequence[MemberId]) -> None:
    """Keep who was asked to decide."""
    asked = {"group_id": group_id, "appeal_id": appeal_id, "says": "", "reason": ""}
    rows = [{**asked, "member_id": one} for one in members]
    if rows:
        session.execute(insert(_DECIDER), rows)


def drop_deciders(session: Session, group_id: GroupId, appeal_id: int, members: Collection[MemberId]) -> None:
    """Ask these no more, who have not decided."""
    session.execute(
        delete(_DECIDER).where(
            _DECIDER.c.group_id == group_id,
            _DECIDER.c.appeal_id == appeal_id,
            _DECIDER.c.member_id.in_(members),
            _DECIDER.c.says == "",
        )
    )


def keep_word(
    session: Session, group_id: GroupId, appeal_id: int, member_id: MemberId, values: Mapping[str, Any]
) -> bool:
    """Keep a decider's word, once; return False where they said theirs already."""
    kept = session.execute(
        update(_DECIDER)
        .where(
            _DECIDER.c.group_id == group_id,
            _DECIDER.c.appeal_id == appeal_id,
            _DECIDER.c.member_id == member_id,
            _DECIDER.c.says == "",
        )
        .values(**values)
        .returning(_DECIDER.c.member_id)
    )
    return bool(kept.all())


def note_reminded(
    session: Session, group_id: GroupId, appeal_id: int, members: Collection[MemberId], at: datetime
) -> Sequence[MemberId]:
    """Note that these are reminded, and return those of them who were not before and whose word is missing."""
    reminded = session.scalars(
        update(_DECIDER)
        .where(
            _DECIDER.c.group_id == group_id,
            _DECIDER.c.appeal_id == appeal_id,
            _DECIDER.c.member_id.in_(members),
            _DECIDER.c.says == "",
            _DECIDER.c.reminded_at_utc.is_(None),
        )
        .values(reminded_at_utc=at)
        .returning(_DECIDER.c.member_id)
    )
    return [MemberId(one) for one in reminded]


def put_off(session: Session, group_id: GroupId, appeal_id: int, until: datetime) -> None:
    """Give those who decide until then."""
    _change(session, group_id, _APPEAL.c.id == appeal_id, {"due_at_utc": until})


def end_appeal(session: Session, group_id: GroupId, appeal_id: int, state: AppealState, at: datetime) -> None:
    """End an appeal."""
    _change(session, group_id, _APPEAL.c.id == appeal_id, {"state": state.value, "ended_at_utc": at})


def end_moot_appeals(
    session: Session, group_id: GroupId, evidence: Collection[int], at: datetime
) -> Sequence[Moot]:
    """End the open appeals against reports that are gone: nothing is left to decide. Return them, the first first."""
    if not evidence:
        return []
    ended = {"state": AppealState.MOOT.value, "ended_at_utc": at}
    rows = _change(session, group_id, _APPEAL.c.evidence_id.in_(evidence), ended)
    return [
        Moot(id=row.id, public_id=row.public_id, about_member_id=MemberId(row.about_member_id))
        for row in sorted(rows, key=lambda row: row.id)
    ]


def forget_appeals(session: Session, group_id: GroupId, before: datetime) -> Sequence[str]:
    """Take away the appeals that ended, or should have ended, before that instant; return their public ids."""
    old = (
        _APPEAL.c.group_id == group_id,
        func.coalesce(_APPEAL.c.ended_at_utc, _APPEAL.c.due_at_utc) < before,
    )
    return _drop(session, group_id, old)


def drop_appeals_of(session: Session, group_id: GroupId, member_id: MemberId) -> Sequence[str]:
    """Take away every appeal of a member with what was decided; return their public ids."""
    return _drop(session, group_id, (_APPEAL.c.group_id == group_id, _APPEAL.c.about_member_id == member_id))


def mark_void(session: Session, group_id: GroupId, facet: Facet, slip_id: int, number: int) -> None:
    """Note that this report counts never again."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(_VOID).values(
        group_id=group_id, facet=facet.value, slip_id=slip_id, report_number=number
    )
    key = ["group_id", "facet", "slip_id"]
    session.execute(row.on_conflict_do_update(index_elements=key, set_={"report_number": number}))


def keep_appeared(
    session: Session, group_id: GroupId, reports: Mapping[tuple[Facet, int, int], date]
) -> None:
    """Keep since when these reports (facet, slip and number) had appeared; of one that is kept already the first day stays."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for (facet, slip_id, number), day in reports.items():
        values = {"report_number": number, "published_on": day}
        row = dialect.insert(_APPEARED).values(
            group_id=group_id, facet=facet.value, slip_id=slip_id, **values
        )
        session.execute(
            row.on_conflict_do_update(
                index_elements=["group_id", "facet", "slip_id"],
                set_=values,
                where=_APPEARED.c.report_number != number,
            )
        )


def forget_appeared(session: Session, group_id: GroupId, before: date) -> int:
    """Forget what had appeared before that day, and return how much: no such report is counted any more."""
    old = (_APPEARED.c.group_id == group_id, _APPEARED.c.published_on < before)
    return len(session.execute(delete(_APPEARED).where(*old).returning(_APPEARED.c.slip_id)).all())


def _change(session: Session, group_id: GroupId, which: Any, values: Mapping[str, Any]) -> Sequence[Any]:
    changed = session.execute(
        update(_APPEAL)
        .where(_APPEAL.c.group_id == group_id, _APPEAL.c.state == AppealState.OPEN.value, which)
        .values(**values)
        .returning(_APPEAL.c.id, _APPEAL.c.public_id, _APPEAL.c.about_member_id)
    )
    return changed.all()


def _drop(session: Session, group_id: GroupId, which: Sequence[Any]) -> Sequence[str]:
    keys = select(_APPEAL.c.id).where(*which)
    session.execute(delete(_DECIDER).where(_DECIDER.c.group_id == group_id, _DECIDER.c.appeal_id.in_(keys)))
    return list(session.scalars(delete(_APPEAL).where(*which).returning(_APPEAL.c.public_id)))
