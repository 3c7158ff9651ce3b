"""What happens by itself around a visit: the reminder, who never came, the one question and its answer."""

from collections.abc import Mapping
from datetime import timedelta

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MeetingId
from app.core.local_time import local_datetime, local_day
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meetings_between
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.calling import MADE_UP_TO
from app.plugins.welcome.domain.visit import is_asked_now, is_reminded_now
from app.plugins.welcome.interface import VisitAnswered
from app.plugins.welcome.queries.visits import Visit, came_on, expected_on
from app.plugins.welcome.services import visit_telling as words
from app.plugins.welcome.services.arriving import settle_days_past
from app.plugins.welcome.services.calls import hand_out_calls
from app.plugins.welcome.services.visit_letters import VisitAddresses, ask_question, remind
from app.plugins.welcome.services.visit_telling import Said, hosts_of, tell
from app.plugins.welcome.store_visits import keep_answer

ANSWERS = ("yes", "perhaps", "no")
LONGEST_ANSWER = 2_000


def look_after_visits(work: UnitOfWork, group: Group, addresses: VisitAddresses) -> int:
    """Do what is due by itself: remind, note who never came, hand out calls, ask the one question. The caller commits."""
    today = local_day(work.now, group.zone)
    meetings = {
        one.id: one
        for one in meetings_between(work.session, group.id, today - MADE_UP_TO, today + timedelta(days=1))
    }
    settled = settle_days_past(work, group)
    reminded = _remind_of_tomorrow(work, group, meetings, addresses)
    came = came_on(work.session, group.id, today - MADE_UP_TO, today)
    given = hand_out_calls(work, group, came, meetings, addresses)
    asked = sum(_ask(work, group, visit, addresses) for visit in came)
    return settled + reminded + given + asked


def answer_question(
    work: UnitOfWork, group: Group, visit: Visit, *, answer: str, said: str, addresses: VisitAddresses
) -> None:
    """Keep the visitor's answer and tell the hosts once that there is one. Commits."""
    refusals = []
    if answer not in ANSWERS:
        refusals.append(Refusal(code="welcome.answer_missing", field="answer"))
    if len(said) > LONGEST_ANSWER:
        refusals.append(Refusal(code="welcome.too_long", facts={"longest": LONGEST_ANSWER}, field="words"))
    if refusals:
        raise Refused(refusals)
    keep_answer(work.session, group.id, visit.id, answer=answer, words=said, at=work.now)
    told = Said(kind="welcome.visit_answered_told", text=words.ANSWERED)
    tell(work, group, hosts_of(work, group), visit, told, addresses=addresses)
    work.record(VisitAnswered(group_id=group.id, visitor_id=visit.id))
    work.commit()


def _remind_of_tomorrow(
    work: UnitOfWork, group: Group, meetings: Mapping[MeetingId, Meeting], addresses: VisitAddresses
) -> int:
    local = local_datetime(work.now, group.zone)
    tomorrow = local.date() + timedelta(days=1)
    reminded = 0
    for visit in expected_on(work.session, group.id, tomorrow, tomorrow):
        meeting = meetings.get(visit.meeting_id) if visit.meeting_id is not None else None
        if meeting is None or not meeting.takes_place or not visit.may_be_written_to:
            continue
        registered = visit.registered_at_utc
        wrote_on = local_day(registered, group.zone) if registered is not None else None
        if is_reminded_now(local, meeting.local_date, wrote_on):
            reminded += remind(work, group, visit, meeting, addresses)
    return reminded


def _ask(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> bool:
    if not visit.may_be_written_to or not is_asked_now(local_datetime(work.now, group.zone), visit.came_on):
        return False
    return ask_question(work, group, visit, addresses)
