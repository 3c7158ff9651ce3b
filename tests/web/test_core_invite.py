"""The invite page: twenty-five addresses in any shape, looked at line by line, sent once, followed and put right."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.extensions import limiter
from tests.support.pages import Page
from tests.support.reading import column, mailed_links, sentence, words
from tests.support.sheets import csv_bytes
from tests.support.world import World

INVITE = "/g/harbour/members/invite"
LINES = (
    "ana@one.example",
    "Bea Lima <bea@two.example>",
    '"Rua, Cai" <cai@three.example>',
    "dia@four.example; Dia Mar",
    "Eva\tPaz\teva@five.example",
    "fay@six.example, gil@seven.example; hal@eight.example",
    "mailto:ida@nine.example",
    "'joe@ten.example'.",
    "kim＠eleven.example",
    "l\u200beo@twelve.example",
    "1. Mia Sol - mia@thirteen.example",
    "nia@gmial.com",
    "ola@fifteen,pt",
    "pia.sixteen.example",
    "quin@gmial",
    "ana@one.example",
    "Bea Lima <bea@other.example>",
    "ria@eighteen.example",
    "sam@nineteen.example",
    "tea@twenty.example",
    "Ursa Vale",
    "vic@twentytwo.example",
    "wim@twentythree.example",
)
TWENTY_FIVE = "\n".join(LINES)


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    limiter.reset()
    return world.group()


@pytest.fixture
def editor(world: World, group: Group) -> FlaskClient:
    """Return the browser of the membership committee."""
    return world.client(world.member(group, "Edite Moura", offices=(Office.MEMBERSHIP_COMMITTEE,)))


def read(client: FlaskClient, text: str) -> TestResponse:
    """Paste a text and look at the list."""
    return client.post(f"{INVITE}/read", data={"pasted": text})


def fields_of(page: TestResponse) -> dict[str, str]:
    """Return what the form of the preview would send, ticks as they stand."""
    [form] = [form for form in Page(page.text).forms if form.action.endswith("/send")]
    sent = [one for one in form.fields if one.type != "checkbox" or one.is_checked]
    return {one.name: one.value for one in sent if one.name != "take"} | {"standing": "standing"}


def send(client: FlaskClient, fields: dict[str, str], **changes: str) -> TestResponse:
    """Send the list with some fields changed."""
    body = {**fields, **changes}
    return client.post(f"{INVITE}/send", data={name: value for name, value in body.items() if value})


def newcomers(world: World) -> int:
    """Return how many memberships began as those of newcomers; the editor's own is one."""
    facts = [str(one).replace(" ", "") for one in column(world, "ledger_entry", "facts")]
    return sum('"is_newcomer":true' in one for one in facts)


def test_a_list_is_shown_line_by_line_and_sent_whole(world: World, editor: FlaskClient) -> None:
    page = read(editor, "Ana <ana@one.example>\nBea <bea@two.example>")
    assert page.status_code == 200
    assert words(page).count("Becomes a member and is invited") == 2
    assert world.rows("outgoing_mail") == 0
    sent = send(editor, fields_of(page))
    assert (sent.status_code, sent.location) == (303, INVITE)
    assert sorted(column(world, "outgoing_mail", "address")) == ["ana@one.example", "bea@two.example"]  # type: ignore[type-var]  # texts
    status = words(editor.get(INVITE))
    assert "2 invitations are on their way." in status
    assert status.count("On its way") >= 2
    assert newcomers(world) == 1


def test_twenty_five_addresses_with_every_mess_are_sent_after_their_mending(
    world: World, editor: FlaskClient
) -> None:
    page = read(editor, TWENTY_FIVE)
    said = words(page)
    assert "Did you mean nia@gmail.com?" in said
    assert "Did you mean ola@fifteen.pt?" in said
    assert "The same address as line 1: sent once" in said
    assert "The same name as line 2, with another address" in said
    fields = fields_of(page)
    assert fields["count"] == "25"
    assert "tick-15" not in fields
    sent = send(editor, fields)
    assert sent.status_code == 303
    assert world.rows("outgoing_mail") == 19
    assert column(world, "outgoing_mail", "address").count("ana@one.example") == 1


