"""The pages on which leaders word the group's mails their own way."""

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.notices.own_words import OwnWords, own_words
from tests.support.reading import words
from tests.support.slips import reading
from tests.support.world import World

PAGE = "/g/harbour/mails"
CALLED_OFF = f"{PAGE}/meetings.called_off"
OWN = {"subject": "No {day}!", "body": "Stay in bed, {reader}: {when}\n{url}", "version": "0", "do": "keep"}


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance",))


def stands(world: World, group: Group) -> OwnWords:
    with reading(world) as session:
        return own_words(session, group.id, "meetings.called_off")


def test_only_leaders_come_here(world: World, group: Group) -> None:
    uptown = world.group("uptown")
    visitors = {
        "leader": world.client(world.member(group, offices=(Office.SECRETARY_TREASURER,))),
        "member": world.client(world.member(group)),
        "host": world.client(world.member(group, offices=(Office.VISITOR_HOST,))),
        "elsewhere": world.client(world.member(uptown, offices=(Office.PRESIDENT,))),
        "stranger": world.client(),
    }
    expected = {"leader": 200, "member": 403, "host": 403, "elsewhere": 404, "stranger": 303}
    assert {who: client.get(PAGE).status_code for who, client in visitors.items()} == expected
    assert {who: client.get(CALLED_OFF).status_code for who, client in visitors.items()} == expected
    for who in ("member", "host", "elsewhere", "stranger"):
        assert visitors[who].post(CALLED_OFF, data=OWN).status_code == expected[who]
    assert stands(world, group) == OwnWords()


def test_the_list_names_the_mails_of_what_is_on(world: World, group: Group) -> None:
    leader = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    page = words(leader.get(PAGE))
    assert "A meeting is cancelled" in page
    assert "Tomorrow is a meeting: do you come?" in page
    assert "A referral is passed" not in page
    assert PAGE in leader.get("/g/harbour/settings").text
    assert leader.get(f"{PAGE}/referrals.slip_passed").status_code == 404
    assert leader.get(f"{PAGE}/access.sign-in").status_code == 404


def test_a_leader_looks_first_keeps_then_and_goes_back_to_the_usual(world: World, group: Group) -> None:
    leader = world.client(world.member(group, "Paula Reis", offices=(Office.PRESIDENT,)))
    assert "This meeting does not take place:" in words(leader.get(CALLED_OFF))
    looked = leader.post(CALLED_OFF, data=OWN | {"do": "look"})
    assert looked.status_code == 200
    assert "Stay in bed, Paula: Tuesday, 24 November 2026, 07:00–08:30 https://…" in words(looked)
    assert stands(world, group) == OwnWords()
    assert leader.post(CALLED_OFF, data=OWN).location == CALLED_OFF
    assert stands(world, group).body == OWN["body"].replace("\r", "")
    assert "own words" in words(leader.get(PAGE))
    page = leader.get(CALLED_OFF)
    assert "Back to the usual words" in words(page)
    assert leader.post(f"{CALLED_OFF}/usual", data={"version": "1"}).location == CALLED_OFF
    assert not stands(world, group).are_own
    assert "Back to the usual words" not in words(leader.get(CALLED_OFF))


def test_words_that_break_the_mail_come_back_with_every_reason(world: World, group: Group) -> None:
    leader = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    broken = OWN | {"subject": "{what}", "body": "<b>{who}</b>"}
    for do in ("look", "keep"):
        answer = leader.post(CALLED_OFF, data=broken | {"do": do})
        page = words(answer)
        assert answer.status_code == 422
        assert "Nothing can be filled in for {what}" in page
        assert "Nothing can be filled in for {who}" in page
        assert "Without {when}, {url} nobody could act" in page
        assert "&lt;b&gt;{who}" in answer.text
    assert stands(world, group) == OwnWords()


def test_two_leaders_at_once_see_both_versions(world: World, group: Group) -> None:
    first, second = (world.client(world.member(group, offices=(Office.PRESIDENT,))) for _one in range(2))
    first.post(CALLED_OFF, data=OWN)
    answer = second.post(CALLED_OFF, data=OWN | {"body": "Mine: {when} {url}"})
    page = words(answer)
    assert answer.status_code == 422
    assert "Somebody else changed these words meanwhile." in page
    assert "Stay in bed, {reader}" in page
    assert "Mine: {when} {url}" in page
    assert second.post(f"{CALLED_OFF}/usual", data={"version": "0"}).status_code == 422
    assert stands(world, group).body.startswith("Stay in bed")
    assert 'name="version" type="hidden" value="1"' in answer.text
