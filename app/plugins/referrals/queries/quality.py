"""The quality check: which slips may be drawn, what a receiver is asked, and the quarters counted for offices."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.quality import ASKED_FOR, Answers, Quarter, quarter_of
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow
from app.plugins.referrals.models_reports import QualityCheckRow

_SLIP: Any = SlipRow.__table__
_CHECK: Any = QualityCheckRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipToDraw:
    """A slip that may be drawn, with who received it."""

    id: SlipId
    public_id: str
    receiver: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A drawn slip as its receiver is asked about it; `is_answered` once they did."""

    slip_id: SlipId
    slip: str
    week: date
    giver_name: str
    prospect_name: str
    answers: Answers
    is_answered: bool


def is_drawn(session: Session, group_id: GroupId, week: date) -> bool:
    """Return whether the slips of that week's check have been drawn."""
    query = select(_CHECK.c.slip_id).where(_CHECK.c.group_id == group_id, _CHECK.c.week == week).limit(1)
    return session.scalar(query) is not None


def slips_to_draw_from(session: Session, group_id: GroupId, period: Period, zone: str) -> list[SlipToDraw]:
    """Return the slips between members that were passed in the period and not refused or taken back; none of a file."""
    query = select(_SLIP.c.id, _SLIP.c.public_id, _SLIP.c.receiver_member_id).where(
        _SLIP.c.group_id == group_id,
        _SLIP.c.is_historic.is_(False),
        _SLIP.c.giver_member_id.is_not(None),
        _SLIP.c.receiver_member_id.is_not(None),
        _SLIP.c.state.not_in([SlipState.WITHDRAWN.value, SlipState.DECLINED.value]),
        _SLIP.c.passed_at_utc >= period.starts_at_utc(zone),
        _SLIP.c.passed_at_utc < period.ends_before_utc(zone),
    )
    return [
        SlipToDraw(id=SlipId(row.id), public_id=row.public_id, receiver=MemberId(row.receiver_member_id))
        for row in session.execute(query.order_by(_SLIP.c.id))
    ]


def check_of(session: Session, group_id: GroupId, member_id: MemberId, slip: str) -> CheckLine | None:
    """Return the check of the slip with that public id, if the member is its receiver and it was drawn."""
    row = session.execute(_checks(group_id, member_id).where(_SLIP.c.public_id == slip)).one_or_none()
    return _line(row) if row else None


def unanswered(group_id: GroupId, member_id: MemberId, today: date) -> Select[Any]:
    """Return the query of the checks that still wait for the member's answers."""
    return _checks(group_id, member_id).where(
        _CHECK.c.week >= today - ASKED_FOR, _CHECK.c.answered_at_utc.is_(None)
    )


def _checks(group_id: GroupId, member_id: MemberId) -> Select[Any]:
    return (
        select(
            _CHECK.c.slip_id,
            _SLIP.c.public_id,
            _SLIP.c.passed_at_utc,
            _SLIP.c.closed_at_utc,
            _CHECK.c.week,
            func.coalesce(_PERSON.c.name, _SLIP.c.giver_outside).label("other_name"),
            func.coalesce(_PROSPECT.c.name, "").label("prospect_name"),
            _CHECK.c.called,
            _CHECK.c.welcome,
            _CHECK.c.real,
            _CHECK.c.answered_at_utc,
        )
        .select_from(_CHECK)
        .join(_SLIP, and_(_SLIP.c.group_id == _CHECK.c.group_id, _SLIP.c.id == _CHECK.c.slip_id))
        .outerjoin(
            _MEMBER, and_(_MEMBER.c.group_id == _CHECK.c.group_id, _MEMBER.c.id == _SLIP.c.giver_member_id)
        )
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            _PROSPECT, and_(_PROSPECT.c.group_id == _CHECK.c.group_id, _PROSPECT.c.id == _SLIP.c.prospect_id)
        )
        .where(_CHECK.c.group_id == group_id, _CHECK.c.receiver_member_id == member_id)
    )


def quarters(session: Session, group_id: GroupId, *, since: date) -> list[Quarter]:
    """Return the answers counted by the quarter of their draw, the latest first."""
    query = select(
        _CHECK.c.week, _CHECK.c.receiver_member_id, _CHECK.c.called, _CHECK.c.welcome, _CHECK.c.real
    ).where(_CHECK.c.group_id == group_id, _CHECK.c.week >= since, _CHECK.c.answered_at_utc.is_not(None))
    found: defaultdict[date, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[quarter_of(row.week)].append(row)
    return [_quarter(first, found[first]) for first in sorted(found, reverse=True)]


def _quarter(first: date, rows: list[Any]) -> Quarter:
    return Quarter(
        first=first,
        answers=len(rows),
        people=len({row.receiver_member_id for row in rows}),
        called=sum(bool(row.called) for row in rows),
        welcome=sum(bool(row.welcome) for row in rows),
        real=sum(bool(row.real) for row in rows),
    )


def _line(row: Any) -> CheckLine:
    return CheckLine(
        slip_id=SlipId(row.slip_id),
        slip=row.public_id,
        week=row.week,
        giver_name=row.other_name,
        prospect_name=row.prospect_name,
        answers=Answers(called=row.called, welcome=row.welcome, real=row.real),
        is_answered=row.answered_at_utc is not None,
    )
