"""The public page and the registration on it: who sees what, what is refused, what a robot or a second form changes."""

import re
from datetime import date, time
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.visiting import (
    CLARA,
    EXPECTED,
    FRONT,
    call_off,
    links_mailed,
    mails_to,
    open_page,
    opened_form,
    register,
    text_of,
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
    assert "welcome.visit_registered" in [one.kind for one in mails_to(world, "person1@harbour.example")]


def test_all_refusals_come_at_once_and_what_was_typed_stays(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    answer = register(world, meeting, name=" ", trade="", email="nowhere", agreed="", firm="Kept & Co")
    page = text_of(answer)
    assert answer.status_code == 422
    for sentence in (
        "Write your name",
        "“nowhere” is not a mail address",
        "what you do",
        "Tick that we may keep",
    ):
        assert sentence in page
    assert 'value="Kept & Co"' in page
    assert visits(world) == []


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script> Rui", "ليلى حداد", "A" * 40, "Madonna", "O'Brien-Østergård", "王小明"]
)
def test_names_of_every_kind_are_taken_and_shown_as_they_are(
    world: World, president: MemberLine, meeting: Meeting, name: str
) -> None:
    open_page(world, president)
    assert register(world, meeting, name=name).status_code == 303
    (link,) = links_mailed(world, CLARA["email"])
    for client, address in ((world.client(), link), (world.client(president), EXPECTED)):
        page = client.get(address).text
        assert name in unescape(page)
        assert "<script>alert" not in page


def test_a_robot_is_thanked_and_kept_nowhere(world: World, president: MemberLine, meeting: Meeting) -> None:
    open_page(world, president)
    assert register(world, meeting, website="https://spam.example").status_code == 303
    assert visits(world) == []
    assert mails_to(world, CLARA["email"]) == []


def test_a_form_sent_at_once_is_taken_when_it_is_sent_again(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    client = world.client()
    hidden = opened_form(client)
    said = {**CLARA, "meeting": meeting.public_id, **hidden}
    quick = client.post(FRONT, data=said)
    assert quick.status_code == 422
    assert "That was very quick" in text_of(quick)
    assert client.post(FRONT, data={**said, "started": "made up"}).status_code == 422
    world.pass_time(seconds=5)
    assert client.post(FRONT, data=said).status_code == 303
    assert len(visits(world)) == 1


def test_one_address_is_not_registered_without_end(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    statuses = [register(world, meeting, firm=f"Firm {number}").status_code for number in range(7)]
    assert statuses == [303] * 6 + [429]
    assert len(visits(world)) == 2, "one that stands, one that waits"
    assert len(mails_to(world, CLARA["email"])) == 2


def test_who_registers_twice_stands_once_and_the_first_words_stay(
    world: World, group: Group, ana: MemberLine, president: MemberLine, meeting: Meeting
) -> None:
    ben = world.member(group, "Ben Costa", email="ben@harbour.example")
    open_page(world, president)
    first = register(world, meeting, invited_by="Ana Sousa")
    again = register(world, meeting, invited_by="Ben Costa", phone="+1 555", firm="Other")
    assert (first.status_code, first.location) == (again.status_code, again.location)
    stands, waits = visits(world)
    assert (stands.state, stands.firm, stands.phone, stands.invited_by_member_id) == (
        "expected",
        CLARA["firm"],
        "",
        ana.id,
    )
    assert waits.state == "waiting"
    told = [one for one in mails_to(world, "ben@harbour.example") if one.kind == "welcome.visit_registered"]
    assert len(told) == 1
    assert "+1 555" not in told[0].body
    assert "555" not in text_of(world.client(ben).get("/g/harbour/welcome/"))
    page = text_of(world.client(president).get(EXPECTED))
    assert page.count(">Clara Moreau<") == 1


def test_the_newer_words_count_once_their_own_address_says_so(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    register(world, meeting)
    register(world, meeting, firm="Newer Ltd", name="Clara  MOREAU")
    first, second = links_mailed(world, CLARA["email"])
    asked = text_of(world.client().get(second))
    assert "Is this you?" in asked
    assert world.client().post(f"{second}/settle/newer").status_code == 303
    (visit,) = visits(world)
    assert (visit.firm, visit.state) == ("Newer Ltd", "expected")
    for link in (first, second):
        assert "You are expected" in text_of(world.client().get(link))


def test_somebody_of_a_like_name_and_another_address_cannot_replace_the_first_but_stand_beside(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    register(world, meeting)
    register(world, meeting, name="Klara Moreau", email="clara@other.example", firm="Mine")
    (link,) = links_mailed(world, "clara@other.example")
    page = text_of(world.client().get(link))
    assert CLARA["firm"] not in page
    assert "what I wrote last counts" not in page
    assert world.client().post(f"{link}/settle/newer").status_code == 404
    assert world.client().post(f"{link}/settle/both").status_code == 303
    assert [(one.firm, one.state) for one in visits(world)] == [
        (CLARA["firm"], "expected"),
        ("Mine", "expected"),
    ]


def test_a_double_tap_registers_once_and_writes_once(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    assert [register(world, meeting).status_code for _tap in range(2)] == [303, 303]
    assert len(visits(world)) == 1
    assert len(mails_to(world, CLARA["email"])) == 1


def test_a_cancelled_meeting_names_the_next_and_takes_the_second_try(
    world: World, group: Group, president: MemberLine, meeting: Meeting
) -> None:
    later = world.meeting(group, date(2026, 12, 8), time(7))
    open_page(world, president)
    call_off(world, group, meeting)
    shared = text_of(world.client().get(f"{FRONT}?meeting={meeting.public_id}"))
    assert "does not take place or is over" in shared
    answer = register(world, meeting)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "The next one is on December 8, 2026" in page or "The next one is on 8 December 2026" in page
    assert re.search(rf'value="{later.public_id}"[^>]*checked|checked[^>]*value="{later.public_id}"', page)
    assert register(world, later).status_code == 303


def test_the_page_of_a_group_without_a_meeting_says_so(world: World, president: MemberLine) -> None:
    open_page(world, president)
    page = text_of(world.client().get(FRONT))
    assert "No meeting is planned at the moment" in page
    assert 'name="email"' not in page


def test_an_inviter_who_is_not_clear_is_offered_to_the_host(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    register(world, meeting, invited_by="Annie from the bakery")
    notices = text_of(world.client(president).get("/g/harbour/notices"))
    assert "“Annie from the bakery” invited them" in notices


def test_a_held_seat_is_said_to_the_host_and_never_to_the_visitor(
    world: World, ana: MemberLine, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    answer = register(world, meeting, trade="baker")
    (mail,) = mails_to(world, CLARA["email"])
    (link,) = links_mailed(world, CLARA["email"])
    own = text_of(world.client().get(link))
    assert answer.status_code == 303
    assert "held" not in mail.body + own
    assert "close to a seat that is held: Baker" in text_of(world.client(president).get("/g/harbour/notices"))
    assert "a seat close to theirs is held: Baker" in text_of(world.client(president).get(EXPECTED))
    assert "seat" not in text_of(world.client(ana).get("/g/harbour/notices"))


def test_a_late_host_is_told_where_there_is_one_and_leaders_where_there_is_none(
    world: World, group: Group, president: MemberLine, meeting: Meeting
) -> None:
    open_page(world, president)
    register(world, meeting)
    assert "Clara Moreau has registered" in text_of(world.client(president).get("/g/harbour/notices"))
    host = world.member(group, "Tom Reis", offices=[Office.VISITOR_HOST], joined=date(2026, 11, 20))
    register(world, meeting, name="Omar Haddad", email="omar@haddad.example")
    assert "Omar Haddad has registered" in text_of(world.client(host).get("/g/harbour/notices"))
    assert "Omar Haddad" not in text_of(world.client(president).get("/g/harbour/notices"))


def test_one_groups_link_opens_nothing_in_another(
    world: World, president: MemberLine, meeting: Meeting
) -> None:
    mill = world.group("mill", plugins=("attendance", "welcome"))
    leader = world.member(mill, "Mia Mills", offices=[Office.PRESIDENT])
    open_page(world, president)
    open_page(world, leader, "mill")
    register(world, meeting)
    (link,) = links_mailed(world, CLARA["email"])
    assert world.client().get(link.replace("/harbour/", "/mill/")).status_code == 404
    assert world.client().get(f"{FRONT}/welcome/v/made-up").status_code == 404
    assert register(world, meeting, address="/visit/mill").status_code == 422, "no meeting of another group"
    (visit,) = visits(world)
    for address in (f"visitors/{visit.public_id}", f"expected/{visit.public_id}/here"):
        method = world.client(leader).post if address.endswith("here") else world.client(leader).get
        assert method(f"/g/mill/welcome/{address}").status_code == 404
