"""Pages of the welcome: who sees what, what a refused form keeps, what stands on the console and at a meeting."""

from datetime import date
from html import unescape

import pytest
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.welcoming import NewMember, take_in
from app.core.people.domain.name import Name
from tests.support.tablets import registered
from tests.support.world import World

VISITORS = "/g/harbour/welcome/"
NEWCOMERS = "/g/harbour/welcome/newcomers"
WORDS = "/g/harbour/welcome/words"
LINE = {
    "name": "Clara Moreau",
    "kind": "first",
    "came_on": "2026-11-24",
    "phone": "+33 6 1234",
    "form_token": "one",
}


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ferreira", offices=[Office.VISITOR_HOST])


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.PRESIDENT])


def note(world: World, by: MemberLine, **change: str) -> TestResponse:
    return world.client(by).post(VISITORS, data={**LINE, "invited_by": by.public_id, **change})


def text_of(answer: TestResponse) -> str:
    return unescape(answer.text)


def joined(world: World, group: Group) -> MemberLine:
    work = world.work()
    line = take_in(
        work,
        group,
        NewMember(
            name=Name(given="Rui", family="Almeida"), email="rui@new.example", joined_on=date(2026, 11, 24)
        ),
    )
    work.commit()
    return line


def test_a_member_notes_a_visitor_in_one_line_and_a_double_tap_notes_one(
    world: World, ana: MemberLine
) -> None:
    assert note(world, ana).status_code == 303
    assert note(world, ana).status_code == 303
    page = text_of(world.client(ana).get(VISITORS))
    assert page.count("Clara Moreau") == 1
    assert "+33 6 1234" in page, "whoever invited them sees how to reach them"


def test_how_a_visitor_is_reached_is_for_the_offices_and_the_inviter(
    world: World, group: Group, ana: MemberLine, host: MemberLine
) -> None:
    note(world, ana)
    colleague = text_of(world.client(world.member(group)).get(VISITORS))
    assert "Clara Moreau" in colleague
    assert "+33 6 1234" not in colleague
    page = text_of(world.client(host).get(VISITORS))
    assert "+33 6 1234" in page
    address = page.split('scope="row"><a href="')[1].split('"')[0]
    assert "+33 6 1234" in world.client(host).get(address).text
    assert world.client(world.member(group)).get(address).status_code == 404
    assert world.client().get(address).status_code == 303


def test_refused_line_keeps_what_was_typed_and_says_everything(world: World, ana: MemberLine) -> None:
    answer = note(world, ana, name=" ", email="nowhere", came_on="")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Write the visitor’s name" in page
    assert "“nowhere” is not a mail address" in page
    assert "Choose the day of the visit." in page
    assert 'value="+33 6 1234"' in page


def test_completing_over_an_older_version_shows_what_stands(
    world: World, ana: MemberLine, host: MemberLine
) -> None:
    note(world, ana)
    address = world.client(host).get(VISITORS).text.split('scope="row"><a href="')[1].split('"')[0]
    change = {**LINE, "version": "1", "firm": "Moreau & Fils"}
    assert world.client(host).post(address, data=change).status_code == 303
    late = world.client(ana).post(address, data={**change, "firm": "Other"})
    page = text_of(late)
    assert late.status_code == 422
    assert "What stands now" in page
    assert "Moreau & Fils" in page
    assert 'value="Other"' in page
    assert world.client(ana).post(f"{address}/take-back").status_code == 303
    assert "Clara Moreau" not in world.client(host).get(VISITORS).text


def test_a_meeting_shows_its_visitors_by_name(world: World, group: Group, ana: MemberLine) -> None:
    meeting = world.meeting(group)
    note(world, ana)
    page = text_of(world.client(world.member(group)).get(f"/g/harbour/meetings/{meeting.public_id}"))
    assert "Clara Moreau" in page
    assert "invited by Ana Sousa" in page
    assert "+33" not in page


