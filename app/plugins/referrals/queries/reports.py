"""A member's own sealed reports, and the slips on which they are still asked. Nobody's word but the viewer's is read here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.reports import ASKED_BACK, ASKED_OPEN_AFTER, Report, Spoken
from app.plugins.referrals.domain.slip import OPEN, RESULTS
from app.plugins.referrals.models import ProspectRow, SlipRow
from app.plugins.referrals.models_reports import LookBackRow, ReportRow

_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_REPORT: Any = ReportRow.__table__
_LOOK_BACK: Any = LookBackRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipToTell:
    """A slip on which the viewer has not reported yet; `report` is which of the two reports is theirs."""

    id: SlipId
    public_id: str
    report: Report
    other_name: str
    prospect_name: str
    passed_at_utc: datetime
    historic_on: date | None
    batch_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A report that somebody could give and was perhaps not asked for by mail: whose it is, and on which slip."""

    slip: str
    report: Report
    member_id: MemberId
    other_name: str


def own_report(
    session: Session, group_id: GroupId, slip_id: SlipId, member_id: MemberId, report: Report
) -> Spoken | None:
    """Return what the member has said in their own report on the slip, or None."""
    rows = session.execute(
        select(_REPORT.c.answer, _REPORT.c.number, _REPORT.c.at_utc)
        .where(
            _REPORT.c.group_id == group_id,
            _REPORT.c.slip_id == slip_id,
            _REPORT.c.kind == report.value,
            _REPORT.c.by_member_id == member_id,
        )
        .order_by(_REPORT.c.number)
    ).all()
    if not rows:
        return None
    return Spoken(
        answer=rows[-1].answer, first_at=rows[0].at_utc, latest_at=rows[-1].at_utc, number=rows[-1].number
    )


def slips_to_tell(
    session: Session,
    group_id: GroupId,
    member_id: MemberId,
    *,
    now: datetime,
    only: Report | None = None,
    most: int = 50,
) -> list[SlipToTell]:
    """Return the slips of the last 26 weeks on which the member has not reported, the oldest first; historic ones apart."""
    query = unsaid(group_id, member_id, now).order_by(_SLIP.c.passed_at_utc, _SLIP.c.id).limit(most)
    if only is not None:
        query = query.where(_side(member_id, only))
    return [_line(row) for row in session.execute(query)]


def slips_to_look_back_on(
    session: Session, group_id: GroupId, member_id: MemberId, *, today: date
) -> list[SlipToTell]:
    """Return the slips that the member gave by files in the last 26 weeks and did not look back on, the newest first."""
    query = unseen(group_id, member_id, today).order_by(_SLIP.c.historic_on.desc(), _SLIP.c.id)
    return [_line(row) for row in session.execute(query)]


def unsaid(group_id: GroupId, member_id: MemberId, now: datetime) -> Select[Any]:
    """Return the query of the slips of the last 26 weeks on which the member may say something and did not."""
    return _to_tell(group_id, member_id).where(
        _SLIP.c.is_historic.is_(False),
        _SLIP.c.passed_at_utc >= now - ASKED_BACK,
        _could_be_told_between(None, now),
    )


def unseen(group_id: GroupId, member_id: MemberId, today: date) -> Select[Any]:
    """Return the query of the slips that files brought as the member's and that they did not look back on."""
    looked_back = exists().where(
        _LOOK_BACK.c.group_id == group_id,
        _LOOK_BACK.c.member_id == member_id,
        _LOOK_BACK.c.batch_id == _SLIP.c.batch_id,
    )
    return _to_tell(group_id, member_id).where(
        _SLIP.c.is_historic.is_(True),
        _SLIP.c.giver_member_id == member_id,
        _SLIP.c.historic_on >= today - ASKED_BACK,
        _SLIP.c.state.in_(sorted(OPEN | RESULTS)),
        ~looked_back,
    )


