"""Fills a demo group with who received whom, who chose to be named to visitors, and who spoke with whom; nothing is sent."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief
from app.plugins.welcome.domain.greeting import GreetingState, Step
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_greeting import GreetingRow, GreetingStepRow, ShownToVisitorsRow, SpokeRow

_RECEIVED_SINCE = timedelta(days=56)
_IS_SHOWN_AT = 0.5
_SPOKE_AT = 0.6
_MOST = 40


def fill_greetings(work: UnitOfWork, group: DemoGroup) -> None:
    """Let members receive the visitors of the last weeks and the next ones; half of the members are named to visitors."""
    chance = group.chance("greetings")
    members = list(group.members_on(group.today))
    if not members:
        return
    shown = [one for one in members if chance.random() < _IS_SHOWN_AT]
    if shown:
        work.session.execute(insert(ShownToVisitorsRow), [_shown(work, group, one) for one in shown])
    meetings = {one.id: one for one in group.meetings}
    for visitor in _visitors(work, group):
        meeting = meetings.get(visitor.meeting_id)
        if meeting is not None and meeting.state == "planned":
            _receive(work, group, visitor, meeting, members)


def _visitors(work: UnitOfWork, group: DemoGroup) -> Sequence[Any]:
    table: Any = VisitorRow.__table__
    query = (
        select(table)
        .where(
            table.c.group_id == GroupId(group.group_id),
            table.c.came_on >= group.today - _RECEIVED_SINCE,
            table.c.meeting_id.is_not(None),
            table.c.state.in_([VisitState.CAME.value, VisitState.EXPECTED.value]),
        )
        .order_by(table.c.came_on, table.c.id)
        .limit(_MOST)
    )
    return work.session.execute(query).all()


def _greeter(members: Sequence[MemberBrief], visitor: Any, chance: Random) -> MemberBrief:
    others = [one for one in members if one.id != visitor.invited_by_member_id] or list(members)
    return others[chance.randrange(len(others))]


def _receive(
    work: UnitOfWork,
    group: DemoGroup,
    visitor: Any,
    meeting: MeetingBrief,
    members: Sequence[MemberBrief],
) -> None:
    chance = group.chance(f"greetings/{visitor.public_id}")
    greeter = _greeter(members, visitor, chance)
    is_past = visitor.came_on < group.today
    state = GreetingState.ACCEPTED if is_past or chance.random() < _SPOKE_AT else GreetingState.ASKED
    key = work.ids.key()
    asked = meeting.starts_at_utc - timedelta(days=3)
    met = meeting.starts_at_utc - timedelta(minutes=15)
    values = {
        "group_id": group.group_id,
        "id": key,
        "public_id": work.ids.public_id(),
        "meeting_id": meeting.id,
        "visitor_id": visitor.id,
        "newcomer_member_id": None,
        "greeter_member_id": greeter.id,
        "state": state.value,
        "asked_at_utc": asked,
        "asked_times": 1,
        "accepted_at_utc": asked if state is GreetingState.ACCEPTED else None,
        "met_at_utc": met if is_past else None,
        "host_told_at_utc": None,
        "version": 1,
    }
    work.session.execute(insert(GreetingRow).values(values))
    if is_past:
        _do_steps(work, group, key, meeting)
        if chance.random() < _SPOKE_AT:
            _speak(work, group, visitor, greeter, meeting)


def _do_steps(work: UnitOfWork, group: DemoGroup, greeting_id: int, meeting: MeetingBrief) -> None:
    steps = [
        {
            "group_id": group.group_id,
            "greeting_id": greeting_id,
            "step": step.value,
            "with_member_id": None,
            "done_at_utc": meeting.starts_at_utc - timedelta(minutes=10 - number),
        }
        for number, step in enumerate(Step)
    ]
    work.session.execute(insert(GreetingStepRow), steps)


def _speak(
    work: UnitOfWork, group: DemoGroup, visitor: Any, greeter: MemberBrief, meeting: MeetingBrief
) -> None:
    said = {
        "group_id": group.group_id,
        "visitor_id": visitor.id,
        "member_id": greeter.id,
        "visitor_said_at_utc": meeting.ends_at_utc if visitor.registered_at_utc is not None else None,
        "member_said_at_utc": meeting.ends_at_utc,
        "visitor_shares_email": visitor.registered_at_utc is not None,
        "visitor_shares_phone": False,
        "member_shares_email": True,
        "member_shares_phone": False,
    }
    work.session.execute(insert(SpokeRow).values(said))


def _shown(work: UnitOfWork, group: DemoGroup, member: MemberBrief) -> dict[str, Any]:
    return {"group_id": group.group_id, "member_id": member.id, "since_utc": work.now}
