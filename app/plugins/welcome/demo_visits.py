"""Fills a demo group with its public page, visitors who are expected, and the calls after the last visit; nothing is sent."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief
from app.plugins.welcome.domain.calling import CALLED, caller_for, due_at
from app.plugins.welcome.domain.visit import expires_on, mail_key_of
from app.plugins.welcome.domain.visitor import VisitorKind, VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import CallRow, PageRow
from app.plugins.welcome.queries.newcomers import holders_on

_GUESTS = (
    ("Noor Bakker", "Translator", "Bakker Vertalingen"),
    ("Ingrid Solheim", "Interior designer", "Solheim Rom"),
    ("Kofi Mensah", "Electrician", "Mensah & Daughters"),
    ("Chiara Lombardi", "Bookbinder", ""),
)
_MONTHS = 3
_REGISTERED_BEFORE = timedelta(days=4)


def fill_visits(work: UnitOfWork, group: DemoGroup) -> None:
    """Open the page, register two visitors for the next meeting, and put the calls after the last one on a list."""
    work.session.execute(insert(PageRow), [_page(work, group)])
    chance = group.chance("welcome/visits")
    ahead = [one for one in group.meetings if one.local_date > group.today and one.state == "planned"]
    if ahead:
        guests = chance.sample(_GUESTS, 2)
        rows = [_expected(work, group, ahead[0], guest, number) for number, guest in enumerate(guests)]
        work.session.execute(insert(VisitorRow), rows)
    _calls(work, group)


def _page(work: UnitOfWork, group: DemoGroup) -> dict[str, Any]:
    return {
        "group_id": group.group_id,
        "is_open": True,
        "about": "Owners of small firms who meet early, know each other’s work, and pass it on.",
        "whom_for": "Whoever runs a small firm here and likes to help others find work.",
        "cost": "Your visit is free; breakfast is 12 euros.",
        "dress": "As you go to work.",
        "way": "The blue door beside the bakery, first floor. There is a lift.",
        "changed_at_utc": work.now,
    }


def _expected(
    work: UnitOfWork, group: DemoGroup, meeting: MeetingBrief, guest: tuple[str, str, str], number: int
) -> dict[str, Any]:
    name, trade, firm = guest
    members = group.members_on(meeting.local_date)
    email = f"{name.split()[0].lower()}@visitor.example"
    registered = min(work.now, meeting.starts_at_utc - _REGISTERED_BEFORE)
    return {
        "group_id": group.group_id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "meeting_id": meeting.id,
        "came_on": meeting.local_date,
        "name": name,
        "firm": firm,
        "trade": trade,
        "email": email,
        "mail_key": mail_key_of(email),
        "kind": VisitorKind.FIRST.value,
        "state": VisitState.EXPECTED.value,
        "invited_by_member_id": members[number].id if len(members) > number and number == 0 else None,
        "inviter_words": members[0].name if members and number == 0 else "somebody at the trade fair",
        "wants_greeter": number == 0,
        "listens_only": number == 1,
        "noted_at_utc": registered,
        "registered_at_utc": registered,
        "consented_at_utc": registered,
        "origin": "public",
        "language": "en",
        "expires_on": expires_on(meeting.local_date, _MONTHS),
        "version": 1,
    }


def _calls(work: UnitOfWork, group: DemoGroup) -> None:
    """Put the call after the latest visits on somebody's list: still open from the last meeting, made before."""
    held = [one for one in group.meetings if one.ends_at_utc < work.now and one.state == "planned"]
    if not held:
        return
    members = frozenset(one.id for one in group.members_on(group.today))
    holders = holders_on(work.session, GroupId(group.group_id), group.today)
    query = select(VisitorRow.id, VisitorRow.kind, VisitorRow.invited_by_member_id).where(
        VisitorRow.group_id == group.group_id,
        VisitorRow.meeting_id == held[-1].id,
        VisitorRow.state == VisitState.CAME.value,
    )
    rows = [
        {
            "group_id": group.group_id,
            "visitor_id": row.id,
            "owner_member_id": caller_for(row.invited_by_member_id, holders, members, {}),
            "made_at_utc": held[-1].ends_at_utc,
            "due_at_utc": due_at(held[-1].ends_at_utc),
        }
        for row in work.session.execute(query)
        if row.kind in CALLED
    ]
    if rows:
        work.session.execute(insert(CallRow), rows)
