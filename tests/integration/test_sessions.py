"""Sessions: alive while they are used, renewed about once a day, dead for every copy once ended or expired."""

import time
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.access.domain.secret import hash_of
from app.core.access.queries import account_of_person, sessions_of, signed_in_by
from app.core.access.services.sessions import end_session, start_session
from app.core.groups.queries import MemberLine
from app.core.ids import AccountId
from tests.support.parallel import at_once
from tests.support.town import Town

HOME = "/account/"


def account_id_of(town: Town, member: MemberLine) -> AccountId:
    found = account_of_person(town.session, member.person_id)
    assert found is not None
    return found.id


def is_in(client: FlaskClient) -> bool:
    return client.get(HOME).status_code == 200


def seen_at(town: Town, member: MemberLine) -> datetime:
    (line,) = sessions_of(town.session, account_id_of(town, member), town.now)
    return line.seen_at_utc


def test_session_is_renewed_once_a_day_and_not_at_every_page(town: Town) -> None:
    member = town.member(town.group("daily"))
    client, started = town.client(member), town.now
    town.pass_time(hours=20)
    with town.statements() as statements:
        assert is_in(client)
    assert [one for one in statements if one.lstrip().upper().startswith("UPDATE")] == []
    assert seen_at(town, member) == started

    town.pass_time(minutes=1)
    assert is_in(client)
    assert seen_at(town, member) == town.now
    with town.statements() as statements:
        assert is_in(client)
    assert [one for one in statements if one.lstrip().upper().startswith("UPDATE")] == []


def test_session_that_is_used_lives_on_and_one_that_is_not_dies_after_180_days(town: Town) -> None:
    member = town.member(town.group("rolling"))
    client = town.client(member)
    for _month in range(12):
        town.pass_time(days=30)
        assert is_in(client)
    town.pass_time(days=180)
    assert not is_in(client)


def test_expired_session_is_not_revived_by_being_used(town: Town) -> None:
    member = town.member(town.group("expired"))
    token = start_session(town.work(), account_id_of(town, member), device_name="Phone")
    assert signed_in_by(town.session, token, town.now + timedelta(days=180, microseconds=-1)) is not None
    assert signed_in_by(town.session, token, town.now + timedelta(days=180)) is None
    assert sessions_of(town.session, account_id_of(town, member), town.now + timedelta(days=180)) == []


def test_first_request_of_a_day_may_be_a_form(town: Town) -> None:
    member = town.member(town.group("form-first"))
    client = town.client(member)
    town.pass_time(days=2)
    started = time.monotonic()
    assert client.post("/account/sign-out").status_code == 303
    assert time.monotonic() - started < 5, "it waited for a lock that it held itself"
    assert not is_in(client)


def test_pages_opened_at_the_same_moment_after_a_night_are_all_answered(town: Town) -> None:
    member = town.member(town.group("morning"))
    clients = [town.client(member) for _ in range(6)]
    town.pass_time(days=1)
    assert at_once(6, lambda number: is_in(clients[number])) == [True] * 6


def test_copy_of_a_cookie_is_dead_after_sign_out(town: Town) -> None:
    member = town.member(town.group("copied"))
    client, thief = town.client(member), town.app.test_client()
    cookie = client.get_cookie("givefirst", domain="localhost")
    assert cookie is not None
    thief.set_cookie("givefirst", cookie.value, domain="localhost")
    assert is_in(thief)
    assert client.post("/account/sign-out").status_code == 303
    assert not is_in(thief)


def test_only_the_owner_ends_a_session(town: Town) -> None:
    group = town.group("owner")
    ana, rui = town.member(group), town.member(group)
    token = start_session(town.work(), account_id_of(town, ana), device_name="Phone")
    end_session(town.work(), account_id_of(town, rui), hash_of(token))
    assert signed_in_by(town.session, token, town.now) is not None
    end_session(town.work(), account_id_of(town, ana), hash_of(token))
    assert signed_in_by(town.session, token, town.now) is None


@pytest.mark.parametrize("token", ["", "0" * 43, "' OR 1=1 --"])
def test_token_that_was_never_given_is_nobody(town: Town, token: str) -> None:
    assert signed_in_by(town.session, token, town.now) is None


def test_long_name_of_a_device_is_cut(town: Town) -> None:
    member = town.member(town.group("long-name"))
    start_session(town.work(), account_id_of(town, member), device_name="x" * 500)
    (line,) = sessions_of(town.session, account_id_of(town, member), town.now)
    assert line.device_name == "x" * 80
