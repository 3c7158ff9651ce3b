"""Who is expected at a meeting: members who did not say that they stay away, and visitors who registered."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.meetings.domain.meeting import Meeting
from app.http.page import GroupPage
from app.plugins.attendance.interface import MembersAway
from app.plugins.profiles.queries.faces import FaceLine, faces_on
from app.plugins.welcome.interface import ExpectedVisitor, ExpectedVisitors


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Everybody who is expected at one meeting, members in alphabetical order."""

    members: Sequence[FaceLine]
    visitors: Sequence[ExpectedVisitor]


def expected_at(page: GroupPage, meeting: Meeting) -> Expected:
    """Return who is expected; where nobody says who stays away, or who visits, everybody and no visitor."""
    away = page.reader(MembersAway)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    visitors = page.reader(ExpectedVisitors)  # type: ignore[type-abstract]  # as above
    stay_away = away.at_meeting(page.group.id, meeting.id) if away else frozenset()
    faces = faces_on(page.work.session, page.group.id, meeting.local_date)
    return Expected(
        members=[one for one in faces if one.member_id not in stay_away],
        visitors=visitors.at_meeting(page.group.id, meeting.id) if visitors else (),
    )


def members_of_today(page: GroupPage) -> Expected:
    """Return the members of today: whose names are practised where no meeting is planned."""
    return Expected(members=faces_on(page.work.session, page.group.id, page.today), visitors=())
