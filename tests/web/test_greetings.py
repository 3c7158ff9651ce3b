"""Pages of the door: who sees what of a guest, the taps of greeters and hosts, “we spoke”; secrets stand on no page."""

from datetime import date
from html import unescape

import pytest
from werkzeug.test import TestResponse

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.greetings import SECRET, answers, arrives, asks, expects, greeting_of, signs_in
from tests.support.world import World

HOME = "/g/harbour/"
DOOR = "/g/harbour/welcome/greeters"
OWN = "/g/harbour/welcome/greetings"
SPOKE = "/g/harbour/welcome/spoke"
REACH = ("clara@visitor.example", "+33 6 1234")


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    return world.member(group, "Hana Host", offices=[Office.VISITOR_HOST])


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ferreira", trade="Architect")


@pytest.fixture
def eva(world: World, group: Group) -> MemberLine:
    return world.member(group, "Eva Costa")


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group)


@pytest.fixture
def clara(world: World, group: Group, meeting: Meeting) -> tuple[int, str]:
    return expects(world, group, meeting, secret=SECRET)


def page(world: World, member: MemberLine | None, address: str) -> str:
    return unescape(world.client(member).get(address).text)


def tap(world: World, member: MemberLine | None, address: str, **data: str) -> TestResponse:
    return world.client(member).post(address, data=data)


def asked(
    world: World, group: Group, meeting: Meeting, visitor: str, host: MemberLine, greeter: MemberLine
) -> str:
    """Ask on the page of the hosts and return the address of the greeting."""
    address = f"{DOOR}/{meeting.public_id}/visitors/{visitor}"
    assert tap(world, host, address, greeter=greeter.public_id, form_token="one").status_code == 303
    return f"{OWN}/{greeting_of(world, group, meeting, visitor).public_id}"


