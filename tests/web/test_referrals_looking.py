"""Looking at referrals in the browser: who sees what, in which words, when nothing is said, and the same as files."""

from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.pages import Page
from tests.support.slips import passed_slip, take
from tests.support.world import World

HERE = "/g/harbour/referrals"
LEADERS_PAGES = ("matrix", "funnel", "matrix.csv", "funnel.xlsx")


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", offices=[Office.PRESIDENT])


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def leo(world: World, group: Group) -> MemberLine:
    return world.member(group, "Leo Brandt")


def finished(
    world: World, group: Group, giver: MemberLine, receiver: MemberLine, result: SlipState = SlipState.WON
) -> None:
    slip = passed_slip(world, group, giver, receiver)
    take(world, group, slip, receiver, Act.CLOSE, result=result)


def cells(html: str, name: str) -> list[str]:
    """Return what stands in the row of that member."""
    row = next(row for row in html.split("<tr>") if f"<bdi>{name}</bdi></a></th>" in row)
    return [cell.split(">", 1)[1].split("<")[0] for cell in row.split("<td")[1:]]


def test_the_matrix_has_a_number_a_pair_both_ways_round(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leo: MemberLine
) -> None:
    for giver, receiver in ((ana, rui), (ana, rui), (rui, leo)):
        passed_slip(world, group, giver, receiver)
    leader = world.client(ana)
    given = leader.get(f"{HERE}/matrix").text
    assert cells(given, "Ana Sousa") == ["2", "1", "2", "", "·"]
    assert cells(given, "Rui Almeida") == ["1", "1", "·", "1", ""]
    received = leader.get(f"{HERE}/matrix?way=received").text
    assert cells(received, "Rui Almeida") == ["2", "1", "·", "", "2"]
    assert "Who received slips from whom" in received


