"""What happens around an application in the lives of members: visits, calls, two records of one human, and erasing."""

from datetime import time, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import select

from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.ids import PersonId
from app.core.local_time import local_day
from app.core.meetings.queries import meetings_to_come
from app.core.meetings.services import add_meeting
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork
from app.plugin_runtime.person_data import erase_person, merge_people
from app.plugins.welcome.domain.visit import Registration, Wishes
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.queries.calls import CallLine, open_calls
from app.plugins.welcome.services.arriving import note_arrival
from app.plugins.welcome.services.calls import note_visitor_call
from app.plugins.welcome.services.registering import Register, register_visit
from app.plugins.welcome.web.visit_addresses import addresses_of
from tests.support.membership_lives import Applicant, Chapter

SOON: Final = timedelta(days=20)


def visit(chapter: Chapter, person: Applicant) -> bool:
    """Let somebody register for the next meeting, which is in two days where none was planned."""
    meeting = _next_meeting(chapter)

    def register(work: UnitOfWork) -> None:
        wanted = Registration(
            name=person.name,
            firm="",
            trade="Sailmaker",
            email=person.email,
            phone="",
            invited_by=chapter.president.name,
            wishes=Wishes(),
        )
        register_visit(
            work,
            Register(
                group=chapter.group,
                meeting=meeting,
                wanted=wanted,
                has_agreed=True,
                language="en",
                held_trades=[],
                addresses=addresses_of(chapter.group),
            ),
        )

    return chapter.attempt(register, "visit")


def arrive(chapter: Chapter, number: int) -> bool:
    """Let an expected visitor stand at the door on the day: time passes until then."""
    expected = [one for one in visitors(chapter) if one.state == "expected"]
    if not expected:
        return False
    found = expected[number % len(expected)]
    today = local_day(chapter.world.now, chapter.group.zone)
    if found.came_on > today:
        chapter.let_time_pass((found.came_on - today).days)
    return chapter.attempt(lambda work: note_arrival(work, chapter.group, found.public_id), "arrive")


def call(chapter: Chapter, number: int) -> bool:
    """Let whoever has a call to make do it; a day passes where there is none yet."""
    if not calls(chapter):
        chapter.let_time_pass(1)
    waiting = calls(chapter)
    if not waiting:
        return False
    found = waiting[number % len(waiting)]
    owner = found.owner or chapter.president.id
    return chapter.attempt(
        lambda work: note_visitor_call(
            work, chapter.group, found.public_id, by=owner, note="Glad.", done=True
        ),
        "call",
    )


def merge(chapter: Chapter, number: int) -> bool:
    """Try to make two records one: the two of somebody who wrote from two addresses, else any two."""
    people = all_people(chapter)
    pairs = [(one, other) for name in people.values() for one, other in _pairs(people, name)]
    everybody = list(people)
    kept, gone = (
        pairs[number % len(pairs)]
        if pairs
        else (everybody[number % len(everybody)], everybody[(number * 7 + 1) % len(everybody)])
    )

    def both(work: UnitOfWork) -> None:
        merge_people(work, chapter.world.held.registry, kept, gone)
        work.commit()

    return chapter.attempt(both, "merge")


def erase(chapter: Chapter, number: int) -> bool:
    """Try to erase somebody: whoever left, if anybody did."""
    here = {one.person_id for one in chapter.members()}
    everybody = list(all_people(chapter))
    gone = [one for one in everybody if one not in here] or everybody
    found = gone[number % len(gone)]

    def forget(work: UnitOfWork) -> None:
        erase_person(work, chapter.world.held.registry, found)
        work.commit()

    return chapter.attempt(forget, "erase")


def visitors(chapter: Chapter) -> list[VisitorRow]:
    """Return every visit of which something is kept."""
    query = select(VisitorRow).where(
        VisitorRow.group_id == chapter.group.id, VisitorRow.forgotten_at_utc.is_(None)
    )
    with chapter.reading() as session:
        found = list(session.scalars(query.order_by(VisitorRow.id)))
        session.expunge_all()
    return found


def calls(chapter: Chapter) -> list[CallLine]:
    """Return the calls still to be made."""
    with chapter.reading() as session:
        return list(open_calls(session, chapter.group.id))


def all_people(chapter: Chapter) -> dict[PersonId, str]:
    """Return everybody with a record in the group who is not erased, with their names."""
    query = (
        select(PersonRow.id, PersonRow.name)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .where(MemberRow.group_id == chapter.group.id, PersonRow.erased_at_utc.is_(None))
        .order_by(PersonRow.id)
    )
    with chapter.reading() as session:
        return {PersonId(row.id): row.name for row in session.execute(query)}


def member_of(chapter: Chapter, person: Applicant) -> MemberLine | None:
    """Return the member that an applicant is today."""
    return next((one for one in chapter.members() if one.name == person.name), None)


def _pairs(people: dict[PersonId, str], name: str) -> list[tuple[PersonId, PersonId]]:
    same = [key for key, called in people.items() if called == name]
    return list(pairwise(same))


def _next_meeting(chapter: Chapter) -> str:
    """Return the public id of the next meeting of these weeks; one is planned where there is none."""
    now = chapter.world.now
    with chapter.reading() as session:
        coming = [
            one for one in meetings_to_come(session, chapter.group.id, now) if one.starts_at_utc <= now + SOON
        ]
    if coming:
        return str(coming[0].public_id)
    day = local_day(now, chapter.group.zone) + timedelta(days=2)
    with chapter.acting() as work, chapter.world.app.app_context():
        add_meeting(work, chapter.group, day=day, wall_time=time(7), minutes=90)
        work.commit()
    return _next_meeting(chapter)
