"""Signing in by a mailed link and code: once, in time, in any browser, and telling nobody who is known here."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.access.queries import account_of_person
from app.core.access.services.accounts import set_password
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.extensions import limiter
from tests.support.reading import (
    SIGN_IN_PAGE,
    column,
    mailed_codes,
    mailed_links,
    sentence,
    without_tokens,
    words,
)
from tests.support.world import World

PASSWORD = "a good long password"
OTHER = "another long password"


@pytest.fixture(autouse=True)
def no_tries_counted() -> Iterator[None]:
    """Let each test begin and end with nothing tried."""
    yield
    limiter.reset()


@pytest.fixture
def ana(world: World) -> MemberLine:
    """Return a member of the harbour with an account and a password."""
    line = world.member(world.group(), "Ana Sousa", email="ana@sousa.example")
    work = world.work()
    account = account_of_person(work.session, line.person_id)
    assert account is not None
    set_password(work, account, PASSWORD)
    return line


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the sign-in form."""
    return client.post(SIGN_IN_PAGE, data={"email": email, "password": password, **more})


def is_signed_in(client: FlaskClient) -> bool:
    """Return whether the house knows who this browser is."""
    return client.get("/account/").status_code == 200


CODE_PAGE = "/account/code"


def ask(client: FlaskClient, email: str, **more: str) -> TestResponse:
    """Press the button that mails a link and a code."""
    return client.post(SIGN_IN_PAGE, data={"email": email, "how": "mail", **more})


def type_code(client: FlaskClient, email: str, code: str, **more: str) -> TestResponse:
    """Type a code beside an address."""
    return client.post(CODE_PAGE, data={"email": email, "code": code, **more})


def test_one_mail_holds_a_link_and_a_code_and_the_code_lets_in(world: World, ana: MemberLine) -> None:
    client = world.client()
    asked = ask(client, " ANA@Sousa.example ")
    assert (asked.status_code, asked.location) == (303, CODE_PAGE)
    assert "ana@sousa.example" in words(client.get(CODE_PAGE))
    assert (world.rows("outgoing_mail"), len(mailed_links(world)), len(mailed_codes(world))) == (1, 1, 1)
    [code] = mailed_codes(world)
    answer = type_code(client, "ana@sousa.example", f"{code[:3]} {code[3:]}")
    assert (answer.status_code, answer.location, is_signed_in(client)) == (303, "/", True)
    assert type_code(world.client(), "ana@sousa.example", code).status_code == 422


def test_the_mailed_link_lets_in_by_its_button_in_any_browser_once(world: World, ana: MemberLine) -> None:
    ask(world.client(), "ana@sousa.example")
    [link] = mailed_links(world)
    other = world.client()
    assert [other.get(link).status_code for _look in range(3)] == [200] * 3
    assert not is_signed_in(other)
    assert "Come in, Ana" in words(other.get(link))
    assert (other.post(link).status_code, is_signed_in(other)) == (303, True)
    assert other.get(link).location == "/"
    stranger = world.client()
    assert (stranger.get(link).status_code, stranger.post(link).status_code) == (410, 410)


def test_the_link_and_the_code_are_over_after_ten_minutes(world: World, ana: MemberLine) -> None:
    ask(world.client(), "ana@sousa.example")
    [link], [code] = mailed_links(world), mailed_codes(world)
    world.pass_time(minutes=10)
    assert world.client().post(link).status_code == 410
    assert type_code(world.client(), "ana@sousa.example", code).status_code == 422


def test_the_wanted_page_survives_the_link_and_the_code(world: World, ana: MemberLine) -> None:
    for by_link in (True, False):
        client = world.client()
        asked = ask(client, "ana@sousa.example", next="/g/harbour/members?former=1")
        page = client.get(asked.location)
        assert 'value="/g/harbour/members?former=1"' in page.text
        if by_link:
            answer = world.client().post(mailed_links(world)[-1])
        else:
            code = mailed_codes(world)[-1]
            answer = type_code(client, "ana@sousa.example", code, next="/g/harbour/members?former=1")
        assert answer.location == "/g/harbour/members?former=1"