def test_the_matrix_leaves_out_what_was_taken_back_and_other_days(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    assert "1 slip" in world.client(ana).get(f"{HERE}/matrix").text
    assert "No slip was passed" in world.client(ana).get(f"{HERE}/matrix?from=2026-01-01&to=2026-02-01").text
    take(world, group, slip, ana, Act.WITHDRAW)
    assert "No slip was passed" in world.client(ana).get(f"{HERE}/matrix").text


@pytest.mark.parametrize("what", LEADERS_PAGES)
def test_who_passed_to_whom_is_for_leaders(world: World, group: Group, rui: MemberLine, what: str) -> None:
    host = world.member(group, offices=[Office.VISITOR_HOST])
    assert world.client(rui).get(f"{HERE}/{what}").status_code == 403
    assert world.client(host).get(f"{HERE}/{what}").status_code == 403


def test_a_name_with_markup_stays_a_name(world: World, group: Group, ana: MemberLine) -> None:
    odd = world.member(group, "<b>Bold</b> O'Brien")
    passed_slip(world, group, odd, ana)
    html = world.client(ana).get(f"{HERE}/matrix").text
    assert "&lt;b&gt;Bold" in html
    assert "<b>Bold" not in html


def test_the_funnel_is_silent_about_single_slips(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leo: MemberLine
) -> None:
    for receiver in (rui, rui, leo, leo):
        finished(world, group, ana, receiver)
    leader = world.client(ana)
    assert "Too few slips in these days" in leader.get(f"{HERE}/funnel").text
    assert b"Won" not in leader.get(f"{HERE}/funnel.csv").data
    finished(world, group, rui, ana, SlipState.LOST)
    html = unescape(leader.get(f"{HERE}/funnel").text)
    assert "How far 5 slips of these days came" in html
    assert b"Won,4" in leader.get(f"{HERE}/funnel.csv").data


def test_ones_own_page_names_colleagues_not_a_rank(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leo: MemberLine
) -> None:
    finished(world, group, ana, rui)
    passed_slip(world, group, leo, ana)
    html = unescape(world.client(ana).get(f"{HERE}/own").text)
    assert "to 1 of 2 colleagues" in html
    assert "from 1 of 2 colleagues" in html
    assert cells(html, "Leo Brandt") == ["0", "0", "1", "0"]
    assert cells(html, "Rui Almeida") == ["1", "1", "0", "0"]


def test_nobodys_own_page_shows_what_lies_between_others(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leo: MemberLine
) -> None:
    finished(world, group, rui, leo)
    html = world.client(ana).get(f"{HERE}/own").text
    assert "No slip of yours lies in these days" in html
    assert "Leo Brandt" not in html


def test_the_group_answers_with_denominators_once_the_month_is_over(world: World, group: Group) -> None:
    people = [world.member(group) for _one in range(6)]
    for number in range(20):
        result = SlipState.WON if number < 8 else SlipState.LOST
        finished(world, group, people[5], people[number % 5], result)
    reader = world.client(people[0])
    assert "The group cannot answer yet" in reader.get(f"{HERE}/answer").text
    world.pass_time(days=10)
    reader = world.client(people[0])
    html = unescape(reader.get(f"{HERE}/answer").text)
    assert "8 of the 20 slips with a result became business, for 5 of the 5 members" in html
    assert "1 Dec 2025 to 30 Nov 2026" in html
    file = reader.get(f"{HERE}/answer.csv").data.decode("utf-8-sig")
    assert "Result told,20,5,," in file
    assert "Became business,8,5,0,0" in file
    starts = [reader.get(f"{HERE}/answer.{kind}").data[:2] for kind in ("xlsx", "pdf")]
    assert starts == [b"PK", b"%P"]


def test_the_file_of_the_answer_is_as_silent_as_the_page(world: World, group: Group) -> None:
    people = [world.member(group) for _one in range(6)]
    for number in range(19):
        finished(world, group, people[5], people[number % 5], SlipState.WON)
    world.pass_time(days=10)
    reader = world.client(people[0])
    assert reader.get(f"{HERE}/answer.csv").data.decode("utf-8-sig").count("\n") == 1
    assert f"{HERE}/answer.csv" not in reader.get(f"{HERE}/answer").text
    assert world.client().get(f"{HERE}/answer.csv").status_code == 303


def test_a_period_that_makes_no_sense_is_said_on_page_and_file(world: World, ana: MemberLine) -> None:
    leader = world.client(ana)
    for page in ("own", "matrix", "funnel", "matrix.csv", "own.pdf"):
        answer = leader.get(f"{HERE}/{page}?from=yesterday")
        assert answer.status_code == 422, page
        assert "is not a day" in answer.text
    assert leader.get(f"{HERE}/own?from=2000-01-01&to=2026-01-01").status_code == 422
    assert leader.get(f"{HERE}/own?from=2026-02-01&to=2026-01-01").status_code == 422


@pytest.mark.parametrize("what", ["own", "matrix", "funnel"])
def test_each_page_comes_as_three_files(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, what: str
) -> None:
    passed_slip(world, group, ana, rui)
    leader = world.client(ana)
    links = [link for link in Page(leader.get(f"{HERE}/{what}").text).links if f"{HERE}/{what}." in link]
    if what == "funnel":
        links = [f"{HERE}/funnel.{kind}" for kind in ("csv", "xlsx", "pdf")]
    starts = [leader.get(link).data[:2] for link in links]
    assert len(starts) == 3
    assert starts[1:] == [b"PK", b"%P"]


def test_looking_takes_few_statements_however_many_slips(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leo: MemberLine
) -> None:
    def cost() -> list[int]:
        counted = []
        for page in ("own", "matrix", "funnel", "answer"):
            client.get(f"{HERE}/{page}")
            with world.statements() as seen:
                client.get(f"{HERE}/{page}")
            counted.append(len(seen))
        return counted

    client = world.client(ana)
    finished(world, group, ana, rui)
    before = cost()
    for giver, receiver in ((rui, leo), (leo, ana), (leo, rui)):
        finished(world, group, giver, receiver)
    assert cost() == before
    assert max(before) <= 3 + 3
