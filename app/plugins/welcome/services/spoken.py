"""“We spoke”, said by each of the two on their own page: how to reach each other is shown when both have said it."""

from typing import Any

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.spoken import Shared, refusals_to_speak
from app.plugins.welcome.interface import ContactHidden, ContactReleased
from app.plugins.welcome.queries.spoken import VisitorMet, spoken_of, visitor_by_key, visitor_met
from app.plugins.welcome.store_greeting import keep_hidden, keep_shown, keep_spoken, put_aside


def member_says_spoke(
    work: UnitOfWork, group: Group, member: MemberId, visitor: str, shares: Shared
) -> VisitorMet:
    """Keep the member's word, and what they share; the visitor's word is the visitor's alone. Commits."""
    found = _met(work, group, member, visitor)
    _refuse_early_or_late(work, group, found)
    values = {
        "member_said_at_utc": work.now,
        "member_shares_email": shares.email,
        "member_shares_phone": shares.phone,
    }
    _say(work, group, found.visitor_id, member, values)
    return found


def member_takes_back(work: UnitOfWork, group: Group, member: MemberId, visitor: str) -> VisitorMet:
    """Take the member's word back: both stop seeing how to reach the other. Commits."""
    found = _met(work, group, member, visitor)
    values = {"member_said_at_utc": None, "member_shares_email": False, "member_shares_phone": False}
    _take_back(work, group, found.visitor_id, member, values)
    return found


def visitor_says_spoke(
    work: UnitOfWork, group: Group, visitor_id: int, member: MemberId, shares: Shared
) -> None:
    """Keep the visitor's word from their own page, and what they share. Commits."""
    found = visitor_by_key(work.session, group.id, visitor_id)
    if found is None:
        raise NotFound
    _refuse_early_or_late(work, group, found)
    values = {
        "visitor_said_at_utc": work.now,
        "visitor_shares_email": shares.email,
        "visitor_shares_phone": shares.phone,
    }
    _say(work, group, visitor_id, member, values)


def visitor_takes_back(work: UnitOfWork, group: Group, visitor_id: int, member: MemberId) -> None:
    """Take the visitor's word back: both stop seeing how to reach the other. Commits."""
    values = {"visitor_said_at_utc": None, "visitor_shares_email": False, "visitor_shares_phone": False}
    _take_back(work, group, visitor_id, member, values)


def visitor_puts_aside(work: UnitOfWork, group: Group, visitor_id: int, member: MemberId) -> None:
    """Keep that the visitor is not to be named this member again; the next one comes. Commits."""
    _put_aside(work, group, member, visitor_id=visitor_id)


def newcomer_puts_aside(work: UnitOfWork, group: Group, newcomer: MemberId, member: MemberId) -> None:
    """Keep that the newcomer is not to be named this member again; the next one comes. Commits."""
    _put_aside(work, group, member, newcomer_member_id=newcomer)


def choose_to_be_shown(work: UnitOfWork, group: Group, member: MemberId, *, is_shown: bool) -> None:
    """Keep whether the member is named to visitors as somebody to meet. Commits."""
    if is_shown:
        keep_shown(work.session, group.id, member, work.now)
    else:
        keep_hidden(work.session, group.id, member)
    work.commit()


def _met(work: UnitOfWork, group: Group, member: MemberId, visitor: str) -> VisitorMet:
    found = visitor_met(work.session, group.id, member, visitor)
    if found is None:
        raise NotFound
    return found


def _refuse_early_or_late(work: UnitOfWork, group: Group, found: VisitorMet) -> None:
    today = local_day(work.now, group.zone)
    if refusals := refusals_to_speak(found.came_on, today, has_come=found.has_come):
        raise Refused(refusals)


def _say(work: UnitOfWork, group: Group, visitor_id: int, member: MemberId, values: dict[str, Any]) -> None:
    was_mutual = spoken_of(work.session, group.id, visitor_id, member).is_mutual
    keep_spoken(work.session, group.id, visitor_id, member, values)
    if not was_mutual and spoken_of(work.session, group.id, visitor_id, member).is_mutual:
        work.record(ContactReleased(group_id=group.id, visitor_id=visitor_id, member_id=member))
    work.commit()


def _take_back(
    work: UnitOfWork, group: Group, visitor_id: int, member: MemberId, values: dict[str, Any]
) -> None:
    before = spoken_of(work.session, group.id, visitor_id, member)
    if before.visitor_said_at_utc is None and before.member_said_at_utc is None:
        raise NotFound
    keep_spoken(work.session, group.id, visitor_id, member, values)
    if before.is_mutual:
        work.record(ContactHidden(group_id=group.id, visitor_id=visitor_id, member_id=member))
    work.commit()


def _put_aside(work: UnitOfWork, group: Group, member: MemberId, **reader: int) -> None:
    values = {"group_id": group.id, "id": work.ids.key(), "member_id": member, "at_utc": work.now}
    put_aside(work.session, values | reader)
    work.commit()
