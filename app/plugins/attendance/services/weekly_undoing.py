"""Takes a week-by-week file back: letters nobody changed, meetings it made that are empty, records it submitted."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.intake.effects import Effect, effects_of
from app.core.intake.traces import traces_in_group
from app.core.meetings.models import MeetingRow
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.record import Record, RecordState
from app.plugins.attendance.interface import MarkTakenBack, RecordReopened
from app.plugins.attendance.models import MarkRow, RecordRow
from app.plugins.attendance.services.weekly_taking_in import MADE_MEETING, SUBMITTED_RECORD, WROTE_LETTERS
from app.plugins.attendance.store import save_record

_MARK: Any = MarkRow.__table__
_RECORD: Any = RecordRow.__table__
_MEETING: Any = MeetingRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_AT_ONCE = 500

REOPENED_BECAUSE = N_("An import was undone; letters that were changed since stay.")
"""The written reason beside the ledger, in the language of the house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter that the file wrote and what stands in its place now; `is_changed` where somebody said otherwise."""

    meeting_id: MeetingId
    member_id: MemberId
    name: str
    day: date
    written: str
    stands: str
    is_changed: bool

    @property
    def key(self) -> str:
        """How the leader names it when undoing."""
        return f"mark:{self.meeting_id}:{self.member_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How much of a file was taken back."""

    letters: int
    meetings: int
    kept: int


def written_letters(session: Session, group_id: GroupId, batch_id: int) -> list[WrittenLetter]:
    """Return the letters of the file that still stand, or in whose place another stands, by day and name.

    A letter is changed where the mark is no longer the file's, and where a leader has closed the record anew.
    """
    wrote = {
        _meeting(one): json.loads(one.after) for one in effects_of(session, group_id, batch_id, WROTE_LETTERS)
    }
    own = _own_records(session, group_id, batch_id)
    found = []
    for row in _marks(session, group_id, sorted(wrote)):
        letter = wrote[row.meeting_id].get(str(row.member_id))
        if letter is None:
            continue
        is_its_own = row.batch_id == batch_id and row.status == letter and row.excuse is None
        found.append(
            WrittenLetter(
                meeting_id=MeetingId(row.meeting_id),
                member_id=MemberId(row.member_id),
                name=row.name,
                day=row.local_date,
                written=letter,
                stands=row.status,
                is_changed=not is_its_own
                or (row.state == RecordState.SUBMITTED and own.get(row.meeting_id) != row.record_version),
            )
        )
    return found


def take_back_weeks(work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]) -> Undone:
    """Take back what the file wrote, without what was changed since unless its key is given; the caller commits."""
    letters = written_letters(work.session, group.id, batch_id)
    going = [one for one in letters if not one.is_changed or one.key in also_touched]
    for part in _parts(going):
        _delete_marks(work, group.id, part)
    _let_go_of_records(work, group.id, batch_id)
    made = [_meeting(one) for one in effects_of(work.session, group.id, batch_id, MADE_MEETING)]
    return Undone(
        letters=len(going), meetings=_remove_empty(work, group.id, made), kept=len(letters) - len(going)
    )


def meetings_that_go(session: Session, group_id: GroupId, batch_id: int) -> int:
    """Return how many meetings of the file would be empty once its unchanged letters are gone."""
    made = {_meeting(one) for one in effects_of(session, group_id, batch_id, MADE_MEETING)}
    stays = {one.meeting_id for one in written_letters(session, group_id, batch_id) if one.is_changed}
    return len(made - stays)


def _own_records(session: Session, group_id: GroupId, batch_id: int) -> dict[MeetingId, int]:
    effects = effects_of(session, group_id, batch_id, SUBMITTED_RECORD)
    return {_meeting(one): json.loads(one.after) for one in effects}