def test_host_asks_the_member_says_yes_and_both_see_it(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    shown = page(world, host, DOOR)
    assert "Nobody receives them yet" in shown
    assert "has nobody who receives them" in page(world, host, HOME)
    assert "in common: Baker" not in shown
    address = asked(world, group, meeting, clara[1], host, ben)
    assert "is asked and has not answered yet" in page(world, host, DOOR)
    assert "Say whether you receive Clara Moreau" in page(world, ben, HOME)
    assert "Yes, I am there" in page(world, ben, address)
    assert tap(world, ben, f"{address}/answer", says="yes").location.endswith(address)
    assert "Ben Ferreira receives them" in page(world, host, DOOR)
    assert "Each is received by somebody" in page(world, host, HOME)
    assert "You receive" in page(world, ben, HOME)


def test_a_double_tap_asks_once_and_a_refused_question_keeps_its_page(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    for _tap in range(2):
        asked(world, group, meeting, clara[1], host, ben)
    assert greeting_of(world, group, meeting, clara[1]).asked_times == 1
    address = f"{DOOR}/{meeting.public_id}/visitors/{clara[1]}"
    refused = tap(world, host, address, greeter="", form_token="two")
    assert refused.status_code == 422
    assert "Choose a member of that day" in unescape(refused.text)
    nobody = f"{DOOR}/{meeting.public_id}/visitors/nobody"
    assert tap(world, host, nobody, greeter=ben.public_id, form_token="three").status_code == 404


def test_guest_is_shown_to_the_greeter_and_the_hosts_and_how_to_reach_them_to_neither(
    world: World,
    group: Group,
    host: MemberLine,
    ben: MemberLine,
    eva: MemberLine,
    meeting: Meeting,
    clara: tuple[int, str],
) -> None:
    address = asked(world, group, meeting, clara[1], host, ben)
    answers(world, group, greeting_of(world, group, meeting, clara[1]), ben)
    seen = page(world, ben, address)
    for expected in (
        "Clara Moreau",
        "Roofer · Moreau & Fille",
        "Needs: A chair with arms",
        "would like to be received",
    ):
        assert expected in seen
    secrets = (SECRET, hash_of(SECRET))
    for member, addresses in (
        (ben, (address, OWN, SPOKE, HOME)),
        (host, (address, DOOR, f"{DOOR}/{meeting.public_id}/sheet", OWN, SPOKE, HOME)),
    ):
        for one in addresses:
            text = page(world, member, one)
            assert not any(secret in text for secret in secrets), one
            assert not any(reach in text for reach in REACH), one
    assert world.client(eva).get(address).status_code == 404, "another member learns nothing"
    assert world.client().get(address).status_code == 303
    assert world.client(eva).get(DOOR).status_code == 403
    stranger = world.member(world.group("mill", plugins=("welcome",)), offices=[Office.PRESIDENT])
    assert world.client(stranger).get(address).status_code == 404
    assert world.client(stranger).get(address.replace("harbour", "mill")).status_code == 404
    for act in ("answer", "with", "step"):
        assert tap(world, eva, f"{address}/{act}", says="yes", step="coffee").status_code == 404
    for act in ("take-over", "free"):
        assert tap(world, eva, f"{address}/{act}").status_code == 403


def test_needs_are_shown_up_to_the_day_after(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    address = asked(world, group, meeting, clara[1], host, ben)
    assert "A chair with arms" in page(world, host, f"{DOOR}/{meeting.public_id}")
    world.pass_time(days=1)
    assert "A chair with arms" in page(world, ben, address)
    world.pass_time(days=1)
    assert "A chair with arms" not in page(world, ben, address)
    assert "nothing left to do" in page(world, ben, address)
    assert world.client(host).get(f"{DOOR}/{meeting.public_id}").status_code == 404


def test_greeter_taps_off_the_morning_and_takes_a_tap_back(
    world: World,
    group: Group,
    host: MemberLine,
    ben: MemberLine,
    eva: MemberLine,
    meeting: Meeting,
    clara: tuple[int, str],
) -> None:
    address = asked(world, group, meeting, clara[1], host, ben)
    assert tap(world, ben, f"{address}/step", step="coffee", does="done").status_code == 404, (
        "not said yes yet"
    )
    tap(world, ben, f"{address}/answer", says="yes")
    assert tap(world, ben, f"{address}/step", step="coffee", does="done").status_code == 303
    introduced = {"step": "first-introduction", "does": "done", "with_member": eva.public_id}
    assert tap(world, ben, f"{address}/step", **introduced).status_code == 303
    seen = page(world, ben, address)
    assert seen.count("done at 06:00") == 2
    assert "Eva Costa" in seen
    assert page(world, host, address).count("done at 06:00") == 2, (
        "the hosts see it, and have no buttons for it"
    )
    assert tap(world, host, f"{address}/step", step="coffee", does="done").status_code == 404
    assert tap(world, ben, f"{address}/step", step="coffee", does="undo").status_code == 303
    assert page(world, ben, address).count("done at 06:00") == 1
    refused = tap(
        world, ben, f"{address}/step", step="second-introduction", does="done", with_member="nobody"
    )
    assert refused.status_code == 422
    assert "Choose one of the people named" in unescape(refused.text)


def test_arrival_shows_on_the_greeters_home_and_the_host_takes_over_after_five_minutes(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    address = asked(world, group, meeting, clara[1], host, ben)
    tap(world, ben, f"{address}/answer", says="yes")
    assert "not here yet" in page(world, ben, HOME)
    arrives(world, group, meeting, clara[0])
    live = page(world, ben, "/g/harbour/panels/welcome/greeting")
    assert "is here" in live
    assert "I am with Clara Moreau" in live
    assert "I take over" not in page(world, host, HOME)
    world.pass_time(minutes=5)
    assert "I take over" in page(world, host, HOME)
    assert "I take over" in page(world, host, DOOR)
    assert tap(world, host, f"{address}/take-over").status_code == 303
    assert "You receive Hana" not in page(world, ben, HOME)
    assert world.client(ben).get(address).status_code == 404
    assert "you are with them" in page(world, host, HOME)


def test_host_sees_at_once_that_the_greeter_has_not_signed_in(
    world: World,
    group: Group,
    host: MemberLine,
    ben: MemberLine,
    eva: MemberLine,
    meeting: Meeting,
    clara: tuple[int, str],
) -> None:
    line = asks(world, group, meeting, clara[1], host, ben)
    answers(world, group, line, ben)
    arrives(world, group, meeting, clara[0])
    assert "I take over" not in page(world, host, DOOR), "nobody signs in here: the clock alone decides"
    signs_in(world, group, meeting, eva)
    assert "I take over" in page(world, host, DOOR)
    signs_in(world, group, meeting, ben)
    assert "I take over" not in page(world, host, DOOR)


def test_greeter_of_a_newcomer_sees_that_they_signed_in(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    rui = world.member(group, "Rui Almeida", joined=date(2026, 11, 20))
    assert tap(world, ben, f"{OWN}/offer/{meeting.public_id}/newcomers/{rui.public_id}").status_code == 303
    assert "not here yet" in page(world, ben, HOME)
    signs_in(world, group, meeting, rui)
    assert "I am with Rui Almeida" in page(world, ben, HOME)
    world.pass_time(minutes=5)
    assert "I take over" in page(world, host, HOME)


def test_member_offers_and_a_second_tap_changes_nothing(
    world: World, group: Group, ben: MemberLine, eva: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    offer = f"{OWN}/offer/{meeting.public_id}/visitors/{clara[1]}"
    assert "I receive Clara Moreau" in page(world, ben, OWN)
    for _tap in range(2):
        assert tap(world, ben, offer).status_code == 303
    assert "you said yes" in page(world, ben, OWN)
    assert "I receive Clara Moreau" not in page(world, eva, OWN)
    assert tap(world, eva, offer).status_code == 422
    assert tap(world, eva, f"{OWN}/offer/nowhere/visitors/{clara[1]}").status_code == 404


def test_newcomer_is_received_and_told_whom_to_meet_and_puts_somebody_aside(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting
) -> None:
    rui = world.member(group, "Rui Almeida", joined=date(2026, 11, 20), trade="Roofer")
    assert "Rui Almeida" in page(world, host, DOOR)
    offer = f"{OWN}/offer/{meeting.public_id}/newcomers/{rui.public_id}"
    assert tap(world, rui, offer).status_code == 422, "nobody receives themselves"
    home = page(world, rui, HOME)
    assert "1 person to meet, and why" in home
    assert "Architect · A neighbouring trade." in home
    aside = f"/g/harbour/welcome/people/{ben.public_id}/aside"
    assert tap(world, ben, aside).status_code == 404, "for newcomers alone"
    assert tap(world, rui, aside).status_code == 303
    assert "to meet, and why" not in page(world, rui, HOME)
    ask = f"{DOOR}/{meeting.public_id}/newcomers/{rui.public_id}"
    assert tap(world, host, ask, greeter=ben.public_id, form_token="one").status_code == 303
    assert "Say whether you receive Rui Almeida" in page(world, ben, HOME)


def test_host_frees_whoever_is_asked(
    world: World, group: Group, host: MemberLine, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    line = asks(world, group, meeting, clara[1], host, ben)
    assert tap(world, host, f"{OWN}/{line.public_id}/free").status_code == 303
    assert "Nobody receives them yet" in page(world, host, DOOR)
    assert "Somebody else receives Clara Moreau" in page(world, ben, "/g/harbour/notices")


def test_door_without_a_meeting_says_what_to_do(world: World, host: MemberLine) -> None:
    assert "No meeting is planned" in page(world, host, DOOR)


def test_members_page_shows_no_contact_before_the_visitor_has_spoken_too(
    world: World, group: Group, ben: MemberLine, meeting: Meeting, clara: tuple[int, str]
) -> None:
    assert tap(world, ben, f"{SPOKE}/{clara[1]}", shares_phone="y").status_code == 422, "she has not come yet"
    arrives(world, group, meeting, clara[0])
    assert "We spoke" in page(world, ben, SPOKE)
    assert tap(world, ben, f"{SPOKE}/{clara[1]}", shares_phone="y").status_code == 303
    seen = page(world, ben, SPOKE)
    assert "You have said so; they have not yet." in seen
    assert not any(reach in seen for reach in REACH)
    assert tap(world, ben, f"{SPOKE}/{clara[1]}/take-back").status_code == 303
    assert "You have said so" not in page(world, ben, SPOKE)
    assert tap(world, ben, f"{SPOKE}/nobody").status_code == 404
    world.pass_time(days=15)
    assert tap(world, ben, f"{SPOKE}/{clara[1]}").status_code == 422


def test_member_without_an_own_page_of_the_visitor_cannot_be_pressed_for(
    world: World, group: Group, ben: MemberLine, meeting: Meeting
) -> None:
    key, visitor = expects(world, group, meeting, "Jonas Keller", registered_at_utc=None, origin="door")
    arrives(world, group, meeting, key)
    seen = page(world, ben, SPOKE)
    assert "has no page on which to say so" in seen
    assert f"{SPOKE}/{visitor}" not in seen, "there is no button that could lead to nothing"
