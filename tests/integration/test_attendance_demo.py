"""The demo network's attendance is believable: most are on time, some are known for being late, and records are submitted."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from app.core.groups.domain.standing import Group
from app.core.ids import MeetingId
from app.core.local_time import Period
from app.plugin_api import MeetingBrief, MemberBrief
from app.plugins.attendance.queries.palms import PalmsSheet, palms_sheet
from app.plugins.attendance.services.demo import fill_demo
from tests.support.world import World

WEEKS = 30
MEMBERS = 20
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class DemoOf:
    """A group of the world as the demo shows it to plugins."""

    def __init__(self, group: Group, members: list[MemberBrief], meetings: list[MeetingBrief]) -> None:
        self.slug, self.zone, self.currency, self.group_id = group.slug, group.zone, group.currency, group.id
        self.today = NOW.date()
        self.members, self.meetings = members, meetings

    def members_on(self, day: date) -> list[MemberBrief]:
        return self.members

    def chance(self, name: str) -> Random:
        return Random(f"7/{self.slug}/{name}")


def _demo(world: World, slug: str) -> DemoOf:
    group = world.group(slug)
    members = [MemberBrief.of(line) for line in (world.member(group) for _ in range(MEMBERS))]
    days = [date(2026, 11, 24) - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS))]
    held = [world.meeting(group, day) for day in days]
    meetings = [
        MeetingBrief(
            id=MeetingId(one.id),
            public_id=one.public_id,
            local_date=one.local_date,
            starts_at_utc=one.starts_at_utc,
            ends_at_utc=one.ends_at_utc,
            state=one.state.value,
        )
        for one in held
    ]
    return DemoOf(group, members, meetings)


@pytest.fixture
def sheet(world: World) -> PalmsSheet:
    demo = _demo(world, "harbour")
    world.clock.move_to(NOW)
    work = world.work()
    fill_demo(work, demo)
    work.commit()
    found = palms_sheet(work.session, demo.group_id, Period(first=date(2026, 1, 1), last=NOW.date()), NOW)
    work.rollback()
    return found


def test_demo_attendance_has_believable_shares(sheet: PalmsSheet) -> None:
    recorded = sum(line.palms.recorded for line in sheet.lines)
    share = {
        letter: sum(line.palms.letters()[place] for line in sheet.lines) / recorded
        for place, letter in enumerate("PALMS")
    }
    assert recorded == MEMBERS * (WEEKS - 1)
    assert 0.70 <= share["P"] <= 0.93
    assert 0.02 <= share["L"] <= 0.20
    assert 0.01 <= share["A"] <= 0.12
    assert 0.005 <= share["M"] <= 0.06
    assert 0.005 <= share["S"] <= 0.06


def test_latest_record_of_the_demo_still_waits_for_its_leader(sheet: PalmsSheet) -> None:
    assert sheet.held == WEEKS - 1
    assert [one.local_date for one in sheet.uncounted] == [NOW.date()]