def unreported_between(
    session: Session, group_id: GroupId, *, after: datetime, until: datetime
) -> list[Unasked]:
    """Return each side's missing report on the slips that could first be reported on after `after`, up to `until`."""
    giver, receiver = (_named(column) for column in (_SLIP.c.giver_member_id, _SLIP.c.receiver_member_id))
    query = (
        select(
            _SLIP.c.public_id,
            _SLIP.c.giver_member_id,
            _SLIP.c.receiver_member_id,
            giver.label("giver_name"),
            receiver.label("receiver_name"),
            _has_report(Report.HANDLING).label("giver_spoke"),
            _has_report(Report.LEAD).label("receiver_spoke"),
        )
        .where(
            _SLIP.c.group_id == group_id,
            _is_between_members(),
            _SLIP.c.is_historic.is_(False),
            _could_be_told_between(after, until),
        )
        .order_by(_SLIP.c.id)
    )
    return [one for row in session.execute(query) for one in _unasked(row)]


def _could_be_told_between(after: datetime | None, until: datetime) -> ColumnElement[bool]:
    """Return the condition that a slip first had something to report on in that time: its result, or two silent weeks."""
    ended, opened = _SLIP.c.closed_at_utc, _SLIP.c.passed_at_utc
    has_result, is_open = _SLIP.c.state.in_(sorted(RESULTS)), _SLIP.c.state.in_(sorted(OPEN))
    told, silent = [has_result, ended <= until], [is_open, opened <= until - ASKED_OPEN_AFTER]
    if after is not None:
        told.append(ended > after)
        silent.append(opened > after - ASKED_OPEN_AFTER)
    return or_(and_(*told), and_(*silent))


def _to_tell(group_id: GroupId, member_id: MemberId) -> Select[Any]:
    """Return the query of a member's slips between two members on which the member's own report is missing."""
    is_given = _SLIP.c.giver_member_id == member_id
    own = case((is_given, Report.HANDLING.value), else_=Report.LEAD.value)
    other = case((is_given, _SLIP.c.receiver_member_id), else_=_SLIP.c.giver_member_id)
    told = exists().where(
        _REPORT.c.group_id == group_id,
        _REPORT.c.slip_id == _SLIP.c.id,
        _REPORT.c.kind == own,
        _REPORT.c.by_member_id == member_id,
    )
    return (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            own.label("report"),
            _PERSON.c.name.label("other_name"),
            func.coalesce(_PROSPECT.c.name, "").label("prospect_name"),
            _SLIP.c.passed_at_utc,
            _SLIP.c.closed_at_utc,
            _SLIP.c.historic_on,
            _SLIP.c.batch_id,
        )
        .select_from(_SLIP)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == other))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            _PROSPECT, and_(_PROSPECT.c.group_id == _SLIP.c.group_id, _PROSPECT.c.id == _SLIP.c.prospect_id)
        )
        .where(
            _SLIP.c.group_id == group_id,
            or_(is_given, _SLIP.c.receiver_member_id == member_id),
            _is_between_members(),
            ~told,
        )
    )


def _is_between_members() -> ColumnElement[bool]:
    return and_(_SLIP.c.giver_member_id.is_not(None), _SLIP.c.receiver_member_id.is_not(None))


def _side(member_id: MemberId, report: Report) -> ColumnElement[bool]:
    side = _SLIP.c.giver_member_id if report is Report.HANDLING else _SLIP.c.receiver_member_id
    is_own: ColumnElement[bool] = side == member_id
    return is_own


def _has_report(report: Report) -> ColumnElement[bool]:
    return exists().where(
        _REPORT.c.group_id == _SLIP.c.group_id,
        _REPORT.c.slip_id == _SLIP.c.id,
        _REPORT.c.kind == report.value,
    )


def _named(member_id: ColumnElement[Any]) -> Any:
    """Return the name of the member in that column, as a part of a query of slips."""
    return (
        select(_PERSON.c.name)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == member_id)
        .correlate(_SLIP)
        .scalar_subquery()
    )


def _unasked(row: Any) -> list[Unasked]:
    sides = (
        (Report.HANDLING, row.giver_spoke, row.giver_member_id, row.receiver_name),
        (Report.LEAD, row.receiver_spoke, row.receiver_member_id, row.giver_name),
    )
    return [
        Unasked(slip=row.public_id, report=report, member_id=MemberId(member), other_name=other)
        for report, has_spoken, member, other in sides
        if not has_spoken
    ]


def _line(row: Any) -> SlipToTell:
    return SlipToTell(
        id=SlipId(row.id),
        public_id=row.public_id,
        report=Report(row.report),
        other_name=row.other_name,
        prospect_name=row.prospect_name,
        passed_at_utc=row.passed_at_utc,
        historic_on=row.historic_on,
        batch_id=row.batch_id,
    )
