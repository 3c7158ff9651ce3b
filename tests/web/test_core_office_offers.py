"""The pages on which leaders ask who takes an office, and members answer."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, office_terms
from tests.support.reading import words
from tests.support.slips import reading
from tests.support.world import World

OFFICES = "/g/harbour/offices"
NEW = f"{OFFICES}/offers/new"
HOME = "/g/harbour/"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=())


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    return world.client(world.member(group, "Paula Reis", offices=(Office.PRESIDENT,)))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Castro")


def read(answer: TestResponse) -> str:
    """Return the page without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", words(answer)).split())


def asked(leader: FlaskClient, *members: MemberLine, **other: str) -> str:
    """Ask them to be visitor host for 2027, and return the address of the offer."""
    data: dict[str, object] = {
        "office": "visitor-host",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "members": [one.public_id for one in members],
        **other,
    }
    assert leader.post(NEW, data=data).location == OFFICES
    found = re.findall(rf"{OFFICES}/offers/\w{{12}}", leader.get(OFFICES).text)
    return str(found[0])


def test_members_are_asked_on_their_home_page_and_one_tap_takes_the_office(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    offer = asked(leader, ana, ben)
    clients = {one.first_name: world.client(one) for one in (ana, ben)}
    assert "Would you take an office? Visitor host" in words(clients["Ana"].get(HOME))
    page = clients["Ana"].get(offer)
    assert "Yes, I take it" in words(page)
    assert "Ben" not in page.text, "nobody sees who else is asked"
    assert clients["Ben"].post(f"{offer}/answer", data={"say": "no"}).location == offer
    assert "Would you take an office?" not in words(clients["Ben"].get(HOME))
    assert clients["Ana"].post(f"{offer}/answer", data={"say": "yes"}).location == offer
    assert "the office is yours" in words(clients["Ana"].get(offer))
    with reading(world) as session:
        [term] = [
            one
            for one in office_terms(session, group.id, world.now.date())
            if one.office is Office.VISITOR_HOST
        ]
    assert (term.member_id, str(term.ends_on)) == (ana.id, "2027-12-31")
    late = clients["Ben"].post(f"{offer}/answer", data={"say": "yes"})
    assert late.status_code == 422
    assert "Somebody else said yes before you" in words(late)
    told = read(leader.get(offer))
    assert ["Ana Sousa said yes" in told, "Ben Castro said no" in told] == [True, True]


def test_everybody_can_be_asked_at_once(
    world: World, leader: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    offer = asked(leader, everybody="y")
    for one in (ana, ben):
        assert world.client(one).get(offer).status_code == 200


def test_who_may_see_and_do_what(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    offer = asked(leader, ana)
    uptown = world.group("uptown", plugins=())
    visitors = {
        "asked": (world.client(ana), 403, 200, 403),
        "member": (world.client(ben), 403, 404, 403),
        "host": (world.client(world.member(group, offices=(Office.VISITOR_HOST,))), 403, 404, 403),
        "elsewhere": (world.client(world.member(uptown, offices=(Office.PRESIDENT,))), 404, 404, 404),
        "stranger": (world.client(), 303, 303, 303),
    }
    for who, (client, new, look, withdraw) in visitors.items():
        assert client.get(NEW).status_code == new, who
        assert client.get(offer).status_code == look, who
        assert client.post(f"{offer}/withdraw").status_code == withdraw, who
        if who != "asked":
            assert client.post(f"{offer}/answer", data={"say": "yes"}).status_code in {303, 404}, who
    assert leader.post(f"{offer}/answer", data={"say": "yes"}).status_code == 404, "who gives is not asked"
    assert visitors["elsewhere"][0].get(offer.replace("harbour", "uptown")).status_code == 404
    assert world.client(ana).post(f"{offer}/answer", data={"say": "maybe"}).status_code == 400
    assert leader.post(f"{offer}/withdraw").location == OFFICES
    assert "withdrawn" in words(world.client(ana).get(offer))
    assert leader.post(f"{offer}/withdraw").status_code == 422


def test_those_who_have_not_served_are_ticked_with_the_reason_in_alphabetical_order(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    page = leader.get(NEW)
    text = read(page)
    order = [text.index(f"{name} has not held an office yet") for name in ("Ben Castro", "Ana Sousa")]
    assert order == sorted(order)
    assert text.index("Everyone else") < text.rindex("Paula Reis")
    assert page.text.count(" checked") == 2


def test_what_cannot_be_offered_comes_back_with_every_reason_and_what_was_typed(
    world: World, leader: FlaskClient, ana: MemberLine
) -> None:
    answer = leader.post(
        NEW,
        data={"office": "mentor", "starts_on": "2026-11-24", "ends_on": "2026-11-01", "members": ["nobody"]},
    )
    page = words(answer)
    assert answer.status_code == 422
    assert "Choose a first day after today" in page
    assert "The last day lies before" in page
    assert "Choose at least one member to ask." in page
    assert 'value="2026-11-01"' in answer.text
    assert "Offered, and not taken yet" not in words(leader.get(OFFICES))


def test_who_is_no_member_of_the_group_is_not_left_out_in_silence(
    world: World, leader: FlaskClient, ana: MemberLine
) -> None:
    elsewhere = world.member(world.group("uptown", plugins=()))
    data = {
        "office": "mentor",
        "starts_on": "2027-01-01",
        "members": [ana.public_id, elsewhere.public_id],
    }
    answer = leader.post(NEW, data=data)
    assert answer.status_code == 422
    assert "is no member any more" in words(answer)
    assert world.rows("office_offer") == 0


def test_a_double_tap_asks_once(world: World, leader: FlaskClient, ana: MemberLine) -> None:
    for _tap in range(2):
        asked(leader, ana, form_token="one-form")
    assert world.rows("office_offer") == 1