def test_enter_in_the_form_means_what_was_filled_in(world: World, ana: MemberLine) -> None:
    by_mail = {"email": "ana@sousa.example", "password": "", "how": "enter"}
    assert world.client().post(SIGN_IN_PAGE, data=by_mail).location == CODE_PAGE
    assert sign_in(world.client(), "ana@sousa.example", how="enter").location == "/"
    assert ask(world.client(), "ana@sousa.example", password="filled in by the browser").location == CODE_PAGE


def wrong_codes(code: str, count: int) -> list[str]:
    """Return this many codes that are not the one."""
    return [f"{(int(code) + 1 + number) % 1_000_000:06d}" for number in range(count)]


def test_a_wrong_code_says_how_many_tries_are_left_and_after_five_the_right_one_is_over(
    world: World, ana: MemberLine
) -> None:
    ask(world.client(), "ana@sousa.example")
    [code] = mailed_codes(world)
    told = [words(type_code(world.client(), "ana@sousa.example", wrong)) for wrong in wrong_codes(code, 5)]
    for left, page in zip((4, 3, 2, 1), told, strict=False):
        assert sentence("access.wrong_code", left=left) in page
    assert sentence("access.code_over") in told[4]
    assert sentence("access.code_over") in words(type_code(world.client(), "ana@sousa.example", code))
    ask(world.client(), "ana@sousa.example")
    assert type_code(world.client(), "ana@sousa.example", mailed_codes(world)[-1]).status_code == 303


def test_two_hundred_wrong_codes_open_nothing_and_none_of_them_says_who_is_known(
    world: World, ana: MemberLine
) -> None:
    pages: dict[str, list[str]] = {}
    for email in ("ana@sousa.example", "nob@sousa.example"):
        ask(world.client(), email)
        code = mailed_codes(world)[-1]
        limiter.reset()
        answers = []
        for number, wrong in enumerate(wrong_codes(code, 200)):
            if number % 20 == 0:
                limiter.reset()
            answers.append(type_code(world.client(), email, wrong))
        assert {answer.status_code for answer in answers} == {422}
        pages[email] = [without_tokens(answer).replace(email, "") for answer in answers]
    assert [_without_code(page) for page in pages["ana@sousa.example"]] == [
        _without_code(page) for page in pages["nob@sousa.example"]
    ]


def _without_code(page: str) -> str:
    return re.sub(r'value="\d{6}"', "", page)


def test_the_next_window_of_tries_does_not_wake_a_code_that_was_tried_five_times(
    world: World, ana: MemberLine
) -> None:
    """An invitation's code lives long; its five tries are all it ever gets."""
    group = world.group("pier")
    president = world.member(group, offices=(Office.PRESIDENT,))
    new = world.member(group, "Rui Almeida", email="rui@almeida.example")
    world.client(president).post(f"/g/pier/members/{new.public_id}/invite")
    [code] = mailed_codes(world)
    for wrong in wrong_codes(code, 5):
        type_code(world.client(), "rui@almeida.example", wrong)
    world.pass_time(minutes=11)
    assert type_code(world.client(), "rui@almeida.example", code).status_code == 422
    assert world.client().post(mailed_links(world)[0]).status_code == 303


def test_asking_for_a_mail_says_nothing_of_who_has_an_account(world: World, ana: MemberLine) -> None:
    pages = []
    for email in ("ana@sousa.example", "nob@sousa.example"):
        client = world.client()
        asked = ask(client, email)
        pages.append(
            (asked.status_code, asked.location, without_tokens(client.get(CODE_PAGE)).replace(email, ""))
        )
    assert pages[0] == pages[1]
    assert world.rows("outgoing_mail") == 1


