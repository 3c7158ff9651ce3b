"""Who was asked to be a mentor, who offers it, and whom each looks after."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine, offices_of_members
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.people.models import PersonRow
from app.plugins.firstyear.domain.keys import MentorAskId, StayId
from app.plugins.firstyear.domain.mentoring import OPEN, AskState, Candidate
from app.plugins.firstyear.models import MentorAskRow, MentorOfferRow, StayRow

_ASK = table_of(MentorAskRow)
_MEMBER = table_of(MemberRow)
_OFFER = table_of(MentorOfferRow)
_PERSON = table_of(PersonRow)
_STAY = table_of(StayRow)
_OPEN_STATES = sorted(state.value for state in OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """An ask with the newcomer it is about: name and trade, as much as whoever is asked may know."""

    id: MentorAskId
    public_id: str
    stay_id: StayId
    stay_public_id: str
    mentor_id: MemberId
    newcomer_id: MemberId
    name: str
    first_name: str
    trade: str
    state: AskState
    asked_at_utc: datetime


def open_asks(session: Session, group_id: GroupId) -> list[AskLine]:
    """Return the asks that wait for an answer or were accepted, of stays that run or not, the oldest first."""
    return [_ask(row) for row in session.execute(_asks(group_id))]


def open_asks_of(session: Session, group_id: GroupId, mentor: MemberId) -> list[AskLine]:
    """Return what one member is asked, and the newcomers in their care."""
    return [_ask(row) for row in session.execute(_asks(group_id).where(_ASK.c.mentor_member_id == mentor))]


def ask_in_address(session: Session, group_id: GroupId, public_id: str, mentor: MemberId) -> AskLine | None:
    """Return the open ask with that public id to that member; to everybody else there is none."""
    query = _asks(group_id).where(_ASK.c.public_id == public_id, _ASK.c.mentor_member_id == mentor)
    row = session.execute(query).one_or_none()
    return _ask(row) if row else None


def has_offered(session: Session, group_id: GroupId, member_id: MemberId) -> bool:
    """Return whether the member would gladly be a mentor."""
    query = select(_OFFER.c.member_id).where(_OFFER.c.group_id == group_id, _OFFER.c.member_id == member_id)
    return session.scalar(query) is not None


def candidates(
    session: Session, group: Group, stay_id: StayId, members: list[MemberLine], today: date
) -> list[Candidate]:
    """Return every member as a mentor to be of that stay: three statements, however many there are."""
    offices = offices_of_members(session, group.id, today)
    offered = set(session.scalars(select(_OFFER.c.member_id).where(_OFFER.c.group_id == group.id)))
    asked = session.execute(
        select(_ASK.c.mentor_member_id, _ASK.c.stay_id, _ASK.c.state, _ASK.c.answered_at_utc).where(
            _ASK.c.group_id == group.id
        )
    ).all()
    return [
        Candidate(
            member_id=one.id,
            joined_on=one.joined_on,
            is_in_office=Office.MENTOR in offices.get(one.id, ()),
            has_offered=one.id in offered,
            newcomers=sum(row.state in _OPEN_STATES for row in asked if row.mentor_member_id == one.id),
            last_on=max(
                (
                    local_day(row.answered_at_utc, group.zone)
                    for row in asked
                    if row.mentor_member_id == one.id and row.answered_at_utc and row.state != "declined"
                ),
                default=None,
            ),
            has_declined=any(
                row.mentor_member_id == one.id and row.stay_id == stay_id and row.state not in _OPEN_STATES
                for row in asked
            ),
        )
        for one in members
    ]


def _asks(group_id: GroupId) -> Select[Any]:
    return (
        select(
            _ASK,
            _STAY.c.public_id.label("stay_public_id"),
            _STAY.c.member_id,
            _MEMBER.c.trade,
            _PERSON.c.name,
            _PERSON.c.given_name,
        )
        .join(_STAY, and_(_STAY.c.group_id == _ASK.c.group_id, _STAY.c.id == _ASK.c.stay_id))
        .join(_MEMBER, and_(_MEMBER.c.group_id == _STAY.c.group_id, _MEMBER.c.id == _STAY.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_ASK.c.group_id == group_id, _ASK.c.state.in_(_OPEN_STATES))
        .order_by(_ASK.c.id)
    )


def _ask(row: Any) -> AskLine:
    return AskLine(
        id=MentorAskId(row.id),
        public_id=row.public_id,
        stay_id=StayId(row.stay_id),
        stay_public_id=row.stay_public_id,
        mentor_id=MemberId(row.mentor_member_id),
        newcomer_id=MemberId(row.member_id),
        name=row.name,
        first_name=row.given_name or row.name,
        trade=row.trade,
        state=AskState(row.state),
        asked_at_utc=row.asked_at_utc,
    )
