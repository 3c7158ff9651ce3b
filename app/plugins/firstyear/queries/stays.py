"""Whose first year runs, who looks after it, and how far the induction is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow, MemberRow, MembershipRow
from app.core.groups.queries import group_by_slug
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.firstyear.domain.keys import StayId
from app.plugins.firstyear.domain.mentoring import AskState
from app.plugins.firstyear.models import MentorAskRow, StayRow, StepRow, StepsRow, ToMeetRow

_ASK = table_of(MentorAskRow)
_GROUP = table_of(GroupRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_STAY = table_of(StayRow)
_STEP = table_of(StepRow)
_STEPS = table_of(StepsRow)
_TO_MEET = table_of(ToMeetRow)
RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """A stay with its newcomer and keeper; None and empty where there is none.

    `mentor_…` is who accepted, `asked_…` who has not answered yet; `ask_public_id` is of either. `is_standing` where somebody
    belonged to the group before first years were kept: no induction, only the talk about the next year.
    """

    id: StayId
    public_id: str
    member_id: MemberId
    member_public_id: str
    name: str
    first_name: str
    trade: str
    started_on: date
    earlier_until: date | None
    has_plan: bool
    is_standing: bool
    state: str
    keeper_id: MemberId | None
    keeper_name: str
    is_keeper_named: bool
    mentor_id: MemberId | None
    mentor_name: str
    mentor_public_id: str
    asked_id: MemberId | None
    asked_name: str
    asked_at_utc: datetime | None
    ask_public_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of somebody's induction."""

    number: int
    text: str
    done_at_utc: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsLine:
    """The group's own steps; `version` 0 where it uses the usual ones."""

    steps: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMeetLine:
    """Somebody on a plan who still is a member."""

    member_id: MemberId
    public_id: str
    name: str
    firm: str
    trade: str
    reason: str
    met_on: date | None


def group_of(session: Session, group_id: GroupId) -> Group:
    """Return the group with that key, which exists: for handlers, which have no page."""
    slug = session.scalar(select(_GROUP.c.slug).where(_GROUP.c.id == group_id))
    found = group_by_slug(session, str(slug))
    if found is None:
        raise LookupError(f"There is no group with the key {group_id}.")
    return found


def running_stays(session: Session, group_id: GroupId, since: date = date.min) -> list[StayLine]:
    """Return the stays that run and began on `since` or later, the latest first."""
    query = _stays(group_id).where(_STAY.c.state == RUNNING, _STAY.c.started_on >= since)
    return [
        _stay(row) for row in session.execute(query.order_by(_STAY.c.started_on.desc(), _STAY.c.id.desc()))
    ]


def stay_in_address(session: Session, group_id: GroupId, public_id: str) -> StayLine | None:
    """Return the running stay of this group with that public id."""
    query = _stays(group_id).where(_STAY.c.public_id == public_id, _STAY.c.state == RUNNING)
    row = session.execute(query).one_or_none()
    return _stay(row) if row else None


def stay_by_key(session: Session, group_id: GroupId, stay_id: StayId) -> StayLine:
    """Return the stay with that key, running or over; there must be one."""
    return _stay(session.execute(_stays(group_id).where(_STAY.c.id == stay_id)).one())


def stay_of_member(session: Session, group_id: GroupId, member_id: MemberId) -> StayLine | None:
    """Return the running stay of a member, if there is one."""
    query = _stays(group_id).where(_STAY.c.member_id == member_id, _STAY.c.state == RUNNING)
    row = session.execute(query.order_by(_STAY.c.started_on.desc()).limit(1)).one_or_none()
    return _stay(row) if row else None


def has_stay(session: Session, group_id: GroupId, member_id: MemberId, started_on: date) -> bool:
    """Return whether that stay was begun already."""
    query = select(_STAY.c.id).where(
        _STAY.c.group_id == group_id, _STAY.c.member_id == member_id, _STAY.c.started_on == started_on
    )
    return session.scalar(query) is not None


def stays_begun(session: Session, group_id: GroupId) -> frozenset[tuple[MemberId, date]]:
    """Return the member and first day of every stay that was ever begun."""
    query = select(_STAY.c.member_id, _STAY.c.started_on).where(_STAY.c.group_id == group_id)
    return frozenset((MemberId(row.member_id), row.started_on) for row in session.execute(query))


def earlier_stays(
    session: Session, group_id: GroupId, member_id: MemberId, before: date
) -> list[tuple[date, date]]:
    """Return first and last day of the memberships that ended before that day, the latest first."""
    query = (
        select(_MEMBERSHIP.c.started_on, _MEMBERSHIP.c.ended_on)
        .where(
            _MEMBERSHIP.c.group_id == group_id,
            _MEMBERSHIP.c.member_id == member_id,
            _MEMBERSHIP.c.started_on < before,
            _MEMBERSHIP.c.ended_on.is_not(None),
            _MEMBERSHIP.c.ended_on < before,
        )
        .order_by(_MEMBERSHIP.c.started_on.desc())
    )
    return [(row.started_on, row.ended_on) for row in session.execute(query)]


def steps_of(session: Session, group_id: GroupId, stay_id: StayId) -> list[StepLine]:
    """Return the steps of one induction in their order."""
    query = (
        select(_STEP, _PERSON.c.name)
        .outerjoin(
            _MEMBER, and_(_MEMBER.c.group_id == _STEP.c.group_id, _MEMBER.c.id == _STEP.c.done_by_member_id)
        )
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_STEP.c.group_id == group_id, _STEP.c.stay_id == stay_id)
        .order_by(_STEP.c.number)
    )
    return [
        StepLine(number=row.number, text=row.text, done_at_utc=row.done_at_utc, done_by=row.name or "")
        for row in session.execute(query)
    ]