def _marks(session: Session, group_id: GroupId, meetings: Sequence[MeetingId]) -> Iterator[Any]:
    for part in _parts(meetings):
        yield from session.execute(
            select(
                _MARK.c.meeting_id,
                _MARK.c.member_id,
                _MARK.c.status,
                _MARK.c.batch_id,
                _MARK.c.excuse,
                _MEETING.c.local_date,
                _PERSON.c.name,
                _RECORD.c.state,
                _RECORD.c.version.label("record_version"),
            )
            .join(
                _MEETING, and_(_MEETING.c.group_id == _MARK.c.group_id, _MEETING.c.id == _MARK.c.meeting_id)
            )
            .join(_MEMBER, and_(_MEMBER.c.group_id == _MARK.c.group_id, _MEMBER.c.id == _MARK.c.member_id))
            .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .outerjoin(
                _RECORD,
                and_(_RECORD.c.group_id == _MARK.c.group_id, _RECORD.c.meeting_id == _MARK.c.meeting_id),
            )
            .where(_MARK.c.group_id == group_id, _MARK.c.meeting_id.in_(part), _MARK.c.status.is_not(None))
            .order_by(_MEETING.c.local_date, _PERSON.c.sort_name)
        )


def _delete_marks(work: UnitOfWork, group_id: GroupId, letters: Sequence[WrittenLetter]) -> None:
    by_meeting: dict[MeetingId, list[MemberId]] = {}
    for one in letters:
        by_meeting.setdefault(one.meeting_id, []).append(one.member_id)
        work.record(
            MarkTakenBack(
                group_id=group_id, meeting_id=one.meeting_id, member_id=one.member_id, old_status=one.stands
            )
        )
    for meeting_id, members in by_meeting.items():
        work.session.execute(
            delete(_MARK).where(
                _MARK.c.group_id == group_id,
                _MARK.c.meeting_id == meeting_id,
                _MARK.c.member_id.in_(members),
            )
        )


def _let_go_of_records(work: UnitOfWork, group_id: GroupId, batch_id: int) -> None:
    """Remove records that the file submitted and that are blank again; open those where changed letters stay."""
    for meeting_id, version in _own_records(work.session, group_id, batch_id).items():
        of_meeting = _RECORD.c.group_id == group_id, _RECORD.c.meeting_id == meeting_id
        found = work.session.scalar(select(_RECORD.c.version).where(*of_meeting))
        if found != version:
            continue
        left = select(_MARK.c.member_id).where(
            _MARK.c.group_id == group_id, _MARK.c.meeting_id == meeting_id, _MARK.c.status.is_not(None)
        )
        if work.session.scalar(left.limit(1)) is None:
            work.session.execute(delete(_RECORD).where(*of_meeting))
            continue
        seen = Record(state=RecordState.SUBMITTED, version=version)
        reopened = seen.reopened()
        save_record(
            work.session,
            group_id=group_id,
            meeting_id=meeting_id,
            seen=seen,
            record=reopened,
            submitted_at=None,
            submitted_by=None,
        )
        work.record(
            RecordReopened(group_id=group_id, meeting_id=meeting_id, record_version=reopened.version),
            reason=REOPENED_BECAUSE,
        )


def _remove_empty(work: UnitOfWork, group_id: GroupId, meetings: Sequence[MeetingId]) -> int:
    """Remove the meetings that the file made, that nobody changed and at which nothing stands; return how many."""
    entries = traces_in_group(work.session, group_id, _MEETING, meetings, besides=frozenset())
    empty = [meeting_id for meeting_id in meetings if not entries[meeting_id]]
    removed = 0
    for part in _parts(empty):
        gone = work.session.execute(
            delete(_MEETING)
            .where(_MEETING.c.group_id == group_id, _MEETING.c.id.in_(part), _MEETING.c.version == 1)
            .returning(_MEETING.c.id)
        )
        removed += len(gone.all())
    return removed


def _meeting(effect: Effect) -> MeetingId:
    return MeetingId(int(effect.subject.removeprefix("meeting:")))


def _parts(things: Iterable[Any]) -> Iterator[Sequence[Any]]:
    listed = list(things)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
