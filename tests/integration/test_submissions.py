"""One form, one act: do a double tap, a resend and two hundred at once make one row, and does everybody get the same answer?"""

import re

from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from tests.support.parallel import at_once
from tests.support.town import Town

THREADS, POSTS_EACH = 10, 20

FORM = {
    "given_name": "Bea",
    "family_name": "Lopes",
    "email": "",
    "trade": "Florist",
    "firm": "Flor do Cais",
    "phone": "",
    "joined_on": "2026-11-24",
}


def leader(town: Town, slug: str, *, browsers: int = 1) -> list[FlaskClient]:
    """Return browsers of one president of a new group."""
    president = town.member(town.group(slug), offices=[Office.PRESIDENT])
    return [town.client(president) for _ in range(browsers)]


def token_of(client: FlaskClient, slug: str) -> str:
    found = re.search(r'name="form_token"[^>]*value="([^"]+)"', client.get(f"/g/{slug}/members/add").text)
    assert found is not None
    return found[1]


def post(client: FlaskClient, slug: str, token: str, **other: str) -> tuple[int, str | None]:
    answer = client.post(f"/g/{slug}/members/add", data={**FORM, "form_token": token, **other})
    return answer.status_code, answer.location


def members(town: Town, slug: str) -> object:
    """Return how many members the group has beside its president."""
    return town.value(
        "SELECT count(*) - 1 FROM member JOIN member_group ON member_group.id = member.group_id"
        f" WHERE member_group.slug = '{slug}'"
    )


def test_two_hundred_equal_posts_at_once_make_one_member_and_get_equal_answers(town: Town) -> None:
    clients = leader(town, "crowd", browsers=THREADS)
    token = token_of(clients[0], "crowd")

    def tap(number: int) -> list[tuple[int, str | None]]:
        return [post(clients[number], "crowd", token) for _ in range(POSTS_EACH)]

    answers = at_once(THREADS, tap)
    each = [one for answer in answers if isinstance(answer, list) for one in answer]
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert len(each) == THREADS * POSTS_EACH == 200
    assert set(each) == {(303, "/g/crowd/members")}
    assert members(town, "crowd") == 1


def test_resend_after_a_lost_answer_leads_where_the_first_one_led(town: Town) -> None:
    (client,) = leader(town, "resend")
    token = token_of(client, "resend")
    assert post(client, "resend", token) == post(client, "resend", token) == (303, "/g/resend/members")
    assert members(town, "resend") == 1


def test_another_filling_in_of_the_form_is_another_act(town: Town) -> None:
    (client,) = leader(town, "another")
    first, second = token_of(client, "another"), token_of(client, "another")
    assert first != second
    assert post(client, "another", first)[0] == post(client, "another", second)[0] == 303
    assert members(town, "another") == 2


def test_same_token_with_other_words_is_refused_after_success(town: Town) -> None:
    (client,) = leader(town, "other-words")
    token = token_of(client, "other-words")
    assert post(client, "other-words", token)[0] == 303
    answer = client.post(
        "/g/other-words/members/add", data={**FORM, "form_token": token, "given_name": "Carla"}
    )
    assert answer.status_code == 422
    assert "already sent, with other words" in answer.text
    assert 'value="Carla"' in answer.text, "what was typed is kept"
    assert members(town, "other-words") == 1


def test_refused_form_leaves_its_token_free_for_the_corrected_one(town: Town) -> None:
    (client,) = leader(town, "corrected")
    token = token_of(client, "corrected")
    assert post(client, "corrected", token, given_name="")[0] == 422
    assert post(client, "corrected", token, email="not an address")[0] == 422
    assert post(client, "corrected", token)[0] == 303
    assert members(town, "corrected") == 1


def test_same_token_of_two_people_is_two_acts(town: Town) -> None:
    (ana,), (rui,) = leader(town, "token-of-ana"), leader(town, "token-of-rui")
    token = token_of(ana, "token-of-ana")
    assert post(ana, "token-of-ana", token)[0] == 303
    assert post(rui, "token-of-rui", token)[0] == 303
    assert (members(town, "token-of-ana"), members(town, "token-of-rui")) == (1, 1)


def test_same_token_on_another_groups_page_is_refused(town: Town) -> None:
    first, second = town.group("page-one"), town.group("page-two")
    ana = town.member(first, "Ana Sousa", email="ana.pages@sousa.example", offices=[Office.PRESIDENT])
    town.member(second, "Ana Sousa", email="ana.pages@sousa.example", offices=[Office.PRESIDENT])
    client = town.client(ana)
    token = token_of(client, "page-one")
    assert post(client, "page-one", token)[0] == 303
    assert post(client, "page-two", token)[0] == 422
    assert members(town, "page-two") == 0


def test_different_posts_with_one_token_at_once_keep_exactly_one(town: Town) -> None:
    clients = leader(town, "mixed", browsers=8)
    token = token_of(clients[0], "mixed")
    answers = at_once(8, lambda number: post(clients[number], "mixed", token, given_name=f"Bea{number}")[0])
    assert sorted(str(answer) for answer in answers) == ["303"] + ["422"] * 7
    assert members(town, "mixed") == 1
