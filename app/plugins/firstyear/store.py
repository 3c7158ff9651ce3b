"""Writing stays with their induction, plan and mentors, each act one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MemberId
from app.plugins.firstyear.domain.keys import MentorAskId, StayId
from app.plugins.firstyear.domain.mentoring import OPEN, AskState
from app.plugins.firstyear.models import (
    MentorAskRow,
    MentorOfferRow,
    StayRow,
    StepRow,
    StepsRow,
    TalkRow,
    ToMeetRow,
)

_ASK = table_of(MentorAskRow)
_OFFER = table_of(MentorOfferRow)
_STAY = table_of(StayRow)
_STEP = table_of(StepRow)
_STEPS = table_of(StepsRow)
_TALK = table_of(TalkRow)
_TO_MEET = table_of(ToMeetRow)


def add_stay(session: Session, values: dict[str, Any]) -> bool:
    """Keep a stay; return False where it was begun already."""
    return bool(added(session, _STAY, [values]))


def add_steps(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the steps of an induction."""
    session.execute(insert(_STEP), rows)


def add_people(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the people of a plan."""
    if rows:
        session.execute(insert(_TO_MEET), rows)


def add_talks(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Keep talks, without those that stand already; return how many were new."""
    return added(session, _TALK, rows)


def added(session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows that are not there yet; return how many were new."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = 0
    for row in rows:
        statement = dialect.insert(table).values(row).on_conflict_do_nothing().returning(table.c.group_id)
        new += session.scalar(statement) is not None
    return new


def end_stay(session: Session, group_id: GroupId, stay_id: StayId) -> bool:
    """Let a stay be over, once; return False where it was already."""
    own = (_STAY.c.group_id == group_id, _STAY.c.id == stay_id, _STAY.c.state == "running")
    return _changed(session, _STAY, own, {"state": "over", "version": _STAY.c.version + 1})


def name_keeper(
    session: Session, group_id: GroupId, stay_id: StayId, keeper: MemberId | None, *, is_named: bool
) -> bool:
    """Write who looks after a running stay."""
    own = (_STAY.c.group_id == group_id, _STAY.c.id == stay_id, _STAY.c.state == "running")
    values = {"keeper_member_id": keeper, "is_keeper_named": is_named, "version": _STAY.c.version + 1}
    return _changed(session, _STAY, own, values)


def tick_step(
    session: Session, group_id: GroupId, stay_id: StayId, number: int, *, at: datetime | None, by: MemberId
) -> bool:
    """Note that a step was done at that instant, or with None that it was not; return False where it stands so."""
    stands = _STEP.c.done_at_utc.is_(None) if at else _STEP.c.done_at_utc.is_not(None)
    own = (_STEP.c.group_id == group_id, _STEP.c.stay_id == stay_id, _STEP.c.number == number, stands)
    return _changed(session, _STEP, own, {"done_at_utc": at, "done_by_member_id": by if at else None})


def keep_steps(session: Session, group_id: GroupId, steps: str, at: datetime, seen_version: int) -> bool:
    """Write the group's own steps over the version seen (0: none yet); return False if they have changed since."""
    if seen_version == 0:
        row = {"group_id": group_id, "steps": steps, "changed_at_utc": at, "version": 1}
        return bool(added(session, _STEPS, [row]))
    own = (_STEPS.c.group_id == group_id, _STEPS.c.version == seen_version)
    values = {"steps": steps, "changed_at_utc": at, "version": _STEPS.c.version + 1}
    return _changed(session, _STEPS, own, values)


def mark_met(
    session: Session, group_id: GroupId, stay_id: StayId, member_id: MemberId, on: date | None
) -> None:
    """Note the day on which the newcomer met somebody of the plan."""
    own = (_TO_MEET.c.group_id == group_id, _TO_MEET.c.stay_id == stay_id, _TO_MEET.c.member_id == member_id)
    session.execute(update(_TO_MEET).where(*own).values(met_on=on))


def set_aside(session: Session, group_id: GroupId, stay_id: StayId, member_id: MemberId) -> None:
    """Take somebody off the plan."""
    own = (_TO_MEET.c.group_id == group_id, _TO_MEET.c.stay_id == stay_id, _TO_MEET.c.member_id == member_id)
    session.execute(update(_TO_MEET).where(*own).values(is_set_aside=True))


def add_ask(session: Session, values: dict[str, Any]) -> bool:
    """Keep that somebody is asked; return False where somebody else is asked or is the mentor."""
    return bool(added(session, _ASK, [values]))


def answer_ask(
    session: Session, group_id: GroupId, ask_id: MentorAskId, state: AskState, at: datetime
) -> bool:
    """Keep the answer of whoever is asked, once; return False where it no longer waits."""
    own = (_ASK.c.group_id == group_id, _ASK.c.id == ask_id, _ASK.c.state == AskState.ASKED.value)
    ended = None if state is AskState.ACCEPTED else at
    return _changed(session, _ASK, own, {"state": state.value, "answered_at_utc": at, "ended_at_utc": ended})


def end_ask(session: Session, group_id: GroupId, ask_id: MentorAskId, state: AskState, at: datetime) -> bool:
    """Close an open ask, once; return False where it was closed already."""
    is_open = _ASK.c.state.in_(sorted(one.value for one in OPEN))
    own = (_ASK.c.group_id == group_id, _ASK.c.id == ask_id, is_open)
    return _changed(session, _ASK, own, {"state": state.value, "ended_at_utc": at})


def offer(session: Session, group_id: GroupId, member_id: MemberId, at: datetime) -> None:
    """Keep that the member would gladly be a mentor."""
    added(session, _OFFER, [{"group_id": group_id, "member_id": member_id, "offered_at_utc": at}])


def take_back_offer(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Forget that the member would be a mentor."""
    session.execute(delete(_OFFER).where(_OFFER.c.group_id == group_id, _OFFER.c.member_id == member_id))


def lock_stay(session: Session, group_id: GroupId, stay_id: StayId) -> None:
    """Let whoever else changes the mentors or talks of this stay wait."""
    session.execute(
        select(_STAY.c.id).where(_STAY.c.group_id == group_id, _STAY.c.id == stay_id).with_for_update()
    )


def _changed(session: Session, table: Any, where: Sequence[Any], values: dict[str, Any]) -> bool:
    changed = session.execute(update(table).where(*where).values(values).returning(table.c.group_id))
    return changed.first() is not None
