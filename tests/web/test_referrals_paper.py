"""Slips on paper in the browser: the sheet to print, the pile to type in, who may, and that what was typed is kept."""

from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act
from tests.support.paper import TYPE_IN, on_line, pile_of
from tests.support.reading_files import pages_in, text_of_pdf
from tests.support.slips import passed_slip, slip_of, take
from tests.support.world import World

HERE = "/g/harbour/referrals"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def carla(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.SECRETARY_TREASURER])


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida", trade="Electrician")


def slip_of_page(page: str) -> str:
    """Return the first slip that a page links to."""
    return page.partition("/referrals/slips/")[2].partition('"')[0]


def test_the_sheet_has_four_slips_with_everything_that_a_slip_asks(
    world: World, group: Group, ana: MemberLine
) -> None:
    page = unescape(world.client(ana).get(f"{HERE}/paper").text)
    assert page.count("Who needs something") == 4
    for words in ("From", "To", "Phone or mail", "They agreed, on the day", "On the phone", "Whose need"):
        assert words in page
    for words in ("I brought the two together", "We have only met", "No hurry", group.name):
        assert page.count(words) >= 4
    assert "Ana Sousa" not in page.partition("paper-sheet")[2]
    assert "Type in a pile" not in page
    mine = world.client(ana).get(f"{HERE}/paper?mine=1").text.partition("paper-sheet")[2]
    assert mine.count("Ana Sousa") == 4


@pytest.mark.parametrize("address", ["paper.pdf", "paper.pdf?mine=1"])
def test_the_sheet_is_a_pdf_of_one_page_too(world: World, ana: MemberLine, address: str) -> None:
    answer = world.client(ana).get(f"{HERE}/{address}")
    assert answer.mimetype == "application/pdf"
    assert pages_in(answer.data) == 1
    text = text_of_pdf(answer.data)
    assert text.count("Who needs something") == 4
    assert text.count("Ana Sousa") == (4 if "mine" in address else 0)


def test_a_name_in_any_script_or_with_markup_does_not_break_the_pdf(world: World, group: Group) -> None:
    hard = world.member(group, "小明 #王*_$<b>")
    assert world.client(hard).get(f"{HERE}/paper.pdf?mine=1").data.startswith(b"%PDF-")


def test_who_prints_and_who_types_in(world: World, group: Group, ana: MemberLine, carla: MemberLine) -> None:
    of_mill = world.member(world.group("mill"), offices=[Office.PRESIDENT])
    statuses = {
        who: [world.client(member).get(path).status_code for path in (f"{HERE}/paper", TYPE_IN)]
        for who, member in {"member": ana, "secretary": carla, "stranger": None, "mill": of_mill}.items()
    }
    assert statuses == {
        "member": [200, 403],
        "secretary": [200, 200],
        "stranger": [303, 303],
        "mill": [404, 404],
    }
    assert world.client(ana).post(TYPE_IN, data=pile_of()).status_code == 403


