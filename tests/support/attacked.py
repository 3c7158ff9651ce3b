"""A group under attack, for tests of its records: reports, steps and memberships in one line each, and what stands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership
from app.core.local_time import instant_of, local_day
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeals_of
from app.plugins.credibility.queries.secret import Evidence, Known
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.counting import count_week
from app.plugins.credibility.services.deciding import Decide, decide
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.handing_back import hand_back_from_former
from app.plugins.referrals.services.typing_in import PaperSlip, TypeIn, type_in
from app.plugins.referrals.store_historic import FromFile, HistoricSlip, add_historic_slips
from tests.support.records import Recorded
from tests.support.slips import OFFER, acting, addresses, passed_slip, reading, take

PLUGINS = ("attendance", "referrals", "credibility")


@dataclass(frozen=True, kw_only=True)
class Attacked(Recorded):
    """A group, and what is counted there."""

    def members(self, number: int) -> list[MemberLine]:
        """Take in so many members."""
        return [self.world.member(self.group) for _ in range(number)]

    def passed(self, giver: MemberLine, receiver: MemberLine) -> str:
        """Pass a slip that nobody touches, and return its public id."""
        return passed_slip(self.world, self.group, giver, receiver)

    def ignored(self, giver: MemberLine, receiver: MemberLine, answer: str = "no") -> str:
        """Pass a slip on which the receiver says nothing for two weeks, and let the giver report on it."""
        slip = self.passed(giver, receiver)
        self.world.pass_time(days=14, minutes=1)
        self.says(giver, slip, answer)
        return slip

    def brought(self, giver: MemberLine, receiver: MemberLine, day: date) -> str:
        """Keep a slip as a file brings it, and return its public id."""
        with acting(self.world) as work:
            slip = HistoricSlip(
                id=SlipId(work.ids.key()),
                public_id=work.ids.public_id(),
                giver=giver.id,
                giver_outside="",
                receiver=receiver.id,
                receiver_outside="",
                tier="outside",
            )
            on_the_day = instant_of(day, time(12), self.group.zone)
            file = FromFile(batch_id=41, day=day, on_the_day=on_the_day, now=work.now)
            add_historic_slips(work.session, self.group.id, [slip], file)
            work.commit()
        return slip.public_id

    def typed_in(self, typist: MemberLine, giver: MemberLine, receiver: MemberLine, day: date) -> str:
        """Type in a slip that was written on paper on that day, and return its public id."""
        with acting(self.world, typist) as work:
            slip = work.ids.public_id()
            paper = PaperSlip(
                number=1,
                giver=giver.name,
                receiver=receiver.name,
                offer=OFFER,
                public_id=slip,
                addresses=addresses(slip),
            )
            command = TypeIn(
                group=self.group,
                today=local_day(work.now, self.group.zone),
                typist=typist.id,
                typist_name=typist.name,
                day=day,
                slips=[paper],
            )
            type_in(work, command)
        return slip

    def takes(self, slip: str, member: MemberLine, act: Act, result: SlipState | None = None) -> None:
        """Take a step of the slip."""
        take(self.world, self.group, slip, member, act, result=result)

    def leaves(self, member: MemberLine) -> None:
        """End the membership today; tomorrow open slips go back."""
        last = local_day(self.world.now, self.group.zone)
        with acting(self.world) as work:
            end_membership(
                work, group_id=self.group.id, member_id=member.id, last_day=last, reason="moved away"
            )
            work.commit()
        self.world.pass_time(days=1)
        with acting(self.world) as work:
            hand_back_from_former(work, self.group)
            work.commit()

    def comes_back(self, member: MemberLine) -> None:
        """Begin the membership anew."""
        day: date = local_day(self.world.now, self.group.zone)
        with acting(self.world) as work:
            start_membership(
                work, group_id=self.group.id, person_id=member.person_id, started_on=day, profile=Profile()
            )
            work.commit()

    def counted_now(self) -> int:
        """Let the weekly job come round at this moment, and return how many reports it counted."""
        with acting(self.world) as work:
            counted = count_week(work, self.group)
            work.commit()
        return counted

    def rows(self, member: MemberLine, facet: Facet = Facet.HANDLING) -> Sequence[Evidence]:
        """Return the counted reports on a member."""
        with reading(self.world) as session:
            return secret.evidence_about(session, self.group.id, (facet, member.id))

    def known(self, member: MemberLine) -> Known:
        """Return a member's record as counted and as shown."""
        with reading(self.world) as session:
            found = secret.known_of(session, self.group.id, member.id)
        return found.get(Facet.HANDLING, secret.NOTHING_KNOWN)

    def appeals(self, member: MemberLine) -> Sequence[Appeal]:
        """Return the member's disagreements."""
        with reading(self.world) as session:
            return appeals_of(session, self.group.id, member.id)

    def disagree(self, member: MemberLine, row: Evidence) -> None:
        """Let the member disagree with a report."""
        command = FileAppeal(group=self.group, member=member.id, report=row.public_id, reason="I called.")
        with acting(self.world, member) as work:
            file_appeal(work, command)

    def uphold(self, member: MemberLine) -> None:
        """Let all who were asked decide for the member, on their latest disagreement."""
        appeal = self.appeals(member)[-1]
        for decider in appeal.deciders:
            command = Decide(
                group=self.group,
                member=decider.member_id,
                appeal=appeal.public_id,
                says="uphold",
                reason="So it was.",
            )
            with acting(self.world) as work:
                decide(work, command)

    def differing(self) -> list[object]:
        """Rebuild every record, and return those that came out otherwise."""
        with acting(self.world) as work:
            return [one.whose for one in rebuild(work, self.group) if one.differed]
