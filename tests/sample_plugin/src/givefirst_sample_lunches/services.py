"""What happens at lunches: an answer is given, and a member who leaves is taken off the list."""

from dataclasses import dataclass

from sqlalchemy import delete

from app.core.errors import Refused
from app.core.groups.events import MembershipEnded
from app.core.groups.queries import member_by_key
from app.core.ids import GroupId, MemberId
from app.core.meetings.domain.meeting import Meeting
from app.core.work import UnitOfWork
from givefirst_sample_lunches.domain.rules import Answer, Occasion, refusals_for
from givefirst_sample_lunches.interface import LunchAnswered
from givefirst_sample_lunches.models import AnswerRow
from givefirst_sample_lunches.queries import meetings_answered_after


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAnswer:
    """A member's word about lunch after a meeting of their group."""

    group_id: GroupId
    member_id: MemberId
    meeting: Meeting
    answer: Answer


def give_answer(work: UnitOfWork, command: GiveAnswer) -> None:
    """Keep the answer in place of an earlier one; refused with every reason at once. Commits."""
    meeting, answer = command.meeting, command.answer
    occasion = Occasion(takes_place=meeting.takes_place, ends_at=meeting.ends_at_utc)
    refusals = refusals_for(answer, occasion, work.now)
    if refusals:
        raise Refused(refusals)
    work.session.merge(
        AnswerRow(
            group_id=command.group_id,
            meeting_id=meeting.id,
            member_id=command.member_id,
            is_coming=answer.is_coming,
            remark=answer.remark,
            answered_at_utc=work.now,
        )
    )
    work.record(
        LunchAnswered(
            group_id=command.group_id,
            meeting_id=meeting.id,
            member_id=command.member_id,
            is_coming=answer.is_coming,
        )
    )
    work.commit()


def take_off_the_list(work: UnitOfWork, event: MembershipEnded) -> None:
    """Remove the answers of a member who leaves, for meetings after their last day; the house commits.

    Nothing happens to somebody who is a member again. Run a second time it finds nothing left.
    """
    member = member_by_key(work.session, event.group_id, event.member_id)
    if member.ended_on is None:
        return
    later = meetings_answered_after(work.session, event.group_id, event.member_id, member.ended_on)
    work.session.execute(
        delete(AnswerRow).where(
            AnswerRow.group_id == event.group_id,
            AnswerRow.member_id == event.member_id,
            AnswerRow.meeting_id.in_(later),
        )
    )
