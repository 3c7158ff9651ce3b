"""The public page and the registration on it: who sees what, what is refused, what a robot or a second form changes."""

from datetime import date, time
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.visiting import (
    FRONT,
    links_mailed,
    mails_to,
    open_page,
    register,
    visits,
)
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", trade="Baker")


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.PRESIDENT], trade="Notary")


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, date(2026, 12, 1), time(7))


def test_a_group_that_has_not_opened_its_page_has_none(world: World, group: Group, meeting: Meeting) -> None:
    for address in (FRONT, f"{FRONT}/", f"{FRONT}/welcome/thanks", f"{FRONT}/welcome/door.jpg"):
        assert world.client().get(address).status_code == 404, address


def test_anybody_reads_what_to_expect_and_no_name_of_a_member(
    world: World, group: Group, ana: MemberLine, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    for address in (FRONT, f"{FRONT}/"):
        answer = world.client().get(address)
        assert answer.status_code == 200
    page = unescape(answer.text)
    assert "07:00" in page
    assert "Baker" in page
    assert "Notary" in page
    assert "Ana" not in page
    assert "Nunes" not in page


def test_registered_visitor_is_expected_and_gets_one_mail_with_a_calendar_entry(
    world: World, group: Group, ana: MemberLine, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    answer = register(world, meeting, invited_by="ana sousa")
    assert answer.status_code == 303
    (visit,) = visits(world)
    assert (visit.state, visit.invited_by_member_id, visit.came_on) == ("expected", ana.id, date(2026, 12, 1))
    (mail,) = mails_to(world, "clara@moreau.example")
    assert "BEGIN:VCALENDAR" in mail.attached
    assert mail.attached_type == "text/calendar; method=PUBLISH"
    assert mail.not_after_utc <= meeting.starts_at_utc
    assert "Ana Sousa" not in mail.body
    (link,) = links_mailed(world, "clara@moreau.example")
    own = world.client().get(link)
    assert own.status_code == 200
    assert "You are expected" in own.text
    assert [one.kind for one in mails_to(world, "person1@harbour.example")] == ["welcome.visit_registered"]
