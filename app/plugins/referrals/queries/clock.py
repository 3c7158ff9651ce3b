"""Which slips the receiver's clock speaks of, what the giver was asked, and what an office may see of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.former import name_or_nobody
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.clock import FIRST_AFTER, WAITS, Clock
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.models_clock import ClockRow

_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_CLOCK: Any = ClockRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_RECEIVER: Any = _MEMBER.alias("receiver")
_RECEIVER_PERSON: Any = _PERSON.alias("receiver_person")
_HELPER: Any = _MEMBER.alias("helper")
_HELPER_PERSON: Any = _PERSON.alias("helper_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSlip:
    """A slip whose prospect waits to hear from the receiver, with how far its clock has come."""

    id: SlipId
    public_id: str
    giver: MemberId | None
    giver_outside: str
    receiver: MemberId
    version: int
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """What the giver of a waiting slip was asked, and said: `wants_help` is None until they did."""

    slip_id: SlipId
    public_id: str
    receiver: MemberId
    receiver_name: str
    wants_help: bool | None
    helper_name: str
    helped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """What an office sees of a waiting slip: two names and since when, never the prospect."""

    slip_id: SlipId
    public_id: str
    giver: MemberId
    giver_name: str
    receiver_name: str
    waits_since: datetime
    helper_name: str
    helped_at: datetime | None


def waiting_slips(session: Session, group_id: GroupId, now: datetime) -> list[WaitingSlip]:
    """Return the slips of the group whose clock may have something to say at `now`: historic ones never."""
    query = (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            _SLIP.c.giver_member_id,
            _SLIP.c.giver_outside,
            _SLIP.c.receiver_member_id,
            _SLIP.c.version,
            _SLIP.c.news_at_utc,
            _CLOCK.c.first_at_utc,
            _CLOCK.c.second_at_utc,
        )
        .outerjoin(_CLOCK, _of_slip())
        .where(
            _SLIP.c.group_id == group_id,
            *_is_waiting(),
            _SLIP.c.receiver_member_id.is_not(None),
            _SLIP.c.news_at_utc <= now - FIRST_AFTER,
            _CLOCK.c.asked_at_utc.is_(None),
        )
        .order_by(_SLIP.c.id)
    )
    return [_waiting(row) for row in session.execute(query)]


def help_asked(session: Session, group_id: GroupId, public_id: str, giver: MemberId) -> HelpAsked | None:
    """Return what the giver was asked about their slip, or None where nothing was asked or it waits no more."""
    row = session.execute(_asked_of(group_id, giver).where(_SLIP.c.public_id == public_id)).one_or_none()
    return _asked(row) if row else None


def help_wanted(session: Session, group_id: GroupId, viewer: MemberId) -> list[HelpLine]:
    """Return the waiting slips for which the giver wants the office to help, but those that wait for the viewer's word."""
    query = (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            _SLIP.c.giver_member_id,
            _SLIP.c.news_at_utc,
            _PERSON.c.name.label("giver_name"),
            _RECEIVER_PERSON.c.name.label("receiver_name"),
            name_or_nobody(_HELPER_PERSON.c.name).label("helper_name"),
            _CLOCK.c.helped_at_utc,
        )
        .select_from(_SLIP.join(_CLOCK, _of_slip()))
        .join(_MEMBER, and_(_MEMBER.c.group_id == group_id, _MEMBER.c.id == _SLIP.c.giver_member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .join(_RECEIVER, and_(_RECEIVER.c.group_id == group_id, _RECEIVER.c.id == _SLIP.c.receiver_member_id))
        .join(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .outerjoin(_HELPER, and_(_HELPER.c.group_id == group_id, _HELPER.c.id == _CLOCK.c.helper_member_id))
        .outerjoin(_HELPER_PERSON, _HELPER_PERSON.c.id == _HELPER.c.person_id)
        .where(
            _SLIP.c.group_id == group_id,
            *_is_waiting(),
            _CLOCK.c.wants_help.is_(True),
            _SLIP.c.receiver_member_id != viewer,
        )
        .order_by(_SLIP.c.news_at_utc, _SLIP.c.id)
    )
    return [_help_line(row) for row in session.execute(query)]


def last_act_since(
    session: Session, group_id: GroupId, slip_id: SlipId, member_id: MemberId, seen: int
) -> Act | None:
    """Return the member's latest step on the slip after version `seen`, or None where they have taken none."""
    query = (
        select(_STEP.c.act)
        .where(
            _STEP.c.group_id == group_id,
            _STEP.c.slip_id == slip_id,
            _STEP.c.by_member_id == member_id,
            _STEP.c.number > seen,
        )
        .order_by(_STEP.c.number.desc())
        .limit(1)
    )
    act = session.scalar(query)
    return Act(act) if act else None


def _of_slip() -> ColumnElement[bool]:
    return and_(_CLOCK.c.group_id == _SLIP.c.group_id, _CLOCK.c.slip_id == _SLIP.c.id)


def _is_waiting() -> tuple[ColumnElement[bool], ...]:
    return _SLIP.c.state.in_(sorted(WAITS)), _SLIP.c.is_historic.is_(False)


def _asked_of(group_id: GroupId, giver: MemberId) -> Any:
    return (
        select(
            _SLIP.c.id,
            _SLIP.c.public_id,
            _SLIP.c.receiver_member_id,
            _RECEIVER_PERSON.c.name.label("receiver_name"),
            _CLOCK.c.wants_help,
            name_or_nobody(_HELPER_PERSON.c.name).label("helper_name"),
            _CLOCK.c.helped_at_utc,
        )
        .select_from(_SLIP.join(_CLOCK, _of_slip()))
        .join(_RECEIVER, and_(_RECEIVER.c.group_id == group_id, _RECEIVER.c.id == _SLIP.c.receiver_member_id))
        .join(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .outerjoin(_HELPER, and_(_HELPER.c.group_id == group_id, _HELPER.c.id == _CLOCK.c.helper_member_id))
        .outerjoin(_HELPER_PERSON, _HELPER_PERSON.c.id == _HELPER.c.person_id)
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.giver_member_id == giver,
            *_is_waiting(),
            _CLOCK.c.asked_at_utc.is_not(None),
        )
    )


def _waiting(row: Any) -> WaitingSlip:
    return WaitingSlip(
        id=SlipId(row.id),
        public_id=row.public_id,
        giver=MemberId(row.giver_member_id) if row.giver_member_id is not None else None,
        giver_outside=row.giver_outside,
        receiver=MemberId(row.receiver_member_id),
        version=row.version,
        clock=Clock(news_at=row.news_at_utc, first_at=row.first_at_utc, second_at=row.second_at_utc),
    )


def _asked(row: Any) -> HelpAsked:
    return HelpAsked(
        slip_id=SlipId(row.id),
        public_id=row.public_id,
        receiver=MemberId(row.receiver_member_id),
        receiver_name=row.receiver_name,
        wants_help=row.wants_help,
        helper_name=row.helper_name,
        helped_at=row.helped_at_utc,
    )


def _help_line(row: Any) -> HelpLine:
    return HelpLine(
        slip_id=SlipId(row.id),
        public_id=row.public_id,
        giver=MemberId(row.giver_member_id),
        giver_name=row.giver_name,
        receiver_name=row.receiver_name,
        waits_since=row.news_at_utc,
        helper_name=row.helper_name,
        helped_at=row.helped_at_utc,
    )
