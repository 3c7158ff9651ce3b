"""Writing greetings, what was done for a guest, whom somebody put aside, and who spoke, each act one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MemberId
from app.core.meetings.models import MeetingRow
from app.core.notices.models import OutgoingMailRow
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_greeting import (
    GreetingRow,
    GreetingStepRow,
    PutAsideRow,
    SaidNoRow,
    ShownToVisitorsRow,
    SpokeRow,
)

_GREETING = table_of(GreetingRow)
_NO = table_of(SaidNoRow)
_STEP = table_of(GreetingStepRow)
_ASIDE = table_of(PutAsideRow)
_SPOKE = table_of(SpokeRow)
_SHOWN = table_of(ShownToVisitorsRow)
_VISITOR = table_of(VisitorRow)
_MEETING = table_of(MeetingRow)
_MAIL = table_of(OutgoingMailRow)


def add_greeting(session: Session, values: dict[str, Any]) -> bool:
    """Keep the greeting of a guest at a meeting; return False where somebody else was quicker."""
    row = _or_nothing(session, GreetingRow, values).returning(GreetingRow.id)
    return session.scalar(row) is not None


def change_greeting(
    session: Session, group_id: GroupId, greeting_id: int, seen_version: int, values: dict[str, Any]
) -> bool:
    """Write where a greeting stands over the version seen; return False if it has changed since."""
    changed = session.execute(
        update(_GREETING)
        .where(
            _GREETING.c.group_id == group_id,
            _GREETING.c.id == greeting_id,
            _GREETING.c.version == seen_version,
        )
        .values(**values, version=_GREETING.c.version + 1)
        .returning(_GREETING.c.id)
    )
    return changed.one_or_none() is not None


def note_no(session: Session, group_id: GroupId, greeting_id: int, member_id: MemberId, at: datetime) -> None:
    """Note that the member cannot greet this guest."""
    values = {"group_id": group_id, "greeting_id": greeting_id, "member_id": member_id, "at_utc": at}
    session.execute(_or_nothing(session, SaidNoRow, values))


def note_step(
    session: Session,
    group_id: GroupId,
    greeting_id: int,
    step: str,
    *,
    with_member: MemberId | None,
    at: datetime,
) -> None:
    """Note that something was done for the guest; said again, the latest holds."""
    undo_step(session, group_id, greeting_id, step)
    values = {
        "group_id": group_id,
        "greeting_id": greeting_id,
        "step": step,
        "with_member_id": with_member,
        "done_at_utc": at,
    }
    session.execute(insert(_STEP).values(values))


def undo_step(session: Session, group_id: GroupId, greeting_id: int, step: str) -> None:
    """Take back that something was done for the guest."""
    session.execute(
        delete(_STEP).where(
            _STEP.c.group_id == group_id, _STEP.c.greeting_id == greeting_id, _STEP.c.step == step
        )
    )


def put_aside(session: Session, values: dict[str, Any]) -> None:
    """Keep that somebody is not to be named to this visitor or newcomer; twice is once."""
    session.execute(_or_nothing(session, PutAsideRow, values))


def keep_spoken(
    session: Session, group_id: GroupId, visitor_id: int, member_id: MemberId, values: dict[str, Any]
) -> None:
    """Write what one of the two says; the other's word stays as it stands."""
    own = {"group_id": group_id, "visitor_id": visitor_id, "member_id": member_id}
    usual = {
        "visitor_shares_email": False,
        "visitor_shares_phone": False,
        "member_shares_email": False,
        "member_shares_phone": False,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(SpokeRow).values({**usual, **own, **values})
    session.execute(
        row.on_conflict_do_update(index_elements=["group_id", "visitor_id", "member_id"], set_=values)
    )


def keep_shown(session: Session, group_id: GroupId, member_id: MemberId, at: datetime) -> None:
    """Keep that the member may be named to visitors."""
    values = {"group_id": group_id, "member_id": member_id, "since_utc": at}
    session.execute(_or_nothing(session, ShownToVisitorsRow, values))


def keep_hidden(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Keep that the member is not named to visitors."""
    session.execute(delete(_SHOWN).where(_SHOWN.c.group_id == group_id, _SHOWN.c.member_id == member_id))


def take_out_unsent(session: Session, group_id: GroupId, subject_key: str) -> None:
    """Take the mails of a greeting out of the outbox that have not left."""
    session.execute(
        delete(_MAIL).where(
            _MAIL.c.group_id == group_id,
            _MAIL.c.subject_key == subject_key,
            _MAIL.c.state.in_(("waiting", "held")),
        )
    )


def forget_greetings(session: Session, group_id: GroupId, greeting_ids: Sequence[int]) -> None:
    """Delete greetings with all that hangs on them."""
    for table in (_STEP, _NO):
        session.execute(
            delete(table).where(table.c.group_id == group_id, table.c.greeting_id.in_(greeting_ids))
        )
    session.execute(
        delete(_GREETING).where(_GREETING.c.group_id == group_id, _GREETING.c.id.in_(greeting_ids))
    )


def forget_people_of_visitors(session: Session, group_id: GroupId, visitor_ids: Sequence[int]) -> int:
    """Delete whom these visitors put aside and with whom they spoke; return how many rows."""
    gone = 0
    for table in (_ASIDE, _SPOKE):
        statement = delete(table).where(table.c.group_id == group_id, table.c.visitor_id.in_(visitor_ids))
        gone += len(session.execute(statement.returning(table.c.member_id)).all())
    return gone


def forget_old_people(session: Session, group_id: GroupId, before: date, at: datetime) -> int:
    """Delete what two said of visits before that day, and what was put aside before that instant; return how many rows."""
    old = select(_VISITOR.c.id).where(_VISITOR.c.group_id == group_id, _VISITOR.c.came_on < before)
    spoken = delete(_SPOKE).where(_SPOKE.c.group_id == group_id, _SPOKE.c.visitor_id.in_(old))
    aside = delete(_ASIDE).where(_ASIDE.c.group_id == group_id, _ASIDE.c.at_utc < at)
    gone = len(session.execute(spoken.returning(_SPOKE.c.visitor_id)).all())
    return gone + len(session.execute(aside.returning(_ASIDE.c.id)).all())


def greetings_to_forget(session: Session, group_id: GroupId, before: date) -> list[tuple[int, str]]:
    """Return key and public id of greetings of meetings before that day, and of visitors who are forgotten."""
    query = (
        select(_GREETING.c.id, _GREETING.c.public_id)
        .select_from(_GREETING)
        .join(
            _MEETING,
            (_MEETING.c.group_id == _GREETING.c.group_id) & (_MEETING.c.id == _GREETING.c.meeting_id),
        )
        .outerjoin(
            _VISITOR,
            (_VISITOR.c.group_id == _GREETING.c.group_id) & (_VISITOR.c.id == _GREETING.c.visitor_id),
        )
        .where(
            _GREETING.c.group_id == group_id,
            or_(_MEETING.c.local_date < before, _VISITOR.c.forgotten_at_utc.is_not(None)),
        )
    )
    return [(row.id, row.public_id) for row in session.execute(query)]


def greetings_of_forgotten(session: Session, group_id: GroupId, visitor_id: int) -> list[tuple[int, str]]:
    """Return key and public id of the greetings of a visitor."""
    query = select(_GREETING.c.id, _GREETING.c.public_id).where(
        _GREETING.c.group_id == group_id, _GREETING.c.visitor_id == visitor_id
    )
    return [(row.id, row.public_id) for row in session.execute(query)]


def greeters_still_ready(
    session: Session, group_id: GroupId, visitor_id: int, now: datetime
) -> list[tuple[MemberId, date]]:
    """Return who is asked or ready to receive the visitor at meetings to come, and the day."""
    query = (
        select(_GREETING.c.greeter_member_id, _MEETING.c.local_date)
        .join(
            _MEETING,
            (_MEETING.c.group_id == _GREETING.c.group_id) & (_MEETING.c.id == _GREETING.c.meeting_id),
        )
        .where(
            _GREETING.c.group_id == group_id,
            _GREETING.c.visitor_id == visitor_id,
            _GREETING.c.greeter_member_id.is_not(None),
            _MEETING.c.starts_at_utc > now,
        )
    )
    return [(MemberId(row.greeter_member_id), row.local_date) for row in session.execute(query)]


def forgotten_visitors_who_spoke(session: Session, group_id: GroupId) -> list[int]:
    """Return the visitors who are forgotten while something still hangs on them."""
    said = select(_SPOKE.c.visitor_id).where(_SPOKE.c.group_id == group_id)
    aside = select(_ASIDE.c.visitor_id).where(_ASIDE.c.group_id == group_id)
    query = select(_VISITOR.c.id).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.forgotten_at_utc.is_not(None),
        or_(_VISITOR.c.id.in_(said), _VISITOR.c.id.in_(aside)),
    )
    return list(session.scalars(query))


def make_room(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Take away what both records of one human said of the same guest, visitor or newcomer; that of `kept` stays."""
    for table, member, thing in (
        (_NO, _NO.c.member_id, _NO.c.greeting_id),
        (_SPOKE, _SPOKE.c.member_id, _SPOKE.c.visitor_id),
        (_ASIDE, _ASIDE.c.member_id, _ASIDE.c.visitor_id),
        (_ASIDE, _ASIDE.c.member_id, _ASIDE.c.newcomer_member_id),
        (_ASIDE, _ASIDE.c.newcomer_member_id, _ASIDE.c.member_id),
    ):
        of_both = select(thing).where(table.c.group_id == group_id, member == kept, thing.is_not(None))
        session.execute(delete(table).where(table.c.group_id == group_id, member == gone, thing.in_(of_both)))


def _or_nothing(session: Session, row: type[Any], values: dict[str, Any]) -> Any:
    """Return the statement that keeps the row unless it stands already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(row).values(values).on_conflict_do_nothing()
