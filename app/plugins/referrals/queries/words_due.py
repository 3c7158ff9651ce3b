"""What waits for one member's word about slips, found with one statement: as receiver, as giver, and as office."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.clock import WAITS
from app.plugins.referrals.domain.slip import OPEN, SlipState
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_clock import ClockRow
from app.plugins.referrals.queries.told import has_reached_receiver

MOST = 50
"""How many are looked for at most."""

_SLIP: Any = SlipRow.__table__
_CLOCK: Any = ClockRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


class Due(StrEnum):
    """What is waited for: that a slip arrived, news of it, whether the office shall help, that the office helps."""

    ANSWER = "answer"
    NEWS = "news"
    ABOUT_HELP = "about-help"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDue:
    """One thing that waits for the viewer's word; an office is told of neither slip nor names here."""

    due: Due
    slip: str
    name: str


def words_due(
    session: Session,
    group_id: GroupId,
    viewer: MemberId,
    *,
    now: datetime,
    silent_since: datetime,
    is_helper: bool,
) -> list[WordDue]:
    """Return what waits for the viewer, the oldest first.

    These are received slips without an answer, or without news since `silent_since`; given slips about which they
    were asked; and for a helper, help that is wanted. Historic slips wait for nobody.
    """
    parts = [_received(group_id, viewer, now, silent_since), _asked(group_id, viewer)]
    if is_helper:
        parts.append(_help(group_id, viewer))
    found = union_all(*parts).subquery()
    query = select(found.c.due, found.c.slip, found.c.name).order_by(found.c.since, found.c.slip).limit(MOST)
    return [WordDue(due=Due(row.due), slip=row.slip, name=row.name) for row in session.execute(query)]


def _received(group_id: GroupId, viewer: MemberId, now: datetime, silent_since: datetime) -> Select[Any]:
    is_new = _SLIP.c.acknowledged_at_utc.is_(None)
    is_silent = and_(_SLIP.c.state.in_(sorted(OPEN)), _SLIP.c.news_at_utc <= silent_since)
    return (
        select(
            case((is_new, Due.ANSWER.value), else_=Due.NEWS.value).label("due"),
            _SLIP.c.public_id.label("slip"),
            func.coalesce(_PERSON.c.name, _SLIP.c.giver_outside).label("name"),
            _SLIP.c.news_at_utc.label("since"),
        )
        .select_from(_SLIP)
        .outerjoin(_MEMBER, _is_member(_SLIP.c.giver_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.receiver_member_id == viewer,
            has_reached_receiver(now),
            _SLIP.c.is_historic.is_(False),
            or_(_SLIP.c.state == SlipState.PASSED, is_silent),
        )
    )


def _asked(group_id: GroupId, viewer: MemberId) -> Select[Any]:
    return (
        select(
            literal(Due.ABOUT_HELP.value).label("due"),
            _SLIP.c.public_id.label("slip"),
            _PERSON.c.name.label("name"),
            _CLOCK.c.asked_at_utc.label("since"),
        )
        .select_from(_SLIP.join(_CLOCK, _of_slip()))
        .join(_MEMBER, _is_member(_SLIP.c.receiver_member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.giver_member_id == viewer,
            *_waits(),
            _CLOCK.c.asked_at_utc.is_not(None),
            _CLOCK.c.wants_help.is_(None),
        )
    )


def _help(group_id: GroupId, viewer: MemberId) -> Select[Any]:
    return (
        select(
            literal(Due.HELP.value).label("due"),
            literal("").label("slip"),
            literal("").label("name"),
            _CLOCK.c.said_at_utc.label("since"),
        )
        .select_from(_SLIP.join(_CLOCK, _of_slip()))
        .where(
            _SLIP.c.group_id == group_id,
            *_waits(),
            _CLOCK.c.wants_help.is_(True),
            _CLOCK.c.helper_member_id.is_(None),
            _SLIP.c.receiver_member_id != viewer,
        )
    )


def _waits() -> tuple[ColumnElement[bool], ...]:
    return _SLIP.c.state.in_(sorted(WAITS)), _SLIP.c.is_historic.is_(False)


def _of_slip() -> ColumnElement[bool]:
    return and_(_CLOCK.c.group_id == _SLIP.c.group_id, _CLOCK.c.slip_id == _SLIP.c.id)


def _is_member(key: ColumnElement[int | None]) -> ColumnElement[bool]:
    return and_(_MEMBER.c.group_id == _SLIP.c.group_id, _MEMBER.c.id == key)
