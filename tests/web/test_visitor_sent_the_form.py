"""A host sends a visitor who said yes the form to join: by mail, once, and the form knows them."""

import re
from datetime import date, time

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.visiting import CLARA, EXPECTED, mails_to, open_page, register, text_of, visits
from tests.support.world import World

SEND = "Send them the form to join"
LINK = "/visit/harbour/joining/apply"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome", "joining"))


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    found = world.member(group, "Tom Reis", offices=[Office.VISITOR_HOST])
    open_page(world, found)
    return found


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, date(2026, 11, 24), time(7))


def takes_applications(world: World, group: Group) -> None:
    president = world.member(group, "Carla Nunes", offices=[Office.PRESIDENT])
    fields = {"is_open": "y", "rule": "majority", "approval_days": "30", "keep_months": "6", "version": "0"}
    answer = world.client(president).post("/g/harbour/joining/settings", data=fields)
    assert answer.status_code == 303, answer.text


def test_the_form_goes_to_who_came_once_and_knows_them(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    (visit,) = visits(world)
    page = f"/g/harbour/welcome/visitors/{visit.public_id}"
    client = world.client(host)
    client.post(f"{EXPECTED}/{visit.public_id}/here")
    assert SEND not in text_of(client.get(page)), "the group takes no applications"
    assert client.post(f"{page}/form").status_code == 404
    takes_applications(world, group)
    assert SEND in text_of(client.get(page))
    for _tap in range(2):
        assert client.post(f"{page}/form").status_code == 303
    sent = [one for one in mails_to(world, CLARA["email"]) if one.kind == "welcome.visit_form"]
    assert len(sent) == 1
    (path,) = re.findall(r"/visit/harbour/joining/apply\?visitor=\S+", sent[0].body)
    assert CLARA["firm"] in text_of(world.client().get(path))


def test_nobody_is_sent_it_who_has_not_come_and_members_send_none(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    takes_applications(world, group)
    register(world, meeting)
    (visit,) = visits(world)
    page = f"/g/harbour/welcome/visitors/{visit.public_id}"
    assert SEND not in text_of(world.client(host).get(page))
    assert world.client(host).post(f"{page}/form").status_code == 404
    assert world.client(world.member(group, "Ana Sousa")).post(f"{page}/form").status_code == 403
    assert world.client().post(f"{page}/form").status_code == 303
    assert [one for one in mails_to(world, CLARA["email"]) if one.kind == "welcome.visit_form"] == []


def test_who_was_noted_by_a_member_gets_no_mail_and_the_page_has_the_link_instead(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    fields = {"name": "Vera Lopes", "email": "vera@lopes.example", "came_on": "2026-11-24", "kind": "first"}
    assert world.client(host).post("/g/harbour/welcome/", data=fields).status_code == 303
    (visit,) = visits(world)
    page, client = f"/g/harbour/welcome/visitors/{visit.public_id}", world.client(host)
    assert LINK not in text_of(client.get(page)), "the group takes no applications"
    takes_applications(world, group)
    shown = text_of(client.get(page))
    assert "agreed to no mail, so we send none" in shown
    assert LINK in shown
    assert SEND not in shown
    assert "visitor=" not in shown.split(LINK)[1].split("<")[0], "a link that may go astray names nobody"
    assert client.post(f"{page}/form").status_code == 404
    assert mails_to(world, "vera@lopes.example") == []


def test_who_registered_is_sent_it_and_needs_no_link_passed_on(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    takes_applications(world, group)
    register(world, meeting)
    (visit,) = visits(world)
    client = world.client(host)
    client.post(f"{EXPECTED}/{visit.public_id}/here")
    shown = text_of(client.get(f"/g/harbour/welcome/visitors/{visit.public_id}"))
    assert SEND in shown
    assert LINK not in shown
