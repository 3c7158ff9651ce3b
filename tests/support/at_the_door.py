"""What tests of the door ask: who was told, which mails wait, and the jobs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.welcome.domain.spoken import Shared
from tests.support.slips import acting
from tests.support.world import World

TODAY = date(2026, 11, 24)


BOTH = Shared(email=True, phone=True)


LOOK_AFTER = "welcome.look-after-greetings"


FORGET = "welcome.forget-greetings"


def told(world: World, member: MemberLine) -> list[str]:
    """Return the kinds of what stands on the member's page, in the order in which it came."""
    with acting(world) as work:
        query = select(NoticeRow.kind).where(NoticeRow.member_id == member.id).order_by(NoticeRow.id)
        return [
            one
            for one in work.session.scalars(query)
            if one.startswith("welcome.g") or one == "welcome.no_greeter"
        ]


def mails(world: World, member: MemberLine) -> list[str]:
    """Return the kinds of the mails of the door to a member, as they were written."""
    table = OutgoingMailRow
    query = select(table.kind).where(table.person_id == member.person_id, table.kind.like("welcome.g%"))
    with acting(world) as work:
        return list(work.session.scalars(query.order_by(table.id)))


def run(world: World, name: str) -> int:
    jobs = [job for job in plugin_jobs(world.held) if job.name == name]
    with world.app.app_context():
        return run_all(jobs)[name]


def codes(refused: Refused) -> Sequence[str]:
    return [one.code for one in refused.refusals]
