"""Makes handling records in tests: slips handled well or badly, reports on them, and the weekly counting."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.credibility.services.counting import count_week
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.reporting import GiveReport, give_report
from tests.support.slips import acting, passed_slip, take
from tests.support.world import World


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A group whose slips are told in one line each."""

    world: World
    group: Group

    def handled(self, giver: MemberLine, receiver: MemberLine, answer: str, *, days: float = 2) -> str:
        """Pass a slip, close it after so many days, let both report on it, and return its public id."""
        slip = passed_slip(self.world, self.group, giver, receiver)
        self.world.pass_time(days=days)
        take(self.world, self.group, slip, receiver, Act.CLOSE, result=SlipState.WON)
        self.world.pass_time(hours=2)
        self.says(giver, slip, answer)
        self.says(receiver, slip, "yes")
        self.world.pass_time(hours=1)
        return slip

    def says(self, member: MemberLine, slip: str, answer: str) -> None:
        """Let a side of the slip give or correct their report."""
        with acting(self.world, member) as work:
            give_report(work, GiveReport(group_id=self.group.id, slip=slip, member=member.id, answer=answer))

    def count(self) -> int:
        """Go on to the next weekly day and count."""
        self.world.clock.move_to(self.world.now + timedelta(days=7))
        with acting(self.world) as work:
            counted = count_week(work, self.group)
            work.commit()
        return counted
