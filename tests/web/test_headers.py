"""What goes with every answer: a strict content policy, cookies by the scheme of the base URL, trusted hosts, no copies."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.extensions import db
from config import Config
from tests.support.access_matrix import doors
from tests.support.engines import STARTS_AT
from tests.support.world import World

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def https_app(settings: Config) -> Iterator[Flask]:
    """Yield the application as it stands behind https."""
    secure = replace(settings, base_url="https://groups.example.org", trusted_hosts=("groups.example.org",))
    made = create_app(secure, clock=FixedClock(STARTS_AT), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    with made.app_context():
        db.engine.dispose()


def policy(response: TestResponse) -> dict[str, str]:
    """Return the content policy, directive by directive."""
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _space, sources in parts if name}


def cookie_of(response: TestResponse) -> list[str]:
    """Return the parts of the cookie that the answer sets."""
    return [part.strip() for part in response.headers["Set-Cookie"].split(";")]


def open_every_page(world: World) -> Iterator[tuple[str, TestResponse]]:
    """Yield the answer of every address to a president, to GET."""
    client = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)))
    for door in doors(world.app, with_head=False):
        if door.method == "GET":
            address = door.address.format(group="harbour")
            yield address, client.get(address)


def test_every_answer_carries_a_strict_content_policy(world: World) -> None:
    answers = [*open_every_page(world), ("an unknown page", world.client().get("/nothing"))]
    for address, answer in answers:
        directives = policy(answer)
        assert directives["default-src"] == "'none'", address
        assert directives["script-src"] == "'self'", address
        assert directives["frame-ancestors"] == "'none'", address
        assert directives["base-uri"] == "'none'", address
        assert directives["form-action"] == "'self'", address
        assert "unsafe" not in answer.headers["Content-Security-Policy"], address
        assert not any("*" in sources or "data:" in sources for sources in directives.values()), address
        assert WANTED.items() <= dict(answer.headers).items(), address


def test_no_page_holds_what_the_policy_forbids(world: World) -> None:
    for address, answer in open_every_page(world):
        if answer.mimetype == "text/html":
            text = answer.text.casefold()
            assert "<style" not in text, address
            assert " style=" not in text, address
            assert " onclick=" not in text, address
            assert "<script>" not in text, address
            assert "javascript:" not in text, address


def test_no_signed_in_page_is_left_in_a_cache(world: World) -> None:
    for address, answer in open_every_page(world):
        control = answer.headers["Cache-Control"]
        assert "no-store" in control or control == "private, no-cache", address


def test_files_of_the_house_may_be_kept(world: World) -> None:
    answer = world.client().get("/static/css/base.css?v=1")
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    answer.close()


def test_a_file_without_the_mark_of_its_content_is_asked_about_each_time(world: World) -> None:
    answer = world.client().get("/static/js/door/store.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["ETag"]
    answer.close()


def test_workers_come_from_this_house_alone(world: World) -> None:
    assert policy(world.client().get("/account/sign-in"))["worker-src"] == "'self'"


def test_over_http_the_cookie_is_plain_and_narrow(world: World) -> None:
    parts = cookie_of(world.client().post("/account/sign-out"))
    assert parts[0].startswith("givefirst=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts
    assert not any(part.startswith("Domain") for part in parts)
    assert "Strict-Transport-Security" not in world.client().get("/").headers


def test_over_https_the_cookie_is_bound_to_the_host(https_app: Flask) -> None:
    client = https_app.test_client()
    answer = client.post("/account/sign-out", base_url="https://groups.example.org")
    parts = cookie_of(answer)
    assert parts[0].startswith("__Host-givefirst=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_a_strange_host_is_refused(world: World, https_app: Flask) -> None:
    client = world.client()
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "local host", ""):
        assert client.get("/", headers={"Host": host}).status_code == 400, host
    assert client.get("/", headers={"Host": "127.0.0.1"}).status_code == 200
    behind = https_app.test_client()
    assert behind.get("/", base_url="https://groups.example.org").status_code == 200
    assert behind.get("/", base_url="https://localhost").status_code == 400


def test_a_strange_host_is_never_in_a_mail(world: World) -> None:
    member = world.member(world.group(), email="ana@sousa.example")
    sent = {"data": {"email": member.email}, "headers": {"X-Forwarded-Host": "evil.example"}}
    assert world.client().post("/account/forgotten", **sent).status_code == 200
    work = world.work()
    [body] = work.session.connection().exec_driver_sql("SELECT body FROM outgoing_mail").scalars()
    work.rollback()
    assert "http://localhost/account/link/" in body
    assert "evil.example" not in body
