"""Who left, whether they are asked, and what they answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.firstyear.domain.keys import ExitId
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.models import ExitRow

_EXIT = table_of(ExitRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitLine:
    """A leaver and the one question to them."""

    id: ExitId
    public_id: str
    member_id: MemberId
    name: str
    first_name: str
    ended_on: date
    ask_on: date
    state: ExitState
    answer: str
    forget_on: date | None
    is_forgotten: bool


def exits_kept(session: Session, group_id: GroupId) -> list[ExitLine]:
    """Return the leavers who wait to be asked, were asked or answered and are not forgotten, the latest first."""
    query = (
        _exits(group_id)
        .where(_EXIT.c.state != ExitState.OFF.value, _EXIT.c.forgotten_at_utc.is_(None))
        .order_by(_EXIT.c.ended_on.desc(), _EXIT.c.id.desc())
    )
    return [_exit(row) for row in session.execute(query)]


def exits_waiting(session: Session, group_id: GroupId) -> list[ExitLine]:
    """Return the leavers who are still to be asked."""
    return [
        _exit(row)
        for row in session.execute(_exits(group_id).where(_EXIT.c.state == ExitState.WAITING.value))
    ]


def exits_to_forget(session: Session, group_id: GroupId, today: date) -> list[ExitLine]:
    """Return those whose answer's time is over."""
    query = _exits(group_id).where(_EXIT.c.forget_on <= today, _EXIT.c.forgotten_at_utc.is_(None))
    return [_exit(row) for row in session.execute(query)]


def exit_in_address(session: Session, group_id: GroupId, public_id: str) -> ExitLine | None:
    """Return the leaver's row of this group with that public id."""
    row = session.execute(_exits(group_id).where(_EXIT.c.public_id == public_id)).one_or_none()
    return _exit(row) if row else None


def exits_of_member(session: Session, group_id: GroupId, member_id: MemberId) -> list[ExitLine]:
    """Return the rows of one member."""
    return [_exit(row) for row in session.execute(_exits(group_id).where(_EXIT.c.member_id == member_id))]


def _exits(group_id: GroupId) -> Select[Any]:
    return (
        select(_EXIT, _PERSON.c.name, _PERSON.c.given_name)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _EXIT.c.group_id, _MEMBER.c.id == _EXIT.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_EXIT.c.group_id == group_id)
    )


def _exit(row: Any) -> ExitLine:
    return ExitLine(
        id=ExitId(row.id),
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        name=row.name,
        first_name=row.given_name or row.name,
        ended_on=row.ended_on,
        ask_on=row.ask_on,
        state=ExitState(row.state),
        answer=row.answer,
        forget_on=row.forget_on,
        is_forgotten=row.forgotten_at_utc is not None,
    )
