"""Lets the receiver's clock of slips run in tests, and takes the links out of the mails that it writes."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.models import OutgoingMailRow
from app.plugins.referrals.web.tapped import run_clock
from tests.support.slips import acting, reading
from tests.support.world import World

_LINK = re.compile(r"^http\S+/visit/\S+/referrals/tap/\S+$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class ClockMail:
    """A mail of the clock: its kind, its text, and the paths of its taps in their order."""

    kind: str
    subject: str
    body: str

    @property
    def taps(self) -> list[str]:
        """Where its taps lead, within the site."""
        return [link.partition("localhost")[2] for link in _LINK.findall(self.body)]


def let_clock_run(world: World, group: Group, *, days: float = 0) -> int:
    """Let `days` pass and the clock's job run once; return how many moves it made."""
    world.pass_time(days=days)
    with world.app.app_context(), acting(world) as work:
        made = run_clock(work, group)
        work.commit()
    return made


def clock_mails(world: World, member: MemberLine) -> list[ClockMail]:
    """Return the mails that the clock wrote to the member, the first first."""
    query = (
        select(OutgoingMailRow)
        .where(
            OutgoingMailRow.person_id == member.person_id,
            OutgoingMailRow.kind.in_(["referrals.reminder", "referrals.help_asked"]),
        )
        .order_by(OutgoingMailRow.created_at_utc, OutgoingMailRow.id)
    )
    with reading(world) as session:
        return [
            ClockMail(kind=row.kind, subject=row.subject, body=row.body) for row in session.scalars(query)
        ]


def let_giver_be_asked(world: World, group: Group) -> None:
    """Let seven days pass without a word of any receiver."""
    for days in (2, 3, 2):
        let_clock_run(world, group, days=days)
