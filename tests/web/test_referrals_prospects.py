"""Prospects are people: forgotten in time, at their wish and by their own link; nobody learns who they are from it."""

import re
from html import unescape

import pytest
from sqlalchemy import MetaData, String, select
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.services.forgetting import forget_due
from app.plugins.referrals.web.about_you import token_of
from tests.support.slips import passed_slip, slip_of, take
from tests.support.world import World

HERE = "/g/harbour/referrals"
CANARIES = ("Miramar", "210 000 555", "kitchen", "remember Miramar")


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def slip(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    passed = passed_slip(world, group, ana, rui)
    take(world, group, passed, rui, Act.PROGRESS, note="I shall remember Miramar")
    return passed


def link(world: World, group: Group, slip: str) -> str:
    with world.app.app_context():
        return f"/visit/harbour/referrals/about-you/{token_of(group, slip)}"


def kept(world: World) -> list[str]:
    """Return where in the whole database a word about the prospect stands."""
    session = world.work().session
    tables = MetaData()
    tables.reflect(session.connection())
    found = [
        f"{table.name}.{text.name}"
        for table in tables.sorted_tables
        for text in table.columns
        if isinstance(text.type, String)
        for value in session.execute(select(text)).scalars()
        if any(canary in str(value) for canary in CANARIES)
    ]
    session.rollback()
    return found


def run_job(world: World, group: Group) -> int:
    work = world.work()
    done = forget_due(work, group)
    work.commit()
    return done


def test_the_words_of_a_slip_are_found_where_they_are(world: World, slip: str) -> None:
    assert set(kept(world)) == {
        "referrals_prospect.name",
        "referrals_prospect.contact",
        "referrals_slip.about",
        "referrals_step.note",
    }


def test_a_prospect_is_forgotten_a_year_after_the_result(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    world.pass_time(days=364)
    assert run_job(world, group) == 0
    world.pass_time(days=1)
    assert run_job(world, group) == 1
    assert kept(world) == []
    assert run_job(world, group) == 0
    assert slip_of(world, group, slip, rui).slip.state is SlipState.WON
    world.assert_ledger_whole(group)


def test_a_slip_of_which_nobody_says_a_word_does_not_keep_its_prospect(
    world: World, group: Group, rui: MemberLine, slip: str
) -> None:
    world.pass_time(days=200)
    take(world, group, slip, rui, Act.PROGRESS)
    world.pass_time(days=364)
    assert run_job(world, group) == 0
    world.pass_time(days=2)
    assert run_job(world, group) == 1
    assert slip_of(world, group, slip, rui).slip.is_open


@pytest.mark.parametrize("who", ["giver", "receiver"])
def test_either_side_has_the_prospect_forgotten_and_the_other_is_told(
    world: World, ana: MemberLine, rui: MemberLine, slip: str, who: str
) -> None:
    asker, other = (ana, rui) if who == "giver" else (rui, ana)
    client = world.client(asker)
    assert "They want to be forgotten" in client.get(f"{HERE}/slips/{slip}").text
    assert client.post(f"{HERE}/slips/{slip}/prospect/forget").status_code == 303
    assert kept(world) == []
    html = unescape(client.get(f"{HERE}/slips/{slip}").text)
    assert "No contact is kept." in html
    assert "They want to be forgotten" not in html
    assert "is forgotten, as they wish" in world.client(other).get("/g/harbour/notices").text
    assert client.post(f"{HERE}/slips/{slip}/prospect/forget", data={"form_token": "x"}).status_code == 404


def test_nobody_else_has_a_prospect_forgotten(world: World, group: Group, slip: str) -> None:
    third = world.client(world.member(group, offices=[Office.PRESIDENT]))
    assert third.post(f"{HERE}/slips/{slip}/prospect/forget").status_code == 404
    assert kept(world)


def test_a_form_filled_in_before_cannot_bring_the_name_back(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    seen = slip_of(world, group, slip, rui).slip.version
    world.client(ana).post(f"{HERE}/slips/{slip}/prospect/forget")
    form = {"progress-note": "Miramar called", "progress-version": str(seen), "form_token": "t"}
    answer = world.client(rui).post(f"{HERE}/slips/{slip}/steps/progress", data=form)
    assert answer.status_code == 422
    assert kept(world) == []


def test_the_link_shows_all_that_is_held_and_opening_it_changes_nothing(
    world: World, group: Group, slip: str
) -> None:
    stranger = world.client()
    for _look in range(2):
        html = unescape(stranger.get(link(world, group, slip)).text)
        assert "Ana Sousa of Harbour Referrals recommended Rui Almeida to you" in html
        assert all(words in html for words in ("Café Miramar", "+351 210 000 555", "A new kitchen"))
    assert "remember Miramar" not in html
    assert kept(world)


def test_whoever_objects_is_forgotten_at_once_and_both_are_told(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    stranger = world.client()
    address = link(world, group, slip)
    assert stranger.post(address).status_code == 303
    assert kept(world) == []
    assert stranger.post(address).status_code == 303
    assert "Nothing is kept about you" in stranger.get(address).text
    for member in (ana, rui):
        notices = world.client(member).get("/g/harbour/notices").text
        assert notices.count("is forgotten, as they wish") == 1
    world.assert_ledger_whole(group)


def test_a_link_is_good_for_its_slip_group_and_house_alone(world: World, group: Group, slip: str) -> None:
    stranger = world.client()
    address = link(world, group, slip)
    mill = world.group("mill")
    with world.app.app_context():
        elsewhere = f"/visit/harbour/referrals/about-you/{token_of(mill, slip)}"
    for wrong in (
        address.replace(".", ".A" if ".A" not in address else ".B"),
        elsewhere,
        "/visit/harbour/referrals/about-you/x",
    ):
        assert stranger.get(wrong).status_code == 404
        assert stranger.post(wrong).status_code == 404
    assert stranger.get(address.replace("harbour", "mill")).status_code == 404
    assert kept(world)


def test_the_giver_alone_finds_the_link_and_it_works(
    world: World, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    page = unescape(world.client(ana).get(f"{HERE}/slips/{slip}/their-link").text)
    found = re.search(r"(/visit/harbour/referrals/about-you/[\w.-]+)", page)
    assert found is not None
    assert "Café Miramar" in unescape(world.client().get(found[1]).text)
    assert world.client(rui).get(f"{HERE}/slips/{slip}/their-link").status_code == 404
    assert world.rows("outgoing_mail") == len({"passed", "progress"})


def ask(world: World, leader: MemberLine, contact: str, token: str = "one") -> TestResponse:
    return world.client(leader).post(
        f"{HERE}/forget", data={"contact": contact, "form_token": token}, follow_redirects=True
    )


def test_an_office_does_not_learn_whether_somebody_was_a_prospect(
    world: World, group: Group, slip: str
) -> None:
    leader = world.member(group, offices=[Office.PRESIDENT])
    unknown = ask(world, leader, "+351 999 999 999", "one")
    assert kept(world)
    known = ask(world, leader, "00351-210000555", "two")
    assert kept(world) == []
    assert (known.status_code, unknown.status_code) == (200, 200)
    without_tokens = [re.sub(r'value="[^"]*"', "", answer.text) for answer in (known, unknown)]
    assert without_tokens[0] == without_tokens[1]


def test_an_office_writes_a_whole_contact(world: World, group: Group, rui: MemberLine, slip: str) -> None:
    leader = world.member(group, offices=[Office.SECRETARY_TREASURER])
    answer = ask(world, leader, "555")
    assert answer.status_code == 422
    assert "Write the whole phone number or mail address" in answer.text
    assert kept(world)
    assert world.client(rui).get(f"{HERE}/forget").status_code == 403


def test_a_group_forgets_its_own_prospects_only(world: World, group: Group, slip: str) -> None:
    mill = world.group("mill")
    there = [world.member(mill), world.member(mill, offices=[Office.PRESIDENT])]
    theirs = passed_slip(world, mill, *there)
    ask(world, world.member(group, offices=[Office.PRESIDENT]), "+351 210 000 555")
    assert slip_of(world, mill, theirs, there[0]).prospect_name == "Café Miramar"
    world.pass_time(days=400)
    assert run_job(world, group) == 0
    assert slip_of(world, mill, theirs, there[0]).prospect_name == "Café Miramar"


def test_the_name_of_a_prospect_is_a_name_behind_the_link_too(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    form = {
        "receiver": rui.public_id,
        "prospect_name": "<script>x</script>" + "n" * 150,
        "prospect_contact": "x@y.example",
        "agreed": "y",
        "about": "<b>a</b>",
        "tier": "outside",
        "how_well": "3",
        "basis": "only-met",
    }
    passed = client.post(f"{HERE}/pass", data=form).headers["Location"].rpartition("/")[2]
    html = world.client().get(link(world, group, passed)).text
    assert "<script>x" not in html
    assert "<b>a</b>" not in html
    assert "&lt;script&gt;x" in html
