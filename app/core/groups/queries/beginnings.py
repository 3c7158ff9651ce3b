"""How far a new group has come: what its first steps ask of core, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.access.models import AccountRow, InvitationRow
from app.core.database import table_of
from app.core.groups.domain.office import LEADERS
from app.core.groups.models import MemberRow, MembershipRow, OfficeTermRow, StepSetAsideRow
from app.core.ids import GroupId
from app.core.intake.models import ImportBatchRow
from app.core.ledger.models import LedgerEntryRow
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.models import MeetingRow

_ACCOUNT = table_of(AccountRow)
_BATCH = table_of(ImportBatchRow)
_ENTRY = table_of(LedgerEntryRow)
_INVITATION = table_of(InvitationRow)
_MEETING = table_of(MeetingRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_OFFICE = table_of(OfficeTermRow)
_SET_ASIDE = table_of(StepSetAsideRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginnings:
    """What a group has done so far, which of its first steps were set aside, and which kinds of event it has seen."""

    members: int
    not_invited: int
    leaders: int
    coming_meetings: int
    coming_meetings_with_place: int
    imports: int
    set_aside: frozenset[str]
    happened: frozenset[str]


def beginnings_of(
    session: Session, group_id: GroupId, today: date, now: datetime, kinds: frozenset[str]
) -> Beginnings:
    """Return how far the group has come on `today`, and which of the `kinds` of event ever happened in it."""
    coming = _meetings(group_id, now)
    with_place = coming.where(or_(_MEETING.c.place != "", _MEETING.c.call_link != ""))
    counted = {
        "members": _members(group_id, today),
        "not_invited": _members(group_id, today).where(~_is_invited()),
        "leaders": _leaders(group_id, today),
        "coming": coming,
        "with_place": with_place,
        "imports": select(func.count())
        .select_from(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.state == "applied"),
    }
    parts: list[Select[str, str, int]] = [
        select(literal("count").label("what"), literal(name).label("name"), query.scalar_subquery())
        for name, query in counted.items()
    ]
    aside = select(literal("aside"), _SET_ASIDE.c.step, literal(0)).where(_SET_ASIDE.c.group_id == group_id)
    happened = (
        select(literal("event"), _ENTRY.c.kind, literal(0))
        .where(_ENTRY.c.group_id == group_id, _ENTRY.c.kind.in_(sorted(kinds)))
        .distinct()
    )
    rows = session.execute(union_all(*parts, aside, happened)).all()
    numbers = {name: number for what, name, number in rows if what == "count"}
    return Beginnings(
        members=numbers["members"],
        not_invited=numbers["not_invited"],
        leaders=numbers["leaders"],
        coming_meetings=numbers["coming"],
        coming_meetings_with_place=numbers["with_place"],
        imports=numbers["imports"],
        set_aside=frozenset(name for what, name, _number in rows if what == "aside"),
        happened=frozenset(name for what, name, _number in rows if what == "event"),
    )


def _members(group_id: GroupId, today: date) -> Select[int]:
    """Count the members of the group on `today`."""
    return (
        select(func.count())
        .select_from(_MEMBER)
        .where(
            _MEMBER.c.group_id == group_id,
            exists().where(
                _MEMBERSHIP.c.group_id == group_id,
                _MEMBERSHIP.c.member_id == _MEMBER.c.id,
                _MEMBERSHIP.c.started_on <= today,
                or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
            ),
        )
    )


def _is_invited() -> ColumnElement[bool]:
    """Whether the member has an account already, or was sent an invitation."""
    return or_(
        exists().where(_ACCOUNT.c.person_id == _MEMBER.c.person_id),
        exists().where(
            and_(_INVITATION.c.group_id == _MEMBER.c.group_id, _INVITATION.c.member_id == _MEMBER.c.id)
        ),
    )


def _leaders(group_id: GroupId, today: date) -> Select[int]:
    return (
        select(func.count(_OFFICE.c.member_id.distinct()))
        .select_from(_OFFICE)
        .where(
            _OFFICE.c.group_id == group_id,
            _OFFICE.c.office.in_(sorted(LEADERS)),
            _OFFICE.c.starts_on <= today,
            or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= today),
        )
    )


def _meetings(group_id: GroupId, now: datetime) -> Select[int]:
    return (
        select(func.count())
        .select_from(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.state == MeetingState.PLANNED.value,
            _MEETING.c.ends_at_utc > now,
        )
    )
