"""The page behind the link under a mail, opened by its reader, by scanners, by mail programs and by the curious."""

import re
from datetime import timedelta

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.choosing import choices_of
from app.core.notices.hours import USUAL, Choices, ToldBy
from app.core.notices.stopping import StopLine, Stoppable
from app.http.stop_links import STOP_LINK_LIVES, stop_link
from tests.support.reading import words
from tests.support.slips import reading
from tests.support.world import World

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def link(world: World, group: Group, member: MemberLine, what: Stoppable = Stoppable.NEWS) -> str:
    with world.app.app_context():
        line = StopLine(
            group_id=group.id,
            group_slug=group.slug,
            group_name=group.name,
            member_public_id=member.public_id,
            what=what,
            language="en",
            written_at=world.now,
        )
        return stop_link(line).removeprefix("http://localhost")


def chosen(world: World, group: Group, member: MemberLine) -> Choices:
    with reading(world) as session:
        return choices_of(session, group.id, member.id)


def test_opening_the_link_changes_nothing_and_a_press_does_without_signing_in(
    world: World, group: Group, ana: MemberLine
) -> None:
    path, stranger = link(world, group, ana), world.client(csrf=True)
    for _scanner in range(3):
        page = stranger.get(path)
        assert (page.status_code, "No more of these mails" in words(page)) == (200, True)
    assert stranger.head(path).status_code == 200
    assert chosen(world, group, ana) == USUAL
    pressed = stranger.post(path, data={"how": "page"})
    assert pressed.status_code == 303
    assert chosen(world, group, ana) == Choices(news=ToldBy.PAGE)
    after = stranger.get(pressed.location)
    assert "Your choice is kept." in words(after)
    assert ana.name not in after.text, "a mail that was handed on tells nobody whose it was"


def test_undo_stands_on_the_same_page_and_brings_back_what_was(
    world: World, group: Group, ana: MemberLine
) -> None:
    path, stranger = link(world, group, ana, Stoppable.DIGEST), world.client()
    stranger.post(path, data={"how": "daily"})
    stopped = stranger.post(path, data={"how": "page"})
    assert chosen(world, group, ana) == Choices(waiting=ToldBy.PAGE, news=ToldBy.PAGE)
    undo = re.search(r'value="([\w.-]+)">Undo', stranger.get(stopped.location).text)
    assert undo is not None
    assert undo[1] == "daily.daily"
    stranger.post(path, data={"how": undo[1]})
    assert chosen(world, group, ana) == Choices(waiting=ToldBy.DAILY, news=ToldBy.DAILY)


def test_the_button_of_a_mail_program_works_without_any_cookie_and_follows_no_redirect(
    world: World, group: Group, ana: MemberLine
) -> None:
    answer = world.client(csrf=True).post(link(world, group, ana, Stoppable.WAITING), data=ONE_CLICK)
    assert answer.status_code == 200
    assert chosen(world, group, ana) == Choices(waiting=ToldBy.PAGE)


def test_it_works_for_whoever_is_signed_in_as_somebody_else(
    world: World, group: Group, ana: MemberLine
) -> None:
    ben = world.member(group, "Ben Castro")
    world.client(ben).post(link(world, group, ana), data={"how": "page"})
    assert (chosen(world, group, ana).news, chosen(world, group, ben)) == (ToldBy.PAGE, USUAL)


@pytest.mark.parametrize("pressed", ["", "hourly", "page.page.page", "page.hourly", "."])
def test_a_press_of_nothing_that_is_known_changes_nothing(
    world: World, group: Group, ana: MemberLine, pressed: str
) -> None:
    assert world.client().post(link(world, group, ana), data={"how": pressed}).status_code == 422
    assert chosen(world, group, ana) == USUAL


def test_a_link_of_news_cannot_change_the_other_topic_even_by_undo(
    world: World, group: Group, ana: MemberLine
) -> None:
    world.client().post(link(world, group, ana), data={"how": "page.daily"})
    assert chosen(world, group, ana) == Choices(news=ToldBy.DAILY)


def test_a_link_that_is_over_says_so_and_changes_nothing(world: World, group: Group, ana: MemberLine) -> None:
    path = link(world, group, ana)
    world.clock.move_to(world.now + STOP_LINK_LIVES + timedelta(days=1))
    for answer in (world.client().get(path), world.client().post(path, data=ONE_CLICK)):
        assert answer.status_code == 410
        assert "Nothing was changed." in words(answer)
    assert chosen(world, group, ana) == USUAL


def test_a_former_members_link_is_over(world: World, group: Group) -> None:
    gone = world.member(group, "Carla Reis", ended=world.now.date() - timedelta(days=1))
    assert world.client().get(link(world, group, gone)).status_code == 410


def test_a_link_that_was_tampered_with_or_is_of_another_group_is_none(
    world: World, group: Group, ana: MemberLine
) -> None:
    path = link(world, group, ana)
    world.group("uptown")
    stranger = world.client()
    for other in (path[:-1], path.replace("/harbour/", "/uptown/"), "/stop/harbour/x", "/stop/nowhere/x"):
        assert stranger.get(other).status_code == 404
        assert stranger.post(other, data=ONE_CLICK).status_code == 404
    assert chosen(world, group, ana) == USUAL


def test_a_token_opens_nothing_else(world: World, group: Group, ana: MemberLine) -> None:
    token = link(world, group, ana).rpartition("/")[2]
    stranger = world.client()
    assert stranger.get(f"/calendar/harbour/{token}.ics").status_code == 404
    assert stranger.get(f"/visit/harbour/referrals/tap/{token}").status_code == 404
