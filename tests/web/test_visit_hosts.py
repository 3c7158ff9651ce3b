"""What hosts, members, strangers and other groups see and may do of visits; the settings of the page and its photo."""

from datetime import date, time
from io import BytesIO

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.furnished_visits import a_picture
from tests.support.visiting import (
    CLARA,
    EXPECTED,
    FRONT,
    PAGE,
    links_mailed,
    open_page,
    register,
    run_jobs,
    text_of,
    visits,
)
from tests.support.world import World

TODAY = date(2026, 11, 24)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    found = world.member(group, "Tom Reis", offices=[Office.VISITOR_HOST])
    open_page(world, found)
    return found


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, TODAY, time(7))


def test_one_tap_says_that_a_visitor_is_here_and_another_takes_it_back(
    world: World, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, wants_greeter="y", access_needs="canary ramp")
    page = text_of(world.client(host).get(EXPECTED))
    assert "Expected today" in page
    assert "would like to be received" in page
    (visit,) = visits(world)
    here = f"{EXPECTED}/{visit.public_id}/here"
    for _tap in range(2):
        assert world.client(host).post(here, data={"form_token": "one"}).status_code == 303
    assert visits(world)[0].state == "came"
    assert "here since" in text_of(world.client(host).get(EXPECTED))
    assert world.client(host).post(f"{EXPECTED}/{visit.public_id}/not-here").status_code == 303
    assert visits(world)[0].state == "expected"


