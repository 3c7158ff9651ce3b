"""The reminder of the day before: one mail a member who has not said yet whether they come, with a link for each answer."""

from collections.abc import Callable, Collection
from datetime import time, timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.local_time import local_datetime
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meetings_between
from app.core.meetings.services.telling import time_written, when_written, where_written
from app.core.notices.queries import people_written_to
from app.core.notices.services import Letter, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.queries.answers import answers_of
from app.plugins.attendance.queries.roster import roster_of_key

ASKS_FROM, ASKS_UNTIL = time(16), time(21)
"""Wall times in the group's zone, on the day before: nobody is asked at night."""
KIND = "attendance.reminder"

AnswerLink = Callable[[MemberLine, Meeting, Intent], str]
"""Returns the address where one member gives one answer for one meeting."""

ASKED_SUBJECT = N_("%(group)s: tomorrow at %(time)s, do you come?")
ASKED = N_(
    "Tomorrow the group meets:\n\n%(when)s\n%(where)s%(topic)s\n"
    "Do you come? One tap tells the group; you can change your mind until it begins.\n\n"
    "I am coming:\n%(coming)s\n\n"
    "I am coming late:\n%(late)s\n\n"
    "Somebody comes for me:\n%(substitute)s\n"
)


def remind_of_tomorrow(work: UnitOfWork, group: Group, link: AnswerLink) -> int:
    """Ask everyone of tomorrow's meetings who was not asked and has not answered; return how many. The caller commits.

    A meeting that is moved is asked for again: what was said was said of another time.
    """
    local = local_datetime(work.now, group.zone)
    if not ASKS_FROM <= local.time() < ASKS_UNTIL:
        return 0
    tomorrow = local.date() + timedelta(days=1)
    meetings = meetings_between(work.session, group.id, tomorrow, tomorrow)
    return sum(_ask(work, group, meeting, link) for meeting in meetings if meeting.takes_place)


def _ask(work: UnitOfWork, group: Group, meeting: Meeting, link: AnswerLink) -> int:
    period = f"{meeting.starts_at_utc:%Y-%m-%dT%H:%MZ}"
    asked = people_written_to(work.session, kind=KIND, subject_key=meeting.public_id, period=period)
    settled = _settled(work, group, meeting)
    members = members_on(work.session, group.id, meeting.local_date)
    waiting = [one for one in members if one.person_id not in asked and one.id not in settled]
    for member in waiting:
        letter = _letter(work, group, meeting, member, link=link, period=period)
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
    written = people_written_to(work.session, kind=KIND, subject_key=meeting.public_id, period=period)
    return len(written - asked)


def _settled(work: UnitOfWork, group: Group, meeting: Meeting) -> Collection[int]:
    """Return who need not be asked: they answered for this time, a letter stands already, or they are on leave."""
    answers = answers_of(work.session, group.id, meeting.id)
    roster = roster_of_key(work.session, group.id, meeting.id)
    lines = roster.lines if roster else []
    marked = {line.member_id for line in lines if line.mark.status or line.is_on_leave}
    return {member_id for member_id, said in answers.items() if said.is_current} | marked


def _letter(
    work: UnitOfWork, group: Group, meeting: Meeting, member: MemberLine, *, link: AnswerLink, period: str
) -> Letter:
    asked = (Intent.COMING, Intent.LATE, Intent.SUBSTITUTE)
    return Letter(
        kind=KIND,
        subject=ASKED_SUBJECT,
        body=ASKED,
        subject_key=meeting.public_id,
        period=period,
        lives=meeting.starts_at_utc - work.now,
        facts={
            "group": group.name,
            "time": time_written(meeting.starts_at_utc, group),
            "when": when_written(meeting, group),
            "where": where_written(meeting.place, meeting.call_link),
            "topic": f"{meeting.topic}\n" if meeting.topic else "",
            **{intent.value: link(member, meeting, intent) for intent in asked},
        },
    )
