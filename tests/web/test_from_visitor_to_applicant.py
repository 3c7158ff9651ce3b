"""From the visitor's own page to the application, with what the welcome really answers, and what closing a page leaves open."""

import re
from datetime import date
from html import unescape

import pytest

from app.core.meetings.domain.meeting import Meeting
from app.plugins.welcome.services.arriving import note_arrival
from tests.support.joining import FILLED, Chapter, chapter
from tests.support.visiting import CLARA, links_mailed, open_page, register, text_of, visits
from tests.support.world import World

CLARAS = {"name": CLARA["name"], "trade": CLARA["trade"], "email": CLARA["email"]}


@pytest.fixture
def group(world: World) -> Chapter:
    return chapter(world, plugins=("joining", "welcome"))


@pytest.fixture
def meeting(world: World, group: Chapter) -> Meeting:
    return world.meeting(group.group, date(2026, 11, 24))


def came(world: World, group: Chapter, meeting: Meeting, **change: str) -> str:
    """Let Clara register and come; return the path of her own page."""
    open_page(world, group.president)
    assert register(world, meeting, **change).status_code == 303
    (visit,) = visits(world)
    note_arrival(world.work(group.president), group.group, visit.public_id)
    return links_mailed(world, CLARA["email"])[-1]


def way_from(world: World, own: str) -> str:
    """Return where the visitor's own page leads to apply."""
    (found,) = re.findall(r'href="([^"]*/joining/apply[^"]*)"', world.client().get(own).text)
    return unescape(found)


def test_without_a_public_page_there_is_no_public_application(world: World, group: Chapter) -> None:
    for address in ("/", "/apply", "/applied"):
        assert group.stranger().get(group.visit + address).status_code == 404
    assert group.apply().status_code == 404
    assert world.rows("joining_application") == 0
    open_page(world, group.president)
    assert group.apply().status_code == 303
    assert f"{group.visit}/apply" in group.stranger().get(f"/visit/{group.group.slug}").text


def test_own_links_open_though_the_page_was_closed_since(world: World, group: Chapter) -> None:
    open_page(world, group.president)
    secret = group.confirmed()
    referee = group.link_to(FILLED["referee1_email"])
    closed = world.client(group.president).post(
        f"/g/{group.group.slug}/welcome/page",
        data={"shows_trades": "y", "months_kept": "3", "visits_limit": "2", "version": "1"},
    )
    assert closed.status_code == 303
    assert group.stranger().get(f"{group.visit}/apply").status_code == 404
    assert group.own(secret).status_code == 200
    assert group.refer(referee, answer="yes", words="").status_code == 303
    assert group.own(secret, "withdraw").status_code == 303
    assert group.row().state == "withdrawn"


def test_a_visitor_applies_from_their_own_page_and_the_committee_sees_who_invited_them(
    world: World, group: Chapter, meeting: Meeting
) -> None:
    way = way_from(world, came(world, group, meeting, invited_by="Dora Matos"))
    page = text_of(group.stranger().get(way))
    for typed in (CLARA["name"], CLARA["trade"], CLARA["firm"], CLARA["email"]):
        assert f'value="{typed}"' in page
    assert visits(world)[0].public_id not in way, "signed, never the bare id"
    assert group.stranger().post(way, data=FILLED | CLARAS).status_code == 303
    assert group.own(group.link_to(CLARA["email"]), "confirm").status_code == 303
    shown = text_of(group.page_of(group.ana, CLARA["name"]))
    assert re.search(r"Invited by</dt>\s*<dd><bdi>Dora Matos", shown)
    row = group.row(CLARA["name"])
    assert (row.inviter_member_id, row.visitor_public_id) == (group.member.id, visits(world)[0].public_id)


def test_a_foreign_or_broken_word_of_who_they_are_fills_in_nothing(
    world: World, group: Chapter, meeting: Meeting
) -> None:
    way = way_from(world, came(world, group, meeting))
    for broken in (f"{way}x", f"{group.visit}/apply?visitor={visits(world)[0].public_id}"):
        answer = group.stranger().get(broken)
        assert answer.status_code == 200
        assert CLARA["name"] not in text_of(answer)


def test_who_has_not_come_yet_is_not_asked_to_join(world: World, group: Chapter, meeting: Meeting) -> None:
    open_page(world, group.president)
    register(world, meeting)
    own = world.client().get(links_mailed(world, CLARA["email"])[-1]).text
    assert "/joining/apply" not in own
