"""The group's home page: the console for an office, the next thing to do for a member, and its parts that stay fresh."""

import re

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from tests.support.reading import words
from tests.support.world import World

GATE = 3
"""Statements that every page of a group may cost before its view begins: who is signed in, where they stand."""
CONSOLE = 10
"""Nine for its panels and steps, and one for the offices that the viewer is asked to take."""
LIST = 3


@pytest.fixture
def group(world: World) -> Group:
    """Return a group with a meeting today."""
    made = world.group()
    world.meeting(made)
    return made


def live_parts(text: str) -> list[str]:
    """Return the addresses that a page fetches again by itself."""
    return re.findall(r'data-live="([^"]+)"', text)


def test_an_office_sees_the_console_and_a_member_what_is_next(world: World, group: Group) -> None:
    president = world.client(world.member(group, offices=(Office.PRESIDENT,))).get("/g/harbour/")
    member = world.client(world.member(group, "Ana Sousa")).get("/g/harbour/")
    assert ("shell-console" in president.text, "shell-console" in member.text) == (True, False)
    assert "Today, " in words(president)
    assert "Hello, Ana" in words(member)


def test_a_member_at_the_meeting_finds_it_first_and_one_button_on_top(world: World, group: Group) -> None:
    page = world.client(world.member(group, "Ana Sousa")).get("/g/harbour/").text
    assert re.findall(r'<section class="panel panel-first"[^>]*aria-label="([^"]+)"', page) == ["Today"]
    assert re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page) == [
        ("/g/harbour/referrals/pass", "Pass a slip")
    ]


def test_a_group_with_nothing_on_says_so_and_where_to_change_it(world: World) -> None:
    bare = world.group("bare", plugins=())
    president = world.client(world.member(bare, offices=(Office.PRESIDENT,))).get("/g/bare/")
    assert "Nothing is switched on in this group yet." in words(president)
    assert "/g/bare/settings" in president.text
    assert "has not switched anything on" in words(world.client(world.member(bare)).get("/g/bare/"))


def test_navigation_shows_what_the_viewer_may_open(world: World, group: Group) -> None:
    own = {"/g/harbour/members", "/g/harbour/meetings"}
    leaders = {"/g/harbour/settings", "/g/harbour/offices", "/g/harbour/import"}
    president = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    member = world.client(world.member(group))
    assert own | leaders <= _navigation(president.get("/g/harbour/").text)
    assert leaders.isdisjoint(_navigation(member.get("/g/harbour/").text))
    assert own <= _navigation(member.get("/g/harbour/").text)


def _navigation(text: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', text.partition("<nav")[2].partition("</nav>")[0]))


def test_a_fresh_part_is_fetched_only_when_something_happened(world: World, group: Group) -> None:
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    parts = live_parts(client.get("/g/harbour/").text)
    assert parts
    for part in parts:
        first = client.get(part)
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
        mark = {"If-None-Match": first.headers["ETag"]}
        again = client.get(part, headers=mark)
        assert (again.status_code, again.data) == (304, b"")
        world.member(group)
        assert client.get(part, headers=mark).status_code == 200


def test_what_happens_in_another_group_refreshes_nothing(world: World, group: Group) -> None:
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    [part, *_more] = live_parts(client.get("/g/harbour/").text)
    mark = {"If-None-Match": client.get(part).headers["ETag"]}
    world.member(world.group("mill"))
    assert client.get(part, headers=mark).status_code == 304


def test_a_part_of_one_viewer_is_not_taken_for_anothers(world: World, group: Group) -> None:
    first = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    other = world.client(world.member(group, offices=(Office.VICE_PRESIDENT,)))
    [part, *_more] = live_parts(first.get("/g/harbour/").text)
    mark = {"If-None-Match": first.get(part).headers["ETag"]}
    assert other.get(part, headers=mark).status_code == 200


@pytest.mark.parametrize("part", ["attendance/nothing", "nothing/today", "referrals/today"])
def test_a_part_that_nobody_brings_is_not_there(world: World, group: Group, part: str) -> None:
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    assert client.get(f"/g/harbour/panels/{part}").status_code == 404


def test_the_console_costs_few_statements_however_many_members_there_are(world: World, group: Group) -> None:
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    counts = []
    for _growing in range(2):
        with world.statements() as statements:
            assert client.get("/g/harbour/").status_code == 200
        counts.append(len(statements))
        for _number in range(6):
            world.member(group)
    assert counts[0] == counts[1]
    assert counts[0] <= GATE + CONSOLE, statements


@pytest.mark.parametrize("listed", ["members", "meetings", "notices"])
def test_a_list_costs_three_statements_after_the_gate(world: World, group: Group, listed: str) -> None:
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    counts = []
    for _growing in range(2):
        with world.statements() as statements:
            assert client.get(f"/g/harbour/{listed}").status_code == 200
        counts.append(len(statements))
        world.member(group)
        world.meeting(group)
    assert counts[0] == counts[1]
    assert counts[0] <= GATE + LIST, statements
