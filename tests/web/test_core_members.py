"""The members of a group: shown, taken in, invited, and let go, as the ones who do it meet it."""

import html
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from tests.support.reading import column, mailed_links, sentence, words
from tests.support.world import World

ADD = "/g/harbour/members/add"
ZITA = {
    "given_name": "Zita",
    "family_name": "Lopes",
    "email": "zita@lopes.example",
    "trade": "Florist",
    "firm": "Lopes Flores",
    "phone": "+351 210 000 111",
    "joined_on": "2026-11-24",
    "form_token": "one-filling-in",
}


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def editor(world: World, group: Group) -> FlaskClient:
    """Return the browser of the membership committee."""
    return world.client(world.member(group, "Edite Moura", offices=(Office.MEMBERSHIP_COMMITTEE,)))


def kept(response: TestResponse, name: str) -> str:
    """Return what stands in a field of the form."""
    control = response.text.partition(f'name="{name}"')[2].partition(">")[0]
    return html.unescape(control.partition('value="')[2].partition('"')[0])


def test_the_list_is_in_order_of_names(world: World, group: Group) -> None:
    client = world.client(world.member(group, "Bruno Zarco"))
    for name in ("Carla antunes", "Duarte Émile", "Ana Faria"):
        world.member(group, name)
    listed = words(client.get("/g/harbour/members")).partition("<h1>")[2]
    found = sorted(("Bruno Zarco", "Carla antunes", "Duarte Émile", "Ana Faria"), key=listed.index)
    assert found == ["Carla antunes", "Duarte Émile", "Ana Faria", "Bruno Zarco"]


def test_a_new_member_is_in_at_once_and_invited_by_mail(world: World, editor: FlaskClient) -> None:
    added = editor.post(ADD, data={**ZITA, "invite": "y"})
    assert (added.status_code, added.location) == (303, "/g/harbour/members")
    assert "Zita Lopes is now a member." in words(editor.get("/g/harbour/members"))
    assert column(world, "outgoing_mail", "address") == ["zita@lopes.example"]
    assert len(mailed_links(world)) == 1
    assert "Zita Lopes" not in words(editor.get("/g/harbour/members?former=1"))


def test_a_new_member_is_not_written_to_unasked(world: World, editor: FlaskClient) -> None:
    assert editor.post(ADD, data=ZITA).status_code == 303
    assert world.rows("outgoing_mail") == 0


def test_a_refused_member_keeps_what_was_typed_and_changes_nothing(world: World, editor: FlaskClient) -> None:
    before = world.rows("person"), world.rows("ledger_entry")
    wrong = {**ZITA, "email": "zita at lopes", "given_name": 'Zi"ta'}
    refused = editor.post(ADD, data=wrong)
    assert refused.status_code == 422
    assert sentence("access.bad_address", address="zita at lopes") in words(refused)
    assert {name: kept(refused, name) for name in ZITA} == wrong
    assert (world.rows("person"), world.rows("ledger_entry")) == before
    assert editor.post(ADD, data=ZITA).status_code == 303


def test_every_reason_is_given_at_once(editor: FlaskClient) -> None:
    refused = words(editor.post(ADD, data={**ZITA, "given_name": "", "joined_on": "yesterday"}))
    assert "Write the first name." in refused
    assert "Write the day as year-month-day" in refused


def test_a_double_tap_makes_one_member_and_equal_answers(world: World, editor: FlaskClient) -> None:
    answers = [editor.post(ADD, data=ZITA) for _tap in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, "/g/harbour/members")] * 2
    assert column(world, "member", "email").count("zita@lopes.example") == 1


def test_the_same_form_with_other_words_is_refused(world: World, editor: FlaskClient) -> None:
    editor.post(ADD, data=ZITA)
    other = editor.post(ADD, data={**ZITA, "email": "other@lopes.example"})
    assert other.status_code == 422
    assert sentence("form.sent_before") in words(other)
    assert "other@lopes.example" not in column(world, "member", "email")


def test_somebody_who_is_in_already_is_not_taken_in_twice(world: World, editor: FlaskClient) -> None:
    editor.post(ADD, data=ZITA)
    again = editor.post(ADD, data={**ZITA, "form_token": "another"})
    assert again.status_code == 422
    assert sentence("groups.already_member") in words(again)


def test_a_field_of_100_kilobytes_is_refused_with_a_sentence(world: World, editor: FlaskClient) -> None:
    before = world.rows("person")
    for name in ("given_name", "family_name", "email", "trade", "firm", "phone"):
        refused = editor.post(ADD, data={**ZITA, name: "é" * 50_000})
        assert refused.status_code == 422, name
        assert "Keep this under 200 characters." in words(refused), name
    assert editor.post(ADD, data={**ZITA, "joined_on": "9" * 100_000}).status_code == 422
    assert editor.post(ADD, data={**ZITA, "form_token": "x" * 100_000}).status_code == 422
    assert world.rows("person") == before


def test_a_form_of_13_megabytes_is_too_large(editor: FlaskClient) -> None:
    body = b"trade=" + b"x" * 13 * 1024 * 1024
    refused = editor.post(ADD, data=body, content_type="application/x-www-form-urlencoded")
    assert refused.status_code == 413
    assert "Nothing was changed." in words(refused)


