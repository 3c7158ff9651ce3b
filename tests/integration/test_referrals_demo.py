"""The demo's referrals are believable, legal, and counted in the ledger as in PALMS."""

from collections import Counter
from datetime import date, time, timedelta
from random import Random

import pytest
from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.ids import MeetingId, SeededIds
from app.core.ledger.queries import entries_of
from app.core.local_time import instant_of
from app.core.notices.models import OutgoingMailRow
from app.plugin_api import MeetingBrief, MemberBrief
from app.plugins.referrals.demo.story import fill
from app.plugins.referrals.domain.slip import LIFE, OPEN, Act, SlipState
from app.plugins.referrals.models import SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.queries.totals import PalmsTotals
from app.plugins.referrals.queries.words_due import Due, words_due
from tests.support.slips import TODAY, acting, reading
from tests.support.world import World

WEEKS = 40
_STEPS = {step.act: step for step in LIFE}


class FilledGroup:
    """A demo group as the house shows it: meetings every Tuesday, all members from the first day."""

    def __init__(self, world: World, group: Group) -> None:
        self._group = group
        with reading(world) as session:
            self.lines = all_members(session, group.id)
        self.slug, self.zone, self.currency, self.group_id = group.slug, group.zone, group.currency, group.id
        self.today = TODAY
        self.members = [MemberBrief.of(line) for line in self.lines]
        self.meetings = [self._meeting(number) for number in range(WEEKS)]

    def _meeting(self, number: int) -> MeetingBrief:
        day = TODAY - timedelta(weeks=WEEKS - number)
        starts = instant_of(day, time(7), self.zone)
        return MeetingBrief(
            id=MeetingId(number + 1),
            public_id=f"meeting{number}",
            local_date=day,
            starts_at_utc=starts,
            ends_at_utc=starts + timedelta(minutes=90),
            state="planned",
        )

    def members_on(self, day: date) -> list[MemberBrief]:
        ended = {line.id: line.ended_on for line in self.lines}
        return [member for member in self.members if (last := ended[member.id]) is None or day <= last]

    def chance(self, name: str) -> Random:
        return Random(f"7/{self.slug}/{name}")


@pytest.fixture
def group(world: World) -> Group:
    group = world.group()
    for number in range(20):
        world.member(group, ended=TODAY - timedelta(weeks=5) if number == 12 else None)
    with acting(world) as work:
        work.ids = SeededIds(7, first_key=10**18)
        fill(work, FilledGroup(world, group))
        work.commit()
    return group


def test_slips_are_won_and_lost_in_believable_shares(world: World, group: Group) -> None:
    with reading(world) as session:
        states = Counter(session.scalars(select(SlipRow.state)))
        amounts = list(session.scalars(select(ThankYouRow.amount_minor)))
    total = states.total()
    assert 150 < total < 700
    assert 0.2 < states[SlipState.WON] / total < 0.5
    assert states[SlipState.LOST] > 0.1 * total
    assert 3 <= sum(states[state] for state in OPEN) < 0.35 * total
    assert 0.5 * states[SlipState.WON] < len(amounts) <= states[SlipState.WON]
    assert 10_000 < min(amounts) < max(amounts) < 10_000_000


def test_every_invented_life_is_legal_and_in_the_past(world: World, group: Group) -> None:
    with reading(world) as session:
        steps = session.execute(
            select(
                StepRow.slip_id, StepRow.act, StepRow.from_state, StepRow.to_state, StepRow.at_utc
            ).order_by(StepRow.slip_id, StepRow.number)
        ).all()
    latest: dict[int, tuple[str | None, object]] = {}
    for step in steps:
        before, then = latest.get(step.slip_id, (None, None))
        assert step.from_state == before
        assert then is None or step.at_utc >= then
        assert step.at_utc <= world.now
        if step.act != Act.PASS:
            known = _STEPS[Act(step.act)]
            assert step.from_state in known.sources
            assert step.to_state in known.targets
        latest[step.slip_id] = (step.to_state, step.at_utc)


def test_nothing_is_open_with_somebody_who_left(world: World, group: Group) -> None:
    left = next(line for line in FilledGroup(world, group).lines if line.ended_on is not None)
    with reading(world) as session:
        states = set(session.scalars(select(SlipRow.state).where(SlipRow.receiver_member_id == left.id)))
    assert states
    assert not states & OPEN


def test_the_ledger_counts_what_the_tables_count_and_nobody_is_mailed(world: World, group: Group) -> None:
    with reading(world) as session:
        kinds = Counter(entry.kind for entry, _hash in entries_of(session, group.id))
        palms = PalmsTotals(session, world.now).palms_totals(group.id, date(2025, 1, 1), TODAY, group.zone)
        mails = list(
            session.scalars(select(OutgoingMailRow.kind).where(OutgoingMailRow.kind.startswith("referrals")))
        )
    given = sum(one.rgi + one.rgo for one in palms.values())
    assert given == kinds["referrals.slip_passed"] - kinds["referrals.slip_withdrawn"]
    assert given == sum(one.rri + one.rro for one in palms.values())
    assert kinds["referrals.business_thanked"] == world.rows("referrals_thank_you")
    assert mails == []
    world.assert_ledger_whole(group)


def test_the_member_who_signs_in_finds_slips_that_wait(world: World, group: Group) -> None:
    third = sorted(FilledGroup(world, group).members, key=lambda member: member.id)[2]
    with reading(world) as session:
        silent_since = world.now - timedelta(days=14)
        due = words_due(
            session, group.id, third.id, now=world.now, silent_since=silent_since, is_helper=False
        )
    kinds = [one.due for one in due]
    assert kinds.count(Due.ANSWER) >= 2
    assert Due.NEWS in kinds
