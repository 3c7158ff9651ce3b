"""A guest gets a greeter: asked, answered, offered, taken over, freed; and the greeter says that they are with the guest."""

from dataclasses import dataclass
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_public_id, members_on
from app.core.ids import MeetingId, MemberId
from app.core.meetings.domain.meeting import Meeting
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.greeting import (
    Freed,
    GreetingState,
    refusals_to_answer,
    refusals_to_ask,
    refusals_to_offer,
)
from app.plugins.welcome.interface import GreeterAccepted, GreeterAsked, GreeterFreed, GuestMet
from app.plugins.welcome.queries.greetings import (
    GreetingLine,
    greeting_by_key,
    greeting_by_public_id,
    greetings_of_meeting,
    said_no,
)
from app.plugins.welcome.queries.guests import Guest, hosts_on, newcomers_expected, visitors_expected
from app.plugins.welcome.services.greeting_told import (
    Telling,
    tell_answered,
    tell_asked,
    tell_freed,
    tell_nobody_any_more,
)
from app.plugins.welcome.store_greeting import add_greeting, change_greeting, note_no, take_out_unsent

NOBODY: dict[str, Any] = {
    "state": GreetingState.OPEN.value,
    "greeter_member_id": None,
    "asked_at_utc": None,
    "accepted_at_utc": None,
    "met_at_utc": None,
}
"""Where a greeting stands when somebody was freed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfGuest:
    """A guest of a meeting, by the public id of the visitor or of the newcomer."""

    group: Group
    meeting: Meeting
    public_id: str
    is_newcomer: bool = False


def ask_greeter(work: UnitOfWork, command: OfGuest, *, greeter: str, asker: MemberLine) -> None:
    """Ask the member with that public id to receive the guest; somebody asked before is freed. Commits."""
    group, meeting = command.group, command.meeting
    guest, line = found_guest(work, command)
    chosen = member_by_public_id(work.session, group.id, greeter) if greeter else None
    may = frozenset(one.id for one in members_on(work.session, group.id, meeting.local_date))
    refusals = refusals_to_ask(
        line.greeting if line else None,
        chosen.id if chosen else None,
        may_greet=may - {guest.newcomer_id},
        said_no=said_no(work.session, group.id, line.id) if line else frozenset(),
    )
    refusals += _over(work, meeting)
    if refusals or chosen is None:
        raise Refused(refusals)
    if line is not None and line.greeter not in {None, chosen.id}:
        tell_freed(Telling(work=work, group=group, line=line), MemberId(line.greeter or 0), Freed.REPLACED)
    values = NOBODY | {
        "state": GreetingState.ASKED.value,
        "greeter_member_id": chosen.id,
        "asked_at_utc": work.now,
    }
    asked = _kept(work, command, guest, line, values)
    work.record(
        GreeterAsked(
            group_id=group.id, greeting_id=asked.id, meeting_id=meeting.id, greeter_member_id=chosen.id
        )
    )
    tell_asked(Telling(work=work, group=group, line=asked), chosen.id, asker.name)
    work.commit()


def answer_asked(
    work: UnitOfWork, group: Group, greeting: str, member: MemberLine, *, says_yes: bool
) -> GreetingLine:
    """Keep the yes or no of whoever is asked; a late no frees the guest again and the hosts are told. Commits."""
    line = _open_line(work, group, greeting)
    if refusals := refusals_to_answer(line.greeting, member.id):
        raise Refused(refusals)
    hosts = hosts_on(work.session, group.id, line.meeting_day)
    if says_yes and line.is_accepted:
        return line
    if says_yes:
        _changed(work, group, line, {"state": GreetingState.ACCEPTED.value, "accepted_at_utc": work.now})
        _record_accepted(work, group, line.id, line.meeting_id, member.id)
    else:
        why = Freed.WITHDREW if line.is_accepted else Freed.DECLINED
        note_no(work.session, group.id, line.id, member.id, work.now)
        _free(work, group, line, why)
    tell_answered(Telling(work=work, group=group, line=line), hosts, greeter=member.name, says_yes=says_yes)
    work.commit()
    return line


def offer_to_greet(work: UnitOfWork, command: OfGuest, member: MemberLine) -> None:
    """Let a member receive a guest of their own accord; refused where somebody is asked or does already. Commits."""
    guest, line = found_guest(work, command)
    refusals = refusals_to_offer(line.greeting if line else None) + _over(work, command.meeting)
    if guest.newcomer_id == member.id:
        refusals.append(Refusal(code="welcome.no_such_greeter"))
    if refusals:
        raise Refused(refusals)
    values = NOBODY | {
        "state": GreetingState.ACCEPTED.value,
        "greeter_member_id": member.id,
        "accepted_at_utc": work.now,
    }
    kept = _kept(work, command, guest, line, values)
    _record_accepted(work, command.group, kept.id, command.meeting.id, member.id)
    hosts = [one for one in hosts_on(work.session, command.group.id, kept.meeting_day) if one != member.id]
    tell_answered(
        Telling(work=work, group=command.group, line=kept), hosts, greeter=member.name, says_yes=True
    )
    work.commit()


def take_over(work: UnitOfWork, group: Group, greeting: str, host: MemberLine) -> GreetingLine:
    """Let a host receive the guest in place of whoever should; with a guest who is here, they are with them. Commits."""
    line = _open_line(work, group, greeting)
    if line.greeter == host.id:
        return _with_guest(work, group, line) if line.is_accepted else line
    if line.greeter is not None:
        tell_freed(Telling(work=work, group=group, line=line), line.greeter, Freed.REPLACED)
    is_here = line.greeting.arrived_at_utc is not None
    values = NOBODY | {
        "state": GreetingState.ACCEPTED.value,
        "greeter_member_id": host.id,
        "accepted_at_utc": work.now,
        "met_at_utc": work.now if is_here else None,
        "asked_times": line.asked_times + 1,
    }
    _changed(work, group, line, values)
    _record_accepted(work, group, line.id, line.meeting_id, host.id)
    if is_here:
        work.record(GuestMet(group_id=group.id, greeting_id=line.id))
    work.commit()
    return line


def say_with_guest(work: UnitOfWork, group: Group, greeting: str, member: MemberId) -> None:
    """Note that the greeter who accepted is with the guest; a second time changes nothing. Commits."""
    line = _open_line(work, group, greeting)
    if line.greeter != member or not line.is_accepted:
        raise Refused([Refusal(code="welcome.not_asked_any_more")])
    _with_guest(work, group, line)


def free_greeter(work: UnitOfWork, group: Group, greeting: str) -> None:
    """Free whoever is asked or has accepted, at the wish of a host: the guest has no greeter. Commits."""
    line = _open_line(work, group, greeting)
    if line.greeter is None:
        return
    tell_freed(Telling(work=work, group=group, line=line), line.greeter, Freed.REPLACED)
    _free(work, group, line, Freed.REPLACED)
    work.commit()


def free(work: UnitOfWork, group: Group, line: GreetingLine, why: Freed) -> None:
    """Free the greeter because the world has moved on; hosts are told where the guest still comes. The caller commits."""
    if line.greeter is None:
        return
    if why is Freed.LEFT:
        take_out_unsent(work.session, group.id, line.public_id)
        tell_nobody_any_more(
            Telling(work=work, group=group, line=line), hosts_on(work.session, group.id, line.meeting_day)
        )
    else:
        tell_freed(Telling(work=work, group=group, line=line), line.greeter, why)
    _free(work, group, line, why)


def found_guest(work: UnitOfWork, command: OfGuest) -> tuple[Guest, GreetingLine | None]:
    """Return the guest of the meeting, with the greeting where there is one; whoever is no guest of it is not there."""
    session, group, meeting = work.session, command.group, command.meeting
    guests = (
        newcomers_expected(session, group.id, meeting.local_date)
        if command.is_newcomer
        else visitors_expected(session, group.id, meeting.id)
    )
    guest = next((one for one in guests if one.public_id == command.public_id), None)
    if guest is None:
        raise NotFound
    lines = greetings_of_meeting(session, group.id, meeting.id)
    return guest, next((one for one in lines if (one.visitor_id, one.newcomer_id) == guest.key), None)


def _over(work: UnitOfWork, meeting: Meeting) -> list[Refusal]:
    if meeting.takes_place and work.now <= meeting.ends_at_utc:
        return []
    return [Refusal(code="welcome.greeting_over")]


def _open_line(work: UnitOfWork, group: Group, public_id: str) -> GreetingLine:
    line = greeting_by_public_id(work.session, group.id, public_id)
    if line is None:
        raise NotFound
    if not line.is_open_at(work.now):
        raise Refused([Refusal(code="welcome.greeting_over")])
    return line


def _kept(
    work: UnitOfWork, command: OfGuest, guest: Guest, line: GreetingLine | None, values: dict[str, Any]
) -> GreetingLine:
    """Write a first greeting or over the one that stands, and return it as it stands now."""
    group = command.group
    if line is not None:
        _changed(work, group, line, values | {"asked_times": line.asked_times + 1})
        key = line.id
    else:
        key = work.ids.key()
        own = {
            "group_id": group.id,
            "id": key,
            "public_id": work.ids.public_id(),
            "meeting_id": command.meeting.id,
            "visitor_id": guest.visitor_id,
            "newcomer_member_id": guest.newcomer_id,
            "asked_times": 1,
            "version": 1,
        }
        if not add_greeting(work.session, values | own):
            raise Refused([Refusal(code="welcome.changed_meanwhile")])
    kept = greeting_by_key(work.session, group.id, key)
    if kept is None:
        raise LookupError(f"The greeting {key} was just written and is not there.")
    return kept


def _with_guest(work: UnitOfWork, group: Group, line: GreetingLine) -> GreetingLine:
    if line.greeting.met_at_utc is not None:
        return line
    _changed(work, group, line, {"met_at_utc": work.now})
    work.record(GuestMet(group_id=group.id, greeting_id=line.id))
    work.commit()
    return line


def _free(work: UnitOfWork, group: Group, line: GreetingLine, why: Freed) -> None:
    # A guest who is here and loses the greeter: the hosts are told anew.
    _changed(work, group, line, NOBODY | {"host_told_at_utc": None})
    work.record(
        GreeterFreed(group_id=group.id, greeting_id=line.id, meeting_id=line.meeting_id, why=why.value)
    )


def _changed(work: UnitOfWork, group: Group, line: GreetingLine, values: dict[str, Any]) -> None:
    if not change_greeting(work.session, group.id, line.id, line.version, values):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])


def _record_accepted(
    work: UnitOfWork, group: Group, greeting_id: int, meeting_id: MeetingId, member: MemberId
) -> None:
    work.record(
        GreeterAccepted(
            group_id=group.id, greeting_id=greeting_id, meeting_id=meeting_id, greeter_member_id=member
        )
    )