def test_a_name_is_never_read_as_a_page(world: World, group: Group, editor: FlaskClient) -> None:
    world.member(group, "<script>alert(1)</script> <b>Bold", trade='"><img src=x>')
    pages = [
        editor.get(page).text
        for page in ("/g/harbour/members", "/g/harbour/offices", "/g/harbour/referrals/pass")
    ]
    assert not any("<script>alert" in page or "<b>Bold" in page or "<img src=x>" in page for page in pages)
    assert "&lt;script&gt;alert(1)" in pages[0]


def test_a_person_of_another_group_is_not_joined_before_they_accept(
    world: World, editor: FlaskClient
) -> None:
    known = world.member(world.group("mill"), "Zita Lopes", email="zita@lopes.example")
    members = len(column(world, "member", "person_id"))
    editor.post(ADD, data=ZITA)
    assert len(column(world, "member", "person_id")) == members + 1
    assert column(world, "member", "person_id").count(known.person_id) == 1


def test_former_members_are_shown_to_those_who_edit_members(
    world: World, group: Group, editor: FlaskClient
) -> None:
    world.member(group, "Olga Left", ended=date(2026, 11, 1))
    plain = world.client(world.member(group))
    assert "Olga Left" in words(editor.get("/g/harbour/members?former=1"))
    assert "Olga Left" not in words(editor.get("/g/harbour/members"))
    assert "Olga Left" not in words(plain.get("/g/harbour/members?former=1"))


def test_one_member_is_shown_with_what_they_show(world: World, group: Group) -> None:
    zita = world.member(group, "Zita Lopes", email="zita@lopes.example", trade="Florist")
    page = words(world.client(world.member(group)).get(f"/g/harbour/members/{zita.public_id}"))
    assert all(text in page for text in ("Zita Lopes", "Florist", "Lopes Ltd", "zita@lopes.example"))
    assert "Sign-in" not in page


def test_contact_that_is_not_shown_is_for_the_member_and_the_editors(
    world: World, group: Group, editor: FlaskClient
) -> None:
    zita = world.member(group, "Zita Lopes", email="zita@lopes.example")
    work = world.work()
    work.session.connection().exec_driver_sql(f"UPDATE member SET shows_contact = false WHERE id = {zita.id}")
    work.commit()
    address = f"/g/harbour/members/{zita.public_id}"
    plain = world.client(world.member(group))
    assert "zita@lopes.example" not in plain.get(address).text
    assert "zita@lopes.example" not in plain.get("/g/harbour/members").text
    assert "zita@lopes.example" in editor.get(address).text
    assert "zita@lopes.example" in world.client(zita).get(address).text


def test_the_invitation_can_be_sent_again(world: World, group: Group, editor: FlaskClient) -> None:
    zita = world.member(group, "Zita Lopes", email="zita@lopes.example")
    for sent in (1, 2):
        answer = editor.post(f"/g/harbour/members/{zita.public_id}/invite")
        assert answer.location == f"/g/harbour/members/{zita.public_id}"
        assert len(mailed_links(world)) == sent
    assert "The invitation to Zita Lopes is on its way." in words(
        editor.get(f"/g/harbour/members/{zita.public_id}")
    )


def test_a_membership_ends_with_its_last_day_and_its_offices(
    world: World, group: Group, editor: FlaskClient
) -> None:
    zita = world.member(group, "Zita Lopes", offices=(Office.MENTOR,))
    address = f"/g/harbour/members/{zita.public_id}/end"
    assert editor.get(address).status_code == 200
    ended = editor.post(address, data={"last_day": "2026-11-23", "reason": "moved"})
    assert ended.status_code == 303
    assert "Zita Lopes" in words(editor.get("/g/harbour/members?former=1"))
    assert world.client(zita).get("/g/harbour/").status_code == 404
    assert {str(day) for day in column(world, "office_term", "ends_on") if day} == {"2026-11-23"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"last_day": "2024-01-01", "reason": "left"}, "cannot end before that day"),
        ({"last_day": "", "reason": "left"}, "Write the day as year-month-day"),
        ({"last_day": "2026-11-24", "reason": "x" * 100_000}, "Please look at this again"),
    ],
)
def test_an_impossible_end_is_refused(
    world: World, group: Group, editor: FlaskClient, body: dict[str, str], expected: str
) -> None:
    zita = world.member(group, "Zita Lopes")
    refused = editor.post(f"/g/harbour/members/{zita.public_id}/end", data=body)
    assert refused.status_code == 422
    assert expected in words(refused)
    assert world.client(zita).get("/g/harbour/").status_code == 200


def test_a_former_member_cannot_be_ended_again(world: World, group: Group, editor: FlaskClient) -> None:
    gone = world.member(group, ended=date(2026, 11, 1))
    refused = editor.post(
        f"/g/harbour/members/{gone.public_id}/end", data={"last_day": "2026-11-24", "reason": "left"}
    )
    assert refused.status_code == 422
    assert sentence("groups.not_a_member") in words(refused)


@pytest.mark.parametrize(
    "path", ["members/222222222222", "members/222222222222/end", "members/%00", "members/..%2f"]
)
def test_a_member_that_is_none_is_not_there(editor: FlaskClient, path: str) -> None:
    assert editor.get(f"/g/harbour/{path}").status_code == 404
