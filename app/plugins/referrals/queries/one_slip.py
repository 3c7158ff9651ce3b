"""One slip as its two sides may see it: what it says, its steps, its prospect."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import ExchangeId, GroupId, MemberId
from app.core.people.former import name_or_nobody
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.slip import OPEN, Act, Slip, SlipState
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow
from app.plugins.referrals.queries.told import is_known_to

_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__

_GIVER: Any = _MEMBER.alias("giver")
_GIVER_PERSON: Any = _PERSON.alias("giver_person")
_RECEIVER: Any = _MEMBER.alias("receiver")
_RECEIVER_PERSON: Any = _PERSON.alias("receiver_person")

_FACTS = (
    _SLIP.c.giver_member_id,
    _SLIP.c.receiver_member_id,
    _SLIP.c.state,
    _SLIP.c.passed_at_utc,
    _SLIP.c.acknowledged_at_utc,
    _SLIP.c.closed_at_utc,
    _SLIP.c.news_at_utc,
    _SLIP.c.exchange_id,
    _SLIP.c.told_from_utc,
    _SLIP.c.version,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipView:
    """A slip with the words of its two sides; `slip` is what the rules judge. The prospect's contact is not in it."""

    id: SlipId
    public_id: str
    slip: Slip
    giver_name: str
    giver_public_id: str
    receiver_name: str
    receiver_public_id: str
    prospect_id: ProspectId | None
    prospect_name: str
    prospect_is_forgotten: bool
    tier: str
    how_well: int | None
    basis: str
    about: str
    known_how: str
    urgency: str
    agreed_how: str
    agreed_on: date | None
    historic_on: date | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of a slip's life; `by_name` is empty where the house took it."""

    number: int
    act: Act
    to_state: SlipState
    at_utc: datetime
    by_name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Who is to be called, and how."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSlip:
    """A slip that waits for a receiver who is leaving."""

    id: SlipId
    public_id: str
    slip: Slip
    prospect_id: ProspectId | None


def slip_for(
    session: Session, group_id: GroupId, public_id: str, member_id: MemberId, *, now: datetime
) -> SlipView | None:
    """Return the slip if the member is its giver, or its receiver who was told; to everyone else it does not exist."""
    query = _view_of(group_id, public_id).where(is_known_to(member_id, now))
    row = session.execute(query).one_or_none()
    return _view(row) if row else None


def steps_of(session: Session, group_id: GroupId, slip_id: SlipId) -> list[StepLine]:
    """Return the steps of the slip, the first first."""
    query = (
        select(
            _STEP.c.number,
            _STEP.c.act,
            _STEP.c.to_state,
            _STEP.c.at_utc,
            _STEP.c.note,
            name_or_nobody(_PERSON.c.name, _name_elsewhere()).label("by_name"),
        )
        .select_from(_STEP)
        .join(_SLIP, and_(_SLIP.c.group_id == _STEP.c.group_id, _SLIP.c.id == _STEP.c.slip_id))
        .outerjoin(
            _MEMBER, and_(_MEMBER.c.group_id == _STEP.c.group_id, _MEMBER.c.id == _STEP.c.by_member_id)
        )
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_STEP.c.group_id == group_id, _STEP.c.slip_id == slip_id)
        .order_by(_STEP.c.number)
    )
    return [_step(row) for row in session.execute(query)]


def _name_elsewhere() -> ColumnElement[str]:
    """Return the name of the other side of a slip between groups, who takes every step that no member here took.

    But not that the house handed it back.
    """
    is_between_groups = and_(_SLIP.c.exchange_id.is_not(None), _STEP.c.act != Act.HAND_BACK.value)
    name = case((_SLIP.c.giver_member_id.is_(None), _SLIP.c.giver_outside), else_=_SLIP.c.receiver_outside)
    found: ColumnElement[str] = case((is_between_groups, name))
    return found


def prospect_of(session: Session, group_id: GroupId, prospect_id: ProspectId) -> Prospect | None:
    """Return the prospect with the contact, or None once it is forgotten."""
    query = select(_PROSPECT.c.name, _PROSPECT.c.contact).where(
        _PROSPECT.c.group_id == group_id, _PROSPECT.c.id == prospect_id, _PROSPECT.c.redacted_at_utc.is_(None)
    )
    row = session.execute(query).one_or_none()
    return Prospect(name=row.name, contact=row.contact) if row else None


