"""What waits for a member's word in confidence, all at once: reports, the look back after an import, the quality check."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.reports import could_be_told_from
from app.plugins.referrals.queries.quality import unanswered
from app.plugins.referrals.queries.reports import unsaid, unseen

_REPORT, _LOOK_BACK, _CHECK = "report", "look back", "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSlip:
    """A drawn slip whose three questions wait for the member."""

    slip: str
    giver_name: str
    week: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWords:
    """What waits: since when each missing report could be given, whether there is a look back, and the drawn slips."""

    reports_since: tuple[datetime, ...]
    looks_back: bool
    drawn: tuple[DrawnSlip, ...]


def waiting_words(
    session: Session, group_id: GroupId, member_id: MemberId, *, now: datetime, today: date
) -> WaitingWords:
    """Return what waits for the member's word. One statement; nothing of it hangs on what others said."""
    parts = (
        _part(_REPORT, unsaid(group_id, member_id, now)),
        _part(_LOOK_BACK, unseen(group_id, member_id, today)),
        _part(_CHECK, unanswered(group_id, member_id, today)),
    )
    rows = session.execute(union_all(*parts)).all()
    return WaitingWords(
        reports_since=tuple(
            could_be_told_from(passed_at=row.passed_at_utc, closed_at=row.closed_at_utc)
            for row in rows
            if row.what == _REPORT
        ),
        looks_back=any(row.what == _LOOK_BACK for row in rows),
        drawn=tuple(
            DrawnSlip(slip=row.public_id, giver_name=row.other_name, week=row.day)
            for row in sorted(rows, key=lambda row: (row.day or today, row.public_id))
            if row.what == _CHECK
        ),
    )


def _part(what: str, query: Select[Any]) -> Select[Any]:
    """Return the query with the columns that all parts share; `day` is that of a file, or the week of a draw."""
    found = query.subquery()
    day = found.c.week if what == _CHECK else found.c.historic_on
    return select(
        literal(what).label("what"),
        found.c.public_id,
        found.c.other_name,
        found.c.passed_at_utc,
        found.c.closed_at_utc,
        day.label("day"),
    )
