"""Writing excuses and leaves: asked once, settled once, and an approved excuse put beside the letters it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.asking import Asked, Days
from app.plugins.attendance.models import MarkRow
from app.plugins.attendance.models_care import ExcuseRow, LeaveRow

_EXCUSE: Any = ExcuseRow.__table__
_LEAVE: Any = LeaveRow.__table__
_MARK: Any = MarkRow.__table__

_APPROVED = (
    _EXCUSE.c.group_id == _MARK.c.group_id,
    _EXCUSE.c.meeting_id == _MARK.c.meeting_id,
    _EXCUSE.c.member_id == _MARK.c.member_id,
    _EXCUSE.c.state == Asked.APPROVED.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsk:
    """What an excuse and a leave have in common when they are asked; `state` is approved where an office entered it."""

    key: int
    public_id: str
    group_id: GroupId
    member_id: MemberId
    kind: str
    note: str
    asked_by: MemberId
    asked_at: datetime
    is_approved: bool = False

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return {
            "group_id": self.group_id,
            "id": self.key,
            "public_id": self.public_id,
            "member_id": self.member_id,
            "kind": self.kind,
            "note": self.note.strip(),
            "state": Asked.APPROVED.value if self.is_approved else Asked.ASKED.value,
            "asked_at_utc": self.asked_at,
            "asked_by_member_id": self.asked_by,
            "word": "",
            "decided_at_utc": self.asked_at if self.is_approved else None,
            "decided_by_member_id": self.asked_by if self.is_approved else None,
            "version": 1,
        }


def one_at_a_time(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Let what is asked for one member be asked one after the other, so that what was looked up is still true."""
    session.execute(
        select(MemberRow.id)
        .where(MemberRow.group_id == group_id, MemberRow.id == member_id)
        .with_for_update(key_share=True)
    )


def add_excuse(session: Session, ask: NewAsk, *, meeting_id: MeetingId, number: int) -> bool:
    """Keep an excuse; return False where one of this number stands already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(_EXCUSE).values(ask.values() | {"meeting_id": meeting_id, "number": number})
    return session.scalar(new.on_conflict_do_nothing().returning(_EXCUSE.c.id)) is not None


def add_leave(session: Session, ask: NewAsk, days: Days) -> None:
    """Keep a leave."""
    of_days = {"first_day": days.first, "last_day": days.last, "asked_last_day": days.last}
    session.execute(insert(_LEAVE).values(ask.values() | of_days))


def settle_excuse(
    session: Session,
    group_id: GroupId,
    excuse_id: int,
    state: Asked,
    *,
    word: str,
    by: MemberId,
    at: datetime,
) -> bool:
    """Write how an excuse was settled; return False where it was settled before."""
    return _settle(session, _EXCUSE, (group_id, excuse_id), state, word=word, by=by, at=at)


def settle_leave(
    session: Session,
    group_id: GroupId,
    leave_id: int,
    state: Asked,
    *,
    word: str,
    by: MemberId,
    at: datetime,
) -> bool:
    """Write how a leave was settled; return False where it was settled before."""
    return _settle(session, _LEAVE, (group_id, leave_id), state, word=word, by=by, at=at)


def end_leave(
    session: Session, group_id: GroupId, leave_id: int, last_day: date, *, by: MemberId, seen_version: int
) -> bool:
    """Let an approved leave end earlier; return False where it changed meanwhile."""
    changed = (
        update(_LEAVE)
        .where(
            _LEAVE.c.group_id == group_id,
            _LEAVE.c.id == leave_id,
            _LEAVE.c.state == Asked.APPROVED.value,
            _LEAVE.c.version == seen_version,
        )
        .values(last_day=last_day, ended_by_member_id=by, version=_LEAVE.c.version + 1)
        .returning(_LEAVE.c.id)
    )
    return session.scalar(changed) is not None


def put_excuses_beside_marks(session: Session, group_id: GroupId, meetings: Sequence[MeetingId]) -> None:
    """Put the approved excuses beside the marks of these meetings; the letters stay as they are."""
    latest = select(_EXCUSE).where(*_APPROVED).order_by(_EXCUSE.c.number.desc()).limit(1).correlate(_MARK)
    session.execute(
        update(_MARK)
        .where(
            _MARK.c.group_id == group_id,
            _MARK.c.meeting_id.in_(list(meetings)),
            exists().where(*_APPROVED).correlate(_MARK),
        )
        .values(
            excuse=latest.with_only_columns(_EXCUSE.c.kind).scalar_subquery(),
            excused_by_member_id=latest.with_only_columns(_EXCUSE.c.decided_by_member_id).scalar_subquery(),
        )
    )


def _settle(
    session: Session,
    table: Any,
    key: tuple[GroupId, int],
    state: Asked,
    *,
    word: str,
    by: MemberId,
    at: datetime,
) -> bool:
    said: dict[str, Any] = {"state": state.value, "version": table.c.version + 1}
    if state is not Asked.WITHDRAWN:
        said |= {"word": word.strip(), "decided_at_utc": at, "decided_by_member_id": by}
    changed = (
        update(table)
        .where(table.c.group_id == key[0], table.c.id == key[1], table.c.state == Asked.ASKED.value)
        .values(said)
        .returning(table.c.id)
    )
    return session.scalar(changed) is not None