def steps_left(session: Session, group_id: GroupId) -> dict[StayId, int]:
    """Return how many steps of the induction are still to be done in each running stay that has any."""
    query = (
        select(_STEP.c.stay_id, func.count().label("steps"))
        .join(_STAY, and_(_STAY.c.group_id == _STEP.c.group_id, _STAY.c.id == _STEP.c.stay_id))
        .where(_STEP.c.group_id == group_id, _STEP.c.done_at_utc.is_(None), _STAY.c.state == RUNNING)
        .group_by(_STEP.c.stay_id)
    )
    return {StayId(row.stay_id): row.steps for row in session.execute(query)}


def own_steps(session: Session, group_id: GroupId) -> StepsLine:
    """Return the group's own steps, empty where it has none."""
    row = session.execute(select(_STEPS).where(_STEPS.c.group_id == group_id)).one_or_none()
    if row is None:
        return StepsLine(steps="", version=0)
    return StepsLine(steps=row.steps, version=row.version)


def people_of_plan(session: Session, group_id: GroupId, stay_id: StayId, today: date) -> list[ToMeetLine]:
    """Return who is on the plan, was not set aside and still is a member."""
    is_member = (
        select(_MEMBERSHIP.c.id)
        .where(
            _MEMBERSHIP.c.group_id == _TO_MEET.c.group_id,
            _MEMBERSHIP.c.member_id == _TO_MEET.c.member_id,
            _MEMBERSHIP.c.started_on <= today,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
        )
        .exists()
    )
    query = (
        select(_TO_MEET, _MEMBER.c.public_id, _MEMBER.c.firm, _MEMBER.c.trade, _PERSON.c.name)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _TO_MEET.c.group_id, _MEMBER.c.id == _TO_MEET.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _TO_MEET.c.group_id == group_id,
            _TO_MEET.c.stay_id == stay_id,
            _TO_MEET.c.is_set_aside.is_(False),
            is_member,
        )
        .order_by(_TO_MEET.c.position)
    )
    return [
        ToMeetLine(
            member_id=MemberId(row.member_id),
            public_id=row.public_id,
            name=row.name,
            firm=row.firm,
            trade=row.trade,
            reason=row.reason,
            met_on=row.met_on,
        )
        for row in session.execute(query)
    ]


def _stays(group_id: GroupId) -> Select[Any]:
    keeper, keeping = aliased(_MEMBER), aliased(_PERSON)
    mentor, mentoring = aliased(_MEMBER), aliased(_PERSON)
    steps = select(_STEP.c.number).where(_STEP.c.group_id == _STAY.c.group_id, _STEP.c.stay_id == _STAY.c.id)
    return (
        select(
            _STAY,
            steps.exists().label("has_induction"),
            _MEMBER.c.public_id.label("member_public_id"),
            _MEMBER.c.trade,
            _PERSON.c.name,
            _PERSON.c.given_name,
            keeping.c.name.label("keeper_name"),
            _ASK.c.state.label("ask_state"),
            _ASK.c.public_id.label("ask_public_id"),
            _ASK.c.asked_at_utc,
            _ASK.c.mentor_member_id,
            mentor.c.public_id.label("mentor_public_id"),
            mentoring.c.name.label("mentor_name"),
        )
        .join(_MEMBER, and_(_MEMBER.c.group_id == _STAY.c.group_id, _MEMBER.c.id == _STAY.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            keeper, and_(keeper.c.group_id == _STAY.c.group_id, keeper.c.id == _STAY.c.keeper_member_id)
        )
        .outerjoin(keeping, keeping.c.id == keeper.c.person_id)
        .outerjoin(
            _ASK,
            and_(
                _ASK.c.group_id == _STAY.c.group_id,
                _ASK.c.stay_id == _STAY.c.id,
                _ASK.c.state.in_((AskState.ASKED.value, AskState.ACCEPTED.value)),
            ),
        )
        .outerjoin(mentor, and_(mentor.c.group_id == _ASK.c.group_id, mentor.c.id == _ASK.c.mentor_member_id))
        .outerjoin(mentoring, mentoring.c.id == mentor.c.person_id)
        .where(_STAY.c.group_id == group_id)
    )


def _stay(row: Any) -> StayLine:
    is_accepted = row.ask_state == AskState.ACCEPTED.value
    is_asked = row.ask_state == AskState.ASKED.value
    return StayLine(
        id=StayId(row.id),
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        member_public_id=row.member_public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        trade=row.trade,
        started_on=row.started_on,
        earlier_until=row.earlier_until,
        has_plan=row.has_plan,
        is_standing=not (row.has_plan or row.has_induction),
        state=row.state,
        keeper_id=MemberId(row.keeper_member_id) if row.keeper_member_id else None,
        keeper_name=row.keeper_name or "",
        is_keeper_named=row.is_keeper_named,
        mentor_id=MemberId(row.mentor_member_id) if is_accepted else None,
        mentor_name=row.mentor_name if is_accepted else "",
        mentor_public_id=row.mentor_public_id if is_accepted else "",
        asked_id=MemberId(row.mentor_member_id) if is_asked else None,
        asked_name=row.mentor_name if is_asked else "",
        asked_at_utc=row.asked_at_utc if is_asked else None,
        ask_public_id=row.ask_public_id or "",
        version=row.version,
    )
