"""The meetings around now, read at once: are they those that the single questions find, whatever the day?"""

from datetime import date, datetime, time, timedelta

import pytest

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.near import meetings_near
from app.core.meetings.queries import last_meetings, meeting_at_hand, meetings_between
from app.core.meetings.store import change_meeting
from tests.support.town import Town

DAYS = (
    (date(2026, 11, 3), time(7)),
    (date(2026, 11, 10), time(7)),
    (date(2026, 11, 17), time(7)),
    (date(2026, 11, 24), time(7)),
    (date(2026, 11, 24), time(18)),
    (date(2026, 12, 22), time(7)),
)
CALLED_OFF = (2, 4)
HOURS = (-720, -169, -168, -3, 0, 1, 2.5, 11, 24, 288, 696)


def met(town: Town, slug: str) -> Group:
    """Return a group that met until today, with two meetings called off and the next a month away."""
    group = town.group(slug)
    made = [town.meeting(group, day, wall) for day, wall in DAYS]
    with town.act() as work:
        for number in CALLED_OFF:
            change_meeting(
                work.session, group.id, made[number], {"state": MeetingState.CANCELLED.value, "note": "Snow."}
            )
    return group


@pytest.mark.parametrize("hours", HOURS)
def test_it_is_what_the_single_questions_find(town: Town, hours: float) -> None:
    group = met(town, f"near-{HOURS.index(hours)}")
    now: datetime = town.now + timedelta(hours=hours)
    today, week = local_day(now, group.zone), timedelta(days=7)
    session = town.session
    with town.statements() as statements:
        near = meetings_near(session, group.id, now, today)
    assert len(statements) == 1
    assert near.at_hand == meeting_at_hand(session, group.id, now)
    assert list(near.begun) == last_meetings(session, group.id, now, 2)
    assert list(near.within_a_week) == meetings_between(session, group.id, today - week, today + week)


def test_another_groups_meetings_are_none_of_it(town: Town) -> None:
    met(town, "near-other")
    bare = town.group("near-bare")
    near = meetings_near(town.session, bare.id, town.now, town.now.date())
    assert (near.at_hand, near.begun, near.within_a_week) == (None, (), ())
