"""A visitor's own page: who receives them, whom to meet and why, “we spoke” from both sides."""

from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.greetings import SECRET, answers, arrives, asks, calls_off, expects, greeting_of
from tests.support.world import World

OWN = f"/visit/harbour/welcome/v/{SECRET}"
SPOKE = "/g/harbour/welcome/spoke"
CLARAS = ("clara@visitor.example", "+33 6 1234")


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ferreira", trade="Architect", email="ben@harbour.example")


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group)


@pytest.fixture
def clara(world: World, group: Group, ana: MemberLine, meeting: Meeting) -> tuple[int, str]:
    return expects(world, group, meeting, invited_by=ana, secret=SECRET)


def own_page(world: World, address: str = OWN) -> str:
    return unescape(world.client().get(address).text)


def members_page(world: World, member: MemberLine) -> str:
    return unescape(world.client(member).get(SPOKE).text)


def press(world: World, member: MemberLine, what: str, **data: str) -> TestResponse:
    return world.client().post(f"{OWN}/people/{member.public_id}/{what}", data=data)


def shown(world: World, member: MemberLine, *, is_shown: bool = True) -> None:
    data = {"is_shown": "y"} if is_shown else {}
    assert world.client(member).post(f"{SPOKE}/shown", data=data).status_code == 303


def test_only_members_who_chose_it_are_named_and_the_next_comes_for_one_put_aside(
    world: World, group: Group, ben: MemberLine, clara: tuple[int, str]
) -> None:
    eva = world.member(group, "Eva Costa", trade="Plumber")
    assert clara
    assert "to meet today" not in own_page(world), "nobody chose to be named"
    shown(world, ben)
    seen = own_page(world)
    assert "1 person to meet today, and why" in seen
    assert "Architect · A neighbouring trade." in seen
    assert "ben@harbour.example" not in seen
    assert "Eva Costa" not in seen
    shown(world, eva)
    assert "2 people to meet today, and why" in own_page(world)
    assert press(world, ben, "aside").status_code == 303
    assert press(world, ben, "aside").status_code == 303
    seen = own_page(world)
    assert "Eva Costa" in seen
    assert "Ben Ferreira" not in seen
    shown(world, eva, is_shown=False)
    assert "to meet today" not in own_page(world)


def test_people_are_named_from_the_day_before_and_not_to_somebody_who_does_not_come(
    world: World, group: Group, ben: MemberLine
) -> None:
    later = world.meeting(group, world.now.date() + timedelta(days=3))
    key, _visitor = expects(world, group, later, secret=SECRET)
    shown(world, ben)
    assert "to meet today" not in own_page(world)
    world.pass_time(days=2)
    assert "to meet today" in own_page(world)
    calls_off(world, group, later, key)
    assert "to meet today" not in own_page(world)


def test_visitor_sees_who_receives_them_once_that_member_said_yes(
    world: World, group: Group, ana: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    line = asks(world, group, meeting, clara[1], ana, ben)
    assert "Ben Ferreira" not in own_page(world)
    answers(world, group, line, ben)
    assert "Ben Ferreira receives you at the door." in own_page(world)
    world.pass_time(days=2)
    assert "receives you at the door" not in own_page(world), "the visit is over"
    world.pass_time(days=-2)
    answers(world, group, greeting_of(world, group, meeting, clara[1]), ben, says_yes=False)
    assert "Ben Ferreira" not in own_page(world)


def test_both_press_and_each_sees_what_the_other_shares_until_one_takes_it_back(
    world: World, group: Group, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    shown(world, ben)
    assert press(world, ben, "spoke", shares_phone="y").status_code == 404, "she has not come yet"
    arrives(world, group, meeting, clara[0])
    assert press(world, ben, "spoke", shares_phone="y").status_code == 303
    assert "Clara Moreau says that you spoke" in unescape(world.client(ben).get("/g/harbour/").text)
    assert not any(reach in members_page(world, ben) for reach in CLARAS), "one press shows nothing"
    bens = world.client(ben)
    said = bens.post(f"{SPOKE}/{clara[1]}", data={"shares_email": "y"}, follow_redirects=True)
    assert "You both say so: how to reach Clara Moreau stands below." in unescape(said.text)
    assert CLARAS[1] in members_page(world, ben)
    assert CLARAS[0] not in members_page(world, ben), "she shares her number alone"
    assert "ben@harbour.example" in own_page(world)
    assert press(world, ben, "take-back").status_code == 303
    assert not any(reach in members_page(world, ben) for reach in CLARAS)
    assert "ben@harbour.example" not in own_page(world)


def test_visitor_can_press_for_nobody_whom_the_page_does_not_name(
    world: World, group: Group, ana: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    arrives(world, group, meeting, clara[0])
    assert press(world, ben, "spoke").status_code == 404
    assert "With whom did you speak?" in own_page(world)
    assert press(world, ana, "spoke").status_code == 303, "whoever invited her is known to her"
    stranger = world.member(world.group("mill", plugins=("welcome",)), "Max Mill")
    assert press(world, stranger, "spoke").status_code == 404
    dead = OWN.replace(SECRET, "x" * len(SECRET))
    for what in ("aside", "spoke", "take-back"):
        assert world.client().post(f"{dead}/people/{ana.public_id}/{what}").status_code == 404
        elsewhere = f"{OWN}/people/{ana.public_id}/{what}".replace("harbour", "mill")
        assert world.client().post(elsewhere).status_code == 404
        assert world.client().get(f"{OWN}/people/{ana.public_id}/{what}").status_code == 405


def test_member_cannot_press_for_the_visitor_with_what_their_pages_hold(
    world: World, group: Group, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    arrives(world, group, meeting, clara[0])
    world.client(ben).post(f"{SPOKE}/{clara[1]}", data={"shares_email": "y"})
    forged = f"/visit/harbour/welcome/v/{clara[1]}/people/{ben.public_id}/spoke"
    assert world.client(ben).post(forged, data={"shares_email": "y"}).status_code == 404
    assert not any(reach in members_page(world, ben) for reach in CLARAS)