def test_joining_shows_on_the_console_and_as_a_task_until_the_call(
    world: World, group: Group, president: MemberLine
) -> None:
    rui = joined(world, group)
    browser = world.client(president)
    console = text_of(browser.get("/g/harbour/"))
    assert "Call Rui Almeida, who has just joined: you are the contact." in console
    assert "contact: Carla Nunes" in console
    assert "call is open" in console
    own = f"{NEWCOMERS}/{rui.public_id}"
    assert "rui@new.example" in browser.get(own).text
    assert browser.post(f"{own}/called").status_code == 303
    after = text_of(browser.get("/g/harbour/"))
    assert "you are the contact." not in after
    assert "call is open" not in after
    assert "Rui Almeida" in text_of(browser.get(NEWCOMERS))


def test_newcomer_sees_who_is_there_for_them(world: World, group: Group, president: MemberLine) -> None:
    rui = world.member(group, "Rui Almeida", joined=date(2026, 11, 24))
    home = text_of(world.client(rui).get("/g/harbour/"))
    assert "Your contact in the first weeks" in home
    assert "Carla Nunes" in home


def test_colleagues_do_not_open_a_newcomers_page(
    world: World, group: Group, ana: MemberLine, president: MemberLine
) -> None:
    rui = joined(world, group)
    own = f"{NEWCOMERS}/{rui.public_id}"
    assert world.client(ana).get(own).status_code == 404
    assert world.client(ana).post(f"{own}/called").status_code == 404
    assert world.client(ana).get(NEWCOMERS).status_code == 403
    assert world.client().get(own).status_code == 303


def test_another_contact_is_named_and_told(
    world: World, group: Group, ana: MemberLine, president: MemberLine
) -> None:
    rui = joined(world, group)
    own = f"{NEWCOMERS}/{rui.public_id}"
    answer = world.client(president).post(
        own, data={"contact": ana.public_id, "version": "1", "form_token": "x"}
    )
    assert answer.status_code == 303
    assert "Call Rui Almeida" in text_of(world.client(ana).get("/g/harbour/"))
    assert world.client(ana).get(own).status_code == 200
    stale = world.client(president).post(
        own, data={"contact": president.public_id, "version": "1", "form_token": "y"}
    )
    assert stale.status_code == 422


def test_words_are_shown_as_they_read_and_kept_by_leaders(
    world: World, group: Group, ana: MemberLine, president: MemberLine
) -> None:
    browser = world.client(president)
    page = text_of(browser.get(WORDS))
    assert "Welcome to {group}, {first_name}" in page
    assert "Welcome to Harbour Referrals, Ana" in page
    wrong = browser.post(
        WORDS, data={"subject": "Hi {nick}", "body": "<b>Olá</b>", "version": "0", "form_token": "x"}
    )
    assert wrong.status_code == 422
    assert "{nick} cannot be filled in" in text_of(wrong)
    assert "&lt;b&gt;Olá&lt;/b&gt;" in wrong.text
    kept = browser.post(
        WORDS, data={"subject": "Olá {first_name}", "body": "Bom dia", "version": "0", "form_token": "y"}
    )
    assert kept.status_code == 303
    assert "Olá Ana" in text_of(browser.get(WORDS))
    assert world.client(ana).get(WORDS).status_code == 403


def test_lists_cost_the_same_however_long_they_are(world: World, group: Group, president: MemberLine) -> None:
    browser = world.client(president)
    counts = []
    for size in (1, 4):
        for number in range(size):
            note(world, president, name=f"Visitor {size} {number}", form_token=f"{size}{number}")
        with world.statements() as seen:
            browser.get(VISITORS)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_visitor_who_signed_in_at_the_tablet_is_noted_by_one_tap(
    world: World, group: Group, ana: MemberLine, host: MemberLine
) -> None:
    meeting = world.meeting(group)
    tablet = registered(world, group, host)
    tablet.contact()
    tablet.tap(None, meeting.public_id, kind="visitor", name="Eva Maia", firm="Maia & Co")
    tablet.send()
    client = world.client(host)
    page = unescape(client.get(VISITORS).text)
    assert "Note Eva Maia" in page
    fields = {
        "name": "Eva Maia",
        "firm": "Maia & Co",
        "kind": "first",
        "came_on": "2026-11-24",
        "form_token": "x",
    }
    assert client.post(VISITORS, data=fields).status_code == 303
    assert "Note Eva Maia" not in client.get(VISITORS).text
    assert world.rows("welcome_visitor WHERE name = 'Eva Maia'") == 1
