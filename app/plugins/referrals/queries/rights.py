"""What is held about prospects: whose time has come, who is reached at a contact, and all that a link shows to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import ExchangeId, GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.slip import OPEN
from app.plugins.referrals.models import ProspectRow, SlipRow

_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_GIVER: Any = _MEMBER.alias("giver")
_GIVER_PERSON: Any = _PERSON.alias("giver_person")
_RECEIVER: Any = _MEMBER.alias("receiver")
_RECEIVER_PERSON: Any = _PERSON.alias("receiver_person")
_IS_HELD = _PROSPECT.c.redacted_at_utc.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A slip with all that it says of its prospect, and its two sides."""

    slip_id: SlipId
    slip: str
    exchange: ExchangeId | None
    prospect_id: ProspectId
    giver: MemberId | None
    giver_name: str
    receiver: MemberId | None
    receiver_name: str
    name: str
    contact: str
    about: str
    has_agreed: bool
    agreed_on: date | None
    created_at: datetime
    expires_on: date | None


def held_about(session: Session, group_id: GroupId, slip: str) -> Held | None:
    """Return what the slip says of its prospect; None once it is forgotten. To be asked for a signed link only."""
    row = session.execute(_held(group_id).where(_SLIP.c.public_id == slip)).one_or_none()
    return _line(row) if row else None


def due_for_forgetting(
    session: Session, group_id: GroupId, *, today: date, silent_since: datetime
) -> Sequence[Held]:
    """Return those whose slip ended and whose day has come, and those of whose open slip nobody said a word since."""
    is_open = _SLIP.c.state.in_(sorted(OPEN))
    has_ended = and_(~is_open, _PROSPECT.c.expires_on <= today)
    return _all(session, group_id, or_(has_ended, and_(is_open, _SLIP.c.news_at_utc <= silent_since)))


def all_held(session: Session, group_id: GroupId) -> Sequence[Held]:
    """Return every prospect who is held. To look for a contact that its owner gave; never to be shown."""
    return _all(session, group_id, _IS_HELD)


def _all(session: Session, group_id: GroupId, which: ColumnElement[bool]) -> Sequence[Held]:
    return [_line(row) for row in session.execute(_held(group_id).where(which).order_by(_SLIP.c.id))]


def _held(group_id: GroupId) -> Select[Any]:
    of_group = _SLIP.c.group_id
    return (
        select(
            _SLIP.c.id.label("slip_id"),
            _SLIP.c.public_id.label("slip"),
            _SLIP.c.exchange_id,
            _SLIP.c.prospect_id,
            _SLIP.c.giver_member_id,
            func.coalesce(_GIVER_PERSON.c.name, _SLIP.c.giver_outside).label("giver_name"),
            _SLIP.c.receiver_member_id,
            func.coalesce(_RECEIVER_PERSON.c.name, _SLIP.c.receiver_outside).label("receiver_name"),
            _PROSPECT.c.name,
            _PROSPECT.c.contact,
            _SLIP.c.about,
            _PROSPECT.c.agreed,
            _PROSPECT.c.agreed_on,
            _PROSPECT.c.created_at_utc,
            _PROSPECT.c.expires_on,
        )
        .select_from(_SLIP)
        .join(_PROSPECT, and_(_PROSPECT.c.group_id == of_group, _PROSPECT.c.id == _SLIP.c.prospect_id))
        .outerjoin(_GIVER, and_(_GIVER.c.group_id == of_group, _GIVER.c.id == _SLIP.c.giver_member_id))
        .outerjoin(_GIVER_PERSON, _GIVER_PERSON.c.id == _GIVER.c.person_id)
        .outerjoin(
            _RECEIVER, and_(_RECEIVER.c.group_id == of_group, _RECEIVER.c.id == _SLIP.c.receiver_member_id)
        )
        .outerjoin(_RECEIVER_PERSON, _RECEIVER_PERSON.c.id == _RECEIVER.c.person_id)
        .where(of_group == group_id, _IS_HELD)
    )


def _line(row: Any) -> Held:
    return Held(
        slip_id=SlipId(row.slip_id),
        slip=row.slip,
        exchange=None if row.exchange_id is None else ExchangeId(row.exchange_id),
        prospect_id=ProspectId(row.prospect_id),
        giver=_member(row.giver_member_id),
        giver_name=row.giver_name,
        receiver=_member(row.receiver_member_id),
        receiver_name=row.receiver_name,
        name=row.name,
        contact=row.contact,
        about=row.about,
        has_agreed=row.agreed,
        agreed_on=row.agreed_on,
        created_at=row.created_at_utc,
        expires_on=row.expires_on,
    )


def _member(key: int | None) -> MemberId | None:
    return None if key is None else MemberId(key)
