"""Somebody registers for a visit on the public page; who registers twice stands on the list once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core.access.domain.address import folded_address
from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_public_id, meetings_to_come
from app.core.meetings.services.telling import day_written
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visit import (
    Registration,
    clear_match,
    expires_on,
    mail_key_of,
    neighbouring,
    refusals_for_registration,
)
from app.plugins.welcome.domain.visitor import VisitorKind, VisitState
from app.plugins.welcome.interface import VisitRegistered
from app.plugins.welcome.queries.public_page import held_page, page_of
from app.plugins.welcome.queries.visits import (
    Visit,
    co_inviters,
    earlier_visits,
    same_registered,
    visit_by_key,
    waiting_beside,
)
from app.plugins.welcome.services import visit_telling as words
from app.plugins.welcome.services.visit_letters import (
    VisitAddresses,
    ask_whether_same,
    confirm,
    send_link_again,
)
from app.plugins.welcome.services.visit_telling import Said, hosts_of, tell
from app.plugins.welcome.store_visits import add_co_inviter, add_registration, write_visit

MOST_CO_INVITERS = 5
_JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What came from the public page. `held_trades` are the seats that are held, to tell a host of a conflict."""

    group: Group
    meeting: str
    wanted: Registration
    has_agreed: bool
    language: str
    held_trades: Sequence[str]
    addresses: VisitAddresses


def register_visit(work: UnitOfWork, command: Register) -> None:
    """Take a registration, or refuse it with every reason at once. Commits.

    The outcome is the same to whoever registers, known here or not: a mail goes to the address, and tells the rest.
    """
    held_page(work.session, command.group.id)
    meeting = checked_meeting(work, command)
    mail_key = mail_key_of(command.wanted.email)
    first = same_registered(
        work.session, command.group.id, meeting.id, name=command.wanted.name, mail_key=mail_key
    )
    if first is None:
        _take(work, command, meeting)
    else:
        _take_once_more(work, command, meeting, first)
    work.commit()


def checked_meeting(work: UnitOfWork, command: Register) -> Meeting:
    """Return the meeting that is to be visited, where nothing is wrong with it nor with what was written."""
    wanted = command.wanted
    refusals = refusals_for_registration(
        wanted, is_address=is_address(wanted.email), has_agreed=command.has_agreed
    )
    meeting = meeting_by_public_id(work.session, command.group.id, command.meeting)
    refusals += refusals_for_meeting(work, command.group, meeting)
    if refusals or meeting is None:
        raise Refused(refusals)
    return meeting


def refusals_for_meeting(work: UnitOfWork, group: Group, meeting: Meeting | None) -> list[Refusal]:
    """Return why this meeting cannot be visited; where it is gone, the reason names the next."""
    if meeting is not None and meeting.takes_place and meeting.starts_at_utc > work.now:
        return []
    to_come = meetings_to_come(work.session, group.id, work.now)
    if not to_come:
        return [Refusal(code="welcome.no_meeting_left", field="meeting")]
    if meeting is None:
        return [Refusal(code="welcome.no_such_meeting", field="meeting")]
    facts = {"day": meeting.local_date, "next": to_come[0].local_date}
    return [Refusal(code="welcome.meeting_gone", facts=facts, field="meeting")]


def is_address(text: str) -> bool:
    """Return whether mail can go there, by its form."""
    try:
        return bool(folded_address(text))
    except Refused:
        return False


def _take(work: UnitOfWork, command: Register, meeting: Meeting) -> None:
    group = command.group
    visit = _kept(work, command, meeting, state=VisitState.EXPECTED, same_as=None)
    work.record(
        VisitRegistered(
            group_id=group.id,
            visitor_id=visit.id,
            meeting_id=meeting.id,
            invited_by_member_id=visit.invited_by,
        )
    )
    confirm(work, group, visit, meeting, command.addresses)
    tell_of_registration(work, group, visit, command.held_trades, command.addresses)


def tell_of_registration(
    work: UnitOfWork, group: Group, visit: Visit, held_trades: Sequence[str], addresses: VisitAddresses
) -> None:
    """Tell whoever invited, and the hosts; of a held seat and of an unclear inviter the hosts alone."""
    facts = {"day": day_written(visit.came_on, group)}
    inviter = [visit.invited_by] if visit.invited_by is not None else []
    said = Said(kind="welcome.visit_registered", text=words.YOU_INVITED, facts=facts)
    tell(work, group, inviter, visit, said, addresses=addresses)
    hosts = [one for one in hosts_of(work, group) if one not in inviter]
    held = neighbouring(visit.trade, held_trades)
    told = (
        Said(
            kind="welcome.visit_registered",
            text=words.REGISTERED_HELD,
            facts={**facts, "held": ", ".join(held)},
        )
        if held
        else Said(kind="welcome.visit_registered", text=words.REGISTERED, facts=facts)
    )
    tell(work, group, hosts, visit, told, addresses=addresses)
    if visit.inviter_words and visit.invited_by is None:
        unclear = {"words": visit.inviter_words}
        asked = Said(kind="welcome.inviter_unclear", text=words.WHO_IS_MEANT, facts=unclear, by_mail=False)
        tell(work, group, hosts, visit, asked, addresses=addresses)


