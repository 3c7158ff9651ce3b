"""Contributions, thank-yous and testimonials: kept for oneself, published by the helped, hidden by whom they are about."""

from html import unescape

import pytest

from app.core.groups.queries import MemberLine
from tests.support.giving import Givers, givers
from tests.support.slips import passed_slip
from tests.support.world import World

WORDS = "It worked the first time."


@pytest.fixture
def group(world: World) -> Givers:
    return givers(world)


def page_of(group: Givers, viewer: MemberLine, member: MemberLine) -> str:
    return unescape(group.world.client(viewer).get(f"/g/harbour/members/{member.public_id}").text)


def thanked(group: Givers) -> str:
    """Let Ben ask, Ana answer and Ben thank her; return the thank-you's public id."""
    reply = group.answer(group.ana, group.ask(group.ben))
    assert group.post(group.ben, f"/replies/{reply}/thanks", words=WORDS).status_code == 303
    return group.newest("giving_thanks")


def test_a_thank_you_stands_on_the_helpers_page_until_the_helper_hides_it(group: Givers) -> None:
    thanks = thanked(group)
    assert WORDS in page_of(group, group.eva, group.ana)
    assert WORDS in group.world.client(group.eva).get("/g/harbour/").text
    assert group.post(group.ben, f"/thanks/{thanks}/hide").status_code == 404
    assert group.post(group.ana, f"/thanks/{thanks}/hide").status_code == 303
    assert WORDS not in page_of(group, group.eva, group.ana)
    assert WORDS not in group.world.client(group.eva).get("/g/harbour/").text
    assert WORDS in group.get(group.ana, "/words").text
    assert group.post(group.ana, f"/thanks/{thanks}/show").status_code == 303
    assert WORDS in page_of(group, group.eva, group.ana)


def test_the_helped_takes_a_thank_you_back_and_its_words_are_gone(group: Givers) -> None:
    thanks = thanked(group)
    assert group.post(group.ana, f"/thanks/{thanks}/take-back").status_code == 404
    assert group.post(group.ben, f"/thanks/{thanks}/take-back").status_code == 303
    assert WORDS not in page_of(group, group.eva, group.ana)
    assert group.world.rows("giving_thanks") == 0


def test_only_the_asker_thanks_for_an_answer_and_once(group: Givers) -> None:
    reply = group.answer(group.ana, group.ask(group.ben))
    address = f"/replies/{reply}/thanks"
    assert group.post(group.eva, address, words=WORDS).status_code == 404
    assert group.post(group.ana, address, words=WORDS).status_code == 404
    assert group.post(group.ben, address, words="").status_code == 422
    assert group.post(group.ben, address, words=WORDS).status_code == 303
    again = group.post(group.ben, address, words="Other words")
    assert again.status_code == 422
    assert "Other words" in again.text
    assert group.world.rows("giving_thanks") == 1


def test_each_of_the_two_may_thank_for_an_introduction_that_was_made(group: Givers) -> None:
    waiting = group.introduce(group.ana, group.ben, group.eva)
    assert group.post(group.ben, f"/introductions/{waiting}/thanks", words=WORDS).status_code == 404
    for one in (group.ben, group.eva):
        group.say(one, waiting)
        if one is group.eva:
            for two in (group.ben, group.eva):
                answer = group.post(two, f"/introductions/{waiting}/thanks", words=WORDS)
                assert answer.status_code == 303
    assert group.post(group.ana, f"/introductions/{waiting}/thanks", words=WORDS).status_code == 404
    assert group.world.rows("giving_thanks") == 2


def test_a_testimonial_is_written_in_words_hidden_by_its_subject_and_taken_back_by_its_author(
    group: Givers,
) -> None:
    address = f"/testimonials/for/{group.ana.public_id}"
    assert group.post(group.ben, address, words=WORDS).status_code == 303
    assert WORDS in page_of(group, group.eva, group.ana)
    testimonial = group.newest("giving_testimonial")
    assert group.post(group.eva, f"/testimonials/{testimonial}/hide").status_code == 404
    group.post(group.ana, f"/testimonials/{testimonial}/hide")
    assert WORDS not in page_of(group, group.eva, group.ana)
    group.post(group.ana, f"/testimonials/{testimonial}/show")
    assert WORDS in page_of(group, group.eva, group.ana)
    assert group.post(group.ana, f"/testimonials/{testimonial}/take-back").status_code == 404
    assert group.post(group.ben, f"/testimonials/{testimonial}/take-back").status_code == 303
    assert WORDS not in page_of(group, group.eva, group.ana)
    assert group.post(group.ben, address, words="In other words.").status_code == 303


def test_one_testimonial_of_one_member_about_another(group: Givers) -> None:
    address = f"/testimonials/for/{group.ana.public_id}"
    group.post(group.ben, address, words=WORDS)
    again = group.post(group.ben, address, words="Other words")
    assert again.status_code == 422
    assert "stands already" in again.text
    assert group.post(group.ana, address, words="I am good.").status_code == 404


def test_contributions_are_shown_with_their_days_to_oneself_alone(world: World) -> None:
    group = givers(world, plugins=("attendance", "referrals", "welcome", "giving"))
    thanked(group)
    group.made()
    group.post(group.ana, f"/testimonials/for/{group.eva.public_id}", words="Good work.")
    passed_slip(world, group.group, group.ana, group.ben)
    text = unescape(group.get(group.ana, "/given").text)
    for said in (
        "You answered an ask of Ben Ferreira",
        "You introduced Ben Ferreira and Eva Novák",
        "You wrote a testimonial for Eva Novák",
        "You passed a referral to Ben Ferreira",
    ):
        assert said in text
    assert "24 November 2026" in text
    assert "Nothing yet." in group.get(group.ben, "/given").text


def test_an_offered_introduction_is_no_contribution_yet(group: Givers) -> None:
    group.introduce(group.ana, group.ben, group.eva)
    assert "Nothing yet." in group.get(group.ana, "/given").text


def test_nothing_on_any_page_counts_or_ranks_who_gave(group: Givers) -> None:
    thanked(group)
    group.made()
    for page in ("/", "/introductions", "/given", "/words"):
        text = group.get(group.eva, page).text.lower()
        for word in ("most helpful", "rank", "points", "top giver", "leaderboard"):
            assert word not in text
