"""How many reports are still owed between some members, as a sum: whose they are is in no answer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.reports import ASKED_BACK, ASKED_OPEN_AFTER, Report
from app.plugins.referrals.domain.slip import OPEN, RESULTS
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import ReportRow

_SLIP: Any = SlipRow.__table__
_REPORT: Any = ReportRow.__table__


class StoredOwed:
    """Answers `ReportsOwed` from the slips and the reports on them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def owed_between(self, group_id: GroupId, members: Collection[MemberId], until: datetime) -> int:
        """Return how many reports on slips between two of these members could be given by `until` and were not."""
        missing = [case((_said_by(report, until), 0), else_=1) for report in Report]
        query = select(func.coalesce(func.sum(missing[0] + missing[1]), 0)).where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.giver_member_id.in_(members),
            _SLIP.c.receiver_member_id.in_(members),
            _SLIP.c.is_historic.is_(False),
            _SLIP.c.passed_at_utc >= until - ASKED_BACK,
            _could_be_told(until),
        )
        return int(self._session.scalar(query) or 0)


def _said_by(report: Report, until: datetime) -> ColumnElement[bool]:
    return exists().where(
        _REPORT.c.group_id == _SLIP.c.group_id,
        _REPORT.c.slip_id == _SLIP.c.id,
        _REPORT.c.kind == report.value,
        _REPORT.c.at_utc <= until,
    )


def _could_be_told(until: datetime) -> ColumnElement[bool]:
    """Return the condition that a slip had something to report on by then: its result, or two silent weeks."""
    return or_(
        and_(_SLIP.c.state.in_(sorted(RESULTS)), _SLIP.c.closed_at_utc <= until),
        and_(_SLIP.c.state.in_(sorted(OPEN)), _SLIP.c.passed_at_utc <= until - ASKED_OPEN_AFTER),
    )
