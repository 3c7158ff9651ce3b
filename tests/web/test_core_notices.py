"""A member's own notices: shown to them alone, counted until they are read."""

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.services import notify
from app.core.sentences import N_
from tests.support.reading import words
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


def tell(world: World, group: Group, member: MemberLine, who: str) -> None:
    """Give the member a notice about `who`."""
    work = world.work()
    sentence = N_("%(who)s thanks you.")
    notify(
        work,
        group_id=group.id,
        member_id=member.id,
        kind="x",
        text=sentence,
        facts={"who": who},
        path="/g/harbour/",
    )
    work.commit()


def test_a_notice_is_new_until_it_is_read(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa")
    client = world.client(ana)
    tell(world, group, ana, "Rui")
    page = words(client.get("/g/harbour/notices"))
    assert "Rui thanks you." in page
    assert ">new<" in page
    assert '1<span class="unseen"> unread' in words(client.get("/g/harbour/"))
    assert client.post("/g/harbour/notices/read").location == "/g/harbour/notices"
    assert ">new<" not in words(client.get("/g/harbour/notices"))
    assert "unread" not in words(client.get("/g/harbour/"))


def test_notices_are_for_one_member_alone(world: World, group: Group) -> None:
    ana, rui = world.member(group, "Ana Sousa"), world.member(group, "Rui Almeida")
    tell(world, group, ana, "Zita")
    other = world.client(rui)
    assert "Zita" not in words(other.get("/g/harbour/notices"))
    other.post("/g/harbour/notices/read")
    assert ">new<" in words(world.client(ana).get("/g/harbour/notices"))


def test_the_newest_notice_comes_first_and_old_ones_fall_off(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa")
    for number in range(62):
        tell(world, group, ana, f"Guest{number:03}")
        world.pass_time(minutes=1)
    page = words(world.client(ana).get("/g/harbour/notices"))
    assert page.index("Guest061") < page.index("Guest060") < page.index("Guest002")
    assert "Guest001" not in page


def test_a_member_without_notices_is_told_what_will_stand_here(world: World, group: Group) -> None:
    page = words(world.client(world.member(group)).get("/g/harbour/notices"))
    assert "Nothing yet." in page


def test_reading_them_again_changes_nothing(world: World, group: Group) -> None:
    client = world.client(world.member(group))
    assert [client.post("/g/harbour/notices/read").status_code for _time in range(2)] == [303, 303]
