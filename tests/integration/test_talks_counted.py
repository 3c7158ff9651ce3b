"""How often members talked since their own day, on both engines: who came back is not credited with talks of before."""

from datetime import date

import pytest

from app.core.ids import MemberId
from app.plugins.activities.models import OneToOneRow
from app.plugins.activities.queries.counted import CountedTalks
from tests.support.slips import acting
from tests.support.world import World

EARLY, LATE = date(2026, 3, 3), date(2026, 11, 3)


@pytest.mark.parametrize(
    ("rui_began", "counted"), [(EARLY, 2), (date(2026, 5, 1), 1), (date(2026, 11, 4), 0)]
)
def test_each_counts_from_their_own_day(world: World, rui_began: date, counted: int) -> None:
    group = world.group(plugins=("attendance", "referrals", "activities"))
    ana, rui, eva = (world.member(group, name) for name in ("Ana Sousa", "Rui Almeida", "Eva Costa"))
    with acting(world) as work:
        for one, other, day in ((ana, rui, EARLY), (rui, eva, LATE)):
            work.session.add(
                OneToOneRow(
                    group_id=group.id,
                    id=work.ids.key(),
                    public_id=work.ids.public_id(),
                    member_id=one.id,
                    with_member_id=other.id,
                    held_on=day,
                    recorded_by_member_id=one.id,
                    created_at_utc=work.now,
                )
            )
        work.session.flush()
        found = CountedTalks(work.session).since(
            group.id, {MemberId(ana.id): EARLY, MemberId(rui.id): rui_began}
        )
        assert {member: times for member, times in found.items() if times} == {
            ana.id: 1,
            **({rui.id: counted} if counted else {}),
        }
        assert CountedTalks(work.session).since(group.id, {}) == {}