def test_a_code_without_any_mail_is_answered_alike_for_everybody(world: World, ana: MemberLine) -> None:
    pages = [
        without_tokens(type_code(world.client(), email, "123456")).replace(email, "")
        for email in ("ana@sousa.example", "nob@sousa.example")
    ]
    assert pages[0] == pages[1]


def test_the_sixth_mail_to_one_address_is_told_to_wait(world: World, ana: MemberLine) -> None:
    asked = [ask(world.client(), email) for email in ["ana@sousa.example", "ANA@sousa.example "] * 3]
    assert [one.status_code for one in asked] == [303] * 5 + [429]
    assert sign_in(world.client(), "ana@sousa.example").status_code == 303


def test_an_older_mails_code_is_over_and_its_link_still_opens(world: World, ana: MemberLine) -> None:
    for _time in range(2):
        ask(world.client(), "ana@sousa.example")
    old, new = mailed_codes(world)
    if old != new:
        assert type_code(world.client(), "ana@sousa.example", old).status_code == 422
    assert world.client().post(mailed_links(world)[0]).status_code == 303
    assert type_code(world.client(), "ana@sousa.example", new).status_code == 303


def test_an_invited_member_comes_in_with_one_press_and_chooses_a_password_later(world: World) -> None:
    group = world.group()
    president = world.member(group, offices=(Office.PRESIDENT,))
    new = world.member(group, "Rui Almeida", email="rui@almeida.example")
    invited = world.client(president).post(f"/g/harbour/members/{new.public_id}/invite")
    assert invited.status_code == 303
    [link] = mailed_links(world)
    client = world.client()
    page = words(client.get(link))
    assert "Come in, Rui" in page
    assert "Harbour Referrals" in page
    assert client.post(link).status_code == 303
    assert client.get("/g/harbour/").status_code == 200
    assert column(world, "invitation", "accepted_at_utc") == [world.now]
    assert client.post("/account/password", data={"password": OTHER, "again": OTHER}).status_code == 303
    assert is_signed_in(client)
    assert sign_in(world.client(), "rui@almeida.example", OTHER).status_code == 303


def test_a_password_is_chosen_with_a_fresh_sign_in_only(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    world.pass_time(minutes=16)
    asked = client.get("/account/password")
    assert "Is it you?" in words(asked)
    kept = client.post("/account/password", data={"password": OTHER, "again": OTHER})
    assert "Is it you?" in words(kept)
    assert sign_in(world.client(), "ana@sousa.example").status_code == 303


def test_an_invitation_is_good_for_two_weeks_by_link_and_by_code(world: World) -> None:
    group = world.group()
    president = world.member(group, offices=(Office.PRESIDENT,))
    new = world.member(group, "Rui Almeida", email="rui@almeida.example")
    world.client(president).post(f"/g/harbour/members/{new.public_id}/invite")
    [link], [code] = mailed_links(world), mailed_codes(world)
    world.pass_time(days=13, hours=23)
    assert world.client().get(link).status_code == 200
    world.pass_time(hours=1)
    assert world.client().get(link).status_code == 410
    assert type_code(world.client(), "rui@almeida.example", code).status_code == 422


def test_a_late_link_mails_a_fresh_one_to_its_owner_and_tells_nobody_else(
    world: World, ana: MemberLine
) -> None:
    ask(world.client(), "ana@sousa.example")
    [link] = mailed_links(world)
    world.pass_time(minutes=11)
    over = world.client().get(link)
    assert over.status_code == 410
    assert "ana@sousa.example" not in words(over)
    answers = [world.client().post(f"{path}/again") for path in (link, "/account/link/" + "x" * 43)]
    assert [(one.status_code, one.location) for one in answers] == [(303, CODE_PAGE)] * 2
    assert column(world, "outgoing_mail", "address") == ["ana@sousa.example"] * 2
    assert world.client().post(mailed_links(world)[-1]).status_code == 303