def open_slips_to(session: Session, group_id: GroupId, receiver: MemberId) -> list[OpenSlip]:
    """Return every slip that still waits for that receiver's word, historic ones left out."""
    query = select(*_FACTS, _SLIP.c.id, _SLIP.c.public_id, _SLIP.c.prospect_id).where(
        _SLIP.c.group_id == group_id,
        _SLIP.c.receiver_member_id == receiver,
        _SLIP.c.state.in_(sorted(OPEN)),
        _SLIP.c.is_historic.is_(False),
    )
    return [
        OpenSlip(id=SlipId(row.id), public_id=row.public_id, slip=_slip(row), prospect_id=_prospect_key(row))
        for row in session.execute(query.order_by(_SLIP.c.id))
    ]


def _view_of(group_id: GroupId, public_id: str) -> Select[Any]:
    of_group = _SLIP.c.group_id
    return (
        select(
            *_FACTS,
            _SLIP.c.id,
            _SLIP.c.public_id,
            _SLIP.c.prospect_id,
            _SLIP.c.tier,
            _SLIP.c.how_well,
            _SLIP.c.basis,
            _SLIP.c.about,
            _SLIP.c.known_how,
            _SLIP.c.urgency,
            _SLIP.c.historic_on,
            _SLIP.c.origin,
            func.coalesce(_GIVER_PERSON.c.name, _SLIP.c.giver_outside).label("giver_name"),
            func.coalesce(_GIVER.c.public_id, "").label("giver_public_id"),
            func.coalesce(_RECEIVER_PERSON.c.name, _SLIP.c.receiver_outside).label("receiver_name"),
            func.coalesce(_RECEIVER.c.public_id, "").label("receiver_public_id"),
            func.coalesce(_PROSPECT.c.name, "").label("prospect_name"),
            func.coalesce(_PROSPECT.c.agreed_how, "").label("agreed_how"),
            _PROSPECT.c.agreed_on,
            _PROSPECT.c.redacted_at_utc,
        )
        .select_from(_SLIP)
        .outerjoin(_GIVER, and_(_GIVER.c.group_id == of_group, _GIVER.c.id == _SLIP.c.giver_member_id))
        .outerjoin(_GIVER_PERSON, _GIVER_PERSON.c.id == _GIVER.c.person_id)
        .outerjoin(
            _RECEIVER, and_(_RECEIVER.c.group_id == of_group, _RECEIVER.c.id == _SLIP.c.receiver_member_id)
        )
        .outerjoin(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .outerjoin(_PROSPECT, and_(_PROSPECT.c.group_id == of_group, _PROSPECT.c.id == _SLIP.c.prospect_id))
        .where(of_group == group_id, _SLIP.c.public_id == public_id)
    )


def _view(row: Any) -> SlipView:
    return SlipView(
        id=SlipId(row.id),
        public_id=row.public_id,
        slip=_slip(row),
        giver_name=row.giver_name,
        giver_public_id=row.giver_public_id,
        receiver_name=row.receiver_name,
        receiver_public_id=row.receiver_public_id,
        prospect_id=_prospect_key(row),
        prospect_name=row.prospect_name,
        prospect_is_forgotten=row.redacted_at_utc is not None,
        tier=row.tier,
        how_well=row.how_well,
        basis=row.basis,
        about=row.about,
        known_how=row.known_how,
        urgency=row.urgency,
        agreed_how=row.agreed_how,
        agreed_on=row.agreed_on,
        historic_on=row.historic_on,
        origin=row.origin,
    )


def _slip(row: Any) -> Slip:
    return Slip(
        giver=_member(row.giver_member_id),
        receiver=_member(row.receiver_member_id),
        state=SlipState(row.state),
        passed_at=row.passed_at_utc,
        acknowledged_at=row.acknowledged_at_utc,
        closed_at=row.closed_at_utc,
        news_at=row.news_at_utc,
        exchange=None if row.exchange_id is None else ExchangeId(row.exchange_id),
        told_from=row.told_from_utc,
        version=row.version,
    )


def _prospect_key(row: Any) -> ProspectId | None:
    return ProspectId(row.prospect_id) if row.prospect_id is not None else None


def _member(key: int | None) -> MemberId | None:
    return None if key is None else MemberId(key)


def _step(row: Any) -> StepLine:
    return StepLine(
        number=row.number,
        act=Act(row.act),
        to_state=SlipState(row.to_state),
        at_utc=row.at_utc,
        by_name=row.by_name,
        note=row.note,
    )
