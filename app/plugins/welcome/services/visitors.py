"""A visitor is noted in one line, completed later by whoever may, taken back, and forgotten in time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visitor import KEPT_FOR, About, VisitState, refusals_for_visitor
from app.plugins.welcome.interface import VisitCalledOff, VisitorCompleted, VisitorNoted, VisitorTakenBack
from app.plugins.welcome.queries.visitors import (
    VisitorLine,
    meeting_of_day,
    names_of_day,
    visitor_by_public_id,
)
from app.plugins.welcome.services.forgetting import forget_traces
from app.plugins.welcome.services.visit_letters import VisitAddresses
from app.plugins.welcome.store import NOTHING_KNOWN, add_visitor, change_visitor
from app.plugins.welcome.store_visits import forget_visits


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteVisitor:
    """A visitor as a member notes them. `invited_by` is a member's public id, or empty."""

    group: Group
    about: About
    came_on: date | None
    invited_by: str
    noted_by: MemberId
    public_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteVisitor:
    """What is known of a visitor now, over the version that was seen."""

    group: Group
    visitor: str
    about: About
    came_on: date | None
    invited_by: str
    seen_version: int


def note_visitor(work: UnitOfWork, command: NoteVisitor) -> None:
    """Keep the visitor; refused with every reason at once. Commits."""
    group, about = command.group, command.about
    inviter, refusals = _checked(work, group, about, command.came_on, command.invited_by)
    if command.came_on and about.name in names_of_day(work.session, group.id, command.came_on):
        refusals.append(Refusal(code="welcome.noted_already", facts={"name": about.name}, field="name"))
    if refusals or command.came_on is None:
        raise Refused(refusals)
    visitor_id, meeting_id = work.ids.key(), meeting_of_day(work.session, group.id, command.came_on)
    values = _values(about, command.came_on, inviter) | {
        "group_id": group.id,
        "id": visitor_id,
        "public_id": command.public_id,
        "meeting_id": meeting_id,
        "noted_by_member_id": command.noted_by,
        "noted_at_utc": work.now,
        "origin": "door",
        "batch_id": None,
        "state": _state_on(command.came_on, local_day(work.now, group.zone)).value,
        "version": 1,
    }
    add_visitor(work.session, values)
    work.record(
        VisitorNoted(
            group_id=group.id,
            visitor_id=visitor_id,
            meeting_id=meeting_id,
            invited_by_member_id=inviter,
            visit=about.kind,
        )
    )
    work.commit()


def complete_visitor(work: UnitOfWork, command: CompleteVisitor) -> None:
    """Write what is known of the visitor now; refused with every reason, or where somebody else wrote first. Commits."""
    group = command.group
    found = _found(work, group, command.visitor)
    inviter, refusals = _checked(work, group, command.about, command.came_on, command.invited_by)
    if refusals or command.came_on is None:
        raise Refused(refusals)
    values = _values(command.about, command.came_on, inviter)
    values["meeting_id"] = meeting_of_day(work.session, group.id, command.came_on)
    if not change_visitor(work.session, group.id, found.id, command.seen_version, values):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])
    work.record(VisitorCompleted(group_id=group.id, visitor_id=found.id))
    work.commit()


def take_back_visitor(work: UnitOfWork, group: Group, visitor: str, addresses: VisitAddresses) -> VisitorLine:
    """Take a visitor off the list: what was written is forgotten at once, and nobody is credited. Commits."""
    found = _found(work, group, visitor)
    nothing: dict[str, Any] = dict(NOTHING_KNOWN)
    nothing |= {"invited_by_member_id": None, "forgotten_at_utc": work.now}
    if not change_visitor(work.session, group.id, found.id, found.version, nothing):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])
    forget_visits(work.session, group.id, [found.id])
    forget_traces(work, group, found.public_id, addresses)
    if found.state == VisitState.EXPECTED:
        meeting = meeting_of_day(work.session, group.id, found.came_on)
        work.record(VisitCalledOff(group_id=group.id, visitor_id=found.id, meeting_id=meeting, by="office"))
    work.record(VisitorTakenBack(group_id=group.id, visitor_id=found.id))
    work.commit()
    return found


def _found(work: UnitOfWork, group: Group, public_id: str) -> VisitorLine:
    found = visitor_by_public_id(work.session, group.id, public_id)
    if found is None:
        raise NotFound
    return found


def _checked(
    work: UnitOfWork, group: Group, about: About, came_on: date | None, invited_by: str
) -> tuple[MemberId | None, list[Refusal]]:
    refusals = refusals_for_visitor(about, came_on, local_day(work.now, group.zone))
    inviter = member_by_public_id(work.session, group.id, invited_by) if invited_by else None
    if invited_by and inviter is None:
        refusals.append(Refusal(code="welcome.nobody_invited", field="invited_by"))
    return (inviter.id if inviter else None), refusals


def _state_on(day: date, today: date) -> VisitState:
    """Return where a visit stands that a member notes: who is noted for a day to come is expected."""
    return VisitState.EXPECTED if day > today else VisitState.CAME


def _values(about: About, came_on: date, inviter: MemberId | None) -> dict[str, Any]:
    return {
        "name": about.name,
        "firm": about.firm,
        "trade": about.trade,
        "email": about.email,
        "phone": about.phone,
        "note": about.note,
        "kind": about.kind,
        "came_on": came_on,
        "invited_by_member_id": inviter,
        "expires_on": came_on + KEPT_FOR,
    }
