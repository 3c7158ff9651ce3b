"""How tests of the first year look at it: stays, talks, mails, and time that passes."""

from datetime import date

from sqlalchemy import delete, select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.firstyear.domain.talks import Held
from app.plugins.firstyear.models import StayRow, StepRow, TalkRow, ToMeetRow
from app.plugins.firstyear.queries.exits import ExitLine, exits_kept
from app.plugins.firstyear.queries.mentors import open_asks
from app.plugins.firstyear.queries.stays import (
    StayLine,
    stay_of_member,
)
from app.plugins.firstyear.queries.talks import TalkLine, talks_of_stay
from app.plugins.firstyear.services.mentors import answer_asked, ask_mentor
from tests.support.slips import acting
from tests.support.world import World

TODAY = date(2026, 11, 24)


LONG_AGO = date(2024, 8, 6)


PLUGINS = ("attendance", "welcome", "activities", "giving", "firstyear")


def stay_of(world: World, group: Group, member: MemberLine) -> StayLine:
    with acting(world) as work:
        found = stay_of_member(work.session, group.id, member.id)
        work.rollback()
    assert found is not None
    return found


def talks_of(world: World, group: Group, stay: StayLine) -> list[TalkLine]:
    with acting(world) as work:
        found = talks_of_stay(work.session, group.id, stay.id)
        work.rollback()
    return found


def leavers(world: World, group: Group) -> list[ExitLine]:
    with acting(world) as work:
        found = exits_kept(work.session, group.id)
        work.rollback()
    return found


def jobs(world: World, *names: str) -> dict[str, int]:
    wanted = {f"firstyear.{name}" for name in names}
    return run_all([job for job in plugin_jobs(world.held) if job.name in wanted])


def mails(world: World, member: MemberLine, kind: str) -> list[str]:
    query = select(OutgoingMailRow.body).where(
        OutgoingMailRow.person_id == member.person_id, OutgoingMailRow.kind == kind
    )
    with acting(world) as work:
        found = list(work.session.scalars(query))
        work.rollback()
    return found


def notices(world: World, member: MemberLine, kind: str) -> list[str]:
    query = select(NoticeRow.text).where(NoticeRow.member_id == member.id, NoticeRow.kind == kind)
    with acting(world) as work:
        found = list(work.session.scalars(query))
        work.rollback()
    return found


def leaves(world: World, group: Group, member: MemberLine, last_day: date) -> None:
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")
        work.commit()


def asked(world: World, group: Group, stay: StayLine, mentor: MemberLine, by: MemberLine) -> str:
    with acting(world, by) as work:
        ask_mentor(work, group, stay.public_id, mentor=mentor.public_id, by=by.id)
    with acting(world) as work:
        found = next(one.public_id for one in open_asks(work.session, group.id) if one.stay_id == stay.id)
        work.rollback()
    return found


def says(world: World, group: Group, ask: str, mentor: MemberLine, *, yes: bool) -> None:
    with acting(world, mentor) as work:
        answer_asked(work, group, ask, viewer=mentor.id, accepts=yes)


def as_if_switched_on_now(world: World) -> None:
    """Take every stay away: the members were here before first years were kept."""
    with acting(world) as work:
        for table in (StepRow, TalkRow, ToMeetRow, StayRow, NoticeRow):
            work.session.execute(delete(table))
        work.commit()


def held(outcome: str = "well", **change: object) -> Held:
    said = {"held_on": TODAY, "outcome": outcome, "words": "Quiet, and glad.", "seen_by": "two"} | change
    return Held(**said)  # type: ignore[arg-type]  # the test decides what is typed
