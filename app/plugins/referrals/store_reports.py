"""Writing what is said in confidence: versions of reports, who looked back, drawn checks and their answers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.quality import Answers
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import LookBackRow, QualityCheckRow, ReportRow

_SLIP: Any = SlipRow.__table__
_REPORT: Any = ReportRow.__table__
_LOOK_BACK: Any = LookBackRow.__table__
_CHECK: Any = QualityCheckRow.__table__


def hold_slip(session: Session, group_id: GroupId, slip_id: SlipId) -> None:
    """Let nobody else write a report on the slip until this unit of work ends; the slip itself stays as it is."""
    held = select(_SLIP.c.id).where(_SLIP.c.group_id == group_id, _SLIP.c.id == slip_id)
    session.execute(held.with_for_update()).one()


def add_report(
    session: Session,
    group_id: GroupId,
    slip_id: SlipId,
    *,
    report: Report,
    number: int,
    answer: str,
    by: MemberId,
    at: datetime,
) -> None:
    """Keep one version of a report."""
    session.execute(
        insert(_REPORT).values(
            group_id=group_id,
            slip_id=slip_id,
            kind=report.value,
            number=number,
            answer=answer,
            by_member_id=by,
            at_utc=at,
        )
    )


def add_looks_back(
    session: Session, group_id: GroupId, member_id: MemberId, batches: Sequence[int], at: datetime
) -> None:
    """Note that the member has seen the screen for these files; what is noted already stays."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for batch_id in batches:
        row = dialect.insert(_LOOK_BACK).values(
            group_id=group_id, member_id=member_id, batch_id=batch_id, at_utc=at
        )
        session.execute(row.on_conflict_do_nothing())


def add_check(
    session: Session, group_id: GroupId, slip_id: SlipId, *, week: date, receiver: MemberId
) -> bool:
    """Keep a drawn slip; return whether it was not kept before, by another worker."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(_CHECK).values(
        group_id=group_id, slip_id=slip_id, week=week, receiver_member_id=receiver
    )
    kept = session.scalar(row.on_conflict_do_nothing().returning(_CHECK.c.slip_id))
    return kept is not None


def keep_answers(
    session: Session, group_id: GroupId, slip_id: SlipId, answers: Answers, at: datetime
) -> None:
    """Keep what the receiver of a drawn slip answered."""
    session.execute(
        update(_CHECK)
        .where(_CHECK.c.group_id == group_id, _CHECK.c.slip_id == slip_id)
        .values(called=answers.called, welcome=answers.welcome, real=answers.real, answered_at_utc=at)
    )


def remove_said(session: Session, group_id: GroupId, slips: Sequence[SlipId]) -> None:
    """Take away what was said in confidence of slips that go."""
    session.execute(delete(_REPORT).where(_REPORT.c.group_id == group_id, _REPORT.c.slip_id.in_(slips)))
    session.execute(delete(_CHECK).where(_CHECK.c.group_id == group_id, _CHECK.c.slip_id.in_(slips)))
