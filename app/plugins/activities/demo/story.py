"""Tells the demo's story: who meets whom for a one-to-one week by week, and who learns what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief
from app.plugins.activities.demo.words import LEARNED, NOTES, PLACES
from app.plugins.activities.domain.keys import LearningId, OneToOneId
from app.plugins.activities.interface import LearningRecorded, OneToOneRecorded
from app.plugins.activities.store import NewLearning, NewTalk, add_learning, add_talks

_WRITES_A_PLACE, _WRITES_A_NOTE = 0.6, 0.35


@dataclass(kw_only=True)
class _Week:
    """The seven days before a meeting, with what was done in them."""

    work: UnitOfWork
    group: DemoGroup
    chance: Random
    meeting: MeetingBrief
    met: set[frozenset[int]] = field(default_factory=set)
    talks: list[NewTalk] = field(default_factory=list)
    learning: list[NewLearning] = field(default_factory=list)

    @property
    def recorded_at(self) -> datetime:
        """When people wrote it down: the evening before the meeting, for most of them."""
        return self.meeting.starts_at_utc - timedelta(hours=self.chance.randrange(2, 30))

    def day(self) -> date:
        """Return one of the days before the meeting."""
        return local_day(self.meeting.starts_at_utc, self.group.zone) - timedelta(
            days=self.chance.randrange(1, 7)
        )


def fill(work: UnitOfWork, group: DemoGroup) -> None:
    """Add the one-to-ones and the learning of every week; the caller commits."""
    chance = group.chance("activities")
    habit = {member.id: chance.betavariate(2, 4) for member in group.members}
    studious = {member.id: chance.betavariate(1.4, 5) for member in group.members}
    for meeting in group.meetings:
        if meeting.starts_at_utc >= work.now or meeting.state != "planned":
            continue
        week = _Week(work=work, group=group, chance=chance, meeting=meeting)
        members = list(group.members_on(meeting.local_date))
        for member in members:
            if chance.random() < habit[member.id]:
                _meet(week, member, members)
            if chance.random() < studious[member.id]:
                _learn(week, member)
        _keep(week)


def _meet(week: _Week, member: MemberBrief, members: Sequence[MemberBrief]) -> None:
    """Let the member meet somebody they did not meet in this week yet."""
    others = [
        one for one in members if one.id != member.id and frozenset((one.id, member.id)) not in week.met
    ]
    if not others:
        return
    other = week.chance.choice(others)
    week.met.add(frozenset((member.id, other.id)))
    chance = week.chance
    week.talks.append(
        NewTalk(
            id=OneToOneId(week.work.ids.key()),
            public_id=week.work.ids.public_id(),
            member_id=member.id,
            with_member_id=other.id,
            held_on=week.day(),
            place=chance.choice(PLACES) if chance.random() < _WRITES_A_PLACE else "",
            note=chance.choice(NOTES) if chance.random() < _WRITES_A_NOTE else "",
            recorded_by=member.id,
        )
    )


def _learn(week: _Week, member: MemberBrief) -> None:
    week.learning.append(
        NewLearning(
            id=LearningId(week.work.ids.key()),
            public_id=week.work.ids.public_id(),
            member_id=member.id,
            learned_on=week.day(),
            what=week.chance.choice(LEARNED),
            units=week.chance.choices((1, 2, 3, 4), (60, 25, 10, 5))[0],
            recorded_by=member.id,
        )
    )


def _keep(week: _Week) -> None:
    """Keep the rows of the week, and each fact in the ledger as in any group."""
    group_id = GroupId(week.group.group_id)
    add_talks(week.work.session, group_id, week.talks, week.recorded_at)
    add_learning(week.work.session, group_id, week.learning, week.recorded_at)
    for talk in week.talks:
        week.work.record(
            OneToOneRecorded(
                group_id=group_id,
                one_to_one_id=talk.id,
                member_id=talk.member_id,
                with_member_id=talk.with_member_id,
                held_on=talk.held_on,
            )
        )
    for one in week.learning:
        week.work.record(
            LearningRecorded(
                group_id=group_id,
                learning_id=one.id,
                member_id=one.member_id,
                learned_on=one.learned_on,
                units=one.units,
            )
        )
