"""What still points at a member, where some of it is sealed or secret: whether it does is asked, how often is not, on both engines."""

import pytest

from app.core.database import table_of
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.intake.traces import traces_in_group
from app.plugins.credibility.store import put_part
from tests.support.records import Recorded
from tests.support.sealed_rows import keep_record
from tests.support.slips import acting, passed_slip, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


def traces(world: World, group: Group, *members: MemberLine) -> list[int]:
    besides = frozenset({"membership", "notice"})
    keys = [one.id for one in members]
    with reading(world) as session:
        found = traces_in_group(session, group.id, table_of(MemberRow), keys, besides=besides)
    return [found[key] for key in keys]


def test_sealed_rows_alone_are_one_trace_however_many(world: World, group: Group) -> None:
    by, about, nobody = (world.member(group) for _ in range(3))
    assert traces(world, group, by, about, nobody) == [0, 0, 0]
    with acting(world) as work:
        keep_record(work, group, by, about, 4)
        work.commit()
    assert traces(world, group, by, about, nobody) == [1, 1, 0]


def test_beside_anything_else_sealed_rows_count_for_nothing(world: World, group: Group) -> None:
    by, about = world.member(group), world.member(group)
    passed_slip(world, group, by, about)
    before = traces(world, group, by, about)
    assert min(before) > 0
    with acting(world) as work:
        keep_record(work, group, by, about, 4)
        work.commit()
    assert traces(world, group, by, about) == before


def test_sealed_words_on_slips_are_not_counted(world: World, group: Group) -> None:
    recorded = Recorded(world=world, group=group)
    by, about = world.member(group), world.member(group)
    slip = recorded.handled(by, about, "yes")
    before = traces(world, group, by, about)
    assert min(before) > 0
    recorded.says(by, slip, "no")
    assert traces(world, group, by, about) == before


def test_what_somebody_said_of_taking_part_counts_for_nothing_beside_anything_else(
    world: World, group: Group
) -> None:
    by, about = world.member(group), world.member(group)
    with acting(world) as work:
        put_part(work.session, group.id, about.id, "no", work.now)
        work.commit()
    assert traces(world, group, by, about) == [0, 1]
    passed_slip(world, group, by, about)
    with_part = traces(world, group, by, about)
    with acting(world) as work:
        put_part(work.session, group.id, by.id, "yes", work.now)
        work.commit()
    assert traces(world, group, by, about) == with_part


def test_sealed_rows_of_another_group_are_none_of_this_one(world: World, group: Group) -> None:
    by, about = world.member(group), world.member(group)
    with acting(world) as work:
        keep_record(work, group, by, about)
        work.commit()
    assert traces(world, world.group("mill", plugins=PLUGINS), by, about) == [0, 0]
