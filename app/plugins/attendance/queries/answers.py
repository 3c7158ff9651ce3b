"""What members said of a meeting beforehand: one's own word, everybody's, and who is expected. One statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.models import MeetingRow
from app.plugins.attendance.domain.answers import Intent, Via
from app.plugins.attendance.models import AnswerRow
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.roster import Roster, RosterLine

_ANSWER: Any = AnswerRow.__table__
_MEETING: Any = MeetingRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What a member said of a meeting. `is_current` is False once the meeting has been moved since."""

    member_id: MemberId
    intent: Intent
    substitute_name: str
    via: Via
    said_at_utc: datetime
    for_starts_at_utc: datetime
    is_current: bool
    version: int


def answers_of(session: Session, group_id: GroupId, meeting_id: MeetingId) -> dict[MemberId, AnswerLine]:
    """Return what was said of the meeting, by member; those who said nothing are left out."""
    rows = session.execute(_answers(group_id, meeting_id))
    return {MemberId(row.member_id): _line(row) for row in rows}


def answer_of(
    session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId
) -> AnswerLine | None:
    """Return what one member said of the meeting."""
    row = session.execute(
        _answers(group_id, meeting_id).where(_ANSWER.c.member_id == member_id)
    ).one_or_none()
    return _line(row) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """A meeting ahead with what one member said of it; `intent` is None where they said nothing yet.

    `has_letter` says that the record knows already: who is in the room is asked no more.
    """

    meeting_public_id: str
    local_date: date
    zone: str
    starts_at_utc: datetime
    intent: Intent | None
    substitute_name: str
    is_current: bool
    has_letter: bool


def own_answer_ahead(
    session: Session, group_id: GroupId, member_id: MemberId, now: datetime
) -> OwnAnswer | None:
    """Return the next meeting that has not begun and takes place, with what the member said of it."""
    query = (
        _meeting_with_answer(group_id, member_id)
        .where(_MEETING.c.starts_at_utc > now, _MEETING.c.state == MeetingState.PLANNED.value)
        .order_by(_MEETING.c.starts_at_utc)
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return _own(row) if row else None


def own_answer_of(
    session: Session, group_id: GroupId, member_id: MemberId, meeting_id: MeetingId
) -> OwnAnswer | None:
    """Return one meeting with what the member said of it."""
    query = _meeting_with_answer(group_id, member_id).where(_MEETING.c.id == meeting_id)
    row = session.execute(query).one_or_none()
    return _own(row) if row else None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Everyone of a meeting's day, by what they said of it. What was said for an old time is no word for the new one."""

    lines: Sequence[RosterLine]
    answers: Mapping[MemberId, AnswerLine]

    @cached_property
    def coming(self) -> list[RosterLine]:
        """Those who come."""
        return self._who_said(Intent.COMING)

    @cached_property
    def late(self) -> list[RosterLine]:
        """Those who come late."""
        return self._who_said(Intent.LATE)

    @cached_property
    def substitutes(self) -> list[tuple[RosterLine, str]]:
        """Those who send somebody, each with the name of who comes."""
        return [
            (line, self.answers[line.member_id].substitute_name) for line in self._who_said(Intent.SUBSTITUTE)
        ]

    @cached_property
    def apologies(self) -> list[RosterLine]:
        """Those who cannot come."""
        return self._who_said(Intent.APOLOGIES)

    @cached_property
    def on_leave(self) -> list[RosterLine]:
        """Those on approved leave, of whom nothing else was said: nobody waits for their word."""
        return [line for line in self.lines if line.is_on_leave and self._current(line.member_id) is None]

    @cached_property
    def no_word(self) -> list[RosterLine]:
        """Those who have not said anything of the meeting as it stands."""
        return [line for line in self.lines if not line.is_on_leave and self._current(line.member_id) is None]

    @cached_property
    def for_old_time(self) -> list[tuple[RosterLine, AnswerLine]]:
        """Those who said something before the meeting was moved, with what they said."""
        return [
            (line, self.answers[line.member_id]) for line in self.no_word if line.member_id in self.answers
        ]

    def _who_said(self, intent: Intent) -> list[RosterLine]:
        return [line for line in self.lines if self._current(line.member_id) is intent]

    def _current(self, member_id: MemberId) -> Intent | None:
        answer = self.answers.get(member_id)
        return answer.intent if answer and answer.is_current else None


def expected_at(session: Session, group_id: GroupId, roster: Roster) -> Expected:
    """Return who is expected at the meeting of `roster`: its members of the day, sorted by what they said."""
    answers = answers_of(session, group_id, roster.meeting.id)
    return Expected(lines=[line for line in roster.lines if line.was_member], answers=answers)


def _answers(group_id: GroupId, meeting_id: MeetingId) -> Any:
    return (
        select(_ANSWER, _MEETING.c.starts_at_utc)
        .join(
            _MEETING,
            and_(_MEETING.c.group_id == _ANSWER.c.group_id, _MEETING.c.id == _ANSWER.c.meeting_id),
        )
        .where(_ANSWER.c.group_id == group_id, _ANSWER.c.meeting_id == meeting_id)
    )


def _meeting_with_answer(group_id: GroupId, member_id: MemberId) -> Any:
    has_letter = exists().where(
        MARK.c.group_id == _MEETING.c.group_id,
        MARK.c.meeting_id == _MEETING.c.id,
        MARK.c.member_id == member_id,
        MARK.c.status.is_not(None),
    )
    is_theirs = and_(
        _ANSWER.c.group_id == _MEETING.c.group_id,
        _ANSWER.c.meeting_id == _MEETING.c.id,
        _ANSWER.c.member_id == member_id,
    )
    return (
        select(
            _MEETING.c.public_id,
            _MEETING.c.local_date,
            _MEETING.c.zone,
            _MEETING.c.starts_at_utc,
            _ANSWER.c.answer,
            _ANSWER.c.substitute_name,
            _ANSWER.c.for_starts_at_utc,
            has_letter.label("has_letter"),
        )
        .outerjoin(_ANSWER, is_theirs)
        .where(_MEETING.c.group_id == group_id)
    )


def _own(row: Any) -> OwnAnswer:
    return OwnAnswer(
        meeting_public_id=row.public_id,
        local_date=row.local_date,
        zone=row.zone,
        starts_at_utc=row.starts_at_utc,
        intent=Intent(row.answer) if row.answer else None,
        substitute_name=row.substitute_name or "",
        is_current=row.for_starts_at_utc == row.starts_at_utc,
        has_letter=bool(row.has_letter),
    )


def _line(row: Any) -> AnswerLine:
    return AnswerLine(
        member_id=MemberId(row.member_id),
        intent=Intent(row.answer),
        substitute_name=row.substitute_name,
        via=Via(row.via),
        said_at_utc=row.said_at_utc,
        for_starts_at_utc=row.for_starts_at_utc,
        is_current=row.for_starts_at_utc == row.starts_at_utc,
        version=row.version,
    )
