"""Slips that were passed and won long ago: rows copied from one that the services passed and won."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select

from app.core.database import Base
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.store_reports import add_report
from tests.support.engines import STARTS_AT
from tests.support.slips import TODAY, acting, passed_slip, reading, take
from tests.support.world import World

BEGINS: Final = STARTS_AT + timedelta(days=7, hours=4)
"""A Tuesday: what the others have is published since the day before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip between X and a colleague, or between two others, won when it closed."""

    id: SlipId
    public_id: str
    giver: MemberLine
    receiver: MemberLine
    closed_at: datetime


class SlipCopies:
    """Copies of one slip that was passed and won, between whom and as old as is wanted."""

    def __init__(self, world: World, group: Group) -> None:
        self._world, self._group = world, group
        with reading(world) as session:
            one, other = members_on(session, group.id, TODAY)[:2]
        slip = passed_slip(world, group, one, other)
        take(world, group, slip, other, Act.CLOSE, result=SlipState.WON)
        tables = Base.metadata.tables
        self._slip, self._step = tables["referrals_slip"], tables["referrals_step"]
        self._prospect = tables["referrals_prospect"]
        with acting(world) as work:
            session = work.session
            self._copied = dict(
                session.execute(select(self._slip).where(self._slip.c.public_id == slip)).mappings().one()
            )
            of = (self._prospect.c.group_id == group.id, self._prospect.c.id == self._copied["prospect_id"])
            self._of_whom = dict(session.execute(select(self._prospect).where(*of)).mappings().one())
            steps = select(self._step).where(
                self._step.c.group_id == group.id, self._step.c.slip_id == self._copied["id"]
            )
            self._steps = [
                dict(row) for row in session.execute(steps.order_by(self._step.c.number)).mappings()
            ]

    def slip(self, giver: MemberLine, receiver: MemberLine, age: int) -> Slip:
        """Keep a slip that was passed so many days before the beginning, and won two days later."""
        passed_at = BEGINS - timedelta(days=age)
        closed_at = passed_at + timedelta(days=2)
        with acting(self._world) as work:
            key, prospect, public_id = work.ids.key(), work.ids.key(), work.ids.public_id()
            work.session.execute(insert(self._prospect).values({**self._of_whom, "id": prospect}))
            changed = {
                "id": key,
                "public_id": public_id,
                "prospect_id": prospect,
                "giver_member_id": giver.id,
                "receiver_member_id": receiver.id,
                "passed_at_utc": passed_at,
                "news_at_utc": closed_at,
                "closed_at_utc": closed_at,
                "acknowledged_at_utc": closed_at,
                "told_from_utc": None,
            }
            work.session.execute(insert(self._slip).values({**self._copied, **changed}))
            whose = {Act.PASS.value: (giver.id, passed_at)}
            for step in self._steps:
                by, at = whose.get(step["act"], (receiver.id, closed_at))
                taken = {**step, "slip_id": key, "by_member_id": by, "at_utc": at}
                work.session.execute(insert(self._step).values(taken))
            work.commit()
        return Slip(id=SlipId(key), public_id=public_id, giver=giver, receiver=receiver, closed_at=closed_at)

    def let_records_surface(self, surfaced: Sequence[MemberLine], new: Sequence[MemberLine]) -> None:
        """Let each of these have good reports by three of the others and by all new voices; no favour is returned."""
        for number, receiver in enumerate(surfaced):
            givers = [surfaced[(number + step) % len(surfaced)] for step in (1, 2, 3)]
            for giver in (*givers, *new):
                slip = self.slip(giver, receiver, 25)
                with acting(self._world) as work:
                    both_report(work, self._group, slip, "no" if giver is new[number % len(new)] else "yes")
                    work.commit()


def both_report(work: UnitOfWork, group: Group, slip: Slip, answer: str) -> None:
    """Let both sides report within the hour after the slip closed; the caller commits."""
    at = slip.closed_at + timedelta(hours=1)
    for report, said, by in (
        (Report.HANDLING, answer, slip.giver),
        (Report.LEAD, "yes", slip.receiver),
    ):
        add_report(work.session, group.id, slip.id, report=report, number=1, answer=said, by=by.id, at=at)
