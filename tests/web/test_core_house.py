"""The front page and the answer for a monitor."""

from datetime import date

from tests.support.reading import words
from tests.support.world import World


def test_a_stranger_reads_what_this_is_and_where_to_sign_in(world: World) -> None:
    page = world.client().get("/")
    assert page.status_code == 200
    assert "/account/sign-in" in page.text


def test_a_member_of_one_group_is_led_to_it(world: World) -> None:
    ana = world.member(world.group())
    assert world.client(ana).get("/").location == "/g/harbour/"


def test_a_member_of_several_groups_chooses(world: World) -> None:
    here, there = world.group("harbour"), world.group("mill")
    world.member(here, "Ana Sousa", email="ana@sousa.example")
    ana = world.member(there, "Ana Sousa", email="ana@sousa.example")
    page = world.client(ana).get("/")
    assert page.status_code == 200
    assert "Harbour Referrals" in words(page)
    assert "Mill Referrals" in words(page)


def test_somebody_without_a_group_is_told_what_to_do(world: World) -> None:
    gone = world.member(world.group(), "Ana Sousa", ended=date(2026, 11, 1))
    page = world.client(gone).get("/")
    assert page.status_code == 200
    assert "no group counts you as a member today" in words(page)
    assert "Harbour Referrals" not in words(page)


def test_the_house_says_that_it_stands(world: World) -> None:
    answer = world.client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_an_address_that_is_none_and_a_wrong_method_get_a_page(world: World) -> None:
    client = world.client()
    assert "There is nothing here" in words(client.get("/nothing/here"))
    wrong = client.post("/healthz")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "reached by a button" in words(wrong)
