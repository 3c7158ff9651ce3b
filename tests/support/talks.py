"""Records one-to-ones and learning in tests, through the services of activities; the test states what it is about."""

from datetime import date

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period, local_day
from app.plugins.activities.domain.rules import LearningFacts, TalkFacts
from app.plugins.activities.queries.talks import TalkLine, talks_of
from app.plugins.activities.services.learning import RecordLearning, record_learning
from app.plugins.activities.services.recording import RecordTalk, record_talk
from tests.support.slips import acting, reading
from tests.support.world import World

EVER = Period(first=date(2020, 1, 1), last=date(2099, 12, 31))


def recorded_talk(
    world: World,
    group: Group,
    member: MemberLine,
    other: MemberLine,
    *,
    on: date = date(2026, 11, 24),
    place: str = "",
    note: str = "",
    is_another: bool = False,
) -> str:
    """Record a one-to-one as `member` and return its public id."""
    with acting(world, member) as work:
        public_id = work.ids.public_id()
        command = RecordTalk(
            group=group,
            today=local_day(work.now, group.zone),
            member=member.id,
            member_name=member.name,
            partner=other.public_id,
            facts=TalkFacts(held_on=on, place=place, note=note),
            is_another=is_another,
            public_id=public_id,
            path=f"/g/{group.slug}/activities/talks/{public_id}",
        )
        record_talk(work, command)
    return public_id


def recorded_learning(
    world: World, group: Group, member: MemberLine, *, units: int = 2, on: date = date(2026, 11, 24)
) -> str:
    """Record learning as `member` and return its public id."""
    with acting(world, member) as work:
        public_id = work.ids.public_id()
        command = RecordLearning(
            group=group,
            today=local_day(work.now, group.zone),
            by=member.id,
            by_name=member.name,
            facts=LearningFacts(what="Book: asking better questions", learned_on=on, units=units),
            public_id=public_id,
        )
        record_learning(work, command)
    return public_id


def talks(world: World, group: Group, member: MemberLine) -> list[TalkLine]:
    """Return every one-to-one of the member, the newest first."""
    with reading(world) as session:
        return talks_of(session, group.id, member.id, EVER)
