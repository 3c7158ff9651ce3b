"""What greetings bring to the home page: a question, the guest one receives, who has nobody, whom a newcomer may meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.local_time import local_day
from app.core.meetings.domain.meeting import Meeting
from app.http.page import GroupPage
from app.plugin_api import Panel, Task
from app.plugins.welcome.domain.greeting import GreetingState
from app.plugins.welcome.queries.guests import put_aside_by
from app.plugins.welcome.web.asked import recent_newcomers
from app.plugins.welcome.web.greeters import Expected, expected_guests, next_meeting
from app.plugins.welcome.web.greetings import own_lines
from app.plugins.welcome.web.in_the_room import is_left_alone
from app.plugins.welcome.web.known import known_group, named_to_newcomer
from app.plugins.welcome.web.reasons import reason_lines
from app.plugins.welcome.web.spoke import asked_by_visitors

LIVE_SECONDS = 10
_PEOPLE_NAMED_BEFORE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsToReceive:
    """The guests of the next meeting as hosts count them: who joined lately, who has nobody, who is here and waits."""

    meeting: Meeting
    newcomers: int
    alone: int
    waiting: Sequence[Expected]
    is_today: bool


def greeting_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the guest the viewer receives, and for a newcomer whom to meet."""
    return [*_own_guests(page), *_people(page)]


def greeting_tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer's word: whether they receive a guest, whether they spoke with a visitor."""
    asked = [one for one in own_lines(page) if one.greeting.state is GreetingState.ASKED]
    return [
        *(
            Task(
                text=_("Say whether you receive %(name)s at the meeting.", name=one.guest_name),
                url=page.url("welcome.greeting", greeting=one.public_id),
                order=12,
                due_on=one.meeting_day,
            )
            for one in asked
        ),
        *(
            Task(
                text=_("%(name)s says that you spoke. Say so too, if you like.", name=one.name),
                url=page.url("welcome.spoke"),
                order=45,
            )
            for one in asked_by_visitors(page)
        ),
    ]


def guests_of_next_meeting(page: GroupPage) -> GuestsToReceive | None:
    """Return how many guests of the next meeting have nobody, and who of them is here and waits; None where no guest is expected."""
    meeting = next_meeting(page)
    guests = expected_guests(page, meeting) if meeting is not None else []
    if meeting is None or not guests:
        return None
    return GuestsToReceive(
        meeting=meeting,
        newcomers=sum(one.guest.newcomer_id is not None for one in guests),
        alone=sum(not one.has_greeter for one in guests),
        waiting=[one for one in guests if _waits(page, one)],
        is_today=local_day(meeting.starts_at_utc, page.group.zone) == page.today,
    )


def _own_guests(page: GroupPage) -> list[Panel]:
    lines = [one for one in own_lines(page) if one.is_accepted]
    if not lines:
        return []
    is_today = any(one.meeting_day == page.today for one in lines)
    return [
        Panel(
            key="greeting",
            title=_("You receive"),
            template="welcome/panel_greeting.html",
            context={"lines": lines},
            url=page.url("welcome.own_greetings"),
            order=4,
            first=is_today,
            live_seconds=LIVE_SECONDS if is_today else 0,
        )
    ]


def _people(page: GroupPage) -> list[Panel]:
    own = page.viewer.member_id
    meeting = next_meeting(page) if any(one.member_id == own for one in recent_newcomers(page)) else None
    if meeting is None or meeting.local_date - _PEOPLE_NAMED_BEFORE > page.today:
        return []
    aside = put_aside_by(page.work.session, page.group.id, newcomer=own)
    greeters = frozenset(
        one.line.greeter
        for one in expected_guests(page, meeting)
        if one.guest.newcomer_id == own and one.line is not None and one.line.greeter is not None
    )
    named = named_to_newcomer(known_group(page, page.today), own, put_aside=aside, but=greeters)
    if not named:
        return []
    title = ngettext("%(num)d person to meet, and why", "%(num)d people to meet, and why", len(named))
    return [
        Panel(
            key="people",
            title=title,
            template="welcome/panel_people.html",
            context={"people": [(one, reason_lines(one.to_meet)) for one in named]},
            order=7,
        )
    ]


def _waits(page: GroupPage, one: Expected) -> bool:
    return one.line is not None and is_left_alone(page, one.line)
