"""A member says whether they come: by the link of the reminder, or on a page; the last word before the start stands."""

from dataclasses import dataclass

from app.core.errors import NotFound, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.answers import MeetingAhead, Said, refusals_for_answer
from app.plugins.attendance.interface import MemberAnswered
from app.plugins.attendance.queries.answers import answer_of
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store_answers import keep_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMeeting:
    """A member says `said` of the meeting."""

    group_id: GroupId
    meeting_public_id: str
    said: Said


def answer_meeting(work: UnitOfWork, command: AnswerMeeting) -> None:
    """Keep what the member says, and commit; saying the same again changes nothing."""
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    said = command.said
    refusals = refusals_for_answer(
        ahead_of(roster.meeting),
        said.intent,
        said.substitute_name,
        was_member=member_of_day(roster, said) is not None,
        now=work.now,
    )
    if refusals:
        raise Refused(refusals)
    note_answer(work, command.group_id, roster.meeting, said)
    work.commit()


def note_answer(work: UnitOfWork, group_id: GroupId, meeting: MeetingLine, said: Said) -> None:
    """Keep an answer that the rules allow and note that it was given; the caller commits."""
    stands = answer_of(work.session, group_id, meeting.id, said.member_id)
    is_same = (
        stands is not None
        and stands.is_current
        and (stands.intent, stands.substitute_name) == (said.intent, said.substitute_name.strip())
    )
    if is_same:
        return
    keep_answer(
        work.session,
        group_id=group_id,
        meeting_id=meeting.id,
        said=said,
        for_starts_at=meeting.starts_at_utc,
        now=work.now,
    )
    work.record(
        MemberAnswered(
            group_id=group_id,
            meeting_id=meeting.id,
            member_id=said.member_id,
            answer=said.intent.value,
            via=said.via.value,
        )
    )


def ahead_of(meeting: MeetingLine) -> MeetingAhead:
    """Return what the rules of answering ask of the meeting."""
    return MeetingAhead(
        starts_at_utc=meeting.starts_at_utc,
        ends_at_utc=meeting.ends_at_utc,
        takes_place=meeting.takes_place,
    )


def member_of_day(roster: Roster, said: Said) -> RosterLine | None:
    """Return the line of whoever said it, if they are a member on the day of the meeting."""
    return next((line for line in roster.lines if line.was_member and line.member_id == said.member_id), None)
