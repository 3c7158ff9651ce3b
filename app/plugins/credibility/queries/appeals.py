"""Appeals with who decides on them: for the member, for those who decide, and for the weekly counting. For nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.models_appeals import AppealRow, AppearedRow, DeciderRow, VoidRow

_APPEAL: Any = AppealRow.__table__
_APPEARED: Any = AppearedRow.__table__
_DECIDER: Any = DeciderRow.__table__
_VOID: Any = VoidRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who was asked, and their word with its reason, or empty."""

    member_id: MemberId
    says: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal with its deciders, those who have spoken first, in that order.

    `report` is of which slip the report is, and its number: the same where the report is counted anew.
    """

    id: int
    public_id: str
    evidence_id: int
    report: tuple[int, int] | None
    about_member_id: MemberId
    reason: str
    state: AppealState
    filed_at: datetime
    due_at: datetime
    ended_at: datetime | None
    deciders: tuple[Decider, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state is AppealState.OPEN

    @property
    def says(self) -> list[str]:
        """What those who have decided say."""
        return [one.says for one in self.deciders if one.says]

    def decider(self, member_id: MemberId) -> Decider | None:
        """Return the member's own part as one who decides, or None."""
        return next((one for one in self.deciders if one.member_id == member_id), None)

    def waits_for(self, member_id: MemberId) -> bool:
        """Return whether the member was asked to decide and still can: it is open, and their word is missing."""
        asked = self.decider(member_id)
        return self.is_open and asked is not None and not asked.says


def appeal_by_public_id(session: Session, group_id: GroupId, public_id: str) -> Appeal | None:
    """Return the appeal of that public id; two statements."""
    return next(iter(_appeals(session, group_id, _APPEAL.c.public_id == public_id)), None)


def appeals_of(session: Session, group_id: GroupId, member_id: MemberId) -> Sequence[Appeal]:
    """Return the member's own appeals, the first first; two statements."""
    return _appeals(session, group_id, _APPEAL.c.about_member_id == member_id)


def open_appeals(session: Session, group_id: GroupId) -> Sequence[Appeal]:
    """Return every open appeal of the group; two statements."""
    return _appeals(session, group_id, _APPEAL.c.state == AppealState.OPEN.value)


def void_reports(session: Session, group_id: GroupId) -> Mapping[tuple[Facet, int], int]:
    """Return the reports that count never again: the number of the report, by facet and slip; one statement."""
    query = select(_VOID).where(_VOID.c.group_id == group_id)
    return {(Facet(row.facet), row.slip_id): row.report_number for row in session.execute(query)}


def appeared(session: Session, group_id: GroupId) -> Mapping[tuple[Facet, int, int], date]:
    """Return since when reports had appeared that were taken away, by facet, slip and number; one statement."""
    query = select(_APPEARED).where(_APPEARED.c.group_id == group_id)
    return {
        (Facet(row.facet), row.slip_id, row.report_number): row.published_on for row in session.execute(query)
    }


def _appeals(session: Session, group_id: GroupId, which: Any) -> Sequence[Appeal]:
    rows = session.execute(
        select(_APPEAL).where(_APPEAL.c.group_id == group_id, which).order_by(_APPEAL.c.id)
    ).all()
    asked: dict[int, list[Decider]] = {row.id: [] for row in rows}
    deciders = select(_DECIDER).where(_DECIDER.c.group_id == group_id, _DECIDER.c.appeal_id.in_(asked))
    ordered = deciders.order_by(
        _DECIDER.c.said_at_utc.is_(None), _DECIDER.c.said_at_utc, _DECIDER.c.member_id
    )
    # also asked where there is no appeal: how many statements an answer took is not to tell whether there is one
    for row in session.execute(ordered):
        asked[row.appeal_id].append(
            Decider(member_id=MemberId(row.member_id), says=row.says, reason=row.reason)
        )
    return [_appeal(row, asked[row.id]) for row in rows]


def _appeal(row: Any, deciders: Sequence[Decider]) -> Appeal:
    return Appeal(
        id=row.id,
        public_id=row.public_id,
        evidence_id=row.evidence_id,
        report=None if row.slip_id is None else (row.slip_id, row.report_number),
        about_member_id=MemberId(row.about_member_id),
        reason=row.reason,
        state=AppealState(row.state),
        filed_at=row.filed_at_utc,
        due_at=row.due_at_utc,
        ended_at=row.ended_at_utc,
        deciders=tuple(deciders),
    )
