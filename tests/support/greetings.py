"""Guests for tests of the door: visitors as the public page registers them, arrivals, and who is asked."""

from datetime import date
from typing import Any

from sqlalchemy import insert, update

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MeetingId
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.models import MarkRow
from app.plugins.welcome.interface import VisitCalledOff, VisitMoved, VisitorArrived
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import VisitLinkRow
from app.plugins.welcome.queries.greetings import GreetingLine, greetings_of_meeting
from app.plugins.welcome.services.greeting import OfGuest, answer_asked, ask_greeter
from tests.support.slips import acting
from tests.support.world import World

SECRET = "s3cret-of-clara-and-of-nobody-else"
VISITOR: dict[str, Any] = {
    "firm": "Moreau & Fille",
    "trade": "Roofer",
    "email": "clara@visitor.example",
    "phone": "+33 6 1234",
    "note": "",
    "kind": "first",
    "noted_by_member_id": None,
    "origin": "public",
    "batch_id": None,
    "expires_on": date(2027, 2, 24),
    "state": "expected",
    "wants_greeter": True,
    "listens_only": False,
    "introduction": "I keep bees.",
    "access_needs": "A chair with arms",
    "inviter_words": "",
    "language": "en",
    "version": 1,
}
"""What a visitor writes, unless the test says otherwise."""


def expects(
    world: World,
    group: Group,
    meeting: Meeting,
    name: str = "Clara Moreau",
    *,
    invited_by: MemberLine | None = None,
    secret: str = "",
    **change: Any,
) -> tuple[int, str]:
    """Register a visitor for the meeting, who has an own page where there is a `secret`; return key and public id."""
    work = world.work()
    key, public_id = work.ids.key(), str(work.ids.public_id())
    values: dict[str, Any] = {
        "group_id": group.id,
        "id": key,
        "public_id": public_id,
        "meeting_id": meeting.id,
        "came_on": meeting.local_date,
        "name": name,
        "invited_by_member_id": invited_by.id if invited_by else None,
        "noted_at_utc": work.now,
        "registered_at_utc": work.now,
    }
    work.session.execute(insert(VisitorRow).values(VISITOR | values | change))
    if secret:
        link = {"group_id": group.id, "link_hash": hash_of(secret), "visitor_id": key}
        work.session.execute(insert(VisitLinkRow).values(link | {"made_at_utc": work.now}))
    work.commit()
    return key, public_id


def change_visitor(world: World, visitor_id: int, **values: Any) -> None:
    """Write what has become of a visitor."""
    with acting(world) as work:
        work.session.execute(update(VisitorRow).where(VisitorRow.id == visitor_id).values(values))
        work.commit()


def arrives(world: World, group: Group, meeting: Meeting, visitor_id: int) -> None:
    """Let the visitor arrive now."""
    change_visitor(world, visitor_id, state="came", arrived_at_utc=world.now)
    happens(
        world,
        VisitorArrived(
            group_id=group.id, visitor_id=visitor_id, meeting_id=meeting.id, arrived_at_utc=world.now
        ),
    )


def signs_in(world: World, group: Group, meeting: Meeting, member: MemberLine) -> None:
    """Put the member into the room now, as a sign-in at the door does."""
    with acting(world) as work:
        work.session.add(
            MarkRow(
                group_id=group.id,
                meeting_id=meeting.id,
                member_id=member.id,
                status="P",
                arrived_at_utc=world.now,
                grade="B",
                origin="door",
                version=1,
                updated_at_utc=world.now,
            )
        )
        work.commit()


def calls_off(world: World, group: Group, meeting: Meeting, visitor_id: int) -> None:
    """Let the visitor say that they do not come."""
    change_visitor(world, visitor_id, state="cancelled", cancelled_at_utc=world.now)
    happens(
        world,
        VisitCalledOff(group_id=group.id, visitor_id=visitor_id, meeting_id=meeting.id, by="visitor"),
    )


def moves(world: World, group: Group, before: Meeting, after: Meeting, visitor_id: int) -> None:
    """Let the visitor choose another meeting."""
    change_visitor(world, visitor_id, meeting_id=after.id, came_on=after.local_date)
    happens(
        world,
        VisitMoved(
            group_id=group.id,
            visitor_id=visitor_id,
            from_meeting_id=MeetingId(before.id),
            meeting_id=after.id,
            by="visitor",
        ),
    )


def asks(
    world: World, group: Group, meeting: Meeting, visitor: str, host: MemberLine, greeter: MemberLine
) -> GreetingLine:
    """Let the host ask the member to receive the visitor; return the greeting."""
    with world.app.app_context(), acting(world, host) as work:
        command = OfGuest(group=group, meeting=meeting, public_id=visitor)
        ask_greeter(work, command, greeter=greeter.public_id, asker=host)
    return greeting_of(world, group, meeting, visitor)


def answers(
    world: World, group: Group, line: GreetingLine, member: MemberLine, *, says_yes: bool = True
) -> None:
    """Let the member say yes or no."""
    with world.app.app_context(), acting(world, member) as work:
        answer_asked(work, group, line.public_id, member, says_yes=says_yes)


def greeting_of(world: World, group: Group, meeting: Meeting, guest: str) -> GreetingLine:
    """Return the greeting of a guest as it stands."""
    return next(one for one in greetings(world, group, meeting) if one.guest_public_id == guest)


def greetings(world: World, group: Group, meeting: Meeting) -> list[GreetingLine]:
    """Return the greetings of a meeting."""
    work = world.work()
    found = greetings_of_meeting(work.session, group.id, meeting.id)
    work.rollback()
    return found


def happens(world: World, event: Any) -> None:
    """Let an event of a visit happen."""
    with world.app.app_context(), acting(world) as work:
        work.record(event)
        work.commit()
