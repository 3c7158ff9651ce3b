"""What other plugins may know of slips for good: the acts of giving, when contact was made, and opened reports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.reports import Report, Spoken, opens_at
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.interface import OpenedReport, SlipAct
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.models_reports import ReportRow
from app.plugins.referrals.queries.told import is_told

_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_REPORT: Any = ReportRow.__table__
_CONTACT = (Act.PROGRESS.value, Act.CLOSE.value)
"""With these acts the receiver first tells that they were in touch; that a slip arrived is not yet a contact."""


class StoredSlipHistory:
    """Answers `SlipHistory` from the slips, their steps and the reports on them."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def acts(self, group_id: GroupId) -> Sequence[SlipAct]:
        """Return every slip between two members that its giver did not withdraw, in the order in which they were given."""
        return [_act(row) for row in self._session.execute(_acts(group_id).where(is_told(self._now)))]

    def opened_reports(self, group_id: GroupId, now: datetime) -> Sequence[OpenedReport]:
        """Return the reports that have opened by `now`, as they stood then, in the order in which they opened."""
        by_slip: defaultdict[SlipId, list[Any]] = defaultdict(list)
        for row in self._session.execute(_reports(group_id, now)):
            by_slip[SlipId(row.slip_id)].append(row)
        found = [one for rows in by_slip.values() for one in _of_slip(rows) if one.opened_at_utc <= now]
        return sorted(found, key=lambda one: (one.opened_at_utc, one.slip_id, one.report))


def _acts(group_id: GroupId) -> Select[Any]:
    contacted = (
        select(_STEP.c.slip_id, func.min(_STEP.c.number).label("number"))
        .where(_STEP.c.group_id == group_id, _STEP.c.act.in_(_CONTACT))
        .group_by(_STEP.c.slip_id)
        .subquery()
    )
    first_contact, first = _STEP.alias("first_contact"), _STEP.alias("first")
    return (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            _SLIP.c.giver_member_id,
            _SLIP.c.receiver_member_id,
            _SLIP.c.passed_at_utc,
            _SLIP.c.how_well,
            _SLIP.c.historic_on,
            first_contact.c.at_utc.label("contacted_at_utc"),
            func.coalesce(first.c.at_utc, _SLIP.c.passed_at_utc).label("reached_at_utc"),
            (_SLIP.c.state == SlipState.WITHDRAWN).label("is_handed_back"),
        )
        .select_from(_SLIP)
        .outerjoin(contacted, contacted.c.slip_id == _SLIP.c.id)
        .outerjoin(first_contact, _is_step_of_slip(first_contact, contacted.c.number))
        .outerjoin(first, _is_step_of_slip(first, literal(1)))
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.giver_member_id.is_not(None),
            _SLIP.c.receiver_member_id.is_not(None),
            _was_not_withdrawn(group_id),
        )
        .order_by(_SLIP.c.passed_at_utc, _SLIP.c.id)
    )


def _is_step_of_slip(step: FromClause, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that `step` is the slip's step of that number."""
    return and_(step.c.group_id == _SLIP.c.group_id, step.c.slip_id == _SLIP.c.id, step.c.number == number)


def _was_not_withdrawn(group_id: GroupId) -> ColumnElement[bool]:
    """Return the condition that the giver did not take the slip back. That its receiver left is no word of the giver's."""
    handed_back = select(_STEP.c.slip_id).where(
        _STEP.c.group_id == group_id, _STEP.c.act == Act.HAND_BACK.value
    )
    return or_(_SLIP.c.state != SlipState.WITHDRAWN, _SLIP.c.id.in_(handed_back))


def _reports(group_id: GroupId, now: datetime) -> Select[Any]:
    """Return the query of all versions said by `now`. A slip ended when it first did: what has opened is not sealed again by reopening."""
    first_end = (
        select(func.min(_STEP.c.at_utc))
        .where(
            _STEP.c.group_id == group_id,
            _STEP.c.slip_id == _REPORT.c.slip_id,
            _STEP.c.act == Act.CLOSE.value,
        )
        .correlate(_REPORT)
        .scalar_subquery()
    )
    return (
        select(
            first_end.label("ended_at_utc"),
            _REPORT.c.slip_id,
            _REPORT.c.kind,
            _REPORT.c.number,
            _REPORT.c.answer,
            _REPORT.c.by_member_id,
            _REPORT.c.at_utc,
            _SLIP.c.giver_member_id,
            _SLIP.c.receiver_member_id,
        )
        .join(_SLIP, and_(_SLIP.c.group_id == _REPORT.c.group_id, _SLIP.c.id == _REPORT.c.slip_id))
        .where(_REPORT.c.group_id == group_id, _REPORT.c.at_utc <= now, _was_not_withdrawn(group_id))
        .order_by(_REPORT.c.slip_id, _REPORT.c.kind, _REPORT.c.number)
    )


def _of_slip(rows: Sequence[Any]) -> list[OpenedReport]:
    """Return both reports on one slip as they stand, each with the instant at which it opens."""
    spoken = _spoken(rows)
    return [
        _opened(rows[0], report, one, spoken, [row.answer for row in rows if row.kind == report.value])
        for report, one in spoken.items()
    ]


def _spoken(rows: Sequence[Any]) -> dict[Report, Spoken]:
    versions: defaultdict[Report, list[Any]] = defaultdict(list)
    for row in rows:
        versions[Report(row.kind)].append(row)
    return {
        report: Spoken(
            answer=said[-1].answer, first_at=said[0].at_utc, latest_at=said[-1].at_utc, number=said[-1].number
        )
        for report, said in versions.items()
    }


def _opened(
    slip: Any, report: Report, one: Spoken, spoken: Mapping[Report, Spoken], said: Sequence[str]
) -> OpenedReport:
    other = next((said for whose, said in spoken.items() if whose is not report), None)
    giver, receiver = MemberId(slip.giver_member_id), MemberId(slip.receiver_member_id)
    by, about = (giver, receiver) if report is Report.HANDLING else (receiver, giver)
    return OpenedReport(
        slip_id=SlipId(slip.slip_id),
        report=report.value,
        by_member_id=by,
        about_member_id=about,
        answer=one.answer,
        number=one.number,
        opened_at_utc=opens_at(slip.ended_at_utc, one, other),
        answered_at_utc=one.latest_at,
        said=said,
    )


def _act(row: Any) -> SlipAct:
    return SlipAct(
        slip_id=SlipId(row.id),
        public_id=row.public_id,
        giver_member_id=MemberId(row.giver_member_id),
        receiver_member_id=MemberId(row.receiver_member_id),
        given_at_utc=row.passed_at_utc,
        how_well=row.how_well,
        contacted_at_utc=row.contacted_at_utc,
        historic_on=row.historic_on,
        reached_at_utc=row.reached_at_utc,
        is_handed_back=row.is_handed_back,
    )
