"""Devices of a group: is the pass traded once, and is the token good for this group, until it ends or is revoked?"""

from datetime import timedelta

import pytest

from app.core.access.queries import device_by_token
from app.core.access.services.devices import OpenedDevice, open_device, revoke_device, trade_pass
from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from tests.support.parallel import at_once
from tests.support.town import Town


def opened(town: Town, slug: str) -> tuple[Group, OpenedDevice]:
    group = town.group(slug)
    leader, meeting = town.member(group), town.meeting(group)
    with town.act(leader) as work:
        device = open_device(
            work,
            group_id=group.id,
            kind="screen",
            label="Room",
            opened_by=leader.id,
            expires_at_utc=work.now + timedelta(hours=4),
            meeting_id=meeting.id,
        )
    return group, device


def trade(town: Town, group: Group, one_time_pass: str) -> str:
    with town.act() as work:
        token, expires_at_utc = trade_pass(work, group_id=group.id, one_time_pass=one_time_pass)
    assert expires_at_utc > town.now
    return token


def test_pass_becomes_a_token_once(town: Town) -> None:
    group, device = opened(town, "once")
    token = trade(town, group, device.one_time_pass)
    known = device_by_token(town.session, group.id, token, town.now)
    assert known is not None
    assert (known.id, known.kind, known.group_id) == (device.id, "screen", group.id)
    with pytest.raises(Refused, match=r"^access\.pass_over$"):
        trade(town, group, device.one_time_pass)
    assert device_by_token(town.session, group.id, token, town.now) is not None


def test_of_browsers_that_trade_a_pass_at_the_same_moment_one_gets_the_token(town: Town) -> None:
    group, device = opened(town, "race")
    results = at_once(8, lambda _number: trade(town, group, device.one_time_pass))
    tokens = [one for one in results if isinstance(one, str)]
    assert len(tokens) == 1
    assert {str(one) for one in results if isinstance(one, Exception)} == {"access.pass_over"}
    assert device_by_token(town.session, group.id, tokens[0], town.now) is not None


def test_pass_of_another_group_opens_nothing(town: Town) -> None:
    _group, device = opened(town, "own")
    other = town.group("other")
    with pytest.raises(Refused, match=r"^access\.pass_over$"):
        trade(town, other, device.one_time_pass)


def test_token_is_good_in_its_own_group_alone(town: Town) -> None:
    group, device = opened(town, "narrow")
    other = town.group("elsewhere")
    token = trade(town, group, device.one_time_pass)
    assert device_by_token(town.session, other.id, token, town.now) is None


def test_neither_pass_nor_token_outlives_the_device(town: Town) -> None:
    group, device = opened(town, "traded")
    token = trade(town, group, device.one_time_pass)
    late_group, late = opened(town, "untraded")
    town.pass_time(hours=4)
    assert device_by_token(town.session, group.id, token, town.now) is None
    with pytest.raises(Refused, match=r"^access\.pass_over$"):
        trade(town, late_group, late.one_time_pass)


def test_revoked_device_is_out_at_the_next_contact_and_stays_out(town: Town) -> None:
    group, device = opened(town, "revoked")
    token = trade(town, group, device.one_time_pass)
    with town.act() as work:
        revoke_device(work, group_id=group.id, device_id=device.id)
    assert device_by_token(town.session, group.id, token, town.now) is None
    closed_group, closed = opened(town, "closed-first")
    with town.act() as work:
        revoke_device(work, group_id=closed_group.id, device_id=closed.id)
    with pytest.raises(Refused, match=r"^access\.pass_over$"):
        trade(town, closed_group, closed.one_time_pass)


def test_database_holds_neither_pass_nor_token(town: Town) -> None:
    group, device = opened(town, "hashed")
    token = trade(town, group, device.one_time_pass)
    kept = town.value(f"SELECT token_hash FROM device WHERE id = {device.id}")
    assert kept not in {token, device.one_time_pass, None}
    assert town.value(f"SELECT count(*) FROM device WHERE id = {device.id} AND pass_hash IS NULL") == 1


@pytest.mark.parametrize("wrong", ["", "x" * 43])
def test_pass_that_never_was_opens_nothing(town: Town, wrong: str) -> None:
    group, _device = opened(town, f"wrong-{len(wrong)}")
    with pytest.raises(Refused, match=r"^access\.pass_over$"):
        trade(town, group, wrong)
