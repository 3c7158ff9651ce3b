"""Asks on their pages: beside ways to help, answered in private, closed by their asker, “learn about me” at first."""

from datetime import date
from html import unescape

import pytest

from tests.support.giving import ASK, HERE, Givers, givers
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Givers:
    return givers(world)


def test_the_ask_box_stands_beside_ways_to_help(group: Givers) -> None:
    group.ask(group.ben, what="A florist who delivers early")
    text = unescape(group.get(group.ana, "/").text)
    assert text.index("Ways you can help this week") < text.index("Ask for something")
    assert "Ben Ferreira asks for advice" in text
    assert "A florist who delivers early" in text


def test_an_ask_that_was_answered_is_no_opening_any_more(group: Givers) -> None:
    ask = group.ask(group.ben)
    assert ASK["what"] in unescape(group.world.client(group.ana).get("/g/harbour/").text)
    group.answer(group.ana, ask)
    assert ASK["what"] not in unescape(group.world.client(group.ana).get("/g/harbour/").text)
    assert "you answered" in group.get(group.ana, "/").text


def test_an_answer_is_read_by_asker_and_helper_alone(group: Givers) -> None:
    ask = group.ask(group.ben)
    group.answer(group.ana, ask, "Our letter always works.")
    assert "Our letter always works." in group.get(group.ben, f"/asks/{ask}").text
    assert "Our letter always works." in group.get(group.ana, f"/asks/{ask}").text
    others = group.get(group.eva, f"/asks/{ask}").text + group.get(group.eva, "/").text
    assert "Our letter" not in others
    assert "Ana Sousa" not in group.get(group.eva, f"/asks/{ask}").text
    assert "has an answer" in others


def test_the_asker_is_told_of_an_answer_on_the_page_and_by_mail_without_its_words(group: Givers) -> None:
    group.answer(group.ana, group.ask(group.ben), "Our letter always works.")
    assert "Ana Sousa answered your ask." in group.world.client(group.ben).get("/g/harbour/notices").text
    session = group.world.work().session
    mails = session.connection().exec_driver_sql("SELECT subject, body FROM outgoing_mail").all()
    session.rollback()
    assert [subject for subject, _body in mails] == ["Ana Sousa answered your ask."]
    assert "letter" not in mails[0][1]


def test_a_double_tap_makes_one_ask_and_one_answer(group: Givers) -> None:
    first, second = (group.post(group.ben, "/", **ASK, form_token="same") for _tap in range(2))
    assert first.location == second.location
    assert group.world.rows("giving_ask") == 1
    address = str(first.location).removeprefix(HERE)
    for _tap in range(2):
        assert group.post(group.ana, address, words="Gladly.", form_token="same").status_code == 303
    assert group.world.rows("giving_reply") == 1


def test_a_refused_ask_keeps_what_was_typed(group: Givers) -> None:
    answer = group.post(group.ben, "/", kind="advice", what="Late payers", until_on="2029-01-01", why="")
    assert answer.status_code == 422
    assert "Late payers" in answer.text
    assert "Choose a day from today until" in answer.text
    assert group.world.rows("giving_ask") == 0


def test_ones_own_ask_cannot_be_answered_by_oneself(group: Givers) -> None:
    ask = group.ask(group.ben)
    answer = group.post(group.ben, f"/asks/{ask}", words="I know.")
    assert answer.status_code == 422
    assert "This is your own ask." in answer.text


def test_a_second_answer_of_one_member_is_refused(group: Givers) -> None:
    ask = group.ask(group.ben)
    group.answer(group.ana, ask)
    assert group.post(group.ana, f"/asks/{ask}", words="And more.").status_code == 422
    assert group.world.rows("giving_reply") == 1


def test_the_asker_alone_closes_an_ask_and_then_nobody_answers(group: Givers) -> None:
    ask = group.ask(group.ben)
    assert group.post(group.ana, f"/asks/{ask}/close", state="helped").status_code == 404
    assert group.post(group.ben, f"/asks/{ask}/close", state="helped").status_code == 303
    assert group.post(group.ana, f"/asks/{ask}", words="Gladly.").status_code == 422
    assert group.post(group.ben, f"/asks/{ask}/close", state="closed").status_code == 422
    assert "helped" in group.get(group.ben, f"/asks/{ask}").text
    assert ASK["what"] not in unescape(group.get(group.eva, "/").text)


def test_an_ask_is_over_after_its_last_day(group: Givers) -> None:
    ask = group.ask(group.ben, until_on="2026-11-25")
    assert "You can help" in group.get(group.ana, f"/asks/{ask}").text
    group.world.pass_time(days=2)
    assert "This ask is over." in group.get(group.ana, f"/asks/{ask}").text
    assert group.post(group.ana, f"/asks/{ask}", words="Gladly.").status_code == 422


def test_in_the_settling_in_period_an_ask_for_referrals_reads_learn_about_me_for_good(group: Givers) -> None:
    newcomer = group.world.member(group.group, "Noa Lindqvist", joined=date(2026, 11, 10))
    form = group.get(newcomer, "/").text
    assert "Learn about me" in form
    assert "A referral<" not in form
    assert "A referral<" in group.get(group.ana, "/").text
    ask = group.ask(newcomer, kind="referral", what="I restore old chairs")
    assert "Learn about Noa Lindqvist" in group.get(group.ana, "/").text
    group.world.pass_time(days=20)
    assert "Learn about Noa Lindqvist" in group.get(group.ana, f"/asks/{ask}").text
    assert "asks for a referral" not in group.get(group.ana, f"/asks/{ask}").text


def test_a_newcomers_home_asks_whom_they_could_introduce(group: Givers) -> None:
    newcomer = group.world.member(group.group, "Noa Lindqvist", joined=date(2026, 11, 10))
    asks = "Whom do you know that somebody here would be glad to meet?"
    assert asks in group.world.client(newcomer).get("/g/harbour/").text
    assert asks not in group.world.client(group.ana).get("/g/harbour/").text


def test_what_is_asked_with_markup_is_shown_as_it_was_typed(group: Givers) -> None:
    group.ask(group.ben, what="<b>Bold</b> & 'quoted'")
    text = group.get(group.ana, "/").text
    assert "<b>Bold</b>" not in text
    assert "<b>Bold</b> & 'quoted'" in unescape(text)


def test_openings_come_from_those_who_know_newcomers_and_guests(world: World) -> None:
    group = givers(world, plugins=("attendance", "welcome", "giving"))
    world.meeting(group.group, date(2026, 11, 24))
    noted = {"name": "Clara Moreau", "kind": "first", "came_on": "2026-11-24", "form_token": "v"}
    answer = world.client(group.ana).post(
        "/g/harbour/welcome/", data={**noted, "invited_by": group.ana.public_id}
    )
    assert answer.status_code == 303
    assert "Welcome Clara Moreau, who comes as a guest" in group.get(group.eva, "/").text
