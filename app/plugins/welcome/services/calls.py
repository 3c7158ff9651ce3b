"""The call after a visit: given to one member, to another where that one left, and noted when it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import MeetingId, MemberId
from app.core.local_time import local_day
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.services.telling import day_written
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.notices.taking_out import take_out_unsent
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.calling import CALLED, CALLED_WITHIN, caller_for, due_at
from app.plugins.welcome.interface import VisitorCalled
from app.plugins.welcome.queries.calls import called_about, calls_by_owner, open_calls
from app.plugins.welcome.queries.newcomers import holders_on
from app.plugins.welcome.queries.visits import Visit, visit_by_public_id
from app.plugins.welcome.services.visit_letters import VisitAddresses, subject_key_of
from app.plugins.welcome.store_visits import add_call, add_note, give_call_to, mark_visitor_called

LONGEST_NOTE = 2_000
KIND = "welcome.call_a_visitor"
_TO_CALL = N_("Call %(name)s, who visited on %(day)s: within a day it means most.")
SUBJECT = N_("%(group)s: call a visitor")
BODY = N_(
    "%(name)s visited on %(day)s, and the call is yours. Ask how it was, and whether another day would be welcome.\n\n"
    "%(url)s\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Callers:
    """Who can call today: the members, the offices they hold, and how many calls each has."""

    members: frozenset[MemberId]
    holders: Sequence[tuple[MemberId, frozenset[Office]]]
    loads: dict[MemberId, int] = field(default_factory=dict)

    def next_for(self, inviter: MemberId | None) -> MemberId | None:
        """Return who gets the next call, counted from now on."""
        owner = caller_for(inviter, self.holders, self.members, self.loads)
        if owner is not None:
            self.loads[owner] = self.loads.get(owner, 0) + 1
        return owner


def note_visitor_call(
    work: UnitOfWork, group: Group, public_id: str, *, by: MemberId, note: str, done: bool
) -> Visit:
    """Note that the call was made, with a note for the offices if there is one; or add the note alone. Commits."""
    visit = visit_by_public_id(work.session, group.id, public_id)
    if visit is None:
        raise NotFound
    if len(note) > LONGEST_NOTE:
        raise Refused([Refusal(code="welcome.too_long", facts={"longest": LONGEST_NOTE}, field="note")])
    if done:
        if not mark_visitor_called(work.session, group.id, visit.id, by, work.now):
            raise Refused([Refusal(code="welcome.no_call_waits")])
        take_out_unsent(work, group_id=group.id, kind=KIND, subject_key=subject_key_of(public_id))
        work.record(VisitorCalled(group_id=group.id, visitor_id=visit.id, called_by_member_id=by))
    if note:
        key = work.ids.key()
        add_note(work.session, group.id, visit.id, key=key, author=by, words=note, at=work.now)
    work.commit()
    return visit


def hand_out_calls(
    work: UnitOfWork,
    group: Group,
    came: Sequence[Visit],
    meetings: Mapping[MeetingId, Meeting],
    addresses: VisitAddresses,
) -> int:
    """Give each call that nobody has to one member, and those of members who left to another. The caller commits."""
    today = local_day(work.now, group.zone)
    callers = _Callers(
        members=frozenset(one.id for one in members_on(work.session, group.id, today)),
        holders=holders_on(work.session, group.id, today),
        loads=dict(calls_by_owner(work.session, group.id)),
    )
    handed = _hand_on(work, group, callers, addresses)
    known = called_about(work.session, group.id, [one.id for one in came])
    for visit in came:
        meeting = meetings.get(visit.meeting_id) if visit.meeting_id is not None else None
        if visit.id in known or visit.kind not in CALLED or meeting is None or meeting.ends_at_utc > work.now:
            continue
        owner = callers.next_for(visit.invited_by)
        due = due_at(meeting.ends_at_utc)
        add_call(work.session, group.id, visit.id, owner=owner, at=work.now, due=due)
        if owner is not None:
            _ask_to_call(
                work, group, owner, visit.public_id, (visit.name, visit.came_on), addresses=addresses
            )
        handed += 1
    return handed


def _hand_on(work: UnitOfWork, group: Group, callers: _Callers, addresses: VisitAddresses) -> int:
    """Give the calls of those who are no members any more to others."""
    handed = 0
    for call in open_calls(work.session, group.id):
        if call.owner is not None and call.owner in callers.members:
            continue
        owner = callers.next_for(None)
        if owner is not None:
            give_call_to(work.session, group.id, call.visitor_id, owner)
            take_out_unsent(work, group_id=group.id, kind=KIND, subject_key=subject_key_of(call.public_id))
            visited_on = local_day(call.due_at_utc - CALLED_WITHIN, group.zone)
            _ask_to_call(work, group, owner, call.public_id, (call.name, visited_on), addresses=addresses)
            handed += 1
    return handed


def _ask_to_call(
    work: UnitOfWork,
    group: Group,
    owner: MemberId,
    public_id: str,
    who: tuple[str, date],
    *,
    addresses: VisitAddresses,
) -> None:
    name, day = who
    path = addresses.visitor_path(public_id)
    facts = {
        "group": group.name,
        "name": name,
        "day": day_written(day, group),
        "url": f"{addresses.house}{path}",
    }
    notify(work, group_id=group.id, member_id=owner, kind=KIND, text=_TO_CALL, facts=facts, path=path)
    letter = Letter(
        kind=KIND,
        subject=SUBJECT,
        body=BODY,
        subject_key=subject_key_of(public_id),
        facts=facts,
        topic=Topic.WAITING,
        lives=timedelta(days=2),
    )
    write_to_member(work, group_id=group.id, member_id=owner, letter=letter)