def test_a_visitor_of_another_day_cannot_be_here_yet(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    later = world.meeting(group, date(2026, 12, 1), time(7))
    register(world, later)
    (visit,) = visits(world)
    assert world.client(host).post(f"{EXPECTED}/{visit.public_id}/here").status_code == 404


def test_members_and_strangers_see_neither_the_list_nor_contacts_wishes_or_links(
    world: World, host: MemberLine, ana: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, access_needs="canary ramp", phone="+351 999")
    (visit,) = visits(world)
    (link,) = links_mailed(world, CLARA["email"])
    secret = link.rpartition("/")[2]
    assert world.client(ana).get(EXPECTED).status_code == 403
    assert world.client(ana).get(PAGE).status_code == 403
    assert world.client(ana).get(f"/g/harbour/welcome/visitors/{visit.public_id}").status_code == 404
    assert world.client(ana).post(f"/g/harbour/welcome/visitors/{visit.public_id}/called").status_code == 404
    assert world.client().get(EXPECTED).status_code == 303
    for who in (ana, host):
        for address in ("/g/harbour/", "/g/harbour/welcome/", "/g/harbour/notices"):
            page = text_of(world.client(who).get(address))
            assert "canary ramp" not in page
            assert secret not in page
    for address in (EXPECTED, f"/g/harbour/welcome/visitors/{visit.public_id}"):
        assert secret not in world.client(host).get(address).text
    assert "+351 999" not in text_of(world.client(ana).get("/g/harbour/welcome/"))
    assert "canary ramp" in text_of(world.client(host).get(f"/g/harbour/welcome/visitors/{visit.public_id}"))


def test_the_call_stands_on_its_owners_page_and_notes_are_for_the_offices(
    world: World, group: Group, ana: MemberLine, meeting: Meeting
) -> None:
    president = world.member(group, "Carla Nunes", offices=[Office.PRESIDENT])
    open_page(world, president)
    register(world, meeting, invited_by="Ana Sousa")
    (visit,) = visits(world)
    world.client(president).post(f"{EXPECTED}/{visit.public_id}/here", data={"form_token": "one"})
    world.pass_time(hours=4)
    run_jobs(world)
    there = f"/g/harbour/welcome/visitors/{visit.public_id}"
    assert "Call Clara Moreau, who visited you" in text_of(world.client(ana).get("/g/harbour/"))
    assert "call to make" in text_of(world.client(president).get("/g/harbour/"))
    world.pass_time(hours=26)
    assert "1 overdue" in text_of(world.client(president).get("/g/harbour/"))
    noted = {"note": "Asked for <b>June</b>.", "done": "yes", "form_token": "two"}
    assert world.client(ana).post(f"{there}/called", data=noted).status_code == 303
    assert world.client(president).post(f"{there}/called", data=noted | {"note": "x"}).status_code == 422
    added = {"note": "Second word.", "form_token": "three"}
    assert world.client(president).post(f"{there}/called", data=added).status_code == 303
    office = text_of(world.client(president).get(there))
    assert office.count('id="note"') == office.count('id="call-note"') == 1, "each label leads to its field"
    assert "Asked for <b>June</b>." in office
    assert "Second word." in office
    assert "Second word." not in text_of(world.client(ana).get(there))
    assert "Call Clara Moreau" not in text_of(world.client(ana).get("/g/harbour/"))
    too_long = {"note": "x" * 2001, "form_token": "four"}
    assert world.client(president).post(f"{there}/called", data=too_long).status_code == 422


def test_visits_before_are_shown_from_the_limit_on_and_hinder_nothing(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    (visit,) = visits(world)
    world.client(host).post(f"{EXPECTED}/{visit.public_id}/here", data={"form_token": "one"})
    said = {"is_open": "y", "months_kept": "3", "visits_limit": "1", "version": "1"}
    assert world.client(host).post(PAGE, data=said).status_code == 303
    world.pass_time(days=1)
    later = world.meeting(group, date(2026, 12, 1), time(7))
    assert register(world, later).status_code == 303
    assert "1 visit before" in text_of(world.client(host).get(EXPECTED))


def test_the_page_is_written_with_a_preview_and_a_later_writer_sees_what_stands(
    world: World, host: MemberLine, meeting: Meeting
) -> None:
    said = {
        "is_open": "y",
        "about": "We <i>meet</i> early.",
        "minutes": "0 Hello\n30 Coffee",
        "months_kept": "2",
        "visits_limit": "0",
        "version": "1",
    }
    assert world.client(host).post(PAGE, data=said).status_code == 303
    for address, who in ((PAGE, host), (FRONT, None)):
        page = text_of(world.client(who).get(address))
        assert "Coffee" in page
        assert "07:30" in page
        assert "We <i>meet</i> early." in page
    late = world.client(host).post(PAGE, data=said | {"about": "Mine"})
    assert late.status_code == 422
    assert "What stands now" in text_of(late)
    odd = world.client(host).post(PAGE, data=said | {"version": "2", "minutes": "soon", "months_kept": "13"})
    page = text_of(odd)
    assert odd.status_code == 422
    assert "Begin each line with the minute" in page
    assert "1 to 12 months" in page


def test_a_closed_page_is_gone_and_own_links_still_open(
    world: World, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    (link,) = links_mailed(world, CLARA["email"])
    closed = {"months_kept": "3", "visits_limit": "2", "version": "1"}
    assert world.client(host).post(PAGE, data=closed).status_code == 303
    assert world.client().get(FRONT).status_code == 404
    assert world.client().get(link).status_code == 200, "whoever is kept may see and delete it"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "Choose a picture first"),
        (b"<script>alert(1)</script>", "no picture that we can read"),
        (a_picture(8, 8), "too small"),
        (a_picture()[:200], "no picture that we can read"),
    ],
    ids=["empty", "markup", "tiny", "cut off"],
)
def test_a_hostile_photo_is_refused_and_the_one_that_stands_stays(
    world: World, host: MemberLine, raw: bytes, reason: str
) -> None:
    good = {"photo": (BytesIO(a_picture()), "door.jpg")}
    assert world.client(host).post(f"{PAGE}/photo", data=good).status_code == 303
    answer = world.client(host).post(f"{PAGE}/photo", data={"photo": (BytesIO(raw), "x.jpg")})
    assert answer.status_code == 422
    assert reason in text_of(answer)
    assert world.client().get(f"{FRONT}/welcome/door.jpg").status_code == 200


def test_the_photo_is_drawn_anew_and_asked_for_once(world: World, host: MemberLine) -> None:
    world.client(host).post(f"{PAGE}/photo", data={"photo": (BytesIO(a_picture(3000, 2000)), "d.jpg")})
    first = world.client().get(f"{FRONT}/welcome/door.jpg")
    assert first.content_type == "image/jpeg"
    again = world.client().get(f"{FRONT}/welcome/door.jpg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert 'width="1280"' in world.client().get(FRONT).text
    assert world.client(host).post(f"{PAGE}/photo", data={"remove": "yes"}).status_code == 303
    assert world.client().get(f"{FRONT}/welcome/door.jpg").status_code == 404


def test_opening_the_page_is_a_first_step_until_it_was_done(
    world: World, group: Group, meeting: Meeting
) -> None:
    president = world.member(group, "Carla Nunes", offices=[Office.PRESIDENT])
    step = "Open the public page, on which visitors read"
    assert step in text_of(world.client(president).get("/g/harbour/first-steps"))
    open_page(world, president)
    page = text_of(world.client(president).get("/g/harbour/first-steps"))
    assert "done" in page.partition(step)[2][:120]
