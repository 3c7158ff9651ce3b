"""A first year with one of everything: a newcomer, a mentor to be, talks, and a leaver who was asked."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.firstyear.domain.keys import StayId
from app.plugins.firstyear.domain.talks import first_talks
from app.plugins.firstyear.models import ExitRow, MentorAskRow, StayRow, StepRow, StepsRow, TalkRow, ToMeetRow
from app.plugins.firstyear.services.leaving import token_of
from app.plugins.firstyear.services.writing import new_talk
from tests.support.world import World


def _stay(work: UnitOfWork, group: Group, member: MemberLine, stay_id: StayId) -> StayRow:
    return StayRow(
        group_id=group.id,
        id=stay_id,
        public_id=work.ids.public_id(),
        member_id=member.id,
        started_on=work.now.date() - timedelta(days=3),
        earlier_until=None,
        has_plan=True,
        keeper_member_id=member.id,
        is_keeper_named=True,
        state="running",
        version=1,
    )


def keep_first_year(work: UnitOfWork, group: Group, mentor: MemberLine) -> None:
    """Keep a first year of `mentor`, who is all in one here, so that one browser is shown each of its pages."""
    today = work.now.date()
    stay_id = StayId(work.ids.key())
    own = {"group_id": group.id, "stay_id": stay_id}
    work.session.add(_stay(work, group, mentor, stay_id))
    work.session.flush()
    work.session.add(StepRow(**own, number=1, text="Show the door", done_at_utc=None, done_by_member_id=None))
    work.session.add(
        ToMeetRow(**own, member_id=mentor.id, position=0, reason="office", met_on=None, is_set_aside=False)
    )
    work.session.add(
        MentorAskRow(
            **own,
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            mentor_member_id=mentor.id,
            state="accepted",
            asked_by_member_id=mentor.id,
            asked_at_utc=work.now,
            answered_at_utc=work.now,
            ended_at_utc=None,
        )
    )
    for planned in first_talks(today, today):
        work.session.add(TalkRow(**new_talk(work, group.id, stay_id, planned, mentor.id)))
    work.session.add(StepsRow(group_id=group.id, steps="Coffee first", changed_at_utc=work.now))
    _keep_leaver(work, group, mentor.id)


def secrets_of_first_year(world: World, group: Group) -> Mapping[str, list[str]]:
    """Return what stands in the link to the question that a leaver was asked."""
    work = world.work()
    query = select(ExitRow.public_id).where(ExitRow.group_id == group.id, ExitRow.state == "asked")
    found = list(work.session.scalars(query.order_by(ExitRow.id)))
    work.rollback()
    with world.app.app_context():
        tokens = [token_of(group, one) for one in found[-1:]]
    return {
        "visit.firstyear.question/token": tokens,
        "visit.firstyear.give_answer/token": tokens,
    }


def _keep_leaver(work: UnitOfWork, group: Group, member_id: MemberId) -> None:
    today = work.now.date()
    for number, state in enumerate(("asked", "waiting"), start=1):
        work.session.add(
            ExitRow(
                group_id=group.id,
                id=work.ids.key(),
                public_id=work.ids.public_id(),
                member_id=member_id,
                ended_on=today - timedelta(days=number),
                ask_on=today + timedelta(days=2),
                state=state,
                forget_on=today + timedelta(days=80) if state == "asked" else None,
            )
        )