def test_a_pile_is_passed_and_the_page_is_empty_again(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(carla)
    answer = client.post(
        TYPE_IN,
        data=pile_of(
            on_line(1, "Ana Sousa", "Rui Almeida"),
            on_line(2, "Rui Almeida", "Ana Sousa", tier="inside", agreed_how="in-person", urgency="today"),
        ),
    )
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "2 slips are passed." in page
    assert "Miramar" not in page
    assert world.rows("referrals_slip") == 2
    assert "Miramar" not in client.get("/g/harbour/notices").text


def test_the_giver_is_asked_whether_it_is_right_and_puts_it_right(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    world.client(carla).post(TYPE_IN, data=pile_of(on_line(1, "Ana Sousa", "Rui Almeida")))
    giver = world.client(ana)
    assert "Carla Nunes typed a paper slip of yours in" in giver.get("/g/harbour/notices").text
    slip = slip_of_page(giver.get(f"{HERE}/given").text)
    page = unescape(giver.get(f"{HERE}/slips/{slip}").text)
    assert "Carla Nunes typed this slip in from your paper" in page
    assert "You may put it right until the receiver has answered" in page
    assert f"slips/{slip}/edit" in page
    assert "Typed in from paper" in page
    receiver = world.client(rui).get(f"{HERE}/slips/{slip}").text
    assert "typed this slip in from your paper" not in receiver
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    assert "If something is wrong, tell the receiver" in giver.get(f"{HERE}/slips/{slip}").text
    assert world.client(carla).get(f"{HERE}/slips/{slip}").status_code == 404


def test_the_giver_sees_that_they_passed_the_same_one_themselves_and_the_typist_does_not(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    own = passed_slip(world, group, ana, rui)
    answer = world.client(carla).post(TYPE_IN, data=pile_of(on_line(1, "Ana Sousa", "Rui Almeida")))
    assert answer.status_code == 303
    giver = world.client(ana)
    page = giver.get(f"{HERE}/given").text
    typed = next(
        one.partition('"')[0] for one in page.split("/referrals/slips/")[1:] if not one.startswith(own)
    )
    assert f"slips/{own}" in giver.get(f"{HERE}/slips/{typed}").text


def test_wrong_lines_are_all_said_at_once_and_everything_typed_is_kept(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    answer = world.client(carla).post(
        TYPE_IN,
        data=pile_of(
            on_line(1, "Ana Sousa", "Rui Almeida", about="Ceiling lights"),
            on_line(3, "Anna Sosa", "Rui Almeida", how_well="-", agreed="-"),
            on_line(7, "Ana Sousa", "Ana Sousa", prospect_name="<b>Bold</b>" * 40, agreed_on="32.13."),
            day="2026-10-01",
        ),
    )
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Nobody in the group is called “Anna Sosa”" in page
    assert "from 1 to 5" in page
    assert "then tick the box" in page
    assert "A slip goes to somebody else" in page
    assert "Please shorten this to 200 characters; it has 440." in page
    assert "Give the day on the paper" in page
    assert [f"Slip {number}</a>:" in page for number in (1, 3, 7)] == [False, True, True]
    for kept in ("Ceiling lights", "Anna Sosa", "2026-10-01"):
        assert kept in page
    assert "<b>Bold</b>" in page
    assert "<b>Bold</b>" not in answer.text
    assert (world.rows("referrals_slip"), world.rows("submission"), world.rows("notice")) == (0, 0, 0)


def test_an_empty_page_is_said_to_be_empty(world: World, carla: MemberLine) -> None:
    answer = world.client(carla).post(TYPE_IN, data=pile_of())
    assert answer.status_code == 422
    assert "Nothing is typed in yet" in answer.text


def test_the_same_pile_sent_twice_is_passed_once(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(carla)
    sent = pile_of(on_line(1, "Ana Sousa", "Rui Almeida"))
    first, second = client.post(TYPE_IN, data=sent), client.post(TYPE_IN, data=sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert world.rows("referrals_slip") == 1
    assert client.post(TYPE_IN, data={**sent, "s1-about": "Another"}).status_code == 422


def test_slips_that_look_alike_are_asked_about_once(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(carla)
    twice = [on_line(1, "Ana Sousa", "Rui Almeida"), on_line(2, "Ana Sousa", "Rui Almeida")]
    asked = client.post(TYPE_IN, data=pile_of(*twice))
    assert asked.status_code == 422
    assert "Slips 1 and 2 have the same two members" in asked.text
    assert 'value="1-2"' in asked.text
    assert world.rows("referrals_slip") == 0
    assert client.post(TYPE_IN, data=pile_of(*twice, alike="1-2")).status_code == 303
    assert world.rows("referrals_slip") == 2


def test_without_the_page_s_own_token_nothing_is_passed(
    world: World, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(carla, csrf=True)
    assert client.post(TYPE_IN, data=pile_of(on_line(1, "Ana Sousa", "Rui Almeida"))).status_code == 400
    assert world.rows("referrals_slip") == 0


def test_the_day_of_the_last_meeting_is_offered(world: World, group: Group, carla: MemberLine) -> None:
    world.meeting(group)
    world.pass_time(days=2)
    assert 'value="2026-11-24"' in world.client(carla).get(TYPE_IN).text
    world.pass_time(days=20)
    assert 'value="2026-12-16"' in world.client(carla).get(TYPE_IN).text


def test_two_members_of_one_name_are_offered_with_trade_and_firm(
    world: World, group: Group, carla: MemberLine, rui: MemberLine
) -> None:
    world.member(group, "Ana Sousa", trade="Painter")
    world.member(group, "Ana Sousa", trade="Florist")
    page = unescape(world.client(carla).get(TYPE_IN).text)
    assert 'value="Ana Sousa · Painter · Sousa Ltd"' in page
    assert 'value="Rui Almeida"' in page


def test_the_page_to_pass_a_slip_leads_to_paper(world: World, ana: MemberLine) -> None:
    assert f"{HERE}/paper" in world.client(ana).get(f"{HERE}/pass").text


def test_typed_in_slips_carry_the_words_of_the_paper(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    sent = on_line(
        1, "Ana Sousa", "Rui Almeida", agreed_how="in-writing", agreed_on="2026-11-20", urgency="this-week"
    )
    world.client(carla).post(TYPE_IN, data=pile_of(sent))
    slip = slip_of_page(world.client(rui).get(f"{HERE}/").text)
    view = slip_of(world, group, slip, rui)
    assert (view.agreed_how, str(view.agreed_on), view.urgency) == ("in-writing", "2026-11-20", "this-week")
    assert (view.tier, view.how_well, view.basis) == ("outside", 3, "worked-with")