def test_a_suggestion_is_taken_with_one_press_and_the_rest_is_kept(editor: FlaskClient) -> None:
    fields = fields_of(read(editor, "Ana <ana@gmial>\nBea <bea@two.example>"))
    taken = send(editor, fields, **{"name-2": "Beatriz Lima", "take": "1"})
    assert taken.status_code == 200
    again = fields_of(taken)
    assert (again["address-1"], again["name-2"], again["tick-1"]) == ("ana@gmail.com", "Beatriz Lima", "y")
    assert send(editor, again).status_code == 303


def test_a_line_that_is_open_stops_everything_and_keeps_what_was_typed(
    world: World, editor: FlaskClient
) -> None:
    fields = fields_of(read(editor, "Ana <ana@one.example>\nBea <bea@two>"))
    refused = send(editor, fields, **{"tick-2": "y", "name-1": "Ana Maria"})
    assert refused.status_code == 422
    assert sentence("access.lines_open", lines="2") in words(refused)
    assert fields_of(refused)["name-1"] == "Ana Maria"
    assert (world.rows("outgoing_mail"), world.rows("invitation")) == (0, 0)


def test_a_double_tap_sends_nothing_twice(world: World, editor: FlaskClient) -> None:
    fields = fields_of(read(editor, "Ana <ana@one.example>"))
    answers = [send(editor, fields) for _tap in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, INVITE)] * 2
    assert (world.rows("outgoing_mail"), column(world, "member", "email").count("ana@one.example")) == (1, 1)


def test_members_are_known_and_only_newcomers_are_told_apart(
    world: World, group: Group, editor: FlaskClient
) -> None:
    world.member(group, "Ana Sousa", email="ana@one.example")
    said = words(read(editor, "ANA@one.example\nAna Sousa <ana@new.example>\nZed <zed@z.example>"))
    assert "Is a member already: is invited" in said
    assert "Ana Sousa is a member with the address ana@one.example." in said
    fields = fields_of(read(editor, "ANA@one.example\nZed <zed@z.example>"))
    before = newcomers(world)
    assert send(editor, fields, standing="join").status_code == 303
    assert newcomers(world) == before + 1
    assert "Was invited on" in words(read(editor, "ana@one.example"))


def test_the_preview_has_fields_in_a_table_that_a_phone_shows_without_scrolling(editor: FlaskClient) -> None:
    page = read(editor, "ana@one.example\nUrsa Vale").text
    assert '<table class="table table-entry table-stack">' in page
    assert (page.count('<td><div class="field">'), page.count('<td><div class="field is-wrong">')) == (3, 1)


def test_a_sheet_is_read_by_its_columns(editor: FlaskClient) -> None:
    sheet = csv_bytes(
        [("No", "First Name", "Last Name", "Firm", "E-Mail"), ("1", "Ana", "Sousa", "Pão", "ana@one.example")]
    )
    page = editor.post(f"{INVITE}/read", data={"file": (BytesIO(sheet), "list.csv")})
    fields = fields_of(page)
    assert (fields["count"], fields["name-1"], fields["address-1"]) == ("1", "Ana Sousa", "ana@one.example")


@pytest.mark.parametrize("text", ["", "\n , \n", "x@y.example\n" * 201, "é" * 100_000])
def test_an_impossible_list_is_refused_with_a_sentence(editor: FlaskClient, text: str) -> None:
    refused = read(editor, text)
    assert refused.status_code == 422
    assert "Please look at this again" in words(refused)


