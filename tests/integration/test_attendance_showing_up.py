"""How a member came in some days, for others: submitted records alone, leave left out."""

from datetime import date

from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import CameLately
from app.plugins.attendance.queries.history import StoredHistory
from app.plugins.attendance.queries.told import ToldOfMembers
from tests.support.chapter import LAST_DAY, Chapter
from tests.support.slips import reading
from tests.support.world import World

LETTERS = (Status.PRESENT, Status.LATE, Status.MEDICAL)


def came(chapter: Chapter, first: date, last: date = LAST_DAY) -> CameLately:
    with reading(chapter.world) as session:
        return ToldOfMembers(session).came_between(chapter.group.id, chapter.ana.id, first, last)


def test_letters_of_submitted_records_are_counted_and_leave_is_left_out(world: World) -> None:
    chapter = Chapter(world)
    for meeting, letter in zip(chapter.meetings, LETTERS, strict=False):
        world.clock.move_to(max(world.now, meeting.ends_at_utc))
        chapter.mark(meeting, chapter.ana, letter)
    nothing = CameLately(meetings=0, in_person=0, on_time=0, by_substitute=0)
    assert came(chapter, date(2020, 1, 1)) == nothing, "no record is submitted yet"
    for meeting in chapter.meetings[:3]:
        chapter.submit(meeting)
    assert came(chapter, date(2020, 1, 1)) == CameLately(meetings=2, in_person=2, on_time=1, by_substitute=0)
    second = chapter.meetings[1].local_date
    assert came(chapter, second, second) == CameLately(meetings=1, in_person=1, on_time=0, by_substitute=0)


def test_days_of_submitted_records_are_told_to_whoever_weighs_the_past(world: World) -> None:
    chapter = Chapter(world)
    first, second, third = chapter.meetings[:3]
    chapter.submit(second, came=(chapter.ana,))
    chapter.submit(first, came=(chapter.ana, chapter.leader))
    chapter.mark(third, chapter.ana, Status.PRESENT)
    with reading(chapter.world) as session:
        history = StoredHistory(session)
        days = history.attended_days(chapter.group.id)
        counts = history.attended_by_member(chapter.group.id)
    assert days == {
        chapter.ana.id: [first.local_date, second.local_date],
        chapter.leader.id: [first.local_date],
    }
    assert {member: len(found) for member, found in days.items()} == counts
