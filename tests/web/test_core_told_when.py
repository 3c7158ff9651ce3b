"""The page on which a member chooses what comes by mail."""

from datetime import time

import pytest

from app.core.groups.domain.standing import Group
from app.core.notices.choosing import choices_of
from app.core.notices.hours import USUAL, Choices, ToldBy
from tests.support.reading import words
from tests.support.slips import reading
from tests.support.world import World

PAGE = "/g/harbour/notices/mail"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


def test_a_member_chooses_and_finds_the_choice_again(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa")
    client = world.client(ana)
    assert PAGE in client.get("/g/harbour/notices").text
    data = {"waiting": "at-once", "news": "daily", "quiet_from": "20:30", "quiet_until": "08:00"}
    assert client.post(PAGE, data=data).location == PAGE
    with reading(world) as session:
        assert choices_of(session, group.id, ana.id) == Choices(
            waiting=ToldBy.AT_ONCE, news=ToldBy.DAILY, quiet_from=time(20, 30), quiet_until=time(8)
        )
    page = client.get(PAGE).text
    assert 'value="20:30"' in page
    assert "Your choice is kept." in page


def test_a_choice_that_cannot_be_taken_says_why_and_keeps_what_stood(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa")
    data = {"waiting": "hourly", "news": "page", "quiet_from": "late", "quiet_until": "08:00"}
    answer = world.client(ana).post(PAGE, data=data)
    page = words(answer)
    assert answer.status_code == 422
    assert "Choose one of the three" in page
    assert "Give the time like this: 21:00." in page
    assert 'value="late"' in answer.text
    with reading(world) as session:
        assert choices_of(session, group.id, ana.id) == USUAL


def test_the_usual_choice_stands_there_before_anything_was_chosen(world: World, group: Group) -> None:
    page = world.client(world.member(group)).get(PAGE).text
    assert [f'value="{wall}"' in page for wall in ("21:00", "07:00")] == [True, True]
    assert page.count("checked") == 2