def test_nobody_ticked_sends_nothing(world: World, editor: FlaskClient) -> None:
    fields = fields_of(read(editor, "Ana <ana@one.example>"))
    refused = send(editor, fields, **{"tick-1": ""})
    assert refused.status_code == 422
    assert sentence("access.nobody_ticked") in words(refused)
    assert world.rows("outgoing_mail") == 0


def test_the_page_follows_each_invitation_to_the_open_door(
    world: World, group: Group, editor: FlaskClient
) -> None:
    send(editor, fields_of(read(editor, "Ana <ana@one.example>\nBea <bea@two.example>")))
    assert world.client().post(mailed_links(world)[0]).status_code == 303
    opened = words(editor.get(f"{INVITE}?state=opened"))
    assert "Ana" in opened
    assert "Bea" not in opened.partition("Where the invitations stand")[2]
    assert "Bea" in words(editor.get(f"{INVITE}?state=waiting")).partition("Where the invitations stand")[2]


def test_what_came_back_is_corrected_in_place_and_sent_again(
    world: World, group: Group, editor: FlaskClient
) -> None:
    ana = world.member(group, "Ana Sousa", email="ana@wrong.example")
    editor.post(f"/g/harbour/members/{ana.public_id}/invite")
    set_state(world, "bounced")
    page = words(editor.get(INVITE))
    assert "Came back" in page
    assert "Is the address right?" in page
    address = f"/g/harbour/members/{ana.public_id}/address"
    assert editor.get(address).status_code == 200
    assert editor.post(address, data={"address": "not one"}).status_code == 422
    assert editor.post(address, data={"address": "ana@right.example"}).location == INVITE
    old, new = mailed_links(world)
    assert (world.client().post(old).status_code, world.client().post(new).status_code) == (410, 303)


def test_all_that_were_not_opened_for_two_days_are_sent_again(
    world: World, group: Group, editor: FlaskClient
) -> None:
    send(editor, fields_of(read(editor, "Ana <ana@one.example>\nBea <bea@two.example>")))
    set_state(world, "sent")
    world.client().post(mailed_links(world)[0])
    editor.post(f"{INVITE}/again")
    assert world.rows("outgoing_mail") == 2
    world.pass_time(days=2)
    assert "Send again to 1 who has not come in for two days" in words(editor.get(INVITE))
    editor.post(f"{INVITE}/again")
    assert column(world, "outgoing_mail", "address")[2:] == ["bea@two.example"]


def set_state(world: World, state: str) -> None:
    """Let every mail be where the outbox would put it."""
    work = world.work()
    work.session.connection().exec_driver_sql(f"UPDATE outgoing_mail SET state = '{state}'")
    work.commit()


def test_an_editor_puts_a_member_right(world: World, group: Group, editor: FlaskClient) -> None:
    ana = world.member(group, "Ana Susa", email="ana@one.example")
    address = f"/g/harbour/members/{ana.public_id}/edit"
    assert editor.get(address).status_code == 200
    right = {
        "given_name": "Ana",
        "family_name": "Sousa",
        "email": "ana@two.example",
        "trade": "Baker",
        "firm": "Pão",
    }
    assert editor.post(address, data=right).status_code == 303
    page = words(editor.get(f"/g/harbour/members/{ana.public_id}"))
    assert all(text in page for text in ("Ana Sousa", "Pão", "ana@two.example"))
    wrong = editor.post(address, data={**right, "email": "not one"})
    assert wrong.status_code == 422
    assert sentence("access.bad_address", address="not one") in words(wrong)


@pytest.mark.parametrize("path", ["", "/read", "/send", "/again"])
def test_the_invite_pages_are_for_those_who_edit_members(world: World, group: Group, path: str) -> None:
    method = "GET" if not path else "POST"
    other = world.member(world.group("mill"), offices=(Office.PRESIDENT,))
    visitors = [world.client(), world.client(world.member(group)), world.client(other)]
    assert [one.open(f"{INVITE}{path}", method=method).status_code for one in visitors] == [303, 403, 404]
