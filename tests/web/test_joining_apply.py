"""Applying and answering by link, on their pages: nothing is read or asked before the address is proven."""

from html import unescape

import pytest

from tests.support.joining import FILLED, Chapter, chapter, set_up
from tests.support.world import World

TERESA, MARTA, JOAO = FILLED["email"], FILLED["referee1_email"], FILLED["referee2_email"]


@pytest.fixture
def group(world: World) -> Chapter:
    return chapter(world)


def test_a_group_that_takes_no_applications_has_no_public_page(world: World) -> None:
    shut = chapter(world, is_open=False)
    for address in ("/", "/apply", "/applied", f"/a/{'0' * 64}", f"/r/{'0' * 64}"):
        assert shut.stranger().get(shut.visit + address).status_code == 404
    assert shut.apply().status_code == 404
    set_up(shut)
    for address in ("/", "/apply", "/applied"):
        assert shut.stranger().get(shut.visit + address).status_code == 200


def test_nobody_but_the_applicant_hears_of_an_application_before_the_address_is_proven(
    group: Chapter,
) -> None:
    answer = group.apply()
    assert (answer.status_code, answer.location) == (303, f"{group.visit}/applied")
    assert group.kinds(TERESA) == ["confirm"]
    assert [mail.address for mail in group.mails()] == [TERESA]
    assert group.notices(group.ana) == []
    assert "Teresa" not in group.get(group.ana, "/applications").text
    assert group.get(group.ana, f"/applications/{group.public_id()}").status_code == 404


def test_the_own_link_proves_the_address_and_then_referees_and_committee_are_told(group: Chapter) -> None:
    group.apply()
    secret = group.link_to(TERESA)
    assert "One press" in group.own(secret).text
    assert group.kinds(MARTA) == [], "looking is not proving"
    group.own(secret, "confirm")
    group.own(secret, "confirm")
    assert (group.kinds(MARTA), group.kinds(JOAO)) == (["reference"], ["reference"])
    said = ["Teresa Fonseca (Piano tuner) has applied to join. Read it and vote."]
    assert (group.notices(group.ana), group.notices(group.president)) == (said, [])
    assert "with those who decide" in group.own(secret).text


def test_the_same_address_twice_is_the_same_application_and_is_answered_alike(group: Chapter) -> None:
    first = group.apply()
    group.confirmed()
    again = group.apply(name="Somebody Else", email="Teresa@Applicant.example", why="Changed")
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert group.world.rows("joining_application") == 1
    assert group.row().why == FILLED["why"]
    assert group.kinds(TERESA) == ["confirm", "known"]


def test_a_robot_gets_the_same_answer_and_leaves_nothing(group: Chapter) -> None:
    answer = group.apply(website="http://buy.example")
    assert (answer.status_code, answer.location) == (303, f"{group.visit}/applied")
    assert group.world.rows("joining_application") == 0
    assert group.mails() == []


def test_a_refused_application_says_everything_at_once_and_keeps_what_was_typed(group: Chapter) -> None:
    answer = group.apply(
        email="no address", trade="", referee2_email=MARTA, years="many", consents="", why="Because of Ana"
    )
    text = unescape(answer.text)
    assert answer.status_code == 422
    for sentence in (
        "“no address” is not a mail address.",
        "Write a trade in a word or two.",
        "both have the same address",
        "Write the years as a number",
        "Tick the box to go on.",
    ):
        assert sentence in text
    assert "Because of Ana" in text
    assert group.world.rows("joining_application") == 0


def test_nobody_is_their_own_referee(group: Chapter) -> None:
    assert "this is your own address" in group.apply(referee1_email="TERESA@applicant.example").text


@pytest.mark.parametrize(
    "name", ["<b>Teresa</b>", "ليلى حداد", "Wolfeschlegelsteinhausenbergerdorff", "Prince"]
)
def test_hard_names_are_shown_as_they_were_written(group: Chapter, name: str) -> None:
    group.confirmed(name=name)
    page = group.page_of(group.ana, name).text
    assert "<b>Teresa</b>" not in page
    assert name in unescape(page)


def test_a_referee_answers_by_link_and_only_those_who_decide_read_it(group: Chapter) -> None:
    secret = group.confirmed()
    marta = group.link_to(MARTA)
    assert "A word about Teresa Fonseca" in group.stranger().get(f"{group.visit}/r/{marta}").text
    assert group.refer(marta, answer="with-care", words="").status_code == 422
    assert group.refer(marta, answer="no", words="Never came on time.").status_code == 303
    assert "Thank you" in group.stranger().get(f"{group.visit}/r/{marta}").text
    assert "Never came on time." in group.page_of(group.ana).text
    assert "Never came on time." not in group.page_of(group.president).text
    assert "Never came on time." not in group.own(secret).text
    assert "A referee of Teresa Fonseca has answered." in group.notices(group.ben)
    assert group.refer(marta, answer="yes", words="").status_code == 422, "one answer"


@pytest.mark.parametrize("answer", ["rather-not", "not-known"])
def test_a_referee_may_say_nothing_or_that_they_do_not_know_them(group: Chapter, answer: str) -> None:
    group.confirmed()
    assert group.refer(group.link_to(MARTA), answer=answer, words="").status_code == 303


def test_a_referee_has_what_is_kept_about_them_deleted(group: Chapter) -> None:
    group.confirmed()
    marta = group.link_to(MARTA)
    group.refer(marta, answer="yes", words="Good hands.")
    deleted = group.stranger().post(f"{group.visit}/r/{marta}/delete")
    assert "Everything is deleted" in deleted.text
    assert group.stranger().get(f"{group.visit}/r/{marta}").status_code == 404
    page = group.page_of(group.ana).text
    assert "Good hands." not in page
    assert "Marta" not in page
    assert group.mails(MARTA) == []


def test_an_application_is_taken_back_by_link_and_its_referees_are_asked_no_more(group: Chapter) -> None:
    secret = group.confirmed()
    marta = group.link_to(MARTA)
    group.own(secret, "withdraw")
    group.own(secret, "withdraw")
    assert "taken your application back" in group.own(secret).text
    assert group.mails(MARTA) == []
    assert "no longer needed" in group.stranger().get(f"{group.visit}/r/{marta}").text
    assert group.refer(marta, answer="yes", words="").status_code == 422
    assert group.notices(group.ana)[-1] == "Teresa Fonseca has taken the application back."
    assert group.apply().status_code == 303, "the address is free for a new one"
    assert group.world.rows("joining_application") == 2


def test_an_applicant_deletes_everything_at_once(group: Chapter) -> None:
    secret = group.confirmed()
    group.vote(group.ana, reason="Teresa is kind")
    assert "Everything is deleted" in group.own(secret, "delete").text
    assert group.own(secret).status_code == 404
    assert group.mails() == []
    assert group.notices(group.ana) == []
    assert group.world.rows("joining_vote") == 0
    assert "Teresa" not in group.get(group.ana, "/applications").text


def test_a_link_of_another_group_opens_nothing(world: World, group: Chapter) -> None:
    secret = group.confirmed()
    other = world.group("mill", plugins=("joining",))
    assert world.client().get(f"/visit/{other.slug}/joining/a/{secret}").status_code == 404


def test_an_applicants_link_is_no_referees_link(group: Chapter) -> None:
    secret = group.confirmed()
    assert group.stranger().get(f"{group.visit}/r/{secret}").status_code == 404
    assert group.own(group.link_to(MARTA)).status_code == 404
