"""The links of the reminder: signed for one member, one meeting and one answer, so that no account is needed to tap one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of, signed_in
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.services.reminding import remind_of_tomorrow

_PURPOSE = "attendance answer 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAnswer:
    """What a link stands for; `asked_for` is when the meeting was to begin as the mail was written."""

    member_public_id: str
    meeting_public_id: str
    intent: Intent
    asked_for: datetime


def remind(work: UnitOfWork, group: Group) -> int:
    """Write the reminders that are due in the group, with links to this house; return how many. A job: must not commit."""

    def link(member: MemberLine, meeting: Meeting, intent: Intent) -> str:
        token = token_of(
            group,
            LinkedAnswer(
                member_public_id=member.public_id,
                meeting_public_id=meeting.public_id,
                intent=intent,
                asked_for=meeting.starts_at_utc,
            ),
        )
        return absolute(path_of("visit.attendance.answer", group, token=token))

    return remind_of_tomorrow(work, group, link)


def token_of(group: Group, linked: LinkedAnswer) -> str:
    """Return the token that stands in the address of a link."""
    asked_for = int(linked.asked_for.timestamp())
    told = [linked.member_public_id, linked.meeting_public_id, linked.intent.value, asked_for]
    return signed_in(group, _PURPOSE).token(told)


def read_token(group: Group, token: str) -> LinkedAnswer | None:
    """Return what a token stands for, or None where this house did not sign it for this group."""
    try:
        member, meeting, intent, asked_for = signed_in(group, _PURPOSE).read(token)
        return LinkedAnswer(
            member_public_id=member,
            meeting_public_id=meeting,
            intent=Intent(intent),
            asked_for=datetime.fromtimestamp(asked_for, UTC),
        )
    except (ValueError, TypeError):
        return None
