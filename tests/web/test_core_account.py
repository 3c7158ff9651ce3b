"""Signing in and out, links by mail, one's own sessions: as a person meets them."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.access.queries import account_of_person
from app.core.access.services.accounts import set_password
from app.core.groups.queries import MemberLine, group_by_slug
from app.core.groups.services import end_membership
from app.extensions import limiter
from tests.support.reading import (
    SIGN_IN_PAGE,
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
    give_password(world, line)
    return line


def give_password(world: World, member: MemberLine, password: str = PASSWORD) -> None:
    """Let the member sign in with `password`."""
    work = world.work()
    account = account_of_person(work.session, member.person_id)
    assert account is not None
    set_password(work, account, password)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the sign-in form."""
    return client.post(SIGN_IN_PAGE, data={"email": email, "password": password, **more})


def is_signed_in(client: FlaskClient) -> bool:
    """Return whether the house knows who this browser is."""
    return client.get("/account/").status_code == 200


def copy_of(world: World, client: FlaskClient) -> FlaskClient:
    """Return another browser with a copy of the cookie."""
    cookie = client.get_cookie("givefirst")
    assert cookie is not None
    copied = world.client()
    copied.set_cookie("givefirst", cookie.value)
    return copied


def test_the_right_password_lets_in(world: World, ana: MemberLine) -> None:
    client = world.client()
    answer = sign_in(client, " ANA@Sousa.example ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Ana Sousa" in words(client.get("/account/"))
    assert client.get("/").location == "/g/harbour/"


def test_a_wrong_password_an_unknown_address_and_one_without_a_password_are_answered_alike(
    world: World, ana: MemberLine
) -> None:
    invited = world.member(world.group("mill"), email="new@mill.example")
    answers = [
        sign_in(world.client(), email, "not the password")
        for email in ("ana@sousa.example", "nobody@sousa.example", invited.email)
    ]
    pages = {
        without_tokens(answer).replace(email, "")
        for answer, email in zip(
            answers, ("ana@sousa.example", "nobody@sousa.example", invited.email), strict=True
        )
    }
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len(pages) == 1
    assert sentence("access.wrong_sign_in") in words(answers[0])


def test_a_refused_sign_in_keeps_the_address_and_never_the_password(world: World, ana: MemberLine) -> None:
    answer = sign_in(world.client(), "ana@sousa.example", "not the password")
    assert 'value="ana@sousa.example"' in answer.text
    assert "not the password" not in answer.text


@pytest.mark.parametrize(
    ("email", "password"), [("", ""), ("a" * 100_000, "x"), ("ana@sousa.example", "x" * 100_000)]
)
def test_an_impossible_sign_in_is_refused_with_a_sentence(world: World, email: str, password: str) -> None:
    answer = sign_in(world.client(), email, password)
    assert answer.status_code == 422
    assert "Please look at this again" in words(answer)


def test_a_mailed_link_changes_the_password_once(world: World, ana: MemberLine) -> None:
    elsewhere = world.client(ana)
    asked = world.client().post("/account/forgotten", data={"email": "ana@sousa.example"})
    assert asked.status_code == 200
    [link] = mailed_links(world)
    client = world.client()
    assert client.get(link).status_code == 200
    chosen = client.post(link, data={"password": OTHER, "again": OTHER})
    assert (chosen.status_code, is_signed_in(client)) == (303, True)
    assert not is_signed_in(elsewhere)
    assert (client.get(link).location, world.client().get(link).status_code) == ("/", 410)
    assert client.post(link, data={"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert sign_in(world.client(), "ana@sousa.example", OTHER).status_code == 303
    assert sign_in(world.client(), "ana@sousa.example", PASSWORD).status_code == 422


def test_a_mailed_link_is_over_after_an_hour(world: World, ana: MemberLine) -> None:
    world.client().post("/account/forgotten", data={"email": "ana@sousa.example"})
    [link] = mailed_links(world)
    world.pass_time(minutes=59)
    assert world.client().get(link).status_code == 200
    world.pass_time(minutes=1)
    assert world.client().get(link).status_code == 410
    late = world.client().post(link, data={"password": OTHER, "again": OTHER})
    assert late.status_code == 410
    assert "its time has passed" in words(late)
    assert sign_in(world.client(), "ana@sousa.example").status_code == 303


def test_looking_at_a_mailed_link_does_not_use_it_up(world: World, ana: MemberLine) -> None:
    """Mail programs open links by themselves."""
    world.client().post("/account/forgotten", data={"email": "ana@sousa.example"})
    [link] = mailed_links(world)
    assert [world.client().get(link).status_code for _time in range(3)] == [200] * 3
    assert not is_signed_in(world.client())


@pytest.mark.parametrize(
    ("password", "again", "expected"),
    [
        ("short", "short", "needs at least 15"),
        (OTHER, OTHER + "x", "are not the same"),
        ("passwordpassword", "passwordpassword", "first passwords anybody would try"),
        ("ana@sousa.example", "ana@sousa.example", "your own name or address"),
        ("x" * 100_000, "x" * 100_000, ""),
    ],
)
def test_a_refused_password_leaves_the_link_good(
    world: World, ana: MemberLine, password: str, again: str, expected: str
) -> None:
    world.client().post("/account/forgotten", data={"email": "ana@sousa.example"})
    [link] = mailed_links(world)
    refused = world.client().post(link, data={"password": password, "again": again})
    assert refused.status_code == 422
    assert expected in words(refused)
    assert world.client().post(link, data={"password": OTHER, "again": OTHER}).status_code == 303


def test_asking_for_a_link_says_nothing_of_who_has_an_account(world: World, ana: MemberLine) -> None:
    known, unknown = "ana@sousa.example", "nob@sousa.example"
    pages = [world.client().post("/account/forgotten", data={"email": email}) for email in (known, unknown)]
    assert [page.status_code for page in pages] == [200, 200]
    assert without_tokens(pages[0]).replace(known, "") == without_tokens(pages[1]).replace(unknown, "")
    assert world.rows("outgoing_mail") == 1


def test_a_link_that_never_was_is_over_too(world: World) -> None:
    assert world.client().get("/account/link/" + "x" * 43).status_code == 410
    assert (
        world.client().post("/account/link/" + "x" * 43, data={"password": OTHER, "again": OTHER}).status_code
        == 410
    )


def test_a_person_sees_where_they_are_signed_in_and_ends_it_there(world: World, ana: MemberLine) -> None:
    here, there = world.client(ana), world.client(ana)
    page = here.get("/account/")
    assert page.text.count("this one") == 1
    [address] = _sign_out_there(page)
    assert here.post(address).location == "/account/"
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert _sign_out_there(here.get("/account/")) == []


def test_one_signs_out_everywhere_else_with_one_press(world: World, ana: MemberLine) -> None:
    here, *others = (world.client(ana) for _browser in range(3))
    assert "Sign out everywhere else" in words(here.get("/account/"))
    assert here.post("/account/sessions/others/end").location == "/account/"
    assert [is_signed_in(one) for one in (here, *others)] == [True, False, False]
    assert "Sign out everywhere else" not in words(here.get("/account/"))


def _sign_out_there(page: TestResponse) -> list[str]:
    return [
        part.split('"')[0]
        for part in page.text.split('action="')
        if part.startswith("/account/sessions/") and "others" not in part
    ]


@pytest.mark.parametrize("key", ["a", "0123456789abcdef", "0" * 64])
def test_a_session_that_is_not_ones_own_is_not_there(world: World, ana: MemberLine, key: str) -> None:
    assert world.client(ana).post(f"/account/sessions/{key}/end").status_code == 404


def test_a_copied_cookie_is_dead_after_sign_out(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    copied = copy_of(world, client)
    assert is_signed_in(copied)
    assert client.post("/account/sign-out").location == SIGN_IN_PAGE
    assert not is_signed_in(client)
    assert not is_signed_in(copied)
    assert copied.get("/g/harbour/").location.startswith(SIGN_IN_PAGE)


def test_a_copied_cookie_is_dead_after_a_change_of_the_password(world: World, ana: MemberLine) -> None:
    copied = copy_of(world, world.client(ana))
    give_password(world, ana, OTHER)
    assert not is_signed_in(copied)


def test_a_copied_cookie_opens_no_page_of_a_group_that_was_left(world: World, ana: MemberLine) -> None:
    copied = copy_of(world, world.client(ana))
    assert copied.get("/g/harbour/").status_code == 200
    work = world.work()
    group = group_by_slug(work.session, "harbour")
    assert group is not None
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=date(2026, 11, 23), reason="left")
    work.commit()
    assert copied.get("/g/harbour/").status_code == 404


def test_a_session_lives_180_days_from_the_last_visit(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    for _visit in range(3):
        world.pass_time(days=179)
        assert is_signed_in(client)
    world.pass_time(days=180)
    assert not is_signed_in(client)


def test_a_new_sign_in_makes_a_new_session(world: World, ana: MemberLine) -> None:
    """A session that somebody planted before the sign-in, with the token of its forms, does not become ana's."""
    rui = world.member(world.group("mill"), "Rui Almeida")
    client = world.client(rui)
    with client.session_transaction() as planted:
        planted["csrf_token"] = "known to somebody else"
        before = dict(planted)
    sign_in(client, "ana@sousa.example")
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before["_user_id"]
        assert cookie.get("csrf_token") != before["csrf_token"]
    assert "Ana Sousa" in words(client.get("/account/"))


@pytest.mark.parametrize(
    "wanted", ["/g/harbour/members", "/g/harbour/members?former=1", "/account/", "/g/harbour"]
)
def test_sign_in_leads_back_to_the_page_that_was_wanted(world: World, ana: MemberLine, wanted: str) -> None:
    assert sign_in(world.client(), "ana@sousa.example", next=wanted).location == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/g/harbour/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/no/such/page",
        "/account/sign-out",
        "/g/harbour/\r\nSet-Cookie: a=b",
    ],
)
def test_sign_in_leads_nowhere_else(world: World, ana: MemberLine, wanted: str) -> None:
    answer = sign_in(world.client(), "ana@sousa.example", next=wanted)
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_stranger_is_led_to_the_wanted_page_after_signing_in(world: World, ana: MemberLine) -> None:
    client = world.client()
    sent = client.get("/g/harbour/members?former=1")
    page = client.get(sent.location)
    assert 'name="next" value="/g/harbour/members?former=1"' in page.text
    answer = client.post(sent.location, data={"email": "ana@sousa.example", "password": PASSWORD})
    assert answer.location == "/g/harbour/members?former=1"


def test_sixty_members_behind_one_address_are_never_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.account.is_password", lambda password, kept: True)
    group = world.group()
    people = [world.member(group) for _number in range(60)]
    assert [sign_in(world.client(), one.email).status_code for one in people] == [303] * 60


def test_the_eleventh_try_for_one_address_is_told_to_wait(world: World, ana: MemberLine) -> None:
    spellings = ["ana@sousa.example", "ANA@sousa.example ", "Ana@Sousa.Example"]
    tries = [sign_in(world.client(), spellings[number % 3], "wrong") for number in range(11)]
    assert [one.status_code for one in tries] == [422] * 10 + [429]
    assert "A short pause, please" in words(tries[-1])
    assert sign_in(world.client(), "ana@sousa.example").status_code == 429
    assert sign_in(world.client(), "rui@sousa.example", "wrong").status_code == 422


def test_the_sixth_request_for_a_link_to_one_address_is_told_to_wait(world: World, ana: MemberLine) -> None:
    asked = [
        world.client().post("/account/forgotten", data={"email": "ana@sousa.example"}) for _time in range(6)
    ]
    assert [one.status_code for one in asked] == [200] * 5 + [429]
    assert world.rows("outgoing_mail") == 5
