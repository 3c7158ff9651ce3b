"""Fills a demo group with believable visitors and its latest newcomers."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.core.groups.domain.office import Office
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief
from app.plugins.welcome.demo_visits import fill_visits
from app.plugins.welcome.domain.contact import contact_for
from app.plugins.welcome.domain.visitor import KEPT_FOR, VisitorKind
from app.plugins.welcome.models import NewcomerRow, VisitorRow
from app.plugins.welcome.queries.newcomers import holders_on

_NAMES = (
    "Clara Moreau", "Jonas Keller", "Priya Nair", "Tomás Rivas", "Hanna Lindqvist", "Omar Haddad", "Sofia Marques",
    "Luca Ferri", "Mei Tanaka", "Daniel Okafor", "Eva Novák", "Marta Zielińska", "Paul Weber", "Nadia Rahman",
)  # fmt: skip
_TRADES = ("Photographer", "Physiotherapist", "Roofer", "Tax adviser", "Florist", "Web designer", "Caterer")
_KINDS = (
    VisitorKind.FIRST, VisitorKind.FIRST, VisitorKind.FIRST, VisitorKind.REPEAT, VisitorKind.GUEST,
    VisitorKind.OBSERVER,
)  # fmt: skip
_A_VISITOR_AT = 0.45
_MADE_A_CALL_AFTER = timedelta(days=2)
_NEW_FOR = timedelta(days=91)


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Note a visitor at about every other meeting, and welcome whoever joined in the last three months."""
    chance = group.chance("welcome")
    held = [one for one in group.meetings if one.local_date < group.today and one.state == "planned"]
    rows: list[dict[str, Any]] = []
    for meeting in held:
        members = group.members_on(meeting.local_date)
        while members and chance.random() < _A_VISITOR_AT and len(rows) < 400:
            rows.append(_visitor(work, group, meeting, chance.choice(members), chance))
    if rows:
        work.session.execute(insert(VisitorRow), rows)
    fill_visits(work, group)
    newcomers = [_newcomer(work, group, member, joined) for member, joined in _joined_lately(group)]
    if newcomers:
        work.session.execute(insert(NewcomerRow), newcomers)


def _visitor(
    work: UnitOfWork, group: DemoGroup, meeting: MeetingBrief, inviter: MemberBrief, chance: Any
) -> dict[str, Any]:
    name = chance.choice(_NAMES)
    is_complete = chance.random() < 0.8
    return {
        "group_id": group.group_id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "meeting_id": meeting.id,
        "came_on": meeting.local_date,
        "name": name,
        "firm": "",
        "trade": chance.choice(_TRADES) if is_complete else "",
        "email": f"{name.split()[0].lower()}@visitor.example" if is_complete and name.isascii() else "",
        "phone": f"+351 910 000 {chance.randrange(100, 999)}" if is_complete else "",
        "note": "",
        "kind": chance.choice(_KINDS).value,
        "invited_by_member_id": inviter.id,
        "noted_by_member_id": inviter.id,
        "noted_at_utc": meeting.starts_at_utc,
        "origin": "door",
        "batch_id": None,
        "expires_on": meeting.local_date + KEPT_FOR,
        "version": 1,
    }


def _joined_lately(group: DemoGroup) -> list[tuple[MemberBrief, Any]]:
    """Return the members of today who were not yet there three months ago, with their first day in the calendar."""
    before = {member.id for member in group.members_on(group.today - _NEW_FOR)}
    days = [group.today - timedelta(days=back) for back in range(_NEW_FOR.days, -1, -1)]
    found = []
    for member in group.members_on(group.today):
        if member.id not in before:
            first = next(day for day in days if member.id in {one.id for one in group.members_on(day)})
            found.append((member, first))
    return found if len(found) < len(group.members_on(group.today)) / 2 else []


def _newcomer(work: UnitOfWork, group: DemoGroup, member: MemberBrief, joined: Any) -> dict[str, Any]:
    holders = holders_on(work.session, GroupId(group.group_id), group.today)
    contact = contact_for(
        member.id, [(one, offices) for one, offices in holders if offices != {Office.EDUCATION}], {}
    )
    greeted = datetime.combine(joined, time(12), tzinfo=ZoneInfo(group.zone))
    was_called = joined + _MADE_A_CALL_AFTER < group.today
    return {
        "group_id": group.group_id,
        "member_id": member.id,
        "started_on": joined,
        "contact_member_id": contact,
        "written_at_utc": greeted,
        "called_at_utc": greeted + timedelta(days=1) if was_called else None,
        "version": 1,
    }