def _take_once_more(work: UnitOfWork, command: Register, meeting: Meeting, first: Visit) -> None:
    """Leave what stands as it is: what is newer waits beside it until its own mail address says that it counts."""
    _keep_co_inviter(work, command, first)
    mail_key = mail_key_of(command.wanted.email)
    if first.mail_key == mail_key and _says_the_same(first, command.wanted):
        is_double_tap = first.registered_at_utc is not None and work.now - first.registered_at_utc < _JUST_NOW
        if not is_double_tap:
            send_link_again(work, command.group, first, command.addresses)
        return
    waiting = waiting_beside(work.session, command.group.id, first.id, mail_key)
    if waiting is None:
        waiting = _kept(work, command, meeting, state=VisitState.WAITING, same_as=first.id)
    else:
        write_visit(work.session, command.group.id, waiting.id, values_of(command.wanted))
    ask_whether_same(work, command.group, waiting, command.addresses)


def _keep_co_inviter(work: UnitOfWork, command: Register, first: Visit) -> None:
    named = command.wanted.invited_by
    standing = co_inviters(work.session, command.group.id, first.id)
    known = {first.inviter_words.casefold(), *(said.casefold() for _member, said in standing)}
    if not named or named.casefold() in known or len(standing) >= MOST_CO_INVITERS:
        return
    member = _inviter(work, command.group, named)
    if member is not None and member in {first.invited_by, *(one for one, _said in standing)}:
        return
    key = work.ids.key()
    add_co_inviter(work.session, command.group.id, first.id, key=key, member=member, words=named)
    if member is not None:
        facts = {"day": day_written(first.came_on, command.group)}
        said = Said(kind="welcome.visit_registered", text=words.YOU_TOO, facts=facts)
        tell(work, command.group, [member], first, said, addresses=command.addresses)


def _kept(
    work: UnitOfWork, command: Register, meeting: Meeting, *, state: VisitState, same_as: int | None
) -> Visit:
    group, wanted = command.group, command.wanted
    key, mail_key = work.ids.key(), mail_key_of(wanted.email)
    came_before = earlier_visits(
        work.session, group.id, name=wanted.name, mail_key=mail_key, before=meeting.local_date
    )
    months = page_of(work.session, group.id).words.months_kept
    values = values_of(wanted) | {
        "group_id": group.id,
        "id": key,
        "public_id": work.ids.public_id(),
        "meeting_id": meeting.id,
        "came_on": meeting.local_date,
        "email": folded_address(wanted.email),
        "mail_key": mail_key,
        "note": "",
        "kind": (VisitorKind.REPEAT if came_before else VisitorKind.FIRST).value,
        "state": state.value,
        "same_as_id": same_as,
        "invited_by_member_id": _inviter(work, group, wanted.invited_by),
        "inviter_words": wanted.invited_by,
        "noted_by_member_id": None,
        "noted_at_utc": work.now,
        "registered_at_utc": work.now,
        "consented_at_utc": work.now,
        "origin": "public",
        "batch_id": None,
        "language": command.language,
        "expires_on": expires_on(meeting.local_date, months),
        "version": 1,
    }
    add_registration(work.session, values)
    kept = visit_by_key(work.session, group.id, key)
    if kept is None:
        raise LookupError(f"The registration {key} was not kept.")
    return kept


def values_of(wanted: Registration) -> dict[str, Any]:
    """Return what a visitor may write of themselves, as columns; the address is not among it."""
    return {
        "name": wanted.name,
        "firm": wanted.firm,
        "trade": wanted.trade,
        "phone": wanted.phone,
        "wants_greeter": wanted.wishes.wants_greeter,
        "listens_only": wanted.wishes.listens_only,
        "introduction": wanted.wishes.introduction,
        "access_needs": wanted.wishes.access_needs,
    }


def _says_the_same(first: Visit, wanted: Registration) -> bool:
    return all(getattr(first, column) == value for column, value in values_of(wanted).items())


def _inviter(work: UnitOfWork, group: Group, written: str) -> MemberId | None:
    if not written:
        return None
    members = members_on(work.session, group.id, local_day(work.now, group.zone))
    found = clear_match(written, [(one.id, one.name) for one in members])
    return MemberId(found) if found is not None else None
