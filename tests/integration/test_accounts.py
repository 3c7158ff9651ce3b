"""Accounts: is every mailed link good once and in time, and does a new password sign every browser out?"""

import re

import pytest

from app.core.access.hashing import is_password
from app.core.access.queries import AccountLine, account_by_email, account_of_person, good_link, signed_in_by
from app.core.access.services.accounts import ask_for_reset, choose_password, open_account
from app.core.access.services.links import LINK_MARK, LinkAddress
from app.core.access.services.sessions import start_session
from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from tests.support.parallel import at_once
from tests.support.town import Town

ADDRESS = LinkAddress(template=f"https://groups.example.org/account/link/{LINK_MARK}")
PASSWORD, OTHER = "four quiet herons fish", "five loud gulls quarrel"


def account_of(town: Town, member: MemberLine) -> AccountLine:
    found = account_of_person(town.session, member.person_id)
    assert found is not None
    return found


def token_mailed_to(town: Town, address: str) -> str:
    """Return the token of the link in the newest mail to the address."""
    body = town.value(f"SELECT body FROM outgoing_mail WHERE address = '{address}' ORDER BY id DESC LIMIT 1")
    found = re.search(r"/account/link/(\S+)", str(body))
    assert found is not None
    return found[1]


def with_reset(town: Town, slug: str) -> tuple[MemberLine, str]:
    """Return a member of a new group who asked for a new password, with the token mailed to them."""
    member = town.member(town.group(slug), "Ana Sousa")
    ask_for_reset(town.work(), member.email, address=ADDRESS)
    return member, token_mailed_to(town, member.email)


def choose(town: Town, token: str, password: str = PASSWORD) -> None:
    work = town.work()
    try:
        choose_password(work, token=token, password=password)
    finally:
        work.session.close()


def test_mailed_link_changes_the_password_once(town: Town) -> None:
    member, token = with_reset(town, "invited")
    choose(town, token)
    assert is_password(PASSWORD, account_of(town, member).password_hash)
    with pytest.raises(Refused, match=r"^access\.link_over$"):
        choose(town, token, OTHER)
    assert is_password(PASSWORD, account_of(town, member).password_hash)


def test_link_is_known_by_its_hash_alone(town: Town) -> None:
    _member, token = with_reset(town, "hashed")
    assert town.value(f"SELECT count(*) FROM account_link WHERE token_hash = '{token}'") == 0


def test_password_that_is_not_good_enough_leaves_the_link_good(town: Town) -> None:
    member, token = with_reset(town, "too-short")
    with pytest.raises(Refused, match=r"^access\.password_too_short, access\.password_too_common$"):
        choose(town, token, "aaaa")
    assert account_of(town, member).password_hash is None
    choose(town, token)


def test_of_two_that_use_a_link_at_the_same_moment_one_is_refused(town: Town) -> None:
    member, token = with_reset(town, "race")
    passwords = [PASSWORD, OTHER, "six plain owls listen", "seven tall storks sleep"]
    results = at_once(4, lambda number: choose(town, token, passwords[number]))
    winners = [number for number, result in enumerate(results) if result is None]
    assert len(winners) == 1
    assert all(str(result) == "access.link_over" for result in results if result is not None)
    assert is_password(passwords[winners[0]], account_of(town, member).password_hash)


def test_new_password_signs_every_browser_out(town: Town) -> None:
    member, token = with_reset(town, "everywhere")
    sessions = [
        start_session(town.work(), account_of(town, member).id, device_name=name) for name in ("a", "b")
    ]
    assert all(signed_in_by(town.session, one, town.now) for one in sessions)
    choose(town, token)
    assert [signed_in_by(town.session, one, town.now) for one in sessions] == [None, None]


def test_reset_is_mailed_to_whoever_has_an_account_and_lives_an_hour(town: Town) -> None:
    member = town.member(town.group("reset"))
    ask_for_reset(town.work(), f"  {member.email.upper()} ", address=ADDRESS)
    token = token_mailed_to(town, member.email)
    town.pass_time(minutes=59)
    assert good_link(town.session, token, town.now) is not None
    town.pass_time(minutes=1)
    assert good_link(town.session, token, town.now) is None


def test_reset_of_an_unknown_address_writes_nothing(town: Town) -> None:
    before = (town.rows("outgoing_mail"), town.rows("account_link"))
    ask_for_reset(town.work(), "nobody@nowhere.example", address=ADDRESS)
    assert (town.rows("outgoing_mail"), town.rows("account_link")) == before


def test_each_request_for_a_reset_gets_a_mail_and_each_link_opens_once(town: Town) -> None:
    member = town.member(town.group("resets"))
    tokens = []
    for _time in range(2):
        ask_for_reset(town.work(), member.email, address=ADDRESS)
        tokens.append(token_mailed_to(town, member.email))
    assert len(set(tokens)) == 2
    choose(town, tokens[1])
    with pytest.raises(Refused, match=r"^access\.link_over$"):
        choose(town, tokens[1], OTHER)


def test_address_of_somebody_else_is_refused_and_ones_own_account_is_kept(town: Town) -> None:
    group = town.group("addresses")
    ana, rui = town.member(group), town.member(group)
    with town.act() as work:
        assert (
            open_account(work, person_id=ana.person_id, email="other@sousa.example")
            == account_of(town, ana).id
        )
    assert account_by_email(town.session, "other@sousa.example") is None
    newcomer = town.member(group, email="third@harbour.example")
    with town.act() as work:
        work.session.connection().exec_driver_sql(
            f"DELETE FROM account WHERE person_id = {newcomer.person_id}"
        )
    with pytest.raises(Refused, match=r"^access\.address_taken$"), town.act() as work:
        open_account(work, person_id=newcomer.person_id, email=rui.email.upper())
