"""Dues in the browser: the three who run the group see and note them, everybody else sees their own alone."""

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.world import World

DUES = "/g/harbour/dues/"
MINE = "/g/harbour/dues/mine"
HOME = "/g/harbour/"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "dues"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ito")


@pytest.fixture
def treasurer(world: World, group: Group) -> FlaskClient:
    return world.client(world.member(group, "Lea Brandt", offices=[Office.SECRETARY_TREASURER]))


def note(client: FlaskClient, member: MemberLine, **change: str) -> TestResponse:
    form = {"kind": "membership", "amount": "450", "due_on": "2026-11-20", "note": "", "form_token": "one"}
    return client.post(DUES, data={"member": member.public_id, **form, **change})


def text(answer: TestResponse) -> str:
    return " ".join(unescape(answer.text).split())


def acts(page: TestResponse, act: str) -> list[str]:
    """Return the addresses to which the buttons of this act on the page post."""
    return re.findall(rf'action="([^"]+/{act})"', page.text)


def test_a_line_is_noted_and_stands_in_the_list(treasurer: FlaskClient, ana: MemberLine) -> None:
    assert note(treasurer, ana).status_code == 303
    page = text(treasurer.get(DUES))
    assert "Ana Sousa" in page
    assert "€450.00" in page
    assert "overdue" in page


def test_the_same_form_twice_is_one_line(treasurer: FlaskClient, world: World, ana: MemberLine) -> None:
    note(treasurer, ana)
    assert note(treasurer, ana).status_code == 303
    assert world.rows("dues_entry") == 1


def test_what_is_wrong_is_said_beside_its_field_and_kept(treasurer: FlaskClient, ana: MemberLine) -> None:
    answer = note(treasurer, ana, amount="1.234")
    assert answer.status_code == 422
    assert "“1.234” can be read in two ways. Write 1,234.00 or 1.23, whichever you mean." in text(answer)
    assert 'value="1.234"' in answer.text


def test_paid_today_is_one_tap_and_so_is_the_way_back(treasurer: FlaskClient, ana: MemberLine) -> None:
    note(treasurer, ana)
    (paid,) = acts(treasurer.get(DUES), "paid")
    assert treasurer.post(paid, data={"version": "1"}, follow_redirects=True).status_code == 200
    page = treasurer.get(f"{DUES}?show=paid")
    assert "24 Nov 2026" in text(page)
    (unpaid,) = acts(page, "unpaid")
    back = treasurer.post(unpaid, data={"version": "2"}, follow_redirects=True)
    assert "Taken back: Ana Sousa has still to pay." in text(back)


def test_right_after_a_payment_its_way_back_stands_on_top(treasurer: FlaskClient, ana: MemberLine) -> None:
    note(treasurer, ana)
    (paid,) = acts(treasurer.get(DUES), "paid")
    answer = treasurer.post(paid, data={"version": "1"}, follow_redirects=True)
    assert len(acts(answer, "unpaid")) == 1


def test_a_line_is_put_right(treasurer: FlaskClient, ana: MemberLine) -> None:
    note(treasurer, ana)
    (paid,) = acts(treasurer.get(DUES), "paid")
    line = paid.removesuffix("/paid")
    form = {
        "kind": "meeting",
        "amount": "18",
        "due_on": "2026-12-01",
        "state": "owed",
        "paid_on": "",
        "note": "",
    }
    assert treasurer.post(line, data={**form, "version": "1", "form_token": "two"}).status_code == 303
    stale = treasurer.post(line, data={**form, "amount": "20", "version": "1", "form_token": "three"})
    assert stale.status_code == 422
    assert "What stands now" in text(stale)
    assert "€18.00" in text(stale)


def test_each_filter_shows_its_own(treasurer: FlaskClient, ana: MemberLine, ben: MemberLine) -> None:
    note(treasurer, ana)
    note(treasurer, ben, due_on="2026-12-24", form_token="two")
    shown = {
        code: treasurer.get(f"{DUES}?show={code}").text for code in ("overdue", "open", "paid", "all", "x")
    }
    named = {
        code: [name for name in ("Ana Sousa</bdi>", "Ben Ito</bdi>") if name in page]
        for code, page in shown.items()
    }
    both = ["Ana Sousa</bdi>", "Ben Ito</bdi>"]
    assert named == {"overdue": both[:1], "open": both[1:], "paid": [], "all": both, "x": both}


def test_a_member_sees_their_own_alone(
    world: World, treasurer: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    note(treasurer, ana, note="Paid late last year")
    note(treasurer, ben, amount="77", form_token="two")
    page = text(world.client(ana).get(MINE))
    assert "€450.00" in page
    assert "€77.00" not in page
    assert "Paid late last year" not in page


def test_the_list_is_shut_for_members_and_unknown_lines_are_not_there(
    world: World, treasurer: FlaskClient, ana: MemberLine
) -> None:
    assert world.client(ana).get(DUES).status_code == 403
    assert treasurer.get(f"{DUES}entries/nothing").status_code == 404
    assert treasurer.post(f"{DUES}entries/nothing/paid").status_code == 404


def test_the_home_page_shows_only_ones_own_open_dues(
    world: World, treasurer: FlaskClient, ana: MemberLine, ben: MemberLine
) -> None:
    note(treasurer, ana)
    home = text(world.client(ana).get(HOME))
    assert "Membership, €450.00" in home
    assert "€450.00 was due on 20 Nov 2026: pay it when you can" in home
    assert "450.00" not in text(world.client(ben).get(HOME))


def test_what_is_not_due_yet_is_no_task(world: World, treasurer: FlaskClient, ana: MemberLine) -> None:
    note(treasurer, ana, due_on="2026-12-24")
    home = text(world.client(ana).get(HOME))
    assert "due on 24 Dec 2026" in home
    assert "pay it when you can" not in home


def test_the_next_treasurer_is_told_how_many_are_overdue(world: World, group: Group, ana: MemberLine) -> None:
    leaving = world.member(group, "Old Hand", offices=[Office.SECRETARY_TREASURER], joined=date(2025, 1, 7))
    note(world.client(leaving), ana)
    handover = text(world.client(leaving).get("/g/harbour/offices/secretary-treasurer/handover"))
    assert "1 amount of dues is overdue." in handover
    assert "of dues is overdue" not in text(world.client(leaving).get("/g/harbour/offices/mentor/handover"))
